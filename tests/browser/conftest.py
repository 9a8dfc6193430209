"""A headless Chromium, and the explorer of a running service on the demo data."""

import json
import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
import pytest_asyncio
from neo4j import AsyncGraphDatabase
from playwright.async_api import Browser, BrowserContext, Locator, Page, Route, ViewportSize, async_playwright

from service.settings import PROJECT, Settings
from service.store.database import Database
from tests.api.test_server import listening

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 60_000
Scheme = Literal["light", "dark"]
AXE = PROJECT / "explorer" / "node_modules" / "axe-core" / "axe.min.js"


@dataclass
class Explorer:
    """The page, whoever opens it: each `open` is somebody else's browser."""

    address: str
    browser: Browser
    settings: Settings
    contexts: list[BrowserContext]
    complaints: list[str]

    async def open(self, path: str, *, size: tuple[int, int] = (1280, 800), scheme: Scheme = "light") -> Page:
        """A view. What the page complains of, or asks of another host, is kept in `complaints`."""
        context = await self.browser.new_context(
            viewport=ViewportSize(width=size[0], height=size[1]), color_scheme=scheme, accept_downloads=True
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        await context.grant_permissions(["clipboard-read", "clipboard-write"], origin=self.address)
        page = await context.new_page()
        page.on("request", lambda request: self._asked(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        await page.goto(self.address + path)
        return page

    async def ask(self, query: str) -> dict[str, Any]:
        """A document's answer, by another client than the page."""
        async with httpx.AsyncClient(base_url=self.address, timeout=60) as client:
            body = (await client.post("/graphql", json={"query": query})).json()
        assert "errors" not in body, body["errors"]
        data: dict[str, Any] = body["data"]
        return data

    async def run_cypher(self, text: str) -> list[dict[str, Any]]:
        """The rows of what was copied as Cypher: a line `:param {…}`, then a statement, as in cypher-shell."""
        first, statement = text.split("\n", 1)
        assert first.startswith(":param {"), first
        password = self.settings.neo4j_password.get_secret_value()
        async with AsyncGraphDatabase.driver(
            self.settings.neo4j_uri or "", auth=(self.settings.neo4j_user, password), notifications_min_severity="OFF"
        ) as driver:
            params = (await driver.execute_query(f"RETURN {first.removeprefix(':param ')} AS params")).records[0][0]
            return [record.data() for record in (await driver.execute_query(statement, params)).records]

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(url)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def address(demo: Database, demo_settings: Settings) -> AsyncIterator[str]:
    """Where a service on the demo data listens, with the built explorer."""
    assert demo.name == demo_settings.neo4j_database
    assert (demo_settings.page / "index.html").is_file(), "the explorer is not built: python -m tests.prepare"
    async with listening(demo_settings) as address:
        yield address


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium; set CHROMIUM to where it is")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def explorer(address: str, browser: Browser, demo_settings: Settings) -> AsyncIterator[Explorer]:
    """Fails if a page asked anything of another host, or complained."""
    explorer = Explorer(address, browser, demo_settings, [], [])
    yield explorer
    for context in explorer.contexts:
        await context.close()
    assert explorer.complaints == []


def asked(route: Route) -> dict[str, Any]:
    """The GraphQL request that the page is about to send."""
    body: dict[str, Any] = json.loads(route.request.post_data or "{}")
    return body


async def copied(page: Page, what: Literal["GraphQL", "Cypher"], *, within: Locator | None = None) -> str:
    """What the button put on the clipboard; that of a part of the page where there are several."""
    part = within or page
    await part.get_by_role("button", name=f"Copy as {what}").click()
    await part.get_by_text(f"{what} is copied.").wait_for()
    text: str = await page.evaluate("navigator.clipboard.readText()")
    return text


async def downloaded(page: Page, button: str, folder: Path) -> Path:
    """The file that a button saved."""
    async with page.expect_download() as download:
        await page.get_by_role("button", name=button, exact=True).click()
    file = folder / (await download.value).suggested_filename
    await (await download.value).save_as(file)
    return file


async def grave_barriers(page: Page) -> list[str]:
    """What axe finds serious or critical in the page as it is."""
    # The page's policy allows no script but its own, so axe comes in from outside.
    await page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found = await page.evaluate("axe.run(document).then((report) => JSON.stringify(report.violations))")
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:200]}"
        for violation in json.loads(found)
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]

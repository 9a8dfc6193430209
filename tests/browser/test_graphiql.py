"""GraphiQL in a real browser: it opens from our own files, with tabs that answer both questions."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect

from service.settings import Settings
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

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium; set CHROMIUM to where it is")


@pytest_asyncio.fixture(loop_scope="session")
async def page(demo: Database, demo_settings: Settings) -> AsyncIterator[Page]:
    """GraphiQL open on the demo data. Fails if the page asks anything of another host, or complains."""
    assert demo.name == demo_settings.neo4j_database
    complaints: list[str] = []
    async with listening(demo_settings) as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = await browser.new_page(viewport={"width": 1500, "height": 900})
        page.on(
            "request", lambda request: complaints.append(request.url) if _is_foreign(request.url, address) else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        await page.goto(address)
        yield page
        await browser.close()
    assert complaints == []


def _is_foreign(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:"))


async def _run(page: Page, tab: str, answer: str) -> str:
    """Open a tab, press play, wait for the answer; what is shown of it."""
    await page.get_by_role("tab", name=tab).click()
    # GraphiQL reads the operation's name a moment after the tab is open, as somebody looks at it.
    await page.wait_for_timeout(2000)
    await page.get_by_role("button", name="Execute query (Ctrl-Enter)").click()
    result = page.locator(".result-window")
    await expect(result).to_contain_text(answer, timeout=PATIENCE_MS)
    return await result.inner_text()


async def test_both_questions_are_answered_by_clicking(page: Page, tmp_path: Path) -> None:
    await expect(page).to_have_title("Rainmaker")
    tabs = page.get_by_role("tab")
    await expect(tabs).to_contain_text(["TrustedPaths", "TopicalCommunities", "People"], timeout=PATIENCE_MS)

    shown = await _run(page, "TrustedPaths", '"explanation"')
    assert (
        "Sakari Farmer of 3mdeb reaches Miroslava Zobel, who decides at EDK II project, through Edita Hermann" in shown
    )
    assert '"errors"' not in shown
    await page.screenshot(path=tmp_path / "paths.png")

    shown = await _run(page, "TopicalCommunities", '"cohesion"')
    assert '"label": "UefiPayloadPkg' in shown
    assert '"errors"' not in shown
    await page.screenshot(path=tmp_path / "communities.png")

    shown = await _run(page, "People", "Erika Švec")
    assert '"errors"' not in shown


async def test_the_schema_is_explained(page: Page) -> None:
    await page.get_by_role("button", name="Show Documentation Explorer").click(timeout=PATIENCE_MS)
    documentation = page.locator(".graphiql-plugin")
    await documentation.get_by_role("link", name="Query").click(timeout=PATIENCE_MS)
    await expect(documentation).to_contain_text("Through whom can one party reach another?")

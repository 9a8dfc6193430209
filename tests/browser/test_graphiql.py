"""GraphiQL in a real browser: it opens from our own files, with tabs that answer both questions."""

from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.conftest import PATIENCE_MS, Explorer


@pytest_asyncio.fixture(loop_scope="session")
async def page(explorer: Explorer) -> Page:
    """GraphiQL open on the demo data."""
    return await explorer.open("/graphql", size=(1500, 900))


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

"""The topic page: each part says what the API says, and what Cypher says."""

import csv
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Explorer, Scheme, copied, grave_barriers

VIEW = "/topic?topic=dpdk&brand=intel.com"


def part(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title, exact=False)


async def table(page: Page, section: Locator, folder: Path) -> list[dict[str, str]]:
    async with page.expect_download() as download:
        await section.get_by_role("button", name="CSV", exact=True).click()
    file = folder / "table.csv"
    await (await download.value).save_as(file)
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(("title", "field"), [("Who matters", "influencers"), ("Rainmakers", "rainmakers")])
async def test_people_and_the_way_to_them(explorer: Explorer, title: str, field: str, tmp_path: Path) -> None:
    page = await explorer.open(VIEW)
    section = part(page, title)
    await section.locator("tbody tr").first.wait_for()
    answer = await explorer.ask(await copied(page, "GraphQL", within=section))
    nodes = [edge["node"] for edge in answer["topic"][field]["edges"]]
    assert len(nodes) == 10
    await expect(section.locator("tbody th a")).to_have_text([node["person"]["name"] for node in nodes])
    for place, node in enumerate(nodes):
        if node["path"] and node["path"]["hops"]:
            way = " → ".join(person["name"] for person in node["path"]["people"])
            await expect(section.locator("tbody tr").nth(place)).to_contain_text(way)

    rows = await table(page, section, tmp_path)
    by_cypher = await explorer.run_cypher(await copied(page, "Cypher", within=section))
    assert [row["personId"] for row in by_cypher] == [row["personId"] for row in rows]
    for ours, theirs in zip(rows, by_cypher, strict=True):
        assert float(ours["authority"]) == pytest.approx(theirs["authority"], rel=1e-9)
        assert ours["personIds"].split() == (theirs["personIds"] or [])
        assert ours["stance"] == theirs["stance"]


async def test_the_way_leads_to_the_paths_view(explorer: Explorer) -> None:
    page = await explorer.open(VIEW)
    section = part(page, "Rainmakers")
    way = section.locator("tbody tr td:last-child a").first
    names = (await way.inner_text()).split(" → ")
    await way.click()
    await expect(page.locator(".sentences .chain").first).to_have_text(" → ".join(names))
    await page.go_back()
    await expect(section.locator("tbody tr td:last-child a").first).to_have_text(" → ".join(names))


async def test_currents(explorer: Explorer, tmp_path: Path) -> None:
    page = await explorer.open(f"{VIEW}&interval=YEAR")
    section = part(page, "Currents").first
    await section.locator("svg .bar").first.wait_for(state="attached")
    rows = await table(page, section, tmp_path)
    assert await section.locator("svg .bar").count() == len(rows) > 5
    by_cypher = await explorer.run_cypher(await copied(page, "Cypher", within=section))
    assert [(str(row["start"]), row["interactions"], row["newTrust"]) for row in by_cypher] == [
        (row["start"], int(row["interactions"]), int(row["newTrust"])) for row in rows
    ]
    answer = await explorer.ask(await copied(page, "GraphQL", within=section))
    intervals = answer["topic"]["currents"]["intervals"]
    assert [interval["newcomers"] for interval in intervals] == [int(row["newcomers"]) for row in rows]
    await section.get_by_label("Length of an interval").select_option("QUARTER")
    await page.wait_for_url("**brand=intel.com")
    await expect(section.locator("svg .bar")).to_have_count(24)


async def test_concentration(explorer: Explorer) -> None:
    page = await explorer.open(VIEW)
    section = part(page, "How few make most of it")
    await section.locator("svg .lorenz").wait_for()
    answer = await explorer.ask(await copied(page, "GraphQL", within=section))
    found = answer["topic"]["peerInfluence"]
    await expect(section).to_contain_text(f"{found['impressions']['fewestPeople']} people make 80 %")
    rows = await explorer.run_cypher(await copied(page, "Cypher", within=section))
    assert len(rows) == found["people"]
    assert sum(row["impressions"] for row in rows) == found["impressions"]["total"]
    greatest = sorted((row["impressions"] for row in rows), reverse=True)
    enough = found["impressions"]["fewestPeople"]
    assert sum(greatest[: enough - 1]) < 0.8 * sum(greatest) <= sum(greatest[:enough])


async def test_without_a_brand_and_without_a_topic_it_says_what_to_do(explorer: Explorer) -> None:
    page = await explorer.open("/topic?topic=dpdk")
    await expect(page.locator("#answer")).to_contain_text("Name a brand above")
    await page.goto(f"{explorer.address}/topic?topic=nothing")
    await expect(page.locator("#answer")).to_contain_text("There is no topic with the id nothing")
    await page.goto(f"{explorer.address}/topic")
    await expect(page.locator("#answer")).to_contain_text("Name where the message starts")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
async def test_no_barriers(explorer: Explorer, scheme: Scheme, size: tuple[int, int], tmp_path: Path) -> None:
    page = await explorer.open(VIEW, size=size, scheme=scheme)
    for drawn in ("#influencers ~ .wide", "#rainmakers ~ .wide", "svg .bar", "svg .lorenz"):
        await page.locator(drawn).first.wait_for()
    await page.get_by_text("As a table").click()
    assert await grave_barriers(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.screenshot(path=tmp_path / "topic.png", full_page=True)

"""The community map: what is drawn is what the API and Cypher say, and everything on it can be reached."""

import csv
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Explorer, Scheme, copied, downloaded, grave_barriers

TOPIC = "t0363"
"""Small enough to be worked out in a moment."""


async def drawn(page: Page) -> int:
    """How many people are drawn, once they are."""
    canvas = page.locator(".map-canvas[data-drawn]")
    await canvas.wait_for()
    return int(await canvas.get_attribute("data-drawn") or "0")


async def members(explorer: Explorer, arguments: str = "") -> list[dict[str, Any]]:
    fields = "{ person { id name } communityId role brandIds }"
    answer = await explorer.ask(f'{{ topic(id: "{TOPIC}") {{ members{arguments} {fields} }} }}')
    found: list[dict[str, Any]] = answer["topic"]["members"]
    return found


async def test_everybody_is_drawn_and_taken_away_alike(explorer: Explorer, tmp_path: Path) -> None:
    page = await explorer.open(f"/map?topic={TOPIC}")
    expected = await members(explorer)
    assert await drawn(page) == len(expected) > 10

    answer = await explorer.ask(await copied(page, "GraphQL"))
    ids = [member["person"]["id"] for member in answer["topic"]["members"]]
    assert ids == [member["person"]["id"] for member in expected]
    table = (await downloaded(page, "CSV", tmp_path)).read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    assert [row["personId"] for row in rows] == ids

    by_cypher = await explorer.run_cypher(await copied(page, "Cypher"))
    assert {(row["personId"], row["communityId"], row["role"]) for row in by_cypher} == {
        (row["personId"], row["communityId"], row["role"]) for row in rows
    }
    svg = (await downloaded(page, "SVG", tmp_path)).read_text(encoding="utf-8")
    assert svg.count("<title>") == len(ids)
    assert (await downloaded(page, "PNG", tmp_path)).read_bytes().startswith(b"\x89PNG")


async def test_the_same_snapshot_is_drawn_the_same(explorer: Explorer, tmp_path: Path) -> None:
    drawings = []
    for _ in range(2):
        page = await explorer.open(f"/map?topic={TOPIC}")
        await drawn(page)
        drawings.append((await downloaded(page, "SVG", tmp_path)).read_bytes())
    assert drawings[0] == drawings[1]


async def test_a_person_opens_by_keyboard_and_by_click(explorer: Explorer) -> None:
    first, second, *_ = await members(explorer)
    page = await explorer.open(f"/map?topic={TOPIC}")
    await drawn(page)
    await page.locator(".map-canvas").focus()
    await page.keyboard.press("ArrowRight")
    panel = page.get_by_role("complementary", name="The chosen person")
    await panel.get_by_role("heading", level=2).wait_for()
    (chosen,) = parse_qs(urlsplit(page.url).query)["person"]
    answer = await explorer.ask(
        f'{{ person(id: "{chosen}") {{ name trustedBy(first: 1) {{ edges {{ node {{ person {{ name }} }} }} }}'
        f' standing(topicId: "{TOPIC}") {{ people authority {{ percentile }} }} }} }}'
    )
    person = answer["person"]
    await expect(panel).to_contain_text(person["name"])
    await expect(panel).to_contain_text(f"above {person['standing']['authority']['percentile']:.0f} %")
    await expect(panel).to_contain_text(person["trustedBy"]["edges"][0]["node"]["person"]["name"])
    await page.get_by_role("button", name=f"Close {person['name']}").click()
    await expect(panel).to_have_count(0)

    # the biggest circle of the biggest community lies in its middle
    for member in (first, second):
        name = str(member["person"]["name"])
        await page.locator(".communities").get_by_role("button", name=name).first.click()
        await expect(panel.get_by_role("heading", level=2)).to_have_text(name)
    canvas = await page.locator(".map-canvas").bounding_box()
    assert canvas is not None
    await panel.get_by_role("link", name="Through whom").click()
    await page.wait_for_url("**/paths?to=person:*")


async def test_a_click_on_somebody_opens_them(explorer: Explorer) -> None:
    page = await explorer.open(f"/map?topic={TOPIC}")
    await drawn(page)
    box = await page.locator(".map-canvas").bounding_box()
    assert box is not None
    panel = page.get_by_role("complementary", name="The chosen person")
    # people lie close together, so that one of a few places in the middle is somebody's
    for across in range(3, 18):
        await page.locator(".map-canvas").click(position={"x": box["width"] * across / 20, "y": box["height"] / 2})
        await page.wait_for_timeout(100)
        if "person=" in page.url:
            break
    await panel.get_by_role("heading", level=2).wait_for()
    (chosen,) = parse_qs(urlsplit(page.url).query)["person"]
    assert chosen in {member["person"]["id"] for member in await members(explorer)}


async def test_a_brand_filters_and_a_former_year_is_another_map(explorer: Explorer, tmp_path: Path) -> None:
    page = await explorer.open(f"/map?topic={TOPIC}")
    await drawn(page)
    choice = page.get_by_label("Show people of")
    brand = await choice.locator("option").nth(1).get_attribute("value")
    await choice.select_option(brand)
    await page.wait_for_url(f"**brand={brand}")
    faint = (await downloaded(page, "SVG", tmp_path)).read_text(encoding="utf-8").count('fill-opacity="0.08"')
    expected = await members(explorer)
    assert faint == sum(brand not in member["brandIds"] for member in expected) > 0

    slider = page.get_by_role("slider", name="As of")
    await expect(slider).to_be_enabled()
    await slider.press("ArrowLeft")
    await page.wait_for_url("**asOf=*")
    (as_of,) = parse_qs(urlsplit(page.url).query)["asOf"]
    await expect(page.locator("#answer")).to_contain_text(f"Dec 31, {as_of[:4]}")
    former = await members(explorer, f"(asOf: {json.dumps(as_of)})")
    await expect(page.locator(".map-canvas")).to_have_attribute("data-drawn", str(len(former)))
    await page.get_by_role("button", name="Why not Cypher?").click()
    await expect(page.locator(".said")).to_contain_text("data set’s day only")

    other = await explorer.open(page.url.removeprefix(explorer.address))
    assert await drawn(other) == len(former)


async def test_an_unknown_topic_is_told(explorer: Explorer) -> None:
    page = await explorer.open("/map?topic=nothing")
    await expect(page.get_by_role("alert")).to_contain_text("There is no topic with the id 'nothing'")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
async def test_no_barriers(explorer: Explorer, scheme: Scheme, size: tuple[int, int], tmp_path: Path) -> None:
    page = await explorer.open(f"/map?topic={TOPIC}", size=size, scheme=scheme)
    await drawn(page)
    await page.locator(".communities button").first.click()
    await page.get_by_role("complementary", name="The chosen person").get_by_role("heading", level=2).wait_for()
    assert await grave_barriers(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.screenshot(path=tmp_path / "map.png", full_page=True)

"""The paths view, as somebody uses it: found, narrowed, shared, taken away; and the same as the API and Cypher say."""

import csv
import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import Explorer, Scheme, asked, copied, downloaded, grave_barriers

ARM_TO_COREBOOT = "/paths?from=brand:arm.com&to=brand:coreboot-project"


async def sentences(page: Page) -> list[str]:
    """The explanations that are shown."""
    await page.locator(".sentences li").first.wait_for()
    return await page.locator(".sentences li p:last-child").all_inner_texts()


async def explanations(
    explorer: Explorer, ends: tuple[str, str] = ("arm.com", "coreboot-project"), **more: object
) -> list[str]:
    """Those that the API gives between two brands."""
    given = "".join(f" {name}: {json.dumps(value)}" for name, value in more.items())
    asked = f'{{from: {{brandId: "{ends[0]}"}} to: {{brandId: "{ends[1]}"}} {given}}}'
    answer = await explorer.ask(f"{{ trustedPaths(input: {asked}) {{ paths {{ explanation }} }} }}")
    return [path["explanation"] for path in answer["trustedPaths"]["paths"]]


async def choose(page: Page, label: str, text: str, name: str) -> None:
    """Type into a combobox, and choose with the keyboard."""
    box = page.get_by_role("combobox", name=label)
    await box.fill(text)
    option = page.get_by_role("option").filter(has_text=name).first
    await option.wait_for()
    while await option.get_attribute("aria-selected") != "true":
        await box.press("ArrowDown")
    await box.press("Enter")


async def test_a_path_is_found_by_typing_names(explorer: Explorer) -> None:
    page = await explorer.open("/")
    await choose(page, "From", "ar", "Arm")
    await choose(page, "To", "corebo", "coreboot project")
    assert await sentences(page) == await explanations(explorer)
    assert parse_qs(urlsplit(page.url).query) == {"from": ["brand:arm.com"], "to": ["brand:coreboot-project"]}

    await choose(page, "From", "siem", "Siemens")
    await choose(page, "To", "u-boot pro", "U-Boot project")
    await choose(page, "On", "u-boot", "U-Boot")
    await page.wait_for_url("**topic=u-boot")
    on_topic = await explanations(explorer, ("siemens.com", "u-boot-project"), topicId="u-boot")
    assert len(on_topic) == 5
    await expect(page.locator(".sentences li p:last-child")).to_have_text(on_topic)


async def test_an_introducer_is_left_out_with_one_click_and_the_address_tells(explorer: Explorer) -> None:
    page = await explorer.open(ARM_TO_COREBOOT)
    before = await sentences(page)
    assert any("Leyre Abramczuk" in sentence for sentence in before)
    await page.get_by_role("button", name="Ask again without Leyre Abramczuk").click()
    await page.wait_for_url("**without=*")
    (left_out,) = parse_qs(urlsplit(page.url).query)["without"]
    expected = await explanations(explorer, excludePersonIds=[left_out])
    await expect(page.locator(".sentences li p:last-child")).to_have_text(expected)
    assert not any("Leyre Abramczuk" in sentence for sentence in expected)

    other = await explorer.open(page.url.removeprefix(explorer.address))
    assert await sentences(other) == expected
    await other.reload()
    assert await sentences(other) == expected

    await page.get_by_role("button", name="Leyre Abramczuk").first.click()
    await expect(page.locator(".sentences li p:last-child")).to_have_text(before)
    await page.go_back()
    await expect(page.locator(".sentences li p:last-child")).to_have_text(expected)


@pytest.mark.parametrize(
    "path",
    [
        ARM_TO_COREBOOT,
        "/paths?from=brand:siemens.com&to=brand:u-boot-project&topic=u-boot&first=3&distinct=yes&paid=no&asOf=2025-06-30",
        "/paths?from=brand:3mdeb.com&to=brand:coreboot-project&topic=coreboot&first=10",
        "/paths?from=brand:intel.com&to=person:p00001&first=1",
    ],
)
async def test_what_is_copied_gives_the_same_answer(explorer: Explorer, path: str, tmp_path: Path) -> None:
    page = await explorer.open(path)
    shown = await sentences(page)
    assert shown

    answer = await explorer.ask(await copied(page, "GraphQL"))
    paths = answer["trustedPaths"]["paths"]
    assert [path["explanation"] for path in paths] == shown

    rows = await explorer.run_cypher(await copied(page, "Cypher"))
    assert [row["personIds"] for row in rows] == [[person["id"] for person in path["people"]] for path in paths]
    assert [row["cost"] for row in rows] == [path["cost"] for path in paths]

    table = (await downloaded(page, "CSV", tmp_path)).read_text(encoding="utf-8")
    steps = list(csv.DictReader(table.splitlines()))
    assert [(step["fromId"], step["toId"], int(step["cost"])) for step in steps] == [
        (step["from"]["id"], step["to"]["id"], step["cost"]) for path in paths for step in path["steps"]
    ]


async def test_what_cannot_be_fetched_to_be_copied_is_said(explorer: Explorer) -> None:
    page = await explorer.open(ARM_TO_COREBOOT)
    await sentences(page)
    assert await copied(page, "GraphQL")
    await page.route("**/trusted_paths*.js", lambda route: route.abort())
    await page.get_by_role("button", name="Copy as Cypher").click()
    await expect(page.get_by_role("group", name="Take this answer away")).to_contain_text(
        "Cypher could not be fetched. Is the service still there?"
    )
    assert not await page.get_by_text("is copied.").count()
    assert explorer.complaints, "the browser says that a file did not come"
    explorer.complaints.clear()


async def test_the_drawing_says_what_the_answer_says(explorer: Explorer, tmp_path: Path) -> None:
    page = await explorer.open(ARM_TO_COREBOOT)
    await sentences(page)
    drawing = page.locator(".drawing")
    ties = drawing.locator(".tie")
    answer = await explorer.ask(await copied(page, "GraphQL"))
    paths = answer["trustedPaths"]["paths"]
    steps = {(step["from"]["id"], step["to"]["id"]) for path in paths for step in path["steps"]}
    assert await ties.count() == len(steps) > 5
    # every path has a weakest step, and it is marked by a word
    weakest = {(path["weakestStep"]["from"]["id"], path["weakestStep"]["to"]["id"]) for path in paths}
    assert await ties.filter(has_text="weakest").count() == len(weakest) > 1
    old = drawing.get_by_role("button", name="Kabir Boyer to Reza Vespa")
    await expect(old).to_contain_text("last seen 2023")
    dashes = await old.locator(".line").evaluate("(line) => getComputedStyle(line).strokeDasharray")
    assert dashes != "none"
    await old.focus()
    await page.keyboard.press("Enter")
    details = page.get_by_role("complementary", name="The chosen tie")
    await expect(details).to_contain_text("Reza Vespa trusts Kabir Boyer")
    await expect(details).to_contain_text("3 reviews")
    await expect(details).to_contain_text("Aug 21, 2023")
    await expect(details).to_contain_text("old: over two years ago")

    svg = (await downloaded(page, "SVG", tmp_path)).read_text(encoding="utf-8")
    assert "Leyre Abramczuk" in svg
    assert "Ask again" not in svg
    assert (await downloaded(page, "PNG", tmp_path)).read_bytes().startswith(b"\x89PNG")


async def test_no_path_is_said_in_words(explorer: Explorer) -> None:
    page = await explorer.open("/paths?from=brand:arm.com&to=brand:coreboot-project&without=nobody")
    await expect(page.get_by_role("alert")).to_contain_text("nobody")
    page = await explorer.open("/paths?from=brand:google.com&to=brand:edk2-project&topic=edk2")
    await expect(page.locator("#answer")).to_contain_text("There is no path.")


async def test_a_partial_answer_is_called_so(explorer: Explorer) -> None:
    async def hurry(route: Route) -> None:
        body = asked(route)
        if body["operationName"] == "TrustedPaths":
            body["variables"] |= {"deadlineMs": 1, "first": 100, "distinctIntroducers": True}
        await route.continue_(post_data=json.dumps(body))

    page = await explorer.open("/")
    await page.route("**/graphql", hurry)
    await page.goto(f"{explorer.address}/paths?from=brand:google.com&to=person:p00001")
    await expect(page.locator("#answer")).to_contain_text("A partial answer.")


async def test_a_slow_answer_can_be_stopped_and_asked_again(explorer: Explorer) -> None:
    held: list[Route] = []

    async def hold(route: Route) -> None:
        if not held and asked(route)["operationName"] == "TrustedPaths":
            held.append(route)
        else:
            await route.continue_()

    page = await explorer.open("/")
    await page.route("**/graphql", hold)
    await page.goto(explorer.address + ARM_TO_COREBOOT)
    await expect(page.get_by_role("progressbar")).to_be_visible()
    await page.get_by_role("button", name="Stop").click()
    await expect(page.locator("#answer")).to_contain_text("Stopped.")
    await page.get_by_role("button", name="Ask again", exact=True).click()
    assert await sentences(page) == await explanations(explorer)


async def test_a_service_that_is_gone_is_told(explorer: Explorer) -> None:
    page = await explorer.open("/")
    await page.route("**/graphql", lambda route: route.abort())
    await page.goto(explorer.address + ARM_TO_COREBOOT)
    await expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    await page.unroute("**/graphql")
    await page.get_by_role("button", name="Ask again", exact=True).click()
    assert await sentences(page)
    assert all("net::ERR_FAILED" in said for said in explorer.complaints)
    explorer.complaints.clear()


async def test_a_key_is_asked_for_and_sent(explorer: Explorer) -> None:
    keys: list[str | None] = []

    async def guarded(route: Route) -> None:
        keys.append(route.request.headers.get("authorization"))
        if keys[-1] == "Bearer rm_secret":
            await route.continue_()
        else:
            error = {"message": "A key is needed.", "extensions": {"code": "UNAUTHENTICATED"}}
            await route.fulfill(status=401, json={"errors": [error]})

    page = await explorer.open("/")
    await page.route("**/graphql", guarded)
    await page.goto(explorer.address + ARM_TO_COREBOOT)
    await page.get_by_label("Your API key").fill("rm_secret")
    await page.get_by_role("button", name="Use this key").click()
    assert await sentences(page)
    assert keys[0] is None
    assert await page.evaluate("sessionStorage.length + localStorage.length") == 1
    assert "rm_secret" not in page.url
    explorer.complaints.clear()  # the browser's own word on each 401


async def tab_to(page: Page, there: str) -> None:
    """Press Tab until an expression holds."""
    for _ in range(60):
        if await page.evaluate(there):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"no way by keyboard to where {there}")


async def test_by_keyboard_alone(explorer: Explorer) -> None:
    page = await explorer.open("/")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="To the answer")).to_be_focused()
    await tab_to(page, "document.activeElement.getAttribute('role') === 'combobox'")
    for text in ("arm", "coreboot"):
        await page.keyboard.type(text)
        await page.get_by_role("option").first.wait_for()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.matches('.clear')"):
            await page.keyboard.press("Tab")
    assert await sentences(page)
    await tab_to(page, "document.activeElement.getAttribute('aria-label')?.startsWith('Ask again without')")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**without=*")
    assert await sentences(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
async def test_no_barriers(explorer: Explorer, scheme: Scheme, size: tuple[int, int], tmp_path: Path) -> None:
    page = await explorer.open("/", size=size, scheme=scheme)
    await page.get_by_text("For example").wait_for()
    assert await grave_barriers(page) == []
    await page.goto(explorer.address + ARM_TO_COREBOOT)
    await sentences(page)
    await page.locator(".tie").first.press("Enter")
    assert await grave_barriers(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.screenshot(path=tmp_path / "paths.png", full_page=True)

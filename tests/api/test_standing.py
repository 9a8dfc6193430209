"""Standing and engagement over GraphQL: by hand on the small graph, paged on the demo data."""

import math
from typing import Any

import pytest

from service.domain.standing import FORMULAS
from service.graph.page_rank import DAMPING
from tests.api.client import Api

MEASURES = ("reach", "resonance", "relevance", "authority")
STANDING = """query($id: ID!, $topicId: ID!, $scope: TopicScope, $asOf: Date) { person(id: $id) {
  standing(topicId: $topicId, scope: $scope, asOf: $asOf) {
    person { id } topic { id name } people snapshot { id current }
    reach { ...all } resonance { ...all } relevance { ...all } authority { ...all } engagement { class } }
  engagement(topicId: $topicId, scope: $scope, asOf: $asOf) {
    given received engagedBy answered reciprocity class } } }
fragment all on Measure { value percentile formula evidence { what amount person { id } } }"""
STANDINGS = """query($id: ID!, $orderBy: StandingMeasure, $first: Int, $after: String) { topic(id: $id) {
  standings(orderBy: $orderBy, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    edges { cursor node { person { id name } reach { value } resonance { value } relevance { value } authority { value }
      engagement { engagedBy } } } } } }"""
TOPIC = "dpdk"


def amounts(measure: dict[str, Any]) -> list[tuple[float, str | None]]:
    return [(each["amount"], each["person"] and each["person"]["id"]) for each in measure["evidence"]]


async def test_a_standing_by_hand(api: Api) -> None:
    """Ben trusts Ada on networks, undated; Cat does in general; Eve's three interactions make 1 − exp(−1.5), 306 days
    ago, of a half-life of 365. Dan opted out."""
    eve = (1 - math.exp(-1.5)) * 0.5 ** (306 / 365)
    cat = 0.8 * math.exp(-0.5)
    answer = (await api.answer(STANDING, id="ada", topicId="net"))["person"]
    standing = answer["standing"]
    assert (standing["person"]["id"], standing["topic"]) == ("ada", {"id": "net", "name": "Networks"})
    assert standing["people"] == 4, "Ada, Ben, Cat and Eve"
    assert standing["reach"]["value"] == 3
    assert standing["reach"]["percentile"] == 62.5, "as far as Ben's and Eve's; Cat reaches two"
    assert standing["resonance"]["value"] == pytest.approx(0.3 + cat + eve, rel=1e-4)
    assert amounts(standing["resonance"])[0] == (3, None)
    assert [person for _, person in amounts(standing["resonance"])[1:]] == ["cat", "eve", "ben"]
    assert standing["relevance"]["value"] == pytest.approx(1), "nobody does anything else"
    passed_on, anew = (amount for amount, _ in amounts(standing["authority"])[:2])
    assert standing["authority"]["value"] == pytest.approx(passed_on + anew)
    assert {measure: standing[measure]["formula"] for measure in MEASURES} == {
        measure.lower(): formula for measure, formula in FORMULAS.items()
    }
    assert f"damping {DAMPING}" in standing["authority"]["formula"]
    assert answer["engagement"] == {
        "given": 0,
        "received": 3,
        "engagedBy": 1,
        "answered": 0,
        "reciprocity": 0.0,
        "class": "ENGAGER",
    }
    assert standing["engagement"]["class"] == "ENGAGER"


async def test_scope_and_day_are_the_questions(api: Api) -> None:
    exact = (await api.answer(STANDING, id="ada", topicId="net", scope="EXACT"))["person"]["standing"]
    assert amounts(exact["resonance"])[0] == (2, None), "Cat trusts in general"
    before = (await api.answer(STANDING, id="ada", topicId="net", asOf="2025-01-31"))["person"]
    assert before["engagement"]["received"] == 1, "of January"


async def test_who_is_none_of_the_topics_people_has_no_standing(api: Api) -> None:
    for id_ in ("fay", "dan"):
        assert (await api.answer(STANDING, id=id_, topicId="net"))["person"] == {"standing": None, "engagement": None}


@pytest.mark.parametrize("topic_id", ["nothing", ""])
async def test_unknown_topics_are_not_found(api: Api, topic_id: str) -> None:
    query = 'query($topicId: ID!) { person(id: "ada") { standing(topicId: $topicId) { people } } }'
    assert (await api.error(query, topicId=topic_id))["code"] == "NOT_FOUND"


async def nodes(api: Api, **variables: object) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    page = (await api.answer(STANDINGS, id=TOPIC, **variables))["topic"]["standings"]
    return [edge["node"] for edge in page["edges"]], page


@pytest.mark.parametrize("measure", MEASURES)
async def test_everybody_in_the_order_of_a_measure_page_by_page(demo_api: Api, measure: str) -> None:
    whole, page = await nodes(demo_api, orderBy=measure.upper(), first=100)
    assert page["totalCount"] > 100
    keys = [(-node[measure]["value"], node["person"]["id"]) for node in whole]
    assert keys == sorted(keys)
    first, page = await nodes(demo_api, orderBy=measure.upper(), first=40)
    second, _ = await nodes(demo_api, orderBy=measure.upper(), first=60, after=page["pageInfo"]["endCursor"])
    assert first + second == whole


async def test_by_authority_unless_said_otherwise(demo_api: Api) -> None:
    by_authority, _ = await nodes(demo_api, orderBy="AUTHORITY", first=5)
    assert (await nodes(demo_api, first=5))[0] == by_authority
    assert (await nodes(demo_api, orderBy=None, first=5))[0] == by_authority


async def test_a_cursor_is_of_its_own_list(demo_api: Api) -> None:
    _, page = await nodes(demo_api, orderBy="REACH", first=1)
    after = page["pageInfo"]["endCursor"]
    error = await demo_api.error(STANDINGS, id=TOPIC, orderBy="RESONANCE", after=after)
    assert (error["code"], error["field"]) == ("INVALID_INPUT", "after")


async def test_the_first_of_the_list_has_the_standing_that_the_list_says(demo_api: Api) -> None:
    (first, *_), _ = await nodes(demo_api, first=1)
    standing = (await demo_api.answer(STANDING, id=first["person"]["id"], topicId=TOPIC))["person"]["standing"]
    assert {measure: standing[measure]["value"] for measure in MEASURES} == {
        measure: first[measure]["value"] for measure in MEASURES
    }
    assert standing["authority"]["percentile"] > 99

"""The history of communities over GraphQL: each date as if asked alone, events in pages, and what is refused."""

from typing import Any

import pytest

from tests.api.client import Api

HISTORY = """
query($id: ID!, $every: Interval, $from: Date, $to: Date, $scope: TopicScope, $first: Int, $after: String) {
  topic(id: $id) { communityHistory(every: $every, from: $from, to: $to, scope: $scope) {
    rule snapshot { id }
    stages { day people modularity communities(first: 50) { totalCount edges { node {
      lineId size label community { id size } } } } }
    events(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node {
      day change before { lineId size } after { lineId size } } } }
  } }
}
"""
ALONE = """
query($id: ID!, $asOf: Date) {
  topicalCommunities(topicId: $id, asOf: $asOf, first: 100) { edges { node { id size } } }
}
"""


async def history(api: Api, **asked: object) -> Any:
    return (await api.answer(HISTORY, **asked))["topic"]["communityHistory"]


async def test_each_date_is_as_if_asked_alone(api: Api) -> None:
    """Ada, Ben, Cat and Eve trust each other in part; Eve since 2025, Ben and Ada for longer."""
    found = await history(api, id="net", **{"from": "2023-01-01"})
    assert [stage["day"] for stage in found["stages"]] == ["2023-12-31", "2024-12-31", "2025-12-31", "2026-01-01"]
    for stage in found["stages"]:
        alone = (await api.answer(ALONE, id="net", asOf=stage["day"]))["topicalCommunities"]["edges"]
        moments = [edge["node"] for edge in stage["communities"]["edges"]]
        assert [(m["community"]["id"], m["size"]) for m in moments] == [
            (edge["node"]["id"], edge["node"]["size"]) for edge in alone
        ]
    assert any(stage["communities"]["totalCount"] for stage in found["stages"])
    assert "3/10" in found["rule"]


async def test_sizes_say_who_grew(demo_api: Api) -> None:
    asked = {"id": "t0536", "from": "2020-01-01"}
    found = await history(demo_api, first=100, **asked)
    days = [stage["day"] for stage in found["stages"]]
    assert days == [*(f"{year}-12-31" for year in range(2020, 2026)), "2026-07-31"]
    events = [edge["node"] for edge in found["events"]["edges"]]
    assert [event["day"] for event in events] == sorted(event["day"] for event in events)
    for event in events:
        if event["change"] in ("GREW", "SHRANK"):
            (before,), (after,) = event["before"], event["after"]
            assert before["lineId"] == after["lineId"]
            assert (before["size"] < after["size"]) == (event["change"] == "GREW")
    page = (await history(demo_api, first=2, **asked))["events"]
    behind = (await history(demo_api, first=98, after=page["pageInfo"]["endCursor"], **asked))["events"]
    assert page["edges"] + behind["edges"] == found["events"]["edges"]


@pytest.mark.parametrize("asked", [{"from": "2002-12-31"}, {"from": "2027-01-01"}])
async def test_stretches_that_cannot_be_told(api: Api, asked: dict[str, str]) -> None:
    error = await api.error(HISTORY, id="net", **asked)
    assert (error["code"], error["field"]) == ("INVALID_INPUT", "from")

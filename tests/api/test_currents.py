"""Currents over GraphQL: the small graph by heart, pages, and what is refused."""

from typing import Any

import pytest

from tests.api.client import Api

CURRENTS = """
query($id: ID!, $interval: Interval, $from: Date, $to: Date, $scope: TopicScope, $first: Int, $after: String) {
  topic(id: $id) { currents(interval: $interval, from: $from, to: $to, scope: $scope) {
    intervals { start end complete interactions activePeople newcomers newTrust }
    momentum { slope low high trend intervals formula }
    changes { points { start before after } penalty formula }
    risingPeople(first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage }
      edges { node { rise recent former person { id name } } } }
    risingTopics(first: $first) { totalCount edges { node { rise recent former topic { id name } } } }
    riseFormula recentTotal formerTotal snapshot { current }
  } }
}
"""
HISTORY = """
query($id: ID!, $topicId: ID!, $interval: Interval, $from: Date, $to: Date, $scope: TopicScope) {
  person(id: $id) { history(topicId: $topicId, interval: $interval, from: $from, to: $to, scope: $scope) {
    intervals { start end complete given received posts trustGained trustGiven }
    momentum { slope low high trend intervals }
    changes { points { start } penalty }
    snapshot { id }
  } }
}
"""


async def currents(api: Api, **asked: object) -> Any:
    return (await api.answer(CURRENTS, **asked))["topic"]["currents"]


async def test_the_small_graph(api: Api) -> None:
    """Eve gave Ada an interaction on 1 January, 1 February and 1 March 2025; Ada has trusted Ben since 2024-02-29."""
    found = await currents(api, id="net", interval="MONTH", **{"from": "2024-12-01", "to": "2025-04-30"})
    counts = [
        (each["interactions"], each["activePeople"], each["newcomers"], each["newTrust"]) for each in found["intervals"]
    ]
    assert counts == [(0, 0, 0, 0), (1, 2, 2, 1), (1, 2, 0, 0), (1, 2, 0, 0), (0, 0, 0, 0)]
    assert found["intervals"][0] == {
        "start": "2024-12-01",
        "end": "2024-12-31",
        "complete": True,
        "interactions": 0,
        "activePeople": 0,
        "newcomers": 0,
        "newTrust": 0,
    }
    assert found["momentum"]["slope"] == 0
    assert (found["momentum"]["trend"], found["momentum"]["intervals"]) == ("STEADY", 5)
    assert found["changes"]["points"] == []
    assert (found["recentTotal"], found["formerTotal"]) == (1, 2)  # of five intervals the first is left out
    assert found["risingPeople"]["totalCount"] == found["risingTopics"]["totalCount"] == 0
    assert found["snapshot"]["current"] is True


async def test_new_trust_in_a_quarter(api: Api) -> None:
    found = await currents(api, id="net", **{"from": "2024-01-01", "to": "2024-03-31"})
    assert [each["newTrust"] for each in found["intervals"]] == [1]
    assert found["momentum"] is None
    assert found["changes"]["penalty"] is None


async def test_what_a_person_did(api: Api) -> None:
    asked = {"topicId": "net", "interval": "QUARTER", "from": "2025-01-01", "to": "2025-06-30"}
    eve = (await api.answer(HISTORY, id="eve", **asked))["person"]["history"]["intervals"]
    assert [(e["given"], e["received"], e["posts"], e["trustGained"], e["trustGiven"]) for e in eve] == [
        (3, 0, 2, 0, 1),
        (0, 0, 0, 0, 0),
    ]
    ada = (await api.answer(HISTORY, id="ada", **asked))["person"]["history"]["intervals"]
    assert (ada[0]["given"], ada[0]["received"], ada[0]["trustGained"]) == (0, 3, 1)
    elsewhere = (await api.answer(HISTORY, id="eve", **(asked | {"topicId": "art"})))["person"]["history"]
    assert [each["given"] for each in elsewhere["intervals"]] == [0, 0]


async def test_null_and_nothing_mean_the_usual(api: Api) -> None:
    usual = await currents(api, id="net")
    nulls = await currents(api, id="net", interval=None, scope=None, to=None, **{"from": None})
    assert nulls == usual
    assert len(usual["intervals"]) == 24
    assert usual["intervals"][-1]["start"] == "2026-01-01"
    assert usual["intervals"][-1]["complete"] is False


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from": "2026-04-01"}, "from"),
        ({"from": "2025-04-01", "to": "2025-03-31"}, "from"),
        ({"from": "1885-12-31"}, "from"),
    ],
)
async def test_stretches_that_cannot_be_told(api: Api, asked: dict[str, str], field: str) -> None:
    for query, more in ((CURRENTS, {"id": "net"}), (HISTORY, {"id": "eve", "topicId": "net"})):
        error = await api.error(query, **more, **asked)
        assert (error["code"], error["field"]) == ("INVALID_INPUT", field)


async def test_a_history_on_a_topic_that_is_not_there(api: Api) -> None:
    assert (await api.error(HISTORY, id="eve", topicId="nowhere"))["code"] == "NOT_FOUND"


async def test_pages_of_who_rises(demo_api: Api) -> None:
    asked = {"id": "dpdk", "interval": "YEAR"}
    whole = (await currents(demo_api, first=50, **asked))["risingPeople"]
    factors = [edge["node"]["rise"] for edge in whole["edges"]]
    assert factors == sorted(factors, reverse=True)
    assert min(factors) > 1
    page = (await currents(demo_api, first=20, **asked))["risingPeople"]
    behind = (await currents(demo_api, first=30, after=page["pageInfo"]["endCursor"], **asked))["risingPeople"]
    assert page["edges"] + behind["edges"] == whole["edges"]
    other = await demo_api.error(CURRENTS, after=page["pageInfo"]["endCursor"], id="dpdk", interval="MONTH")
    assert (other["code"], other["field"]) == ("INVALID_INPUT", "after")

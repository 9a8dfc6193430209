"""Peer influence over GraphQL: the small graph by heart, pages, and what is refused."""

import pytest

from tests.api.client import Api

WHOLE = """
query($id: ID!, $scope: TopicScope, $asOf: Date, $first: Int, $after: String) {
  topic(id: $id) { peerInfluence(scope: $scope, asOf: $asOf) {
    people interactions
    impressions { total gini fewestPeople shareOfPeople formula lorenz { people amount } }
    posts { total }
    massConnectors { rule people(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node {
      person { id name } interactions posts listeners answered impressions reciprocity } } } }
    massMavens { rule people { edges { node { person { id } } } } }
    socialBroadcasters { rule people { totalCount } }
    snapshot { id current }
  } }
}
"""  # noqa: E501


async def test_the_small_graph(api: Api) -> None:
    """Eve gave three interactions to Ada, two of them reviews. Ada, Ben, Cat and Eve trust each other in part."""
    found = (await api.answer(WHOLE, id="net"))["topic"]["peerInfluence"]
    assert (found["people"], found["interactions"], found["posts"]["total"]) == (2, 3, 2)
    assert found["impressions"] == {
        "total": 3,
        "gini": 0.5,
        "fewestPeople": 1,
        "shareOfPeople": 0.5,
        "formula": "interactions × listeners",
        "lorenz": [{"people": 0, "amount": 0}, {"people": 0.5, "amount": 0}, {"people": 1, "amount": 1}],
    }
    (edge,) = found["massConnectors"]["people"]["edges"]
    assert edge["node"] == {
        "person": {"id": "eve", "name": "Eve Lind"},
        "interactions": 3,
        "posts": 2,
        "listeners": 1,
        "answered": 1,
        "impressions": 3,
        "reciprocity": 1,
    }
    assert [edge["node"]["person"]["id"] for edge in found["massMavens"]["people"]["edges"]] == ["eve"]
    assert found["socialBroadcasters"]["people"]["totalCount"] == 0
    assert "80 %" in found["massConnectors"]["rule"]
    assert found["snapshot"]["current"] is True


async def test_scope_and_day(api: Api) -> None:
    for scope, people in (("EXACT", 0), ("RELATED", 2), ("ANY", 2)):
        found = (await api.answer(WHOLE, id="mail", scope=scope))["topic"]["peerInfluence"]
        assert found["people"] == people, scope
    early = (await api.answer(WHOLE, id="net", asOf="2025-02-15"))["topic"]["peerInfluence"]
    assert early["interactions"] == 2
    nothing = (await api.answer(WHOLE, id="net", asOf="2024-12-31"))["topic"]["peerInfluence"]
    assert nothing["impressions"] | {"formula": ""} == {
        "total": 0,
        "gini": None,
        "fewestPeople": 0,
        "shareOfPeople": None,
        "formula": "",
        "lorenz": [],
    }


async def test_pages(demo_api: Api) -> None:
    connectors = (await demo_api.answer(WHOLE, id="dpdk", first=100))["topic"]["peerInfluence"]["massConnectors"]
    whole = [edge["node"]["person"]["id"] for edge in connectors["people"]["edges"]]
    page = (await demo_api.answer(WHOLE, id="dpdk", first=3))["topic"]["peerInfluence"]["massConnectors"]["people"]
    after = page["pageInfo"]["endCursor"]
    rest = (await demo_api.answer(WHOLE, id="dpdk", first=97, after=after))["topic"]["peerInfluence"]
    shown = page["edges"] + rest["massConnectors"]["people"]["edges"]
    assert [edge["node"]["person"]["id"] for edge in shown] == whole
    impressions = [edge["node"]["impressions"] for edge in connectors["people"]["edges"]]
    assert impressions == sorted(impressions, reverse=True)
    other = await demo_api.error(WHOLE, id="dpdk", scope="EXACT", after=after)
    assert (other["code"], other["field"]) == ("INVALID_INPUT", "after")


@pytest.mark.parametrize(("first", "code"), [(101, "TOO_COMPLEX"), (-1, "INVALID_INPUT")])
async def test_pages_out_of_range(api: Api, first: int, code: str) -> None:
    assert (await api.error(WHOLE, id="net", first=first))["code"] == code

"""Topical communities over GraphQL: computed answers, stored memberships, pages of both."""

from typing import Any

import pytest

from service.domain.communities import CommunitiesQuestion, TopicalCommunities
from tests.api.client import Api

TOPIC = "t0363"

COMMUNITIES = """
query Communities($topicId: ID!, $minSize: Int, $resolution: Float, $first: Int, $after: String, $scope: TopicScope, $asOf: Date) {
  topicalCommunities(topicId: $topicId, minSize: $minSize, resolution: $resolution, first: $first, after: $after,
                     scope: $scope, asOf: $asOf) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { id label size cohesion conductance computedAt snapshotId topic { id name } } }
  }
}
"""  # noqa: E501


async def found(api: Api, topic_id: str = TOPIC) -> TopicalCommunities:
    """What the use case says, to compare with."""
    answer: TopicalCommunities = await api.app.state.running.find_communities(CommunitiesQuestion(topic_id))
    return answer


async def test_communities_are_those_of_the_use_case(demo_api: Api) -> None:
    expected = await found(demo_api)
    answer = (await demo_api.answer(COMMUNITIES, topicId=TOPIC))["topicalCommunities"]
    assert answer["totalCount"] == len(expected.communities) > 0
    for edge, community in zip(answer["edges"], expected.communities, strict=False):
        node = edge["node"]
        assert (node["id"], node["label"], node["size"]) == (community.id, community.label, community.size)
        assert (node["cohesion"], node["conductance"]) == (community.cohesion, community.conductance)
        assert node["snapshotId"] == community.snapshot_id
        assert node["computedAt"] == community.computed_at.isoformat()
        assert node["topic"]["id"] == TOPIC


async def test_pages_of_communities(demo_api: Api) -> None:
    whole = await demo_api.ids("topicalCommunities", COMMUNITIES, topicId=TOPIC, minSize=1, first=100)
    assert len(whole) > 1
    seen: list[str] = []
    after = None
    for _ in whole:
        page = await demo_api.answer(COMMUNITIES, topicId=TOPIC, minSize=1, first=1, after=after)
        seen += [edge["node"]["id"] for edge in page["topicalCommunities"]["edges"]]
        after = page["topicalCommunities"]["pageInfo"]["endCursor"]
    assert seen == whole
    assert page["topicalCommunities"]["pageInfo"]["hasNextPage"] is False
    other = await demo_api.error(COMMUNITIES, topicId=TOPIC, minSize=2, first=1, after=after)
    assert (other["code"], other["field"]) == ("INVALID_INPUT", "after")


def _nodes(connection: dict[str, Any]) -> list[Any]:
    return [edge["node"] for edge in connection["edges"]]


async def test_who_is_in_a_community(demo_api: Api) -> None:
    expected = (await found(demo_api)).communities[0]
    query = """query($id: ID!, $after: String) { community(id: $id) { id
      members(first: 2, after: $after) { totalCount pageInfo { endCursor } edges { node {
        person { id name headline } share rank role primary } } }
      brands(first: 3) { totalCount edges { people node { id name domain } } }
      decisionMakers(first: 3) { totalCount edges { node { id name } } }
      bridges(first: 3) { totalCount edges { node { strength person { id name } community { id label } } } }
    } }"""
    community = (await demo_api.answer(query, id=expected.id))["community"]
    members = _nodes(community["members"])
    assert [(node["person"]["id"], node["share"], node["rank"], node["role"], node["primary"]) for node in members] == [
        (m.person_id, m.share, m.rank, m.role.value, m.primary) for m in expected.members[:2]
    ]
    assert community["members"]["totalCount"] == len(expected.members)
    after = community["members"]["pageInfo"]["endCursor"]
    behind = _nodes((await demo_api.answer(query, id=expected.id, after=after))["community"]["members"])
    assert [node["person"]["id"] for node in behind] == [m.person_id for m in expected.members[2:4]]

    assert community["brands"]["totalCount"] == len(expected.brands)
    assert [(edge["node"]["id"], edge["people"]) for edge in community["brands"]["edges"]] == [
        (brand.brand_id, brand.people) for brand in expected.brands[:3]
    ]
    assert community["decisionMakers"]["totalCount"] == len(expected.decision_maker_ids)
    assert [node["id"] for node in _nodes(community["decisionMakers"])] == list(expected.decision_maker_ids[:3])
    assert [
        (node["person"]["id"], node["community"]["id"], node["strength"]) for node in _nodes(community["bridges"])
    ] == [(bridge.person_id, bridge.to_id, bridge.strength) for bridge in expected.bridges[:3]]

    person = await demo_api.answer("query($id: ID!) { person(id: $id) { name } }", id=members[0]["person"]["id"])
    assert members[0]["person"]["name"] == person["person"]["name"]


async def test_the_communities_of_a_person(demo_api: Api, statements: list[str]) -> None:
    """Read from Neo4j as they were stored; who is in them is worked out only when asked."""
    expected = (await found(demo_api)).communities[0]
    member = expected.members[0]
    statements.clear()
    query = """query($id: ID!) { person(id: $id) { communities(first: 100) { totalCount edges {
      share rank role primary node { id label size cohesion topic { id } } } } } }"""
    answer = (await demo_api.answer(query, id=member.person_id))["person"]["communities"]
    assert statements == ["communities_of_people"]
    shares = [edge["share"] for edge in answer["edges"]]
    assert shares == sorted(shares, reverse=True)
    assert answer["totalCount"] == len(answer["edges"])
    (edge,) = [edge for edge in answer["edges"] if edge["node"]["id"] == expected.id]
    assert edge == {
        "share": member.share,
        "rank": member.rank,
        "role": member.role.value,
        "primary": member.primary,
        "node": {
            "id": expected.id,
            "label": expected.label,
            "size": expected.size,
            "cohesion": expected.cohesion,
            "topic": {"id": TOPIC},
        },
    }


async def test_from_a_person_into_the_community(demo_api: Api) -> None:
    member = (await found(demo_api)).communities[0].members[0]
    query = """query($id: ID!) { person(id: $id) { communities(first: 1) { edges { node {
      id size members(first: 100) { totalCount edges { node { primary person { id } } } } } } } } }"""
    (edge,) = (await demo_api.answer(query, id=member.person_id))["person"]["communities"]["edges"]
    members = edge["node"]["members"]
    if members["totalCount"] <= 100:
        assert member.person_id in [node["person"]["id"] for node in _nodes(members)]
        assert sum(node["primary"] for node in _nodes(members)) == edge["node"]["size"]


@pytest.mark.parametrize("id_", ["nobody", "", "dpdk"])
async def test_unknown_communities_are_null(demo_api: Api, id_: str) -> None:
    assert await demo_api.answer("query($id: ID!) { community(id: $id) { id } }", id=id_) == {"community": None}


async def test_unknown_topics_are_not_found(demo_api: Api) -> None:
    for unknown in ("nothing", ""):
        assert (await demo_api.error(COMMUNITIES, topicId=unknown))["code"] == "NOT_FOUND"


@pytest.mark.parametrize(
    ("arguments", "field"),
    [({"resolution": 0.0}, "resolution"), ({"resolution": -1}, "resolution"), ({"minSize": 0}, "minSize")],
)
async def test_arguments_out_of_range(demo_api: Api, arguments: dict[str, Any], field: str) -> None:
    error = await demo_api.error(COMMUNITIES, topicId=TOPIC, **arguments)
    assert (error["code"], error["field"]) == ("INVALID_INPUT", field)


async def test_null_means_the_default(demo_api: Api) -> None:
    usual = await demo_api.ids("topicalCommunities", COMMUNITIES, topicId=TOPIC)
    nothing = dict.fromkeys(("minSize", "resolution", "scope", "asOf", "first", "after"))
    assert await demo_api.ids("topicalCommunities", COMMUNITIES, topicId=TOPIC, **nothing) == usual

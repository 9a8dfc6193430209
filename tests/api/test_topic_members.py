"""Everybody in a topic's communities at once: what communities, standings and roles say one by one, and Cypher too."""

import json
from datetime import date
from typing import Any

import pytest

from service.domain.communities import CommunitiesQuestion
from service.store.database import Database
from tests.api.client import Api

TOPIC = "t0363"

MEMBERS = """
query Members($topicId: ID!, $asOf: Date, $first: Int) {
  topic(id: $topicId) {
    members(asOf: $asOf, first: $first) {
      person { id name } communityId role share rank authority percentile brandIds
    }
  }
}
"""


async def members(api: Api, **variables: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await api.answer(MEMBERS, topicId=TOPIC, **variables))["topic"]["members"]
    return found


@pytest.mark.parametrize("as_of", [None, "2021-12-31"])
async def test_members_are_those_of_the_communities_with_their_standing(demo_api: Api, as_of: str | None) -> None:
    found = await members(demo_api, asOf=as_of)
    question = CommunitiesQuestion(TOPIC, as_of=None if as_of is None else date.fromisoformat(as_of))
    expected = {
        member.person_id: (community.id, member.role, member.share, member.rank)
        for community in (await demo_api.app.state.running.find_communities(question)).communities
        for member in community.members
        if member.primary
    }
    assert len(expected) > 10
    assert {
        member["person"]["id"]: (member["communityId"], member["role"], member["share"], member["rank"])
        for member in found
    } == expected
    assert found == sorted(found, key=lambda member: (-member["authority"], member["person"]["id"]))

    top = found[0]
    standing = """query ($id: ID!, $topicId: ID!, $asOf: Date) {
      person(id: $id) { standing(topicId: $topicId, asOf: $asOf) { authority { value percentile } } } }"""
    person = (await demo_api.answer(standing, id=top["person"]["id"], topicId=TOPIC, asOf=as_of))["person"]
    assert person["standing"]["authority"] == {"value": top["authority"], "percentile": top["percentile"]}


async def test_cypher_says_the_same(demo_api: Api, demo: Database) -> None:
    found = await members(demo_api, first=25)
    rows = (await demo.execute("members_of_topic", {"topicId": TOPIC, "asOf": None, "first": 5_000})).rows
    by_id = {row["personId"]: row for row in rows}
    for member in found:
        row = by_id[member["person"]["id"]]
        assert (row["communityId"], row["role"], row["name"]) == (
            member["communityId"],
            member["role"],
            member["person"]["name"],
        )
        assert row["brandIds"] == member["brandIds"]
        assert row["share"] == pytest.approx(member["share"], abs=1e-12)
    assert any(member["brandIds"] for member in found)


async def test_how_many_is_bounded(demo_api: Api) -> None:
    whole = await members(demo_api)
    assert await members(demo_api, first=3) == whole[:3]
    error = await demo_api.error(MEMBERS, topicId=TOPIC, first=5_001)
    assert (error["code"], error["field"]) == ("INVALID_INPUT", "first")
    assert "5,000" in json.dumps(error)

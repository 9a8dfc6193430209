"""Contacts over GraphQL, on the small graph: every option arrives, every part of the answer comes back."""

from typing import Any

import pytest

from tests.api.client import Api

INFLUENCERS = """
query($id: ID!, $topicId: ID, $asOf: Date, $situation: SituationInput, $first: Int = 20, $after: String) {
  influencersOf(personId: $id, topicId: $topicId, asOf: $asOf, situation: $situation, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { node { strength ways formula person { id name } path { cost hops people { id } } } }
  }
}
"""
LEVERAGE = """
query($audience: AudienceInput!, $contacts: Int, $minStrength: Float, $maxHops: Int) {
  leverage(audience: $audience, contacts: $contacts, minStrength: $minStrength, maxHops: $maxHops) {
    audience reachable formula snapshot { current }
    contacts { inAudience reaches gain together person { id }
      adds(first: 2) { totalCount edges { node { strength person { id } } } } }
  }
}
"""
NEXT = """
query($brandId: ID!, $targets: TargetsInput!, $assumedStrength: Float, $orderBy: ContactOrder) {
  nextRelationships(brandId: $brandId, targets: $targets, assumedStrength: $assumedStrength, orderBy: $orderBy) {
    totalCount
    edges { node { opened strengthened strengthGained formula contact { id } brandPerson { id }
      gains { before after person { id } } } }
  }
}
"""


async def influencers(api: Api, person_id: str, **variables: object) -> list[tuple[str, int]]:
    found = (await api.answer(INFLUENCERS, id=person_id, **variables))["influencersOf"]
    nodes = [edge["node"] for edge in found["edges"]]
    assert found["totalCount"] == len(nodes)
    return [(node["person"]["id"], node["path"]["cost"]) for node in nodes]


async def test_to_whom_somebody_listens(api: Api) -> None:
    # 0.3, then an introducer at 0.8 and 0.75 or 0.5. Dan opted out.
    assert await influencers(api, "ben") == [("ada", 1203973), ("eve", 1714799), ("cat", 2120264)]
    (first,) = (await api.answer(INFLUENCERS, id="ben", first=1))["influencersOf"]["edges"]
    assert first["node"]["person"] == {"id": "ada", "name": "Ada Lind"}
    assert first["node"]["strength"] == pytest.approx(0.3, abs=1e-6)
    assert first["node"]["ways"] == 1
    assert "ways" in first["node"]["formula"]


async def test_page_by_page(api: Api) -> None:
    after, seen = None, []
    while True:
        page = (await api.answer(INFLUENCERS, id="ben", first=2, after=after))["influencersOf"]
        seen += [edge["node"]["person"]["id"] for edge in page["edges"]]
        assert page["totalCount"] == 3
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert seen == ["ada", "eve", "cat"]


async def test_a_situation_narrows(api: Api) -> None:
    assert await influencers(api, "ben", situation={"location": "Oslo"}) == [("ada", 1203973)]
    assert await influencers(api, "ben", situation={"location": "oslo"}) == []
    # Ada trusts Ben offline, with 0.9, 214 days ago at 1899 a day, and on names, undated, with 0.5.
    aged = 105361 + 214 * 1899
    assert await influencers(api, "ada") == [("eve", 287682), ("ben", aged), ("cat", 693147)]
    assert await influencers(api, "ada", situation={"channels": ["offline"]}) == [("ben", aged)]
    late = await influencers(api, "ada", situation={"from": "2025-06-02"})
    assert late == [("eve", 287682), ("ben", 693147), ("cat", 693147)]
    early = await influencers(api, "ada", situation={"to": "2024-02-28"})
    assert early == [("eve", 287682), ("ben", 693147), ("cat", 693147)]
    # Eve came to trust Ada (1 - exp(-3/2), 306 days ago) when she decided, too; what Ada trusts was stated.
    decided = {"stages": ["DECISION", "LOYALTY"]}
    assert await influencers(api, "eve", situation=decided) == [("ada", 252482 + 306 * 1899)]
    assert await influencers(api, "eve", situation={"stages": ["LOYALTY"]}) == []
    assert await influencers(api, "ada", situation=decided) == []
    both = await influencers(api, "ada", situation={"from": "2025-06-01", "to": "2025-06-01"})
    assert both == [("eve", 287682), ("ben", aged), ("cat", 693147)]


async def test_members_of_a_community(demo_api: Api) -> None:
    query = """{ topicalCommunities(topicId: "u-boot", first: 1) {
      edges { node { id members(first: 1) { edges { node { person { id } } } } } } } }"""
    (edge,) = (await demo_api.answer(query))["topicalCommunities"]["edges"]
    community_id = edge["node"]["id"]
    person_id = edge["node"]["members"]["edges"][0]["node"]["person"]["id"]
    services = demo_api.app.state.running
    members = {member.person_id for member in (await services.find_communities.by_id(community_id)).members}
    every = (await demo_api.answer(INFLUENCERS, id=person_id, topicId="u-boot", first=100))["influencersOf"]
    inside = (
        await demo_api.answer(
            INFLUENCERS, id=person_id, topicId="u-boot", first=100, situation={"communityId": community_id}
        )
    )["influencersOf"]
    assert 0 < inside["totalCount"] < every["totalCount"]
    listed = [edge["node"]["person"]["id"] for edge in inside["edges"]]
    assert members.issuperset(listed)
    before = [edge["node"]["person"]["id"] for edge in every["edges"] if edge["node"]["person"]["id"] in members]
    assert listed[: len(before)] == before

    found = (await demo_api.answer(LEVERAGE, audience={"communityId": community_id}, contacts=3))["leverage"]
    assert found["audience"] == len(members)
    gains = [contact["gain"] for contact in found["contacts"]]
    assert gains == sorted(gains, reverse=True)
    assert [contact["together"] for contact in found["contacts"]] == [sum(gains[: n + 1]) for n in range(3)]
    assert [contact["adds"]["totalCount"] for contact in found["contacts"]] == gains


async def test_one_contact_for_three(api: Api) -> None:
    audience = {"personIds": ["ben", "cat", "dan", "eve"]}
    found = (await api.answer(LEVERAGE, audience=audience, contacts=2))["leverage"]
    assert (found["audience"], found["reachable"]) == (3, 3)
    (contact,) = found["contacts"]
    assert (contact["person"]["id"], contact["reaches"], contact["gain"], contact["together"]) == ("ada", 3, 3, 3)
    assert contact["inAudience"] is False
    # Cat's trust of 0.8 is undated; what is strongest comes first.
    assert contact["adds"]["totalCount"] == 3
    assert contact["adds"]["edges"][0]["node"]["person"] == {"id": "cat"}
    assert contact["adds"]["edges"][0]["node"]["strength"] == pytest.approx(0.8, abs=1e-6)
    assert "0.1" in found["formula"]
    customers = (await api.answer(LEVERAGE, audience={"brandId": "zeta"}, minStrength=0.7, maxHops=1))["leverage"]
    # Ada is Zeta's only customer; Eve's 0.75 is enough, but Ada's own id comes first.
    assert [(c["person"]["id"], c["inAudience"]) for c in customers["contacts"]] == [("ada", True)]


async def test_the_next_relationship(api: Api) -> None:
    # Acme's only employee is Ada, entered at 0.5; nobody reaches Fay, who trusts nobody.
    found = (await api.answer(NEXT, brandId="acme", targets={"personIds": ["fay"]}))["nextRelationships"]
    (edge,) = found["edges"]
    node = edge["node"]
    assert (node["contact"]["id"], node["brandPerson"]["id"]) == ("fay", "ada")
    assert (node["opened"], node["strengthened"], node["strengthGained"]) == (1, 0, 0.25)
    (gain,) = node["gains"]
    assert gain["before"] is None
    assert gain["after"] == pytest.approx(0.25, abs=1e-6)
    assert found["totalCount"] == 1
    certain = await api.answer(
        NEXT, brandId="acme", targets={"personIds": ["fay"]}, assumedStrength=1, orderBy="STRENGTH"
    )
    assert certain["nextRelationships"]["edges"][0]["node"]["strengthGained"] == 0.5
    nobody = await api.answer(NEXT, brandId="acme", targets={"brandId": "zeta"})
    assert nobody["nextRelationships"] == {"totalCount": 0, "edges": []}


@pytest.mark.parametrize(
    ("query", "variables", "code", "said"),
    [
        (INFLUENCERS, {"id": "nobody"}, "NOT_FOUND", "nobody"),
        (INFLUENCERS, {"id": "ada", "topicId": "nothing"}, "NOT_FOUND", "nothing"),
        (INFLUENCERS, {"id": "ada", "situation": {"communityId": "none"}}, "NOT_FOUND", "none"),
        (INFLUENCERS, {"id": "ada", "situation": {"from": "2025-01-02", "to": "2025-01-01"}}, "INVALID_INPUT", "from"),
        (INFLUENCERS, {"id": "ada", "after": "x"}, "INVALID_INPUT", "after"),
        (LEVERAGE, {"audience": {"brandId": "gone"}}, "NOT_FOUND", "gone"),
        (LEVERAGE, {"audience": {"personIds": ["nobody"]}}, "NOT_FOUND", "nobody"),
        (LEVERAGE, {"audience": {"brandId": "acme"}, "contacts": 101}, "INVALID_INPUT", "contacts"),
        (LEVERAGE, {"audience": {"brandId": "acme"}, "minStrength": 1.1}, "INVALID_INPUT", "minStrength"),
        (LEVERAGE, {"audience": {"brandId": "acme"}, "maxHops": 0}, "INVALID_INPUT", "maxHops"),
        (NEXT, {"brandId": "gone", "targets": {"personIds": ["ada"]}}, "NOT_FOUND", "gone"),
        (NEXT, {"brandId": "acme", "targets": {"personIds": ["nobody"]}}, "NOT_FOUND", "nobody"),
        (
            NEXT,
            {"brandId": "acme", "targets": {"personIds": ["ada"]}, "assumedStrength": 0},
            "INVALID_INPUT",
            "assumedStrength",
        ),
        (NEXT, {"brandId": "acme", "targets": {"personIds": ["ada"] * 201}}, "INVALID_INPUT", "targets.personIds"),
    ],
)
async def test_what_is_refused(api: Api, query: str, variables: dict[str, Any], code: str, said: str) -> None:
    error = await api.error(query, **variables)
    assert error["code"] == code
    assert said in error["message"]

"""Influencers, rainmakers and untapped over GraphQL: by hand on the small graph, against `trustedPaths` on the demo
data."""

from typing import Any

import pytest

from tests.api.client import Api

PATH = "path { cost strength hops people { id } explanation }"
INFLUENCERS = f"""query($topicId: ID!, $brandId: ID!, $orderBy: InfluencerOrder, $scope: TopicScope, $asOf: Date,
                       $maxHops: Int, $first: Int, $after: String) {{ topic(id: $topicId) {{
  influencers(brandId: $brandId, orderBy: $orderBy, scope: $scope, asOf: $asOf, maxHops: $maxHops, first: $first,
              after: $after) {{
    totalCount pageInfo {{ hasNextPage endCursor }}
    edges {{ node {{ person {{ id }} standing {{ authority {{ value }} reach {{ value }} }} stance stanceGrounds
      pathStrength reachableAuthority {{ value formula evidence {{ amount }} }} {PATH} }} }} }} }} }}"""
RAINMAKERS = f"""query($topicId: ID!, $brandId: ID!, $scope: TopicScope, $first: Int, $after: String) {{
  topic(id: $topicId) {{ rainmakers(brandId: $brandId, scope: $scope, first: $first, after: $after) {{
    totalCount pageInfo {{ endCursor }}
    edges {{ node {{ person {{ id }} standing {{ authority {{ value }} }} stance {PATH} }} }} }} }} }}"""
TIES = """query($id: ID!) { person(id: $id) { roles(first: 100) { edges { node { kind brand { id } since until } } }
  trusts(first: 100) { pageInfo { hasNextPage } edges { node { person { id } } } }
  trustedBy(first: 100) { pageInfo { hasNextPage } edges { node { person { id } } } } } }"""
UNTAPPED = """query($topicId: ID!, $brandId: ID!, $scope: TopicScope, $first: Int) { topic(id: $topicId) {
  untapped(brandId: $brandId, scope: $scope, first: $first) { totalCount edges { node { person { id }
    standing { authority { value percentile } } roles { kind title topic { id } }
    listeners { value formula evidence { amount person { id } } } newListeners { value } } } } } }"""
BATCH = f"""query($inputs: [TrustedPathsInput!]!) {{ trustedPathsBatch(inputs: $inputs) {{
  answer {{ paths {{ {PATH[7:-2]} }} }} }} }}"""
TOPIC, BRAND, AS_OF = "dpdk", "intel.com", "2026-07-31"
PEOPLE = """query($brandId: ID!, $after: String) { brand(id: $brandId) { people(first: 100, after: $after) {
  pageInfo { hasNextPage endCursor }
  edges { node { id roles(first: 100) { edges { node { kind brand { id } since until } } } } } } } }"""


def nodes(connection: dict[str, Any]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in connection["edges"]]


async def influencers(api: Api, **variables: object) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    page = (await api.answer(INFLUENCERS, **variables))["topic"]["influencers"]
    return nodes(page), page


async def paths_to(api: Api, topic_id: str, brand_id: str, person_ids: list[str]) -> list[dict[str, Any] | None]:
    """What `trustedPaths` says of each."""
    inputs = [
        {"from": {"brandId": brand_id}, "to": {"personId": id_}, "topicId": topic_id, "first": 1} for id_ in person_ids
    ]
    outcomes = (await api.answer(BATCH, inputs=inputs))["trustedPathsBatch"]
    return [next(iter(outcome["answer"]["paths"]), None) for outcome in outcomes]


async def test_influencers_by_hand(api: Api) -> None:
    """Acme sends Ada, entered at 0.5. Ben trusts her with 0.3 on networks, Cat with 0.8 in general, Eve on networks."""
    found, page = await influencers(api, topicId="net", brandId="acme", orderBy="REACHABLE_AUTHORITY")
    assert page["totalCount"] == 4
    by_id = {node["person"]["id"]: node for node in found}
    costs = {id_: node["path"]["cost"] for id_, node in by_id.items()}
    assert {id_: costs[id_] for id_ in ("ada", "ben", "cat")} == {
        "ada": 693147,
        "ben": 693147 + 1203973,
        "cat": 693147 + 223144 + 500000,
    }
    assert by_id["ada"]["path"]["hops"] == 0
    assert by_id["ada"]["path"]["explanation"] == "Ada Lind is at Acme: no introduction is needed."
    for node in found:
        figure, authority = node["reachableAuthority"], node["standing"]["authority"]["value"]
        assert node["pathStrength"] == node["path"]["strength"]
        assert [each["amount"] for each in figure["evidence"]] == [authority, node["pathStrength"]]
        assert figure["value"] == pytest.approx(authority * node["pathStrength"])
        assert "authority · strength" in figure["formula"]
    values = [node["reachableAuthority"]["value"] for node in found]
    assert values == sorted(values, reverse=True)
    assert await paths_to(api, "net", "acme", list(by_id)) == [node["path"] for node in found]
    assert {node["stance"] for node in found} == {"NEUTRAL"}
    assert all(node["stanceGrounds"] == [] for node in found)


async def test_options_arrive(api: Api) -> None:
    exact, _ = await influencers(api, topicId="net", brandId="acme", scope="EXACT")
    assert {node["person"]["id"] for node in exact} == {"ada", "ben", "eve"}, "Cat trusts in general"
    none, _ = await influencers(api, topicId="net", brandId="acme", maxHops=0)
    assert [node["person"]["id"] for node in none if node["path"]] == ["ada"]
    assert {node["pathStrength"] for node in none if node["path"] is None} == {None}
    before, _ = await influencers(api, topicId="net", brandId="acme", asOf="2024-12-31")
    unreached = [node["person"]["id"] for node in before if node["path"] is None]
    assert unreached == ["eve"], "her first review came later"


async def test_untapped_by_hand(api: Api) -> None:
    """Ada is a customer of Zeta. Eve, its advocate on names, is a voice on networks too. Ben and Cat hear only Ada."""
    (ada,) = nodes((await api.answer(UNTAPPED, topicId="net", brandId="zeta"))["topic"]["untapped"])
    assert ada["person"]["id"] == "ada"
    assert ada["roles"] == [{"kind": "CUSTOMER", "title": None, "topic": None}]
    assert ada["standing"]["authority"]["percentile"] == 87.5
    assert (ada["listeners"]["value"], ada["newListeners"]["value"]) == (2, 2)
    assert [each["person"]["id"] for each in ada["listeners"]["evidence"]] == ["cat", "ben"]
    of_acme = await api.answer(UNTAPPED, topicId="net", brandId="acme")
    assert nodes(of_acme["topic"]["untapped"]) == [], "Ada decides there on networks"


async def test_nobody_is_without_a_tie_in_a_small_world(api: Api) -> None:
    for brand_id in ("acme", "zeta"):
        found = (await api.answer(RAINMAKERS, topicId="net", brandId=brand_id))["topic"]["rainmakers"]
        assert (found["totalCount"], found["edges"]) == (0, [])
    found = (await api.answer(RAINMAKERS, topicId="net", brandId="nv"))["topic"]["rainmakers"]
    assert found["totalCount"] == 4, "nobody is of that brand"
    assert all(node["path"] is None for node in nodes(found))


@pytest.mark.parametrize("field", ["influencers", "rainmakers", "untapped"])
async def test_what_cannot_be_asked(api: Api, field: str) -> None:
    query = f'query($b: ID!) {{ topic(id: "net") {{ {field}(brandId: $b) {{ totalCount }} }} }}'
    assert (await api.error(query, b="nobody"))["code"] == "NOT_FOUND"
    if field != "untapped":
        query = f'{{ topic(id: "net") {{ {field}(brandId: "acme", maxHops: 9) {{ totalCount }} }} }}'
        error = await api.error(query)
        assert (error["code"], error["field"]) == ("INVALID_INPUT", "maxHops")


@pytest.mark.parametrize("order", ["REACH", "RESONANCE", "RELEVANCE", "AUTHORITY", "REACHABLE_AUTHORITY"])
async def test_page_by_page(demo_api: Api, order: str) -> None:
    asked = {"topicId": TOPIC, "brandId": BRAND, "orderBy": order}
    whole, page = await influencers(demo_api, **asked, first=60)
    assert page["totalCount"] > 100
    first, page = await influencers(demo_api, **asked, first=25)
    second, _ = await influencers(demo_api, **asked, first=35, after=page["pageInfo"]["endCursor"])
    assert first + second == whole
    other = "REACH" if order == "AUTHORITY" else "AUTHORITY"
    after = page["pageInfo"]["endCursor"]
    error = await demo_api.error(INFLUENCERS, **{**asked, "orderBy": other}, after=after)
    assert (error["code"], error["field"]) == ("INVALID_INPUT", "after")


async def test_fifty_people_have_the_paths_that_trusted_paths_finds(demo_api: Api) -> None:
    found, _ = await influencers(demo_api, topicId=TOPIC, brandId=BRAND, first=50)
    assert len({node["path"]["hops"] for node in found if node["path"]}) > 1
    expected = await paths_to(demo_api, TOPIC, BRAND, [node["person"]["id"] for node in found])
    assert [node["path"] for node in found] == expected


def holds_a_role(person: dict[str, Any]) -> bool:
    """Whether this person is one of Intel's own on the data set's day; most of its people have left."""
    return any(
        role["brand"]["id"] == BRAND
        and role["kind"] != "DETRACTOR"
        and (role["since"] or AS_OF) <= AS_OF <= (role["until"] or AS_OF)
        for role in nodes(person["roles"])
    )


async def test_rainmakers_have_no_tie_and_a_way_in(demo_api: Api) -> None:
    own: set[str] = set()
    after = None
    while True:
        page = (await demo_api.answer(PEOPLE, brandId=BRAND, after=after))["brand"]["people"]
        own |= {node["id"] for node in nodes(page) if holds_a_role(node)}
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    found = nodes((await demo_api.answer(RAINMAKERS, topicId=TOPIC, brandId=BRAND, first=20))["topic"]["rainmakers"])
    authority = [node["standing"]["authority"]["value"] for node in found]
    assert authority == sorted(authority, reverse=True)
    assert len(found) == 20
    for node in found:
        person = (await demo_api.answer(TIES, id=node["person"]["id"]))["person"]
        assert not holds_a_role(person)
        assert not own & {tie["person"]["id"] for tie in nodes(person["trusts"])}
        assert not own & {tie["person"]["id"] for tie in nodes(person["trustedBy"])}
        assert node["path"] is None or node["path"]["hops"] >= 2
    assert any(node["path"] for node in found)
    expected = await paths_to(demo_api, TOPIC, BRAND, [node["person"]["id"] for node in found])
    assert [node["path"] for node in found] == expected


async def test_untapped_are_the_brands_own(demo_api: Api) -> None:
    found = nodes((await demo_api.answer(UNTAPPED, topicId=TOPIC, brandId=BRAND, first=50))["topic"]["untapped"])
    assert found
    for node in found:
        assert node["standing"]["authority"]["percentile"] >= 50
        assert "EMPLOYEE" in {role["kind"] for role in node["roles"]}
        assert 0 <= node["newListeners"]["value"] <= node["listeners"]["value"]

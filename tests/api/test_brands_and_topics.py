"""Brands and topics: lists, searches, and who hangs on them."""

from typing import Any

import pytest

from tests.api.client import Api

BRANDS = """query($search: String, $first: Int, $after: String) {
  brands(search: $search, first: $first, after: $after) { totalCount pageInfo { endCursor } edges { node { id } } } }"""
TOPICS = """query($search: String, $parentId: ID, $first: Int, $after: String) {
  topics(search: $search, parentId: $parentId, first: $first, after: $after) {
    totalCount pageInfo { endCursor hasNextPage } edges { node { id } } } }"""


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (None, ["acme", "zeta", "nv"]),  # by code point, as Neo4j sorts: capitals first
        ("ac", ["acme"]),
        ("labs", ["zeta"]),
        ("nvidia.com", ["nv"]),
        ("nvidia.c", ["nv"]),
        ("nvid", ["nv"]),
        ("***", []),
    ],
)
async def test_brands(api: Api, search: str | None, expected: list[str]) -> None:
    found = (await api.answer(BRANDS, search=search))["brands"]
    assert [edge["node"]["id"] for edge in found["edges"]] == expected
    assert found["totalCount"] == len(expected)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, ["art", "mail", "dns", "net", "tech"]),
        ({"parentId": "net"}, ["mail", "dns"]),
        ({"parentId": "art"}, []),
        ({"search": "net"}, ["dns", "net"]),  # the word itself is a better match than a beginning
        ({"search": "NETWORKS"}, ["net"]),
        ({"search": "net", "parentId": "net"}, ["dns"]),
        ({"search": "ma", "parentId": "tech"}, []),
        ({"search": "?"}, []),
    ],
)
async def test_topics(api: Api, arguments: dict[str, str], expected: list[str]) -> None:
    found = (await api.answer(TOPICS, **arguments))["topics"]
    ids = [edge["node"]["id"] for edge in found["edges"]]
    assert ids == expected
    assert found["totalCount"] == len(expected)


@pytest.mark.parametrize("arguments", [{}, {"parentId": "net"}, {"search": "net"}])
async def test_topics_page_by_page(api: Api, arguments: dict[str, str]) -> None:
    whole = await api.ids("topics", TOPICS, **arguments)
    seen: list[str] = []
    after = None
    for _ in whole:
        page = (await api.answer(TOPICS, **arguments, first=1, after=after))["topics"]
        seen.append(page["edges"][0]["node"]["id"])
        after = page["pageInfo"]["endCursor"]
    assert seen == whole
    assert page["pageInfo"]["hasNextPage"] is False


async def test_brands_page_by_page(api: Api) -> None:
    first = (await api.answer(BRANDS, first=2))["brands"]
    assert await api.ids("brands", BRANDS, first=2, after=first["pageInfo"]["endCursor"]) == ["nv"]


async def test_an_unknown_parent_is_not_found(api: Api) -> None:
    assert (await api.error(TOPICS, parentId="nothing"))["code"] == "NOT_FOUND"


async def test_a_topic_with_its_place_in_the_forest(api: Api) -> None:
    query = """query($id: ID!) { topic(id: $id) { id name description parent { id parent { id } }
      parts { totalCount edges { node { id parent { id } } } }
      decisionMakers { totalCount edges { node { id } } } } }"""
    assert (await api.answer(query, id="net"))["topic"] == {
        "id": "net",
        "name": "Networks",
        "description": None,
        "parent": {"id": "tech", "parent": None},
        "parts": {
            "totalCount": 2,
            "edges": [
                {"node": {"id": "mail", "parent": {"id": "net"}}},
                {"node": {"id": "dns", "parent": {"id": "net"}}},
            ],
        },
        # Dan's role there ended a day before the data set's date.
        "decisionMakers": {"totalCount": 1, "edges": [{"node": {"id": "ada"}}]},
    }
    assert (await api.answer(query, id="tech"))["topic"]["description"] == "All that runs"


async def _acme(api: Api, field: str) -> Any:
    (answer,) = (await api.answer('{ brand(id: "acme") { ' + field + " } }"))["brand"].values()
    return [edge["node"] for edge in answer["edges"]], answer["totalCount"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", ["ada", "ben", "cat"]),
        ('(topicId: "net")', ["ada", "ben"]),
        ('(topicId: "mail")', ["ada", "ben"]),  # one step from net
        ('(topicId: "mail", scope: EXACT)', ["ben"]),  # whose role is on no topic in particular
        ('(topicId: "tech")', ["ada", "ben"]),
        ('(topicId: "art")', ["ben", "cat"]),
        ('(topicId: "art", scope: ANY)', ["ada", "ben", "cat"]),
        ('(topicId: "art", scope: null)', ["ben", "cat"]),
    ],
)
async def test_decision_makers_of_a_brand(api: Api, arguments: str, expected: list[str]) -> None:
    nodes, total = await _acme(api, f"decisionMakers{arguments} {{ totalCount edges {{ node {{ id }} }} }}")
    assert [node["id"] for node in nodes] == expected
    assert total == len(expected)


async def test_people_and_roles_of_a_brand(api: Api) -> None:
    nodes, total = await _acme(api, "people { totalCount edges { node { id } } }")
    assert ([node["id"] for node in nodes], total) == (["ada", "ben", "cat", "dan"], 4)
    nodes, total = await _acme(api, "people(role: EMPLOYEE) { totalCount edges { node { id } } }")
    assert ([node["id"] for node in nodes], total) == (["ada"], 1)
    nodes, total = await _acme(api, "roles { totalCount edges { node { kind person { id } } } }")
    assert [(node["person"]["id"], node["kind"]) for node in nodes] == [
        ("ada", "DECISION_MAKER"),
        ("ada", "EMPLOYEE"),
        ("ben", "DECISION_MAKER"),
        ("cat", "DECISION_MAKER"),
        ("dan", "DECISION_MAKER"),
    ]
    assert total == 5
    nodes, total = await _acme(
        api, 'roles(kind: DECISION_MAKER, topicId: "net") { totalCount edges { node { title } } }'
    )
    assert ([node["title"] for node in nodes], total) == (["Head", None], 2)
    nodes, total = await _acme(api, 'roles(topicId: "") { totalCount edges { node { title } } }')
    assert ([node["title"] for node in nodes], total) == ([None, "Owner"], 2)


async def test_an_unknown_topic_of_a_brands_lists_is_not_found(api: Api) -> None:
    for field in ("roles", "decisionMakers"):
        error = await api.error(f'{{ brand(id: "acme") {{ {field}(topicId: "nothing") {{ totalCount }} }} }}')
        assert error["code"] == "NOT_FOUND"

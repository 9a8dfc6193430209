"""How many statements an answer costs: never more for more people."""

import pytest

from tests.api.client import Api

PAGE = """
query Page($first: Int!) {
  people(first: $first, orderBy: TRUSTED_BY) {
    totalCount
    edges { node {
      id name headline
      roles(first: 100) { totalCount edges { node { kind topic { name } brand { id name domain } } } }
      trusts(first: 10) { edges { node { strength topic { name } person { id name headline } } } }
      trustedBy(first: 3) { totalCount edges { node { person { id topics(first: 1) { edges { node { id } } } } } } }
      communities(first: 5) { edges { node { id label } share } }
    } }
  }
}
"""


async def test_statements_of_a_page_do_not_depend_on_its_length(demo_api: Api, statements: list[str]) -> None:
    counts: dict[int, list[str]] = {}
    for first in (5, 50):
        statements.clear()
        found = (await demo_api.answer(PAGE, first=first))["people"]
        assert len(found["edges"]) == first
        assert sum(len(edge["node"]["trusts"]["edges"]) for edge in found["edges"]) > 7 * first
        counts[first] = sorted(statements)
    assert counts[5] == counts[50]
    # Roles and trust, and the names of all, are the snapshot's.
    assert counts[50] == [
        "brands_by_id",
        "communities_of_people",
        "people_by_id",
        "people_count",
        "people_filtered",
        "strengths_of_trust",
        "topics_of_people",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('{ person(id: "p00001") { id name optedOut } }', []),
        ('{ person(id: "p00001") { id headline } }', ["people_by_id"]),
        ('{ person(id: "nobody") { id } }', ["people_by_id"]),
        ('{ brand(id: "intel.com") { id name } }', []),
        ('{ brand(id: "intel.com") { domain } }', ["brands_by_id"]),
        ('{ topic(id: "dpdk") { name parent { id } } }', []),
        ('{ topic(id: "dpdk") { description } }', ["topics_by_id"]),
        ('{ person(id: "p00001") { roles { edges { node { kind since brand { name } topic { name } } } } } }', []),
        ('{ person(id: "p00001") { roles { edges { node { title strength } } } } }', ["all_roles_of_people"]),
        (
            '{ person(id: "p00001") { trusts { totalCount edges { cursor node { cost since lastSeen channel stages '
            "paid person { name optedOut } topic { name } evidence { kind } } } } } }",
            [],
        ),
        ('{ person(id: "p00001") { trusts { edges { node { strength } } } } }', ["strengths_of_trust"]),
        (
            '{ trustedPaths(input: { from: { brandId: "arm.com" }, to: { brandId: "coreboot-project" } }) '
            "{ paths { explanation people { name } steps { from { id } topic { name } evidence { count } } } } }",
            [],
        ),
    ],
)
async def test_neo4j_is_asked_only_for_what_the_snapshot_lacks(
    demo_api: Api, statements: list[str], query: str, expected: list[str]
) -> None:
    await demo_api.answer(query)
    assert statements == expected


async def test_the_same_list_under_two_arguments_is_two_statements(demo_api: Api, statements: list[str]) -> None:
    query = """{ people(first: 30) { edges { node {
      a: topics(first: 1) { edges { cursor } } b: topics(first: 2) { edges { cursor } } } } } }"""
    found = (await demo_api.answer(query))["people"]["edges"]
    assert statements == ["people_page", "topics_of_people", "topics_of_people"]
    assert all(edge["node"]["a"]["edges"] == edge["node"]["b"]["edges"][:1] for edge in found)


async def test_totals_are_counted_only_when_asked_for(demo_api: Api, statements: list[str]) -> None:
    await demo_api.answer("{ people { edges { cursor } } }")
    assert statements == ["people_page"]
    statements.clear()
    for query in (
        "{ people { totalCount } }",
        "{ people { ...f } } fragment f on PersonConnection { totalCount }",
        "{ people { ... { totalCount } } }",
        "{ people { edges { cursor } } people { total: totalCount } }",
    ):
        (total,) = {v for v in (await demo_api.answer(query))["people"].values() if isinstance(v, int)}
        assert total == 7504
    assert statements == ["people_page", "people_count"] * 4


@pytest.mark.parametrize("order", ["NAME", "TRUSTED_BY"])
async def test_pages_of_the_demo_data_hang_together(demo_api: Api, order: str) -> None:
    query = """query($after: String, $order: PeopleOrder) { people(brandId: "intel.com", orderBy: $order, first: 100, after: $after) {
      totalCount pageInfo { endCursor hasNextPage } edges { node { id } } } }"""  # noqa: E501
    seen: list[str] = []
    after, more = None, True
    while more:
        page = (await demo_api.answer(query, after=after, order=order))["people"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert len(seen) == len(set(seen)) == page["totalCount"]
    assert len(seen) > 100

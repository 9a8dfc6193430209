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
        counts[first] = sorted(name for name in statements if name != "topics_by_id")
        # The topics of roles and of trust may be asked for together or, as answers come in, one after another.
        assert 1 <= statements.count("topics_by_id") <= 3
    assert counts[5] == counts[50]
    assert counts[50] == [
        "brands_by_id",
        "communities_of_people",
        "people_count",
        "people_filtered",
        "roles_of_people",
        "topics_of_people",
        "trusted_by_of_people",
        "trusts_of_people",
    ]


async def test_the_same_list_under_two_arguments_is_two_statements(demo_api: Api, statements: list[str]) -> None:
    query = """{ people(first: 30) { edges { node {
      a: trusts(first: 1) { edges { cursor } } b: trusts(first: 2) { edges { cursor } } } } } }"""
    found = (await demo_api.answer(query))["people"]["edges"]
    assert statements == ["people_page", "trusts_of_people", "trusts_of_people"]
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

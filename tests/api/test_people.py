"""People: found one by one and page by page, filtered, sorted, and the lists that hang on them."""

import pytest

from tests.api.client import Api

PEOPLE = """
query People($search: String, $topicId: ID, $brandId: ID, $role: RoleKind, $orderBy: PeopleOrder, $first: Int, $after: String) {
  people(search: $search, topicId: $topicId, brandId: $brandId, role: $role, orderBy: $orderBy, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { id } }
  }
}
"""  # noqa: E501

TRUSTS = """
query Trusts($id: ID!, $topicId: ID, $first: Int, $after: String) {
  person(id: $id) {
    trusts(topicId: $topicId, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node {
        person { id name } topic { id } strength cost since lastSeen channel stages paid evidence { kind count }
      } }
    }
  }
}
"""

BY_NAME = ["ada", "ben", "cat", "dan", "eve", "eve2", "fay"]


async def test_a_person_with_everything_known(api: Api) -> None:
    found = await api.answer('{ person(id: "ada") { id name headline location optedOut } }')
    assert found["person"] == {
        "id": "ada",
        "name": "Ada Lind",
        "headline": "Head of networks",
        "location": "Oslo",
        "optedOut": False,
    }


@pytest.mark.parametrize("kind", ["person", "brand", "topic"])
@pytest.mark.parametrize("id_", ["nobody", "", "'", "ada\u0000", "a" * 5000])
async def test_unknown_ids_are_null(api: Api, kind: str, id_: str) -> None:
    assert await api.answer(f"query($id: ID!) {{ {kind}(id: $id) {{ id }} }}", id=id_) == {kind: None}


async def test_all_people_by_name_then_id(api: Api) -> None:
    found = (await api.answer(PEOPLE))["people"]
    assert [edge["node"]["id"] for edge in found["edges"]] == BY_NAME
    assert found["totalCount"] == 7
    assert found["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": False,
        "startCursor": found["edges"][0]["cursor"],
        "endCursor": found["edges"][-1]["cursor"],
    }


@pytest.mark.parametrize("first", [1, 2, 3, 6, 7, 8])
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, BY_NAME),
        ({"orderBy": "TRUSTED_BY"}, ["ada", "ben", "cat", "dan", "eve", "eve2", "fay"]),
        ({"orderBy": "NAME", "role": "DECISION_MAKER"}, ["ada", "ben", "cat", "dan"]),
        ({"search": "lin"}, None),
        ({"topicId": "net", "orderBy": "TRUSTED_BY"}, ["ada", "ben", "dan", "eve"]),
    ],
)
async def test_pages_are_the_list_cut_up(
    api: Api, first: int, arguments: dict[str, str], expected: list[str] | None
) -> None:
    """Whatever the size of a page: each entry once, in order, and the edges of pages know where they are."""
    whole = await api.ids("people", PEOPLE, **arguments, first=100)
    assert expected is None or whole == expected
    assert len(whole) > 1
    seen: list[str] = []
    after = None
    while True:
        page = (await api.answer(PEOPLE, **arguments, first=first, after=after))["people"]
        assert page["totalCount"] == len(whole)
        assert page["pageInfo"]["hasPreviousPage"] == (after is not None)
        assert len(page["edges"]) == min(first, len(whole) - len(seen))
        seen += [edge["node"]["id"] for edge in page["edges"]]
        assert page["pageInfo"]["hasNextPage"] == (len(seen) < len(whole))
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == whole


async def test_a_page_of_none_says_whether_there_is_more(api: Api) -> None:
    page = (await api.answer(PEOPLE, first=0))["people"]
    assert page["edges"] == []
    assert page["totalCount"] == 7
    assert page["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "startCursor": None,
        "endCursor": None,
    }


async def test_null_means_the_default(api: Api) -> None:
    query = "{ people(first: null, after: null, search: null, topicId: null, role: null) { edges { node { id } } } }"
    assert await api.ids("people", query) == BY_NAME


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"topicId": "net"}, ["ada", "ben", "dan", "eve"]),
        ({"topicId": "art"}, ["ada", "cat", "eve2"]),  # cat by her role alone
        ({"topicId": "mail"}, []),
        ({"brandId": "acme"}, ["ada", "ben", "cat", "dan"]),
        ({"brandId": "nv"}, []),
        ({"role": "EMPLOYEE"}, ["ada"]),
        ({"brandId": "zeta", "role": "CUSTOMER"}, ["ada"]),
        ({"brandId": "zeta", "role": "EMPLOYEE"}, []),  # she is one, but not there
        ({"topicId": "dns", "role": "ADVOCATE"}, ["eve"]),
        ({"topicId": "net", "brandId": "acme", "role": "DECISION_MAKER"}, ["ada", "ben", "dan"]),
        ({"search": "lind", "topicId": "net", "orderBy": "NAME"}, ["ada", "dan", "eve"]),
        ({"search": "lind", "brandId": "acme", "role": "DECISION_MAKER", "orderBy": "NAME"}, ["ada", "dan"]),
        ({"search": "  "}, BY_NAME),
    ],
)
async def test_filters_combine(api: Api, filters: dict[str, str], expected: list[str]) -> None:
    found = (await api.answer(PEOPLE, **filters))["people"]
    assert [edge["node"]["id"] for edge in found["edges"]] == expected
    assert found["totalCount"] == len(expected)


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("Ada", {"ada"}),
        ("ada lin", {"ada"}),
        ("LIND", {"ada", "dan", "eve", "eve2"}),
        ("li", {"ada", "dan", "eve", "eve2"}),
        ("lind a", {"ada"}),
        ("networks", {"ada"}),
        ("head of net", {"ada"}),
        ("lin ada", set()),  # only the last word may be a beginning
        ("Ødegård", {"ben"}),
        ("ødeg", {"ben"}),
        ("O'Brien-Smith", {"cat"}),
        ("o'bri", {"cat"}),
        ("O'Brien-Smi", {"cat"}),
        ("smith cat", {"cat"}),
        ("painter & printer", {"cat"}),
        ("zzz", set()),
        ("!!!", set()),
        ("*", set()),
        ("ada OR ben", set()),
        ("name:ada", set()),
        ("+ada -lind", {"ada"}),
        ("ada~ lind^", {"ada"}),
        ('"ada lind', {"ada"}),
        ("[a TO z]", set()),
        ("lind\\", {"ada", "dan", "eve", "eve2"}),
        ("/li.*/", {"ada", "dan", "eve", "eve2"}),
        ("lind^2", set()),
    ],
)
async def test_search_takes_words_not_syntax(api: Api, search: str, expected: set[str]) -> None:
    found = (await api.answer(PEOPLE, search=search))["people"]
    assert {edge["node"]["id"] for edge in found["edges"]} == expected
    assert found["totalCount"] == len(expected)


async def test_matches_equally_good_come_by_id(api: Api) -> None:
    assert await api.ids("people", PEOPLE, search="lind") == ["ada", "dan", "eve", "eve2"]
    assert await api.ids("people", PEOPLE, search="lind", orderBy="TRUSTED_BY") == ["ada", "dan", "eve", "eve2"]


async def test_relevance_needs_a_search(api: Api) -> None:
    assert await api.error(PEOPLE, orderBy="RELEVANCE") == {
        "message": "orderBy: RELEVANCE needs a search.",
        "code": "INVALID_INPUT",
        "field": "orderBy",
    }


async def test_a_search_has_an_end(api: Api) -> None:
    error = await api.error(PEOPLE, search="a" * 201)
    assert (error["code"], error["field"]) == ("INVALID_INPUT", "search")
    assert await api.ids("people", PEOPLE, search="a" * 200) == []


@pytest.mark.parametrize(("name", "kind"), [("topicId", "topic"), ("brandId", "brand")])
async def test_unknown_filters_are_not_found(api: Api, name: str, kind: str) -> None:
    for unknown in ("nothing", ""):
        error = await api.error(PEOPLE, **{name: unknown})
        assert error == {"code": "NOT_FOUND", "message": f"There is no {kind} with the id {unknown!r}."}


async def test_trust_strongest_first_with_all_that_is_known(api: Api) -> None:
    found = (await api.answer(TRUSTS, id="ada"))["person"]["trusts"]
    assert found["totalCount"] == 5
    assert [(edge["node"]["person"]["id"], (edge["node"]["topic"] or {}).get("id")) for edge in found["edges"]] == [
        ("ben", "net"),
        ("eve", "net"),
        ("ben", "dns"),
        ("cat", None),
        ("dan", "net"),
    ]
    assert found["edges"][0]["node"] == {
        "person": {"id": "ben", "name": "Ben Ødegård"},
        "topic": {"id": "net"},
        "strength": 0.9,
        "cost": 105_361,
        "since": "2024-02-29",
        "lastSeen": "2025-06-01",
        "channel": "offline",
        "stages": [],
        "paid": False,
        "evidence": [],
    }
    assert found["edges"][1]["node"]["paid"] is True
    assert found["edges"][3]["node"]["since"] is None


async def test_evidence_of_derived_trust(api: Api) -> None:
    (edge,) = (await api.answer(TRUSTS, id="eve"))["person"]["trusts"]["edges"]
    assert edge["node"]["evidence"] == [{"kind": "CALL", "count": 1}, {"kind": "REVIEW", "count": 2}]
    assert edge["node"]["stages"] == ["CONSIDERATION", "DECISION"]
    assert edge["node"]["strength"] == pytest.approx(0.7768698398515702)  # 1 - exp(-3/2)
    assert (edge["node"]["since"], edge["node"]["lastSeen"]) == ("2025-01-01", "2025-03-01")


async def test_trust_on_one_topic_or_in_general(api: Api) -> None:
    for topic, expected in (("net", ["ben", "eve", "dan"]), ("dns", ["ben"]), ("art", []), ("", ["cat"])):
        found = (await api.answer(TRUSTS, id="ada", topicId=topic))["person"]["trusts"]
        assert [edge["node"]["person"]["id"] for edge in found["edges"]] == expected
        assert found["totalCount"] == len(expected)
    assert (await api.error(TRUSTS, id="ada", topicId="nothing"))["code"] == "NOT_FOUND"


async def test_nested_pages_go_on_behind_ties(api: Api) -> None:
    """The third to fifth are equally strong: the cursor must tell them apart."""
    seen, after = [], None
    for _ in range(5):
        page = (await api.answer(TRUSTS, id="ada", first=1, after=after))["person"]["trusts"]
        seen += [edge["node"]["person"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
    assert seen == ["ben", "eve", "ben", "cat", "dan"]
    assert page["pageInfo"]["hasNextPage"] is False


async def test_who_trusts_somebody(api: Api) -> None:
    query = (
        '{ person(id: "ada") { trustedBy { totalCount edges { node { person { id } topic { name } strength } } } } }'
    )
    found = (await api.answer(query))["person"]["trustedBy"]
    assert found["totalCount"] == 4
    assert [(edge["node"]["person"]["id"], edge["node"]["strength"]) for edge in found["edges"]] == [
        ("cat", 0.8),
        ("eve2", 0.8),
        ("eve", pytest.approx(0.7768698398515702)),
        ("ben", 0.3),
    ]


async def test_roles_and_topics_of_a_person(api: Api) -> None:
    query = """query($kind: RoleKind) { person(id: "ada") {
      roles(kind: $kind) { totalCount edges { node {
        kind title strength since until topic { id } person { name } brand { id name domain }
      } } }
      topics { totalCount edges { node { id parent { id } } } }
    } }"""
    person = (await api.answer(query))["person"]
    assert person["roles"]["totalCount"] == 3
    assert [(edge["node"]["brand"]["id"], edge["node"]["kind"]) for edge in person["roles"]["edges"]] == [
        ("acme", "DECISION_MAKER"),
        ("acme", "EMPLOYEE"),
        ("zeta", "CUSTOMER"),
    ]
    assert person["roles"]["edges"][0]["node"] == {
        "kind": "DECISION_MAKER",
        "title": "Head",
        "strength": None,
        "since": "2020-01-01",
        "until": None,
        "topic": {"id": "net"},
        "person": {"name": "Ada Lind"},
        "brand": {"id": "acme", "name": "Acme", "domain": "acme.example"},
    }
    assert person["roles"]["edges"][1]["node"]["topic"] is None
    assert person["roles"]["edges"][1]["node"]["strength"] == 0.5
    assert person["topics"] == {
        "totalCount": 3,
        "edges": [
            {"node": {"id": "art", "parent": None}},
            {"node": {"id": "dns", "parent": {"id": "net"}}},
            {"node": {"id": "net", "parent": {"id": "tech"}}},
        ],
    }
    employed = (await api.answer(query, kind="EMPLOYEE"))["person"]["roles"]
    assert employed["totalCount"] == 1


async def test_nothing_hangs_on_somebody_alone(api: Api) -> None:
    lists = ("topics", "roles", "communities", "trusts", "trustedBy")
    query = (
        '{ person(id: "fay") { ' + " ".join(f"{name} {{ totalCount edges {{ cursor }} }}" for name in lists) + " } }"
    )
    assert (await api.answer(query))["person"] == {name: {"totalCount": 0, "edges": []} for name in lists}

"""What a request may ask for at most, and that nothing smaller is refused."""

import time

import pytest
from graphql import DocumentNode, get_introspection_query, parse

from service.api.execution import documents
from service.api.limits import Measure, Size
from service.api.schema import make_schema
from service.settings import Settings
from tests.api.client import Api

schema = make_schema(Settings())


def measured(query: str, **variables: object) -> Size:
    return Measure(schema._schema, parse(query), variables).operation(None)


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("{ snapshot { id } }", Size(2, 0, 1)),
        ("{ a: snapshot { b: id c: people } }", Size(2, 3, 1)),
        ("{ __typename __schema { types { name fields { name } } } }", Size(0, 0, 0)),
        ("{ people { totalCount } }", Size(2, 0, 20)),
        ("{ people(first: 7) { edges { node { id } } } }", Size(4, 0, 14)),
        ("{ people(first: null) { totalCount } }", Size(2, 0, 20)),
        (
            "{ people(first: 50) { edges { node { trusts(first: 10) { edges { node { cost } } } } } } }",
            Size(7, 0, 1100),
        ),
        ("{ ...q } fragment q on Query { a: people(first: 3) { totalCount } }", Size(2, 1, 3)),
        ("{ ...q ...q } fragment q on Query { a: people(first: 3) { totalCount } }", Size(2, 2, 6)),
        ("{ ... on Query { brands(first: 2) { totalCount } } }", Size(2, 0, 2)),
        ("{ ... { brands(first: 2) { totalCount } } }", Size(2, 0, 2)),
        ("{ people(first: -5) { edges { node { id } } } }", Size(4, 0, 0)),
    ],
)
def test_sizes(query: str, size: Size) -> None:
    found = measured(query)
    assert (found.depth, found.aliases) == (size.depth, size.aliases)


def test_variables_count_as_what_they_hold() -> None:
    query = "query($n: Int = 30) { people(first: $n) { totalCount } }"
    assert measured(query).things == 30
    assert measured(query, n=4).things == 4
    assert measured(query, n=None).things == 20


def test_lists_multiply() -> None:
    page = "{ people(first: 50) { edges { node { trusts(first: 10) { edges { node { cost } } } } } } }"
    wider = page.replace("first: 10", "first: 20")
    alone = measured("{ people(first: 50) { edges { node { id } } } }").things
    assert measured(wider).things - alone == 2 * (measured(page).things - alone)
    assert measured(page).things - alone >= 500


def test_only_the_operation_that_runs_is_measured() -> None:
    document = parse("query small { snapshot { id } } query large { a: people { edges { node { id } } } }")
    assert Measure(schema._schema, document, {}).operation("small").aliases == 0
    assert Measure(schema._schema, document, {}).operation("large").aliases == 1


async def test_depth(api: Api) -> None:
    def nested(levels: int) -> str:
        return '{ topic(id: "dns") ' + "{ parent " * levels + "{ id }" + " }" * levels + " }"

    assert await api.answer(nested(10)) == {"topic": {"parent": {"parent": {"parent": None}}}}
    error = await api.error(nested(11))
    assert error["code"] == "TOO_COMPLEX"
    assert "13 levels deep, where 12 are allowed" in error["message"]


async def test_depth_hidden_in_fragments(api: Api) -> None:
    query = """{ topic(id: "dns") { ...four } }
      fragment four on Topic { parent { parent { parent { parent { ...eight } } } } }
      fragment eight on Topic { parent { parent { parent { parent { parent { parent { parent { id } } } } } } } }"""
    assert (await api.error(query))["code"] == "TOO_COMPLEX"


async def test_aliases(api: Api) -> None:
    def aliased(count: int) -> str:
        return "{ snapshot { " + " ".join(f"a{n}: id" for n in range(count)) + " } }"

    assert len((await api.answer(aliased(30)))["snapshot"]) == 30
    error = await api.error(aliased(31))
    assert error["code"] == "TOO_COMPLEX"
    assert "31 aliases, where 30 are allowed" in error["message"]


async def test_tokens(api: Api) -> None:
    query = '{ trustedPaths(input: { from: { personId: "ada" }, to: { personId: "ben" }, excludePersonIds: [%s] })'
    assert await api.answer(query % ('"fay" ' * 1900) + " { complete } }")
    error = await api.error(query % ('"fay" ' * 2000) + " { complete } }")
    assert error["code"] == "TOO_COMPLEX"
    assert "2000 tokens" in error["message"]


async def test_fields_that_repeat(api: Api) -> None:
    """Not many tokens, but GraphQL would compare each with each."""

    def repeated(count: int) -> str:
        return "query { ...f } fragment f on Query { snapshot { ... { " + "id " * count + "} } }"

    assert await api.answer(repeated(300)) == await api.answer("{ snapshot { id } }")
    error = await api.error(repeated(301))
    assert error["code"] == "TOO_COMPLEX"
    assert "301 fields side by side, where 300 are allowed" in error["message"]


async def test_fields_that_repeat_in_many_places(api: Api) -> None:
    """None of them wide; what they are merged to is."""
    error = await api.error("{ " + " ".join("snapshot { " + "id " * 100 + "}" for _ in range(19)) + " }")
    assert error["code"] == "TOO_COMPLEX"


async def test_what_is_no_document_is_read_once(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def reading(text: str, max_tokens: int) -> DocumentNode:
        read.append(text)
        return parse(text, max_tokens=max_tokens)

    monkeypatch.setattr(documents, "parse", reading)
    for _ in range(2):
        assert (await api.error("{ snapshot { once "))["code"] == "GRAPHQL_PARSE_FAILED"
    assert read == ["{ snapshot { once "]


@pytest.mark.parametrize(
    "query",
    [
        "{ people(first: %d) { totalCount } }",
        "{ brands(first: %d) { totalCount } }",
        "{ topics(first: %d) { totalCount } }",
        '{ person(id: "ada") { trusts(first: %d) { totalCount } } }',
        '{ person(id: "ada") { communities(first: %d) { totalCount } } }',
        '{ topicalCommunities(topicId: "net", first: %d) { totalCount } }',
    ],
)
async def test_pages(api: Api, query: str) -> None:
    assert await api.answer(query % 100)
    error = await api.error(query % 101)
    assert error["code"] == "TOO_COMPLEX"
    assert "101" in error["message"]
    assert await api.error(query % -1) == {
        "code": "INVALID_INPUT",
        "field": "first",
        "message": "first: is negative.",
    }


async def test_pages_within_pages(api: Api) -> None:
    """Each page is small enough, but they multiply."""
    query = """{ people(first: 100) { edges { node { trusts(first: 100) { edges { node { person {
      trusts(first: %d) { totalCount } } } } } } } } }"""
    assert await api.answer(query % 1)
    error = await api.error(query % 100)
    assert error["code"] == "TOO_COMPLEX"
    assert "things at most in the answer" in error["message"]


async def test_fragments_that_double_cost_nothing(api: Api) -> None:
    """Thirty fragments, each spreading the next twice: a thousand million fields for whoever counts them one by one."""
    chain = " ".join(f"fragment f{n} on Person {{ ...f{n + 1} ...f{n + 1} }}" for n in range(30))
    began = time.monotonic()
    error = await api.error('{ person(id: "ada") { ...f0 } } ' + chain + " fragment f30 on Person { x: id }")
    assert time.monotonic() - began < 2
    assert error["code"] == "TOO_COMPLEX"
    assert "1,073,741,824 aliases" in error["message"]


async def test_introspection_passes(api: Api) -> None:
    """As GraphiQL asks."""
    query = get_introspection_query(input_value_deprecation=True, specified_by_url=True)
    assert (await api.answer(query))["__schema"]["queryType"]["name"] == "Query"

"""What callers see of failures, and what they do not."""

import logging
from typing import Any

import pytest

from service.domain.errors import Unavailable
from service.store.browsing import Neo4jBrowser
from service.store.errors import StatementFailed
from tests.api.client import Api


def _failing(error: Exception) -> Any:
    async def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("error", [RuntimeError("password=hunter2"), StatementFailed("MATCH (secret)")])
async def test_the_unexpected_is_masked_and_logged_under_one_id(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    monkeypatch.setattr(Neo4jBrowser, "_people_by_id", _failing(error))
    with caplog.at_level(logging.ERROR):
        body = await api.post('{ person(id: "nobody") { id } snapshot { people } }')
    assert body["data"] == {"person": None, "snapshot": {"people": 7}}
    (told,) = body["errors"]
    assert told["extensions"]["code"] == "INTERNAL"
    incident = told["extensions"]["id"]
    assert incident in told["message"]
    assert str(error) not in str(body)
    assert told["path"] == ["person"]
    (record,) = [each for each in caplog.records if incident in each.getMessage()]
    assert record.exc_info is not None
    assert record.exc_info[1] is error


async def test_unavailable(api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(Neo4jBrowser, "_people_by_id", _failing(Unavailable("Neo4j did not answer.")))
    with caplog.at_level(logging.ERROR):
        assert await api.error('{ person(id: "nobody") { id } }') == {
            "code": "UNAVAILABLE",
            "message": "Neo4j did not answer.",
        }
    assert caplog.records == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ people { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
        ('{ people(first: "ten") { totalCount } }', "GRAPHQL_VALIDATION_FAILED"),
        ("{ people(first: 3000000000) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ ...nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ ...a } fragment a on Query { ...a }", "GRAPHQL_VALIDATION_FAILED"),
        ("query($n: Int!) { people(first: $n) { totalCount } }", "INVALID_INPUT"),
    ],
)
async def test_requests_that_graphql_refuses(api: Api, query: str, code: str) -> None:
    body = await api.post(query)
    assert body["data"] is None
    assert {error["extensions"]["code"] for error in body["errors"]} == {code}


@pytest.mark.parametrize("value", ["ten", 1.5, 3_000_000_000, -3_000_000_000, True, [1]])
async def test_variables_of_a_wrong_type(api: Api, value: object) -> None:
    error = await api.error("query($n: Int) { people(first: $n) { totalCount } }", n=value)
    assert error["code"] == "INVALID_INPUT"


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ('query($i: ID = "ada") { person(id: $i) { id } }', {"i": None}),
        ('query($d: Date) { topicalCommunities(topicId: "net", asOf: $d) { totalCount } }', {"d": "never"}),
        ('{ topicalCommunities(topicId: "net", asOf: "2026-02-30") { totalCount } }', {}),
        (
            "query($i: TrustedPathsInput!) { trustedPaths(input: $i) { complete } }",
            {"i": {"from": {}, "to": {"personId": "ada"}}},
        ),
        (
            "query($i: TrustedPathsInput!) { trustedPaths(input: $i) { complete } }",
            {"i": {"from": {"personId": "ada", "brandId": "acme"}, "to": {"personId": "ada"}}},
        ),
        (
            "query($i: TrustedPathsInput!) { trustedPaths(input: $i) { complete } }",
            {"i": {"from": {"personId": None}, "to": {"personId": "ada"}}},
        ),
    ],
)
async def test_values_that_cannot_be_meant(api: Api, query: str, variables: dict[str, object]) -> None:
    assert (await api.error(query, **variables))["code"] == "INVALID_INPUT"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nothing",
        b"[" * 100_000,
        b'{"query": "{ person(id: \\"\\ud800\\") { id } }"}',
        b'{"query": "query($i: ID!) { person(id: $i) { id } }", "variables": {"i": "\\ud800"}}',
        b'{"query": "{ snapshot { id } }\xff"}',
        b'{"query": ""}',
        b"{}",
    ],
)
async def test_bodies_that_are_no_request(api: Api, body: bytes) -> None:
    response = await api.http.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "BAD_REQUEST"}
    assert error["message"]


async def test_an_operation_that_is_not_there(api: Api) -> None:
    body = {"query": "query a { snapshot { id } }", "operationName": "b"}
    response = await api.http.post("/graphql", json=body)
    assert response.status_code == 400
    assert response.json()["errors"][0]["message"] == 'Unknown operation named "b".'


async def test_of_several_operations_the_named_one_runs(api: Api) -> None:
    body = {"query": "query a { snapshot { id } } query b { brands { totalCount } }"}
    response = await api.http.post("/graphql", json=body | {"operationName": "b"})
    assert response.json() == {"data": {"brands": {"totalCount": 3}}}


async def test_whole_surrogate_pairs_are_text(api: Api) -> None:
    body = b'{"query": "query($i: ID!) { person(id: $i) { id } }", "variables": {"i": "\\ud83c\\udf27"}}'
    response = await api.http.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert response.json() == {"data": {"person": None}}


async def test_there_is_nothing_to_change(api: Api) -> None:
    response = await api.http.post("/graphql", json={"query": "mutation { wipe }"})
    assert response.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_a_failure_takes_nothing_from_its_neighbours(api: Api) -> None:
    """Both people are read as one: the first is given up with the list that fails beside it, the second is not."""
    body = await api.post(
        '{ a: person(id: "ada") { location trusts(first: -1) { totalCount } } b: person(id: "ada") { location } }'
    )
    assert body["data"] == {"a": None, "b": {"location": "Oslo"}}
    (error,) = body["errors"]
    assert error["extensions"]["field"] == "first"

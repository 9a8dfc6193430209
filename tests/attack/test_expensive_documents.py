"""Documents made to cost dearly are refused before anything runs. How soon: `bench/attack.py`."""

import pytest

from bench.attack import NO_GRAPHQL, codes_of
from bench.hostile_documents import hostile_documents
from tests.api.client import Api

REFUSALS = {"TOO_COMPLEX", "INVALID_INPUT", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "BAD_REQUEST"}


@pytest.mark.parametrize("name", hostile_documents())
async def test_refused(api: Api, statements: list[str], name: str) -> None:
    response = await api.http.post("/graphql", json=hostile_documents()[name])
    codes = {*codes_of(response)}
    assert codes, response.text[:500]
    assert codes <= REFUSALS
    assert not statements
    assert len(response.content) < 100_000, "a refusal that is itself large"


async def test_what_is_told_of_an_answer_that_is_none(api: Api) -> None:
    """The tests above and the fuzzer rest on it."""
    assert NO_GRAPHQL in codes_of(await api.http.get("/healthz"))

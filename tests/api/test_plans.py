"""Answers by plan are those of graphql-core, to the order of keys, for documents made from the schema."""

import asyncio
import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strawberry.types import ExecutionResult

from service.api.context import RequestContext
from service.api.schema import RainmakerSchema, make_schema
from service.settings import Settings
from tests.api.client import Api
from tests.api.generated_documents import VARIABLES, documents

schema = make_schema(Settings(max_aliases=500, max_tokens=20_000))


def _context(api: Api) -> RequestContext:
    return RequestContext(api.app.state.running, 100)


async def _all_is_in_the_snapshot(api: Api) -> None:
    snapshots = api.app.state.running.snapshots
    async with asyncio.timeout(60):
        while not await snapshots.is_current(snapshots.latest()):
            await asyncio.sleep(0.2)


def _told(data: Any, errors: Any) -> str:
    """An answer as text; what is new each time, such as an incident's id, is left out."""
    text = json.dumps({"data": data, "errors": sorted((e.formatted for e in errors or ()), key=str)}, default=str)
    return re.sub(r"\b[0-9a-f]{16}\b", "(id)", text)


def _failed_apart(ours: ExecutionResult, theirs: ExecutionResult) -> bool:
    """Whether each tells of another required field at the top that failed: which of two is met first is a matter of
    time, and nothing else is told."""
    if ours.data is not None or theirs.data is not None or not (ours.errors and theirs.errors):
        return False
    one, other = ours.errors[0].path, theirs.errors[0].path
    return bool(one and other) and one != other and len(one or ()) == len(other or ()) == 1


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What became of each attempt to answer by plan: 'answered', or why not."""
    outcomes: list[str] = []
    by_plan = RainmakerSchema._by_plan

    async def observed(self: RainmakerSchema, *args: Any) -> Any:
        try:
            data = await by_plan(self, *args)
        except Exception as error:
            outcomes.append(type(error).__name__)
            raise
        outcomes.append("answered")
        return data

    monkeypatch.setattr(RainmakerSchema, "_by_plan", observed)
    return outcomes


# graphql-core stops what runs beside a failure, and the driver gives up the connection of a statement so stopped.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
async def test_generated_documents(api: Api, planned: list[str]) -> None:
    loop = asyncio.get_running_loop()

    async def compare(text: str, variables: dict[str, Any]) -> None:
        for again in (True, True, True, False):
            ours = await schema.execute(text, dict(variables), _context(api))
            theirs = await schema.by_graphql_core(text, dict(variables), _context(api))
            same = _told(ours.data, ours.errors) == _told(theirs.data, theirs.errors) or _failed_apart(ours, theirs)
            if same or not again:
                break
            # communities that a document asks for first are stored, and until that is noticed no snapshot is current
            await _all_is_in_the_snapshot(api)
        assert same, (ours, theirs)

    @settings(max_examples=120, suppress_health_check=list(HealthCheck))
    @given(documents(schema._schema), st.sampled_from(VARIABLES))
    def compared(text: str, variables: dict[str, Any]) -> None:
        asyncio.run_coroutine_threadsafe(compare(text, variables), loop).result()

    await asyncio.to_thread(compared)
    assert planned.count("answered") > 25
    assert "NotPlanned" not in planned  # nothing but what truly fails is left to graphql-core


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ('{ person(id: "ada") { ... @include(if: false) { id } } }', {}),
        ("query($d: Boolean!) { snapshot { people id @skip(if: $d) } }", {"d": True}),
        ("query($d: Boolean!) { snapshot { people id @skip(if: $d) } }", {"d": False}),
        ("query($n: Int!) { people(first: $n) { edges { node { id } } } }", {"n": 1}),
        ("query($n: Int!) { people(first: $n) { edges { node { id } } } }", {"n": 2}),
        ("query($n: Int!) { people(first: $n) { edges { node { id } } } }", {"n": 101}),
        ("query a { snapshot { people } } query b { brands { totalCount } }", {}),
        ('{ topic(id: "dns") { name } topic(id: "dns") { parent { id } name parent { name } } }', {}),
    ],
)
async def test_shapes_that_variables_decide(api: Api, query: str, variables: dict[str, Any]) -> None:
    """Asked in a row of one schema, so that a plan kept for one must not answer another."""
    for _ in range(2):
        ours = await schema.execute(query, variables, _context(api), operation_name="b" if "query b" in query else None)
        theirs = await schema.by_graphql_core(query, variables, _context(api), "b" if "query b" in query else None)
        assert _told(ours.data, ours.errors) == _told(theirs.data, theirs.errors)


async def test_what_failed_is_told_once(api: Api, planned: list[str]) -> None:
    """By graphql-core, on loaders of its own: what the plan had loaded by then does not count."""
    error = await api.error('{ person(id: "ada") { trusts(first: -1) { totalCount } } }')
    assert error["field"] == "first"
    assert planned == ["InvalidInput"]

"""A READER never learns of people who opted out, by any route: for them the graph is as if these were not in it."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from graphql import GraphQLObjectType, GraphQLSchema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import AsyncDriver

from service.access.key_file import KeyFile
from service.access.keys import new_key
from service.api.schema import make_schema
from service.domain.caller import CallerRole
from service.settings import Settings
from service.store.database import Database
from service.store.graph_writer import Neo4jGraphWriter
from service.use_cases.load_folder import load_folder
from tests.api import small_graph
from tests.api.client import Api, serving, shown
from tests.api.generated_documents import VARIABLES, documents
from tests.conftest import wipe

ID, NAME = "xaver", "Xaver Quendolin Lind"
MORE = {
    "people.csv": f"""
        {ID},{NAME},Painter of networks,Oslo,true
    """,
    "roles.csv": f"""
        {ID},acme,DECISION_MAKER,net,,,,
        {ID},acme,DECISION_MAKER,art,,,,
        {ID},acme,EMPLOYEE,,Chief,0.9,,
        {ID},zeta,CUSTOMER,mail,,,,
        {ID},nv,DETRACTOR,,,,,
    """,
    "trust.csv": f"""
        {ID},ada,0.9,net,,,,
        {ID},ben,0.7,mail,,,,
        {ID},ben,-0.7,art,,,,
        {ID},eve,0.9,,,,,
        ada,{ID},0.95,net,2024-01-01,2025-06-01,online,true
        ben,{ID},0.9,,,,,
        cat,{ID},0.8,mail,,,,
        eve,{ID},0.9,dns,,,,
        fay,{ID},0.9,net,,,,
        ben,eve,0.4,net,,,,
        cat,eve,0.4,,,,,
    """,
    "interactions.csv": f"""
        2025-02-01,{ID},ada,REVIEW,net,online,DECISION,,
        2025-02-01,fay,{ID},REVIEW,net,online,,,
    """,
}
"""Somebody who opted out, in the middle of the small graph."""

OF_NO_MATTER = {
    "Snapshot": ["id", "builtAt", "current"],
    "Community": ["computedAt", "snapshotId"],
    "TrustedPaths": ["examinedRelationships"],
}
"""Fields that tell when an answer was made, of which state, and how much work it was."""


def walked() -> GraphQLSchema:
    """The schema without these, and without cursors, which hold relevance as the full-text index weighs it."""
    schema = make_schema(Settings())._schema
    for name, type_ in schema.type_map.items():
        if isinstance(type_, GraphQLObjectType) and not name.startswith("__"):
            for field in (*OF_NO_MATTER.get(name, ()), "cursor", "startCursor", "endCursor"):
                type_.fields.pop(field, None)
    return schema


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_graph.write(tmp_path_factory.mktemp("opted-out") / "graph")
    for name, text in MORE.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    return folder


async def load(scratch: Database, driver: AsyncDriver, folder: Path) -> None:
    await wipe(driver)
    report = await load_folder(folder, Neo4jGraphWriter(scratch), rejects=folder / "rejects.csv")
    assert report.rejected == 0


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFile:
    return KeyFile(tmp_path_factory.mktemp("state") / "keys.json")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def reader(
    scratch: Database,
    scratch_driver: AsyncDriver,
    scratch_settings: Settings,
    folder: Path,
    keys: KeyFile,
) -> AsyncIterator[Api]:
    """The app as a READER sees it, with somebody who opted out in the graph."""
    await load(scratch, scratch_driver, folder)
    key, text = new_key("reader", CallerRole.READER)
    keys.add(key)
    guarded = scratch_settings.model_copy(update={"auth": "keys", "key_file": keys.path, **WIDE})
    async with serving(guarded, text) as served:
        await settled(served)
        yield served


WIDE = {"max_aliases": 500, "max_tokens": 20_000}


async def settled(api: Api) -> None:
    """The communities of every topic are computed and stored, so that no answer depends on who asked before."""
    for topic in ("tech", "net", "dns", "mail", "art"):
        await api.answer("query($id: ID!) { topicalCommunities(topicId: $id) { totalCount } }", id=topic)


def made(count: int, seed_documents: st.SearchStrategy[str]) -> list[tuple[str, dict[str, Any]]]:
    """Documents made from the schema, each with the variables to ask it with."""
    found: list[tuple[str, dict[str, Any]]] = []

    @settings(max_examples=count, suppress_health_check=list(HealthCheck), database=None)
    @given(seed_documents, st.sampled_from(VARIABLES))
    def collect(text: str, variables: dict[str, Any]) -> None:
        found.append((text, variables))

    collect()
    return found


async def asked(api: Api, text: str, variables: dict[str, Any]) -> str:
    response = await api.http.post("/graphql", json={"query": text, "variables": variables})
    return response.text


def comparable(answer: str, *, exactly: bool = False) -> str:
    """Of errors usually only whether there are any: graphql-core stops at a failure what runs beside it, so that of
    several it tells now one, now another."""
    body = json.loads(answer)
    errors = body.get("errors", [])
    return json.dumps([body["data"], errors if exactly else bool(errors)])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
async def test_answers_are_those_of_a_graph_without_them(
    reader: Api, scratch: Database, scratch_driver: AsyncDriver, scratch_settings: Settings, folder: Path
) -> None:
    """The same documents, walking the whole schema: to a READER with them in the graph, and to everybody without."""
    questions = await asyncio.to_thread(made, 150, documents(walked()))
    told = [await asked(reader, *question) for question in questions]
    for answer in told:
        assert ID not in answer
        assert "Quendolin" not in answer
    async with scratch_driver.session() as session:
        await session.run("MATCH (p:Person {id: $id}) DETACH DELETE p", id=ID)
        await session.run("MATCH (p:Person {id: 'dan'}) DETACH DELETE p")
    async with serving(scratch_settings.model_copy(update=WIDE)) as without:
        await settled(without)
        for question, answer in zip(questions, told, strict=True):
            assert comparable(answer) == comparable(await asked(without, *question)), question
    await load(scratch, scratch_driver, folder)


NAMING = [
    "{ person(id: $ID) { id name } }",
    '{ trustedPaths(input: { from: { personId: $ID }, to: { personId: "ada" } }) { complete } }',
    '{ trustedPaths(input: { from: { personId: "ada" }, to: { personId: $ID } }) { complete } }',
    '{ trustedPaths(input: { from: { personId: $ID }, to: { personId: "nobody" } }) { complete } }',
    '{ trustedPaths(input: { from: { personId: "nobody" }, to: { personId: $ID } }) { complete } }',
    '{ trustedPaths(input: { from: { personId: $ID }, to: { personId: "ada" }, maxHops: 99 }) { complete } }',
    '{ trustedPaths(input: { from: { brandId: "acme" }, to: { personId: "eve" }, excludePersonIds: [$ID] }) '
    "{ complete } }",
    '{ trustedPathsBatch(inputs: [{ from: { personId: $ID }, to: { personId: "ada" } }, { from: { personId: "ben" }, '
    'to: { personId: $ID } }, { from: { personId: "ben" }, to: { personId: "ada" } }]) '
    "{ answer { complete paths { cost } } problem { code message } } }",
    "{ influencersOf(personId: $ID) { totalCount } }",
    '{ leverage(audience: { personIds: ["ada", $ID] }) { audience } }',
    '{ nextRelationships(brandId: "acme", targets: { personIds: [$ID] }) { totalCount } }',
    "{ people(search: $ID) { totalCount edges { node { id } } } }",
]


@pytest.mark.parametrize("question", NAMING)
async def test_each_place_for_an_id(reader: Api, question: str) -> None:
    about = await asked(reader, question.replace("$ID", f'"{ID}"'), {})
    nobody = await asked(reader, question.replace("$ID", '"yzver"'), {})
    assert comparable(about.replace(ID, "yzver"), exactly=True) == comparable(nobody, exactly=True)


async def test_who_writes_sees_them(reader: Api, keys: KeyFile) -> None:
    """Whoever keeps the graph right must know of them."""
    everything = """{ person(id: "xaver") { name optedOut } people(search: "Quendolin") { totalCount }
      brand(id: "acme") { people { edges { node { id } } } } snapshot { people relationships } }"""
    told = {}
    for role in CallerRole:
        key, text = new_key(f"sees {role}", role)
        keys.add(key)
        body = (await reader.http.post("/graphql", json={"query": everything}, headers=shown(text))).json()
        told[role] = body["data"]
    assert told[CallerRole.WRITER] == told[CallerRole.ADMIN]
    seen, unseen = told[CallerRole.WRITER], told[CallerRole.READER]
    assert seen["person"] == {"name": NAME, "optedOut": True}
    assert (seen["people"], unseen["people"]) == ({"totalCount": 1}, {"totalCount": 0})
    assert unseen["person"] is None
    ids = [[edge["node"]["id"] for edge in each["brand"]["people"]["edges"]] for each in (seen, unseen)]
    assert sorted(set(ids[0]) - set(ids[1])) == ["dan", ID]
    # xaver and dan, and the trust that xaver (9, distrust apart) and dan (1) have to do with
    assert seen["snapshot"]["people"] - unseen["snapshot"]["people"] == 2
    assert seen["snapshot"]["relationships"] - unseen["snapshot"]["relationships"] == 9


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
async def test_naming_them_is_naming_nobody(reader: Api) -> None:
    """Wherever a document names a person, one who opted out is as unknown as one who never was."""
    questions = await asyncio.to_thread(made, 60, documents(walked()))
    named = 0
    for text, variables in questions:
        as_nobody = text.replace('"ada"', '"yzver"').replace('"nobody"', '"yzver"')
        known = {**variables, "id": "yzver", "input": {**variables["input"], "from": {"personId": "yzver"}}}
        answer = await asked(reader, as_nobody, known)
        other = json.loads(json.dumps(known).replace("yzver", ID))
        answer_about = await asked(reader, as_nobody.replace("yzver", ID), other)
        assert comparable(answer_about.replace(ID, "yzver")) == comparable(answer), as_nobody
        named += "yzver" in answer
    assert named

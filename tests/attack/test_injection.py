"""Cypher, full-text syntax and the like are texts like any other, wherever a text can be put."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from bench.attack import codes_of
from bench.fuzz_documents import HOSTILE_TEXTS
from service.api.schema import make_schema
from service.ingest.cells import MAX_ID
from service.settings import Settings
from service.store.database import Database
from service.store.graph_writer import Neo4jGraphWriter
from service.use_cases.load_folder import load_folder
from tests.api.client import Api, serving
from tests.attack.text_places import documents_with_text

TRUSTED_BY_ONE = """query($id: ID!) { person(id: $id) {
  name headline trusts { edges { node { person { id } topic { name } } } } } }"""

EXPECTED = {"NOT_FOUND", "INVALID_INPUT"}

schema = make_schema(Settings())._schema
assert schema.query_type is not None
assert schema.mutation_type is not None
QUESTIONS = documents_with_text(schema, schema.query_type)
MUTATIONS = documents_with_text(schema, schema.mutation_type)


@pytest.mark.parametrize("place", QUESTIONS)
async def test_questions(api: Api, scratch_driver: AsyncDriver, place: str) -> None:
    """A quarter of the texts at each place, others at the next: every text comes to a quarter of the places."""
    before = await _graph(scratch_driver)
    for text in HOSTILE_TEXTS[list(QUESTIONS).index(place) % 4 :: 4]:
        response = await api.http.post("/graphql", json={"query": QUESTIONS[place], "variables": {"text": text}})
        assert {*codes_of(response)} <= EXPECTED, (QUESTIONS[place], text, response.text)
    assert await _graph(scratch_driver) == before


@pytest.mark.parametrize("text", [text for text in HOSTILE_TEXTS if len(text) <= MAX_ID and text.isascii()])
async def test_nobody_is_found_by_syntax(api: Api, text: str) -> None:
    """There are people; none of them is called so."""
    query = "query($text: String!) { people(search: $text) { totalCount } brands(search: $text) { totalCount } }"
    found = await api.answer(query, text=text)
    everybody = not text.strip()
    assert (found["people"]["totalCount"] > 0, found["brands"]["totalCount"] > 0) == (everybody, everybody)


@pytest.mark.parametrize("place", MUTATIONS)
async def test_mutations(api: Api, scratch_driver: AsyncDriver, place: str) -> None:
    """A text may be stored or refused; nothing else goes, and there is nothing new but what each is meant to make."""
    before, kinds = await _people(scratch_driver), {row["kind"] for row in await _graph(scratch_driver)}
    for text in HOSTILE_TEXTS[list(MUTATIONS).index(place) % 2 :: 2]:
        response = await api.http.post("/graphql", json={"query": MUTATIONS[place], "variables": {"text": text}})
        assert {*codes_of(response)} <= EXPECTED, (MUTATIONS[place], text, response.text)
    assert {row["kind"] for row in await _graph(scratch_driver)} <= kinds | {"DISTRUSTS"}
    forgotten = set(HOSTILE_TEXTS) if place.startswith("forgetPerson") else set()
    assert before - forgotten <= await _people(scratch_driver)


async def test_files(scratch_settings: Settings, empty_scratch: Database, tmp_path: Path) -> None:
    """What stands in a cell is what is stored, and found, and nothing else comes of it."""
    texts = [text for text in HOSTILE_TEXTS if len(text) <= MAX_ID]
    folder = tmp_path / "graph"
    folder.mkdir()
    cells = [f'"{text.replace(chr(34), chr(34) * 2)}"' for text in texts]
    (folder / "people.csv").write_text("\n".join(["id,name,headline", *(f"{c},{c},{c}" for c in cells)]), "utf-8")
    (folder / "topics.csv").write_text("\n".join(["id,name", *(f"{c},{c}" for c in cells)]), "utf-8")
    trust = (f"{one},{other},0.5,{one}" for one, other in pairwise(cells))
    (folder / "trust.csv").write_text("\n".join(["fromId,toId,strength,topicId", *trust]), "utf-8")
    report = await load_folder(folder, Neo4jGraphWriter(empty_scratch), rejects=folder / "rejects.csv")
    assert report.rejected == 0
    async with serving(scratch_settings) as api:
        for one, other in pairwise(texts):
            person = (await api.answer(TRUSTED_BY_ONE, id=one))["person"]
            (edge,) = person["trusts"]["edges"]
            assert (person["name"], person["headline"]) == (one, one)
            assert edge["node"] == {"person": {"id": other}, "topic": {"name": one}}


async def _people(driver: AsyncDriver) -> set[str]:
    return {record["id"] for record in (await driver.execute_query("MATCH (p:Person) RETURN p.id AS id")).records}


async def _graph(driver: AsyncDriver) -> list[Mapping[str, object]]:
    """How much there is of each label, type and property, but for the communities, which the service itself stores."""
    counted = await driver.execute_query(
        "MATCH (n:Person|Brand|Topic|Dataset) UNWIND labels(n) AS label UNWIND keys(n) AS key "
        "RETURN label AS kind, key, count(*) AS many "
        "UNION ALL MATCH ()-[r:TRUSTS|DISTRUSTS|HAS_ROLE|PART_OF]->() UNWIND keys(r) AS key "
        "RETURN type(r) AS kind, key, count(*) AS many"
    )
    return sorted((record.data() for record in counted.records), key=repr)

"""A person is forgotten: no trace of them is left, and nothing brings them back."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from service.access.key_file import KeyFile
from service.access.keys import new_key
from service.domain.caller import CallerRole
from service.domain.errors import KeyLost
from service.domain.forgetting import NOT_TAKEN
from service.ports.loading import GraphTable, Written
from service.settings import Settings
from service.store import snapshot_saver
from service.store.database import Database
from service.store.graph_writer import Neo4jGraphWriter
from service.store.mark_key import marks_of
from service.use_cases.load_folder import load_folder
from tests.api import small_graph
from tests.api.client import Api, serving, shown
from tests.conftest import wipe
from tests.graph_folders import listed
from tests.state_files import contents

FORGET = "mutation ($id: ID!) { forgetPerson(personId: $id) { rows { status } writeToken } }"
UPSERT = "mutation ($rows: [PersonRow!]!) { upsertPeople(rows: $rows) { rows { status reason } } }"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder, and in it a folder of data in which some rows are rejected."""
    folder = small_graph.write(tmp_path / "graph")
    with (folder / "people.csv").open("a", encoding="utf-8") as people:
        people.write("eve,Somebody Else,,,\n")
    with (folder / "trust.csv").open("a", encoding="utf-8") as trust:
        trust.write('eve,ada,7,net,,,,\nnobody,eve,0.5,net,,,,\nben,ada,0.5,none,,,,\n"eve,ada\n')
    return tmp_path


@pytest.fixture
def with_state(state: Path, scratch_settings: Settings) -> Settings:
    return scratch_settings.model_copy(
        update={
            "audit_file": state / "audit.jsonl",
            "forget_key": state / "forget.key",
            "rejects_file": state / "rejects.csv",
            "snapshot_folder": state / "snapshot",
            "communities_min_relationships": 1,
        }
    )


@pytest_asyncio.fixture(loop_scope="session")
async def api(scratch: Database, scratch_driver: AsyncDriver, state: Path, with_state: Settings) -> AsyncIterator[Api]:
    """The app on the small graph, whose data was loaded."""
    await wipe(scratch_driver)
    await load(scratch, state)
    async with serving(with_state) as served:
        yield served


async def load(database: Database, state: Path, writer: Neo4jGraphWriter | None = None) -> None:
    writer = writer or Neo4jGraphWriter(database, marks_of(state / "forget.key"))
    await load_folder(state / "graph", writer, rejects=state / "rejects.csv")


async def forget(api: Api, person: str) -> str:
    (row,) = (await api.answer(FORGET, id=person))["forgetPerson"]["rows"]
    status: str = row["status"]
    return status


async def traces_in_graph(driver: AsyncDriver, *texts: str) -> list[Any]:
    """Every node and relationship that has one of these texts as a property, or in one."""
    result = await driver.execute_query(
        "MATCH (n) RETURN properties(n) AS it UNION ALL MATCH ()-[r]->() RETURN properties(r) AS it"
    )
    return [row["it"] for row in result.records if any(text in _texts(row["it"]) for text in texts)]


def _texts(properties: dict[str, Any]) -> list[str]:
    values = [value for each in properties.values() for value in (each if isinstance(each, list) else [each])]
    return [*map(str, values), *(word for value in values for word in str(value).split())]


def files_of(state: Path) -> dict[str, bytes]:
    """Every file of the state by name, but for the data that the user brings."""
    return {path.name: content for path, content in contents(state, without="graph")}


def traces_in_files(state: Path, *texts: str) -> list[str]:
    """Every file of the state that has one of these texts."""
    return [name for name, content in files_of(state).items() if any(text.encode() in content for text in texts)]


async def test_no_trace_is_left(
    api: Api, scratch: Database, scratch_driver: AsyncDriver, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot_saver, "CALM_SECONDS", 0)
    await api.answer('{ topicalCommunities(topicId: "net", minSize: 2) { edges { node { id } } } }')
    await scratch_driver.execute_query(
        "MATCH (p:Person {id: 'eve'}) MERGE (c:Community {id: 'net~x'}) "
        "CREATE (p)-[:MEMBER_OF {share: 1.0}]->(c), (p)-[:BRIDGES {fromId: 'x'}]->(c)"
    )
    # her name is another's, too, who stays: give it to her alone
    await api.answer(UPSERT, rows=[{"id": "eve", "name": "Evelyn-Unique"}])
    assert await traces_in_graph(scratch_driver, "eve", "Evelyn-Unique")
    while not traces_in_files(state / "snapshot", "Evelyn-Unique"):
        await asyncio.sleep(0.1)
    assert "rejects.csv" in traces_in_files(state, "eve,")
    rejected = len(listed(state / "rejects.csv"))

    assert await forget(api, "eve") == "REMOVED"

    assert files_of(state).keys() >= {"rejects.csv", "audit.jsonl", "manifest.json", "forget.key"}
    assert await traces_in_graph(scratch_driver, "eve", "Evelyn-Unique") == []
    assert traces_in_files(state, "Evelyn-Unique", "eve,", ",eve", '"eve"') == []
    assert "eve" not in api.app.state.running.snapshots.latest().people.index
    assert len(listed(state / "rejects.csv")) == rejected, "that there were such rows stays"
    assert "ben,ada,0.5,none" in (state / "rejects.csv").read_text(encoding="utf-8"), "so do the others"
    assert (await api.answer('{ person(id: "eve") { id } }'))["person"] is None
    assert await api.ids("people", '{ people(search: "Evelyn") { edges { node { id } } } }') == []
    assert await forget(api, "eve") == "UNCHANGED", "it may be repeated"

    await load(scratch, state)
    assert await traces_in_graph(scratch_driver, "eve") == []
    assert traces_in_files(state, "eve,", ",eve", '"eve"', "Somebody Else") == []
    assert {row["reason"] for row in listed(state / "rejects.csv") if row["file"] == "people.csv"} == {
        NOT_TAKEN, "an earlier row has the same key and says something else",
    }  # fmt: skip
    (row,) = (await api.answer(UPSERT, rows=[{"id": "eve", "name": "Eve"}]))["upsertPeople"]["rows"]
    assert row == {"status": "REJECTED", "reason": NOT_TAKEN}
    assert (await api.answer('{ person(id: "eve2") { name } }'))["person"] == {"name": "Eve Lind"}


async def test_the_trail_names_nobody(api: Api, state: Path) -> None:
    await api.answer(UPSERT, rows=[{"id": "fay", "name": "Fay the Second"}])
    await forget(api, "fay")
    text = (state / "audit.jsonl").read_text(encoding="utf-8")
    assert "fay" not in text.lower()
    changed, forgotten = map(json.loads, text.splitlines())
    assert (forgotten["operation"], forgotten["people"]) == ("forgetPerson", changed["people"])
    assert changed["people"] == [marks_of(state / "forget.key").of("fay")]


class Interrupted(Neo4jGraphWriter):
    """A writer that does something else once, in the middle of a load."""

    def __init__(self, database: Database, state: Path, before: GraphTable, act: Callable[[], Any]) -> None:
        super().__init__(database, marks_of(state / "forget.key"))
        self._before: GraphTable | None = before
        self._act = act

    async def write(self, table: GraphTable, rows: pl.DataFrame, advance: Callable[[int], None]) -> Written:
        if table is self._before:
            self._before = None
            await self._act()
        return await super().write(table, rows, advance)


@pytest.mark.parametrize("table", [GraphTable.PEOPLE, GraphTable.ROLES, GraphTable.TRUST, GraphTable.ACTIVITY])
async def test_forgotten_during_a_load(
    table: GraphTable, api: Api, scratch: Database, scratch_driver: AsyncDriver, state: Path
) -> None:
    """The load ends well, with everything else, whichever moment it was."""
    await scratch_driver.execute_query("MATCH (n) DETACH DELETE n")
    await load(scratch, state, Interrupted(scratch, state, table, lambda: forget(api, "ada")))
    assert await traces_in_graph(scratch_driver, "ada") == []
    assert traces_in_files(state, "ada,", ",ada", '"ada"', "Ada Lind") == []
    result = await scratch_driver.execute_query("MATCH (p:Person) RETURN p.id AS id ORDER BY id")
    assert [row["id"] for row in result.records] == ["ben", "cat", "dan", "eve", "eve2", "fay"]


async def test_with_another_key_nothing_is_loaded(api: Api, scratch: Database, state: Path, tmp_path: Path) -> None:
    """Or whoever was forgotten would not be recognised."""
    await forget(api, "ben")
    for writer in (Neo4jGraphWriter(scratch), Neo4jGraphWriter(scratch, marks_of(tmp_path / "other.key"))):
        with pytest.raises(KeyLost, match=r"forget\.key"):
            await load(scratch, state, writer)


async def test_who_may(api: Api, with_state: Settings, state: Path) -> None:
    """`api` has loaded the graph; another app on it asks for keys."""
    keys = KeyFile(state / "keys.json")
    texts = {}
    for role in CallerRole:
        key, texts[role] = new_key(role.value.lower(), role)
        keys.add(key)
    row = {"rows": [{"id": "new", "name": "New"}]}
    async with serving(with_state.model_copy(update={"auth": "keys", "key_file": keys.path})) as guarded:

        async def code(role: CallerRole, query: str, variables: dict[str, Any]) -> str | None:
            response = await guarded.http.post(
                "/graphql", json={"query": query, "variables": variables}, headers=shown(texts[role])
            )
            errors = response.json().get("errors")
            return None if errors is None else str(errors[0]["extensions"]["code"])

        assert await code(CallerRole.READER, UPSERT, row) == "FORBIDDEN"
        assert await code(CallerRole.WRITER, UPSERT, row) is None
        assert await code(CallerRole.WRITER, FORGET, {"id": "new"}) == "FORBIDDEN"
        assert await code(CallerRole.READER, FORGET, {"id": "new"}) == "FORBIDDEN"
        assert await code(CallerRole.ADMIN, FORGET, {"id": "new"}) is None
    callers = [json.loads(line)["caller"] for line in (state / "audit.jsonl").read_text("utf-8").splitlines()]
    assert callers == ["writer", "admin"]

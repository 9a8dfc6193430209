"""Snapshots read from a real Neo4j, and kept fresh whoever writes."""

import asyncio
import logging
from collections.abc import AsyncIterator
from time import monotonic

import pytest
import pytest_asyncio
from neo4j import AsyncDriver, AsyncGraphDatabase

from service.domain.errors import InvalidInput, Unavailable
from service.domain.model import Evidence, Role, Topic
from service.domain.vocabulary import RoleKind
from service.graph.builder import SnapshotBuilder
from service.settings import CYPHER
from service.store import snapshot_reading, snapshot_refresh, snapshot_source
from service.store.catalog import Catalog
from service.store.database import Database
from service.store.snapshot_keeper import SnapshotKeeper
from service.store.snapshot_source import read_dataset, read_snapshot
from tests.differential.database_of import write
from tests.scenario import AS_OF, Scenario, Tie

GRAPH = Scenario(
    people=("a", "b", "c"),
    trust=(
        Tie("a", "b", 0.5, "t", AS_OF, AS_OF, "ONLINE", True, (Evidence("ACK", 2), Evidence("REVIEW", 1))),
        Tie("b", "c", 0.25),
    ),
    distrust=(Tie("a", "b", since=AS_OF),),
    roles=(Role("a", "acme", RoleKind.EMPLOYEE, "t", None, 0.5, AS_OF, AS_OF),),
    brands=("acme",),
    topics=(Topic("root", "Root"), Topic("t", "T", "root")),
    opted_out=frozenset("c"),
)


@pytest_asyncio.fixture(loop_scope="session")
async def graph(empty_scratch: Database, scratch_driver: AsyncDriver) -> Database:
    await write(scratch_driver, GRAPH)
    return empty_scratch


@pytest_asyncio.fixture(loop_scope="session")
async def keeper(graph: Database) -> AsyncIterator[SnapshotKeeper]:
    async with SnapshotKeeper(graph, refresh_seconds=0.05).running() as keeper:
        yield keeper


async def changed(keeper: SnapshotKeeper, former: str) -> float:
    """Seconds until the keeper holds a snapshot with other content."""
    began = monotonic()
    while keeper.latest().info.id == former:
        await asyncio.sleep(0.01)
        assert monotonic() - began < 30, "never noticed"
    return monotonic() - began


async def test_what_is_read_is_what_was_written(graph: Database) -> None:
    snapshot, expected = await read_snapshot(graph), GRAPH.snapshot()
    assert snapshot.info.id == expected.info.id
    assert snapshot.info.people == 3
    assert snapshot.info.relationships == 2
    assert list(snapshot.people.names) == ["Name of a", "Name of b", "Name of c"]
    assert snapshot.dataset == GRAPH.dataset


async def test_every_page_is_read(graph: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_reading, "PEOPLE_A_PAGE", 1)
    assert (await read_snapshot(graph)).info.id == GRAPH.snapshot().info.id


async def test_an_empty_database_has_an_empty_snapshot(empty_scratch: Database) -> None:
    snapshot = await read_snapshot(empty_scratch)
    assert (snapshot.info.people, snapshot.info.relationships) == (0, 0)
    assert (await read_dataset(empty_scratch)).half_life_days == 730.0


async def test_a_write_while_reading_has_it_read_again(
    graph: Database, scratch_driver: AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, rounds = snapshot_source._read, 0

    async def disturbed(database: Database) -> SnapshotBuilder:
        nonlocal rounds
        rounds += 1
        builder = await read(database)
        if rounds == 1:
            await scratch_driver.execute_query("CREATE (:Person {id: 'd', name: 'D'})")
        return builder

    monkeypatch.setattr(snapshot_source, "_read", disturbed)
    snapshot = await read_snapshot(graph)
    assert (rounds, snapshot.info.people) == (2, 4)
    assert snapshot.info.bookmark == await graph.bookmark()


class TestFreshness:
    async def test_another_tools_write_is_noticed(self, keeper: SnapshotKeeper, scratch_driver: AsyncDriver) -> None:
        before = keeper.latest()
        assert await keeper.is_current(before)
        await scratch_driver.execute_query("MATCH (:Person {id: 'a'})-[r:TRUSTS]->() SET r.cost = 1")
        assert not await keeper.is_current(before), "known at once, though not yet read"
        await changed(keeper, before.info.id)
        assert keeper.latest().trust.terms["cost"].min() == 1
        assert await keeper.is_current(keeper.latest())
        assert before.trust.terms["cost"].min() > 1, "the former snapshot never changes"

    async def test_deletions_too(self, keeper: SnapshotKeeper, scratch_driver: AsyncDriver) -> None:
        before = keeper.latest().info
        await scratch_driver.execute_query("MATCH ()-[r:TRUSTS]->() DELETE r")
        await changed(keeper, before.id)
        assert keeper.latest().info.relationships == 0

    async def test_listeners_hear_of_other_content_only(
        self, keeper: SnapshotKeeper, scratch_driver: AsyncDriver
    ) -> None:
        heard: list[str] = []
        keeper.on_change(lambda: heard.append(keeper.latest().info.id))
        before = keeper.latest().info
        await scratch_driver.execute_query("CREATE (:Unrelated)")
        while keeper.latest().info.bookmark == before.bookmark:
            await asyncio.sleep(0.01)
        assert (keeper.latest().info.id, heard) == (before.id, [])
        await scratch_driver.execute_query("MATCH (p:Person {id: 'c'}) SET p.optedOut = false")
        await changed(keeper, before.id)
        assert heard == [keeper.latest().info.id]

    async def test_a_failed_refresh_leaves_the_snapshot_in_place(
        self,
        keeper: SnapshotKeeper,
        graph: Database,
        scratch_driver: AsyncDriver,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        before = keeper.latest()
        monkeypatch.setattr(snapshot_refresh, "changed_by_date", _refuse)
        with caplog.at_level(logging.ERROR):
            await scratch_driver.execute_query("CREATE (:Person {id: 'e'})")
            while not caplog.records:
                await asyncio.sleep(0.01)
        assert "answers on" in caplog.text
        assert keeper.latest() is before
        monkeypatch.undo()
        await changed(keeper, before.info.id)


async def _refuse(*_: object) -> set[str]:
    raise InvalidInput("kind", "refused for the test")


async def test_before_the_first_snapshot_nothing_is_pretended(graph: Database) -> None:
    with pytest.raises(Unavailable, match="No snapshot"):
        SnapshotKeeper(graph, 1.0).latest()


async def test_out_of_reach_is_not_current() -> None:
    async with AsyncGraphDatabase.driver("bolt://127.0.0.1:1", connection_timeout=0.2) as driver:
        nowhere = Database(driver, "neo4j", Catalog.load(CYPHER))
        assert not await SnapshotKeeper(nowhere, 1.0).is_current(GRAPH.snapshot())

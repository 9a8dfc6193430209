"""A refresh, which reads only what changed, gives what a full read gives, whatever was done to the graph meanwhile."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import AsyncDriver

from service.domain.model import Role
from service.domain.vocabulary import RoleKind
from service.store import snapshot_keeper, snapshot_refresh, snapshot_saver
from service.store.database import Database
from service.store.giving_way import GivingWay
from service.store.snapshot_changes import changed_by_date
from service.store.snapshot_files import SnapshotFiles
from service.store.snapshot_keeper import SnapshotKeeper
from service.store.snapshot_marks import Held
from service.store.snapshot_refresh import NeedsFullRead, read_anew, refreshed
from service.store.snapshot_saver import SnapshotSaver
from tests.differential.database_of import write
from tests.scenario import Scenario
from tests.strategies import BRANDS, CHANNELS, PEOPLE, TOPIC_IDS, TOPICS, scenarios

DATED = (
    "MATCH (p:Person {id: $one})-[r:TRUSTS]->() SET r.cost = r.cost + $number, r.updatedAt = datetime()",
    "MATCH (a:Person {id: $one}), (b:Person {id: $other}) "
    "CREATE (a)-[:TRUSTS {topicId: $topic, cost: $number, channel: $channel, updatedAt: datetime()}]->(b)",
    "MATCH (a:Person {id: $one}), (b:Person {id: $other}) "
    "CREATE (a)-[:DISTRUSTS {topicId: $topic, strength: 0.5, updatedAt: datetime()}]->(b)",
    "MATCH (a:Person {id: $one}), (b:Brand {id: $brand}) "
    "CREATE (a)-[:HAS_ROLE {kind: 'CREATOR', topicId: $topic, updatedAt: datetime()}]->(b)",
    "MATCH (p:Person {id: $one}) SET p.name = $text, p.optedOut = $number > 5, p.updatedAt = datetime()",
    "MERGE (p:Person {id: $text}) SET p.name = 'new', p.updatedAt = datetime() "
    "WITH p MATCH (b:Person {id: $one}) CREATE (p)-[:TRUSTS {topicId: '', cost: $number, updatedAt: datetime()}]->(b)",
)
UNDATED = (
    "MATCH (:Person {id: $one})-[r:TRUSTS]->() DELETE r",
    "MATCH (:Person {id: $one})-[r:DISTRUSTS]->() DELETE r",
    "MATCH (:Person {id: $one})-[r:HAS_ROLE]->() DELETE r",
    "MATCH (p:Person {id: $one}) DETACH DELETE p",
    "MERGE (p:Person {id: $text})",
    "MATCH (b:Brand {id: $brand}) SET b.name = $text",
    "MATCH (b:Brand {id: $brand}) DETACH DELETE b",
    "MATCH (t:Topic {id: $topic}) SET t.name = $text",
    "MATCH (t:Topic {id: $topic}) DETACH DELETE t",
    "MERGE (:Topic {id: $text})",
    "MATCH (:Topic {id: $topic})-[r:PART_OF]->() DELETE r",
    "MATCH (d:Dataset) SET d.halfLifeDays = 100.0 + $number",
    "CREATE (:Unrelated)",
)
Rounds = list[list[tuple[str, dict[str, object]]]]
edits = st.tuples(
    st.sampled_from(DATED + UNDATED),
    st.fixed_dictionaries(
        {
            "one": st.sampled_from(PEOPLE),
            "other": st.sampled_from(PEOPLE),
            "brand": st.sampled_from(BRANDS),
            "topic": st.sampled_from((*TOPIC_IDS, "unheard of")),
            "channel": st.sampled_from(CHANNELS),
            "text": st.sampled_from(("A0", "n", "zzz", "\U0001f600", PEOPLE[0])),
            "number": st.integers(0, 10),
        }
    ),
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenario=scenarios(), rounds=st.lists(st.lists(edits, min_size=1, max_size=4), min_size=1, max_size=3))
async def test_a_refresh_equals_a_full_read(
    empty_scratch: Database,
    scratch_driver: AsyncDriver,
    scenario: Scenario,
    rounds: list[list[tuple[str, dict[str, object]]]],
) -> None:
    await write(scratch_driver, scenario)
    held = await read_anew(empty_scratch)
    for edits_of_round in rounds:
        for cypher, parameters in edits_of_round:
            await scratch_driver.execute_query(cypher, parameters)
        held = await refreshed(empty_scratch, held)
        full = await read_anew(empty_scratch)
        assert held.snapshot.info.id == full.snapshot.info.id
        assert held.snapshot.info.bookmark == full.snapshot.info.bookmark
        assert held.marks.passed_over == full.marks.passed_over


GRAPH = Scenario(PEOPLE, brands=BRANDS, topics=TOPICS)


async def test_nothing_to_read_where_nothing_changed(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    await write(scratch_driver, GRAPH)
    held = await read_anew(empty_scratch)
    await scratch_driver.execute_query("CREATE (:Unrelated)")
    again = await refreshed(empty_scratch, held)
    assert again.snapshot.trust is held.snapshot.trust
    assert again.snapshot.info.bookmark == await empty_scratch.bookmark()


async def test_who_comes_without_a_date_as_somebody_goes(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    """As many people as before: only the role that is gone shows, and by it who went, and only then who came."""
    employed = replace(GRAPH, roles=(Role(PEOPLE[0], BRANDS[0], RoleKind.EMPLOYEE),))
    await write(scratch_driver, employed)
    held = await read_anew(empty_scratch)
    await scratch_driver.execute_query("MATCH (p:Person {id: $id}) DETACH DELETE p", id=PEOPLE[0])
    await scratch_driver.execute_query("CREATE (:Person {id: 'new'})")
    held = await refreshed(empty_scratch, held)
    assert held.snapshot.info.id == (await read_anew(empty_scratch)).snapshot.info.id
    assert "new" in held.snapshot.people.index


async def test_what_is_open_when_the_snapshot_is_read_is_seen_when_it_commits(
    empty_scratch: Database, scratch_driver: AsyncDriver
) -> None:
    """Its updatedAt lies before the reading, its commit behind: only the oldest open transaction's start tells."""
    await write(scratch_driver, GRAPH)
    async with scratch_driver.session() as session, await session.begin_transaction() as transaction:
        await transaction.run(
            "MATCH (a:Person {id: $a}), (b:Person {id: $b}) "
            "CREATE (a)-[:TRUSTS {topicId: '', cost: 1, updatedAt: datetime.transaction()}]->(b)",
            a=PEOPLE[0],
            b=PEOPLE[1],
        )
        await asyncio.sleep(0.05)
        held = await read_anew(empty_scratch)
        assert await changed_by_date(empty_scratch, held.marks.changed_until, 10) == set()
        await transaction.commit()
    assert await changed_by_date(empty_scratch, held.marks.changed_until, 10) == {PEOPLE[0]}


async def test_too_many_changes(
    empty_scratch: Database, scratch_driver: AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(scratch_driver, GRAPH)
    held = await read_anew(empty_scratch)
    monkeypatch.setattr(snapshot_refresh, "MOST_PEOPLE", 3)
    await scratch_driver.execute_query("MATCH (p:Person) SET p.updatedAt = datetime()")
    with pytest.raises(NeedsFullRead, match="more than 3 people changed"):
        await refreshed(empty_scratch, held)


async def test_another_database(empty_scratch: Database) -> None:
    held = await read_anew(empty_scratch)
    with pytest.raises(NeedsFullRead, match="another database"):
        await refreshed(empty_scratch, replace(held, marks=replace(held.marks, database="other")))


def saver(folder: Path) -> SnapshotSaver:
    return SnapshotSaver(SnapshotFiles(folder))


class TestKeeper:
    async def until(self, keeper: SnapshotKeeper, relationships: int) -> None:
        async with asyncio.timeout(30):
            while keeper.latest().info.relationships != relationships:
                await asyncio.sleep(0.01)

    async def test_an_undated_edit_is_found_by_reading_everything(
        self, empty_scratch: Database, scratch_driver: AsyncDriver, caplog: pytest.LogCaptureFixture
    ) -> None:
        await write(scratch_driver, GRAPH)
        async with SnapshotKeeper(empty_scratch, 0.02).running() as keeper:
            await scratch_driver.execute_query("MATCH (p:Person {id: $id}) SET p.optedOut = true", id=PEOPLE[0])
            async with asyncio.timeout(30):
                while not keeper.latest().people.opted_out.any():
                    await asyncio.sleep(0.01)
        assert "without setting updatedAt" in caplog.text

    async def test_beyond_refreshing_everything_is_read_meanwhile(
        self, empty_scratch: Database, scratch_driver: AsyncDriver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await write(scratch_driver, GRAPH)
        monkeypatch.setattr(snapshot_refresh, "MOST_PEOPLE", 3)
        async with SnapshotKeeper(empty_scratch, 0.02).running() as keeper:
            await scratch_driver.execute_query(
                "MATCH (p:Person), (q:Person) CREATE (p)-[:TRUSTS {topicId: '', cost: 1, updatedAt: datetime()}]->(q)"
            )
            await self.until(keeper, len(PEOPLE) ** 2)

    async def test_a_start_with_nothing_changed_reads_no_graph(
        self, empty_scratch: Database, scratch_driver: AsyncDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await write(scratch_driver, GRAPH)
        async with SnapshotKeeper(empty_scratch, 0.02, saver=saver(tmp_path)).running() as keeper:
            first = keeper.latest().info
        monkeypatch.setattr(snapshot_refresh, "read_snapshot", None)
        monkeypatch.setattr(snapshot_refresh, "read_things", None)
        async with SnapshotKeeper(empty_scratch, 5, saver=saver(tmp_path)).running() as keeper:
            assert keeper.latest().info == first
            assert await keeper.is_current(keeper.latest())

    async def test_it_is_saved_once_it_has_stood_for_a_while(
        self, empty_scratch: Database, scratch_driver: AsyncDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await write(scratch_driver, GRAPH)
        monkeypatch.setattr(snapshot_saver, "CALM_SECONDS", 0)
        files = SnapshotFiles(tmp_path)
        keeper = SnapshotKeeper(empty_scratch, 0.02, saver=SnapshotSaver(files))
        async with keeper.running(), asyncio.timeout(30):
            while (saved := await asyncio.to_thread(files.load)) is None:
                await asyncio.sleep(0.05)
            assert saved.snapshot.info == keeper.latest().info

    async def test_reading_everything_stands_aside_while_a_refresh_is_under_way(
        self, empty_scratch: Database, scratch_driver: AsyncDriver
    ) -> None:
        await write(scratch_driver, GRAPH)
        giving_way = GivingWay()
        with giving_way.urgent():
            reading = asyncio.create_task(read_anew(empty_scratch.behind(giving_way)))
            await refreshed(empty_scratch, await read_anew(empty_scratch))
            assert not reading.done()
        assert (await reading).snapshot.info.people == len(PEOPLE)

    async def test_what_was_read_for_comparison_never_takes_the_place_of_something_newer(
        self, empty_scratch: Database, scratch_driver: AsyncDriver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Somebody writes in the moment between its catching up and its being put in place."""
        await write(scratch_driver, GRAPH)
        keeper = SnapshotKeeper(empty_scratch, 0.02)
        seen: list[int] = []
        keeper.on_change(lambda: seen.append(keeper.latest().info.relationships))

        async def trust(number: int) -> None:
            await scratch_driver.execute_query(
                "MATCH (a:Person {id: $a}), (b:Person {id: $b}) "
                "CREATE (a)-[:TRUSTS {topicId: '', cost: $number, updatedAt: datetime()}]->(b)",
                a=PEOPLE[0],
                b=PEOPLE[number],
                number=number,
            )

        async def refreshed_and_then_written(database: Database, held: Held) -> Held:
            up_to_date = await refreshed(database, held)
            task = asyncio.current_task()
            if task is not None and task.get_name() == "snapshot reader" and not between.is_set():
                between.set()
                await trust(2)
                with suppress(TimeoutError):
                    async with asyncio.timeout(2):
                        await self.until(keeper, 2)
            return up_to_date

        between = asyncio.Event()
        monkeypatch.setattr(snapshot_keeper, "refreshed", refreshed_and_then_written)
        async with keeper.running():
            await trust(1)
            await between.wait()
            await self.until(keeper, 2)
            await asyncio.sleep(0.2)
        assert seen == sorted(seen), "an older snapshot answered for a while"
        assert seen[-1] == 2

    async def test_a_start_after_changes_refreshes_what_was_saved(
        self, empty_scratch: Database, scratch_driver: AsyncDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await write(scratch_driver, GRAPH)
        async with SnapshotKeeper(empty_scratch, 0.02, saver=saver(tmp_path)).running():
            pass
        await scratch_driver.execute_query(
            "MATCH (a:Person {id: $a}), (b:Person {id: $b}) CREATE (a)-[:TRUSTS {topicId: '', cost: 1}]->(b)",
            a=PEOPLE[0],
            b=PEOPLE[1],
        )
        monkeypatch.setattr(snapshot_refresh, "read_snapshot", None)
        async with SnapshotKeeper(empty_scratch, 5, saver=saver(tmp_path)).running() as keeper:
            assert keeper.latest().info.relationships == 1
            assert await keeper.is_current(keeper.latest())

    async def test_a_full_disk_is_told_and_nothing_else_happens(
        self, empty_scratch: Database, caplog: pytest.LogCaptureFixture, tmp_path: Path
    ) -> None:
        (tmp_path / "file").write_text("in the way")
        async with SnapshotKeeper(empty_scratch, 0.02, saver=saver(tmp_path / "file")).running() as keeper:
            assert keeper.latest().info.people == 0
        assert "could not be saved" in caplog.text

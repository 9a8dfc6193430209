"""Standing written to a real Neo4j, and kept there as the graph changes."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import pytest
from neo4j import AsyncDriver

from service.domain.model import Topic
from service.domain.standing import StandingQuestion
from service.domain.vocabulary import StandingMeasure
from service.ports.communities import StoredTopic
from service.store import standing_store
from service.store.activity import Neo4jActivity
from service.store.database import Database
from service.store.snapshot_source import read_snapshot
from service.store.standing_store import Neo4jStandingStore
from service.use_cases.find_standing import FindStanding
from service.use_cases.keep_standing import KeepStanding
from tests.communities import FixedSnapshot, MemoryStore
from tests.differential.database_of import write
from tests.influence import Act, write_activity
from tests.scenario import Scenario, Tie

NOW = datetime(2026, 5, 5, 12, 30, 15, 123456, tzinfo=UTC)
GRAPH = Scenario(
    people=("a", "b", "c", "d", "x"),
    trust=(Tie("b", "a", 0.5, "net"), Tie("c", "a", 0.4, "net"), Tie("d", "x", 0.9, "art")),
    topics=(Topic("net", "Networks"), Topic("art", "Art"), Topic("mail", "Mail")),
)


class KeptTopics(MemoryStore):
    """A CommunityStore that has communities of these topics."""

    def __init__(self, ids: Collection[str]) -> None:
        super().__init__()
        self.ids = ids

    async def topics(self) -> tuple[StoredTopic, ...]:
        return tuple(StoredTopic(id_, None, NOW) for id_ in self.ids)


class Bench:
    """The keeper over one database, as a fresh process has it."""

    def __init__(self, database: Database, snapshots: FixedSnapshot, topics: Collection[str]) -> None:
        self.database, self.snapshots = database, snapshots
        self.topics = KeptTopics(topics)
        self.find = FindStanding(snapshots, Neo4jActivity(database))
        self.keep = KeepStanding(self.find, self.topics, Neo4jStandingStore(database), now=lambda: NOW)

    @classmethod
    async def over(cls, database: Database, *topics: str) -> "Bench":
        return cls(database, FixedSnapshot(await read_snapshot(database)), topics)

    async def refresh(self) -> str:
        """What the snapshot keeper does where somebody wrote."""
        self.snapshots.snapshot = await read_snapshot(self.database)
        return self.snapshots.snapshot.info.id

    async def stored(self, topic_id: str) -> dict[str, dict[str, Any]]:
        rows = await self.database.fetch("stored_standing", topicId=topic_id, first=100)
        assert [row["authority"] for row in rows] == sorted((row["authority"] for row in rows), reverse=True)
        return {row["personId"]: dict(row) for row in rows}


@pytest.fixture
async def graph(empty_scratch: Database, scratch_driver: AsyncDriver) -> Database:
    await write(scratch_driver, GRAPH)
    await write_activity(scratch_driver, [Act("a", "net", 202501, 3, 1), Act("d", "art", 202501, 2, 2)])
    return empty_scratch


async def test_cypher_sees_what_the_answer_says(graph: Database) -> None:
    bench = await Bench.over(graph, "net")
    await bench.keep()
    found = await bench.find(StandingQuestion("net"))
    columns = found.everybody.columns
    assert await bench.stored("net") == {
        id_: {
            "personId": id_,
            "name": f"Name of {id_}",
            **{measure.lower(): columns[measure].value[place] for measure in StandingMeasure},
            "snapshotId": found.snapshot.info.id,
            "computedAt": NOW,
        }
        for place, id_ in enumerate(["a", "b", "c"])
    }
    topics = await graph.fetch("stored_standing_topics")
    assert [dict(row) for row in topics] == [{"topicId": "net", "name": "Networks", "people": 3}]


async def test_what_has_not_changed_is_not_written(graph: Database) -> None:
    bench = await Bench.over(graph, "net", "art")
    await bench.keep()
    before = await graph.bookmark()
    await bench.keep()
    await (await Bench.over(graph, "net", "art")).keep()
    assert await graph.bookmark() == before


async def test_only_what_differs_is_written(graph: Database, scratch_driver: AsyncDriver) -> None:
    """c trusts a more from now on: a's numbers change, those of b and c do not, nor do those on art."""
    bench = await Bench.over(graph, "net", "art")
    await bench.keep()
    former = bench.snapshots.latest().info.id
    await scratch_driver.execute_query(
        "MATCH ({id: 'c'})-[t:TRUSTS]->({id: 'a'}) SET t.strength = 0.6, t.cost = 510826, t.updatedAt = datetime()"
    )
    newer = await bench.refresh()
    await bench.keep()
    stored = await bench.stored("net")
    assert {id_: row["snapshotId"] for id_, row in stored.items()} == {"a": newer, "b": former, "c": former}
    assert stored["a"]["resonance"] == pytest.approx(1.1, rel=1e-6)
    assert {row["snapshotId"] for row in (await bench.stored("art")).values()} == {former}


async def test_who_is_none_of_the_topics_people_any_more_goes(graph: Database, scratch_driver: AsyncDriver) -> None:
    bench = await Bench.over(graph, "net")
    await bench.keep()
    await scratch_driver.execute_query("MATCH (c {id: 'c'})-[t:TRUSTS]->() DELETE t SET c.updatedAt = datetime()")
    await bench.refresh()
    await bench.keep()
    assert (await bench.stored("net")).keys() == {"a", "b"}


async def test_activity_alone_is_noticed_too(graph: Database, scratch_driver: AsyncDriver) -> None:
    bench = await Bench.over(graph, "net")
    await bench.keep()
    relevance = (await bench.stored("net"))["a"]["relevance"]
    before = await bench.find.state()
    await write_activity(scratch_driver, [Act("a", "art", 202501, 9)])
    assert await bench.refresh() == before[0], "activity is in no snapshot"
    await bench.keep()
    assert (await bench.stored("net"))["a"]["relevance"] < relevance


async def test_topics_that_are_not_kept_any_more_lose_it(graph: Database) -> None:
    bench = await Bench.over(graph, "net", "art")
    await bench.keep()
    bench.topics.ids = ["art", "vanished"]
    await bench.keep()
    assert await bench.stored("net") == {}
    assert (await bench.stored("art")).keys() == {"d", "x"}


async def test_damage_by_other_hands_is_mended_at_the_next_start(graph: Database, scratch_driver: AsyncDriver) -> None:
    bench = await Bench.over(graph, "net")
    await bench.keep()
    whole = await bench.stored("net")
    await scratch_driver.execute_query("MATCH ({id: 'a'})-[s:STANDS_ON]->() DELETE s")
    await scratch_driver.execute_query("MATCH ({id: 'b'})-[s:STANDS_ON]->() SET s.reach = 7 REMOVE s.authority")
    await (await Bench.over(graph, "net")).keep()
    assert await bench.stored("net") == whole


async def test_a_newer_snapshot_ends_a_round_early(graph: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = await Bench.over(graph, "net", "art")
    replace = Neo4jStandingStore.replace

    async def and_somebody_writes(self: Neo4jStandingStore, *words: Any) -> None:
        await replace(self, *words)
        bench.snapshots.snapshot = Scenario(people=("a",), topics=GRAPH.topics).snapshot()

    monkeypatch.setattr(Neo4jStandingStore, "replace", and_somebody_writes)
    await bench.keep()
    assert (await bench.stored("art")).keys() == {"d", "x"}
    assert await bench.stored("net") == {}


async def test_large_topics_are_written_in_batches(graph: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing_store, "BATCH", 2)
    bench = await Bench.over(graph, "net")
    await bench.keep()
    assert (await bench.stored("net")).keys() == {"a", "b", "c"}
    bench.topics.ids = []
    await bench.keep()
    assert await bench.stored("net") == {}

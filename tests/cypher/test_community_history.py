"""The history of a topic's communities, written to a real Neo4j and read with Cypher: what the answer says."""

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import AsyncDriver

from service.domain.community_history import CommunityHistory, CommunityHistoryQuestion
from service.store.community_history_store import Neo4jCommunityHistoryStore
from service.store.database import Database
from service.store.snapshot_source import read_snapshot
from service.use_cases.find_communities import FindCommunities
from service.use_cases.find_community_history import FindCommunityHistory
from tests.communities import GROWN, FixedSnapshot, HereSearch, MemoryStore
from tests.differential.database_of import write
from tests.scenario import Scenario
from tests.strategies import scenarios

NOW = datetime(2026, 5, 5, 12, 30, 15, 123456, tzinfo=UTC)
PLAIN = CommunityHistoryQuestion("net")
ANY_TOPIC = CommunityHistoryQuestion("left")


async def history_of(
    database: Database, driver: AsyncDriver, scenario: Scenario, asked: CommunityHistoryQuestion = PLAIN
) -> CommunityHistory:
    """As a fresh process answers it, over a database that holds just this graph."""
    await write(driver, scenario)
    snapshots = FixedSnapshot(await read_snapshot(database))
    communities = FindCommunities(snapshots, MemoryStore(), HereSearch())
    return await FindCommunityHistory(snapshots, communities, Neo4jCommunityHistoryStore(database), now=lambda: NOW)(
        asked
    )


async def assert_cypher_says(database: Database, found: CommunityHistory) -> None:
    topic_id = found.question.topic_id
    told = await database.fetch("community_history", topicId=topic_id)
    assert {(row["day"].to_native(), row["people"], row["modularity"]) for row in told} == {
        (stage.day, stage.people, stage.modularity) for stage in found.stages
    }
    assert {(row["snapshotId"], row["computedAt"].to_native()) for row in told} == {(found.snapshot.id, NOW)}
    communities = [
        (row["day"].to_native(), row["lineId"], row["communityId"], row["label"], row["size"])
        for row in told
        if row["lineId"] is not None
    ]
    assert sorted(communities) == sorted(
        (stage.day, moment.line_id, moment.community.id, moment.community.label, moment.community.size)
        for stage in found.stages
        for moment in stage.moments
    )
    events = await database.fetch("community_events", topicId=topic_id)
    assert [(row["day"].to_native(), row["change"], row["beforeIds"], row["afterIds"]) for row in events] == sorted(
        (
            event.day,
            event.change.value,
            sorted(moment.line_id for moment in event.before),
            sorted(moment.line_id for moment in event.after),
        )
        for event in found.events
    )


async def test_cypher_sees_what_the_answer_says(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    found = await history_of(empty_scratch, scratch_driver, GROWN)
    assert len(found.events) > 2
    await assert_cypher_says(empty_scratch, found)
    (stored,) = await empty_scratch.fetch("stored_community_histories")
    assert (stored["topicId"], stored["stages"], stored["snapshotId"]) == ("net", 24, found.snapshot.id)
    before = await empty_scratch.bookmark()
    snapshots = FixedSnapshot(await read_snapshot(empty_scratch))
    communities = FindCommunities(snapshots, MemoryStore(), HereSearch())
    await FindCommunityHistory(snapshots, communities, Neo4jCommunityHistoryStore(empty_scratch))(PLAIN)
    assert await empty_scratch.bookmark() == before, "what is stored already is not written again"


async def test_another_graph_takes_its_place(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    await history_of(empty_scratch, scratch_driver, GROWN)
    store = Neo4jCommunityHistoryStore(empty_scratch)
    snapshots = FixedSnapshot(Scenario(people=("a",), topics=GROWN.topics).snapshot())
    communities = FindCommunities(snapshots, MemoryStore(), HereSearch())
    found = await FindCommunityHistory(snapshots, communities, store, now=lambda: NOW)(PLAIN)
    assert not any(stage.moments for stage in found.stages)
    await assert_cypher_says(empty_scratch, found)


@given(scenario=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
async def test_any_history(scenario: st.DataObject, scratch: Database, scratch_driver: AsyncDriver) -> None:
    await assert_cypher_says(scratch, await history_of(scratch, scratch_driver, scenario.draw(scenarios()), ANY_TOPIC))

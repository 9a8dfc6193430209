"""Activity from the folder through Neo4j to whoever asks for it."""

from pathlib import Path

import polars as pl
import pytest
from neo4j import AsyncDriver

from service.ports.activity import ACTIVITY_SCHEMA
from service.store.activity import Neo4jActivity
from service.store.database import Database
from tests.cypher.test_loading import load
from tests.graph_folders import make

ROWS = (
    "at,fromId,toId,kind,topicId",
    "2024-01-05,a,b,ACK,t",
    "2024-01-06,b,a,REVIEW,t",
    "2024-02-07,a,b,REVIEW,t",
    "2024-02-08,a,c,REVIEW,u",
    "2024-02-09,a,c,REVIEW,",
)


@pytest.fixture
async def activity(tmp_path: Path, empty_scratch: Database) -> Neo4jActivity:
    toml = '[activity]\ncontent = ["REVIEW"]\n'
    await load(make(tmp_path, interactions="\n".join(ROWS), dataset_toml=toml), empty_scratch)
    return Neo4jActivity(empty_scratch)


def table(*rows: tuple[str, str, int, int, int, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=ACTIVITY_SCHEMA, orient="row")


async def test_everybody_on_a_topic(activity: Neo4jActivity) -> None:
    found = await activity.on_topics(["t"], 202402)
    assert found.equals(
        table(
            ("a", "t", 202401, 1, 1, 0),
            ("a", "t", 202402, 1, 0, 1),
            ("b", "t", 202401, 1, 1, 1),
            ("b", "t", 202402, 0, 1, 0),
        )
    )


async def test_later_months_do_not_count(activity: Neo4jActivity) -> None:
    found = await activity.on_topics(["t", "u"], 202401)
    assert found.equals(table(("a", "t", 202401, 1, 1, 0), ("b", "t", 202401, 1, 1, 1)))


async def test_one_person_on_all_topics(activity: Neo4jActivity) -> None:
    found = await activity.of_person("c", 202412)
    assert found.equals(table(("c", "u", 202402, 0, 1, 0)))


async def test_nobody_and_nothing(activity: Neo4jActivity) -> None:
    for found in (await activity.on_topics([], 202412), await activity.of_person("nobody", 202412)):
        assert found.equals(table())
    assert (await activity.totals([], 202412)).is_empty()


async def test_totals_count_all_topics_of_whoever_is_on_one(activity: Neo4jActivity) -> None:
    assert (await activity.totals(["t"], 202412)).rows() == [("a", 4), ("b", 3)]
    assert (await activity.totals(["t", "u"], 202401)).rows() == [("a", 2), ("b", 2), ("c", 0)]
    assert await activity.total(202412) == 8
    assert await activity.total(202401) == 4


async def test_totals_of_people_count_all_topics(activity: Neo4jActivity) -> None:
    assert (await activity.totals_of(["c", "a", "nobody"], 202412)).rows() == [("a", 4), ("c", 1)]
    assert (await activity.totals_of(["a", "c"], 202401)).rows() == [("a", 2), ("c", 0)]
    assert (await activity.totals_of([], 202412)).is_empty()


async def test_the_version_changes_with_activity_only(activity: Neo4jActivity, scratch_driver: AsyncDriver) -> None:
    """Whoever writes with their own Cypher sets `updatedAt`; a deletion shows in the number."""
    change = "MATCH ({id: 'a'})-[r:ACTIVE_IN]->({id: 't'}) SET r.given = [7, 7], r.updatedAt = datetime()"
    versions = [await activity.version("first")]
    for bookmark, cypher in (
        ("second", "MATCH (p:Person {id: 'a'}) SET p.name = 'Other', p.updatedAt = datetime()"),
        ("third", change),
        ("fourth", "MATCH (:Person {id: 'c'})-[r:ACTIVE_IN]->() DELETE r"),
        ("fifth", "MATCH (p:Person {id: 'a'}) SET p.name = 'Yet another', p.updatedAt = datetime()"),
    ):
        await scratch_driver.execute_query(cypher)
        assert await activity.version(f"before {bookmark}") == await activity.version(f"before {bookmark}")
        versions.append(await activity.version(bookmark))
    first, second, third, fourth, fifth = versions
    assert first == second < third < fourth == fifth


async def test_neo4j_is_asked_for_the_version_once_a_bookmark(
    activity: Neo4jActivity, scratch_driver: AsyncDriver
) -> None:
    before = await activity.version("same")
    await scratch_driver.execute_query("MATCH ()-[r:ACTIVE_IN]->() DELETE r")
    assert await activity.version("same") == before
    assert await activity.version("other") == before + 1


async def test_the_sum_of_everybody_is_walked_once_a_version(
    activity: Neo4jActivity, scratch_driver: AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    fetch = Database.fetch

    async def counting(database: Database, name: str, **params: object) -> object:
        asked.append(name)
        return await fetch(database, name, **params)

    monkeypatch.setattr(Database, "fetch", counting)
    await activity.version("first")
    assert [await activity.total(202412), await activity.total(202412)] == [8, 8]
    assert await activity.total(202401) == 4
    assert asked.count("activity_total") == 2
    await scratch_driver.execute_query(
        "MATCH ({id: 'a'})-[r:ACTIVE_IN]->({id: 't'}) SET r.given = [7, 7], r.updatedAt = datetime()"
    )
    await activity.version("second")
    assert await activity.total(202401) == 10

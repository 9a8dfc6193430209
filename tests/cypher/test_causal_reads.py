"""Reads that must see what was written before them, as a cluster needs it: on one server, by both schemes."""

from pathlib import Path

import pytest
from neo4j import READ_ACCESS, WRITE_ACCESS, AsyncGraphDatabase

from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import Database, connected
from service.store.graph_writer import Neo4jGraphWriter
from service.store.snapshot_source import read_snapshot
from service.use_cases.load_folder import load_folder
from tests.graph_folders import make

SCHEMES = ("bolt", "neo4j")


def over(settings: Settings, scheme: str) -> Settings:
    """The same server by another scheme; neo4j:// asks it for a routing table first."""
    _, _, place = (settings.neo4j_uri or "").partition("://")
    return settings.model_copy(update={"neo4j_uri": f"{scheme}://{place}"})


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_a_read_with_a_writes_bookmark_sees_the_write(
    empty_scratch: Database, scratch_settings: Settings, scheme: str
) -> None:
    settings = over(scratch_settings, scheme)
    auth = settings.neo4j_user, settings.neo4j_password.get_secret_value()
    before = await empty_scratch.bookmark()
    async with AsyncGraphDatabase.driver(settings.neo4j_uri or "", auth=auth) as driver:
        for number in range(20):
            async with driver.session(database=settings.neo4j_database, default_access_mode=WRITE_ACCESS) as writer:
                await (await writer.run("MERGE (p:Person {id: 'p'}) SET p.name = $n", n=str(number))).consume()
                written = await writer.last_bookmarks()
            assert written.raw_values
            assert written.raw_values != {before}
            async with driver.session(
                database=settings.neo4j_database, default_access_mode=READ_ACCESS, bookmarks=written
            ) as reader:
                found = await (await reader.run("MATCH (p:Person {id: 'p'}) RETURN p.name AS name")).single(strict=True)
            assert found["name"] == str(number)


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_the_services_own_statements_follow_each_other(
    empty_scratch: Database, scratch_settings: Settings, tmp_path: Path, scheme: str
) -> None:
    """Whatever it wrote or read last, the next statement bears the bookmark of it, so a member of a cluster that is
    behind would wait."""
    async with connected(over(scratch_settings, scheme), Catalog.load(CYPHER)) as database:
        folder = make(tmp_path / "g", trust="fromId,toId,strength,topicId\na,b,0.5,t\n")
        await load_folder(folder, Neo4jGraphWriter(database), rejects=tmp_path / "rejects.csv")
        kept = await database._driver.execute_query_bookmark_manager.get_bookmarks()
        assert await database.bookmark() in kept, "the bookmark of the last write goes with the next statement"
        snapshot = await read_snapshot(database)
    assert (snapshot.info.people, snapshot.info.relationships) == (3, 1)

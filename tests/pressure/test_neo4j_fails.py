"""Neo4j killed, started again, and frozen, while a service answers and a load runs."""

import asyncio
from pathlib import Path
from time import monotonic

import pytest
from neo4j import AsyncDriver

from service.domain.errors import Unavailable
from service.ports.loading import GraphTable
from service.settings import CYPHER
from service.store.catalog import Catalog
from service.store.database import Database, connected
from service.store.errors import StatementFailed
from service.store.graph_writer import Neo4jGraphWriter
from service.store.snapshot_source import read_snapshot
from service.use_cases.load_folder import load_folder
from tests.conftest import wipe
from tests.graph_folders import make
from tests.pressure.conftest import Victim, serving

pytestmark = pytest.mark.filterwarnings("ignore:.*:ResourceWarning")

LONGER = "MATCH (a:Person {id: 'a'}), (b:Person {id: 'b'}) MATCH (b)-[r:TRUSTS]->(a) DELETE r " \
    "MERGE (x:Person {id: 'x'}) CREATE (b)-[:TRUSTS {topicId: '', cost: 1, updatedAt: datetime()}]->(x)" \
    "-[:TRUSTS {topicId: '', cost: 1, updatedAt: datetime()}]->(a)"  # fmt: skip


async def test_killed_and_started_again(victim: Victim, driver: AsyncDriver) -> None:
    async with serving(victim.settings) as client:
        assert (await client.hops(), await client.current()) == (3, True)
        await victim.kill()
        for _ in range(3):
            assert (await client.hops(), await client.current()) == (3, False)
        status, body = await client.ready()
        assert (status, list(body["missing"])) == (503, ["neo4j"])
        (error,) = (await client.ask('{ people(search: "a") { totalCount } }'))["errors"]
        assert error["extensions"]["code"] == "UNAVAILABLE"

        await victim.start()
        await client.until_current()
        assert (await client.ready())[0] == 200
        await driver.execute_query(LONGER)
        async with asyncio.timeout(30):
            while await client.hops() != 4:
                await asyncio.sleep(0.05)


async def test_frozen(victim: Victim, driver: AsyncDriver) -> None:
    async with serving(victim.settings) as client:
        assert await client.hops() == 3
        await driver.execute_query(LONGER)  # a refresh that the frost may catch in its midst
        async with victim.frozen():
            began, answered = monotonic(), 0
            while monotonic() - began < 20:
                assert await client.hops() in {3, 4}
                answered += 1
                await asyncio.sleep(0.1)
            assert answered > 20
            assert not await client.current()
            assert (await client.ready())[0] == 503
        await client.until_current()
        assert await client.hops() == 4
        assert (await client.ask('{ person(id: "a") { name } }'))["data"]["person"]["name"] == "Name of a"


def some_graph(folder: Path) -> Path:
    """Enough to be in the midst of it for a while."""
    people = [f"p{number}" for number in range(5000)]
    pairs = ((at, (at * 7 + step * 131 + 1) % 5000) for at in range(5000) for step in range(6))
    rows = {f"{people[one]},{people[other]},0.5" for one, other in pairs if one != other}
    return make(
        folder,
        people="id,name\n" + "".join(f"{person},{person}\n" for person in people),
        trust="fromId,toId,strength\n" + "\n".join(sorted(rows)) + "\n",
    )


async def content(database: Database) -> str:
    return (await read_snapshot(database)).info.id


async def test_killed_in_a_load_which_is_then_run_again(victim: Victim, driver: AsyncDriver, tmp_path: Path) -> None:
    folder, rejects = some_graph(tmp_path / "graph"), tmp_path / "rejects.csv"
    async with connected(victim.settings, Catalog.load(CYPHER)) as database:
        await wipe(driver)
        await load_folder(folder, Neo4jGraphWriter(database), rejects=rejects)
        undisturbed = await content(database)
        await wipe(driver)

        class Midway:
            """Tells when some trust is in."""

            def __init__(self) -> None:
                self.reached = asyncio.Event()
                self.stage_name = ""

            def stage(self, name: str, total: int) -> None:
                assert total >= 0
                self.stage_name = name

            def advance(self, steps: int) -> None:
                assert steps >= 0
                if self.stage_name == f"writing {GraphTable.TRUST}":
                    self.reached.set()

        midway = Midway()
        load = asyncio.create_task(load_folder(folder, Neo4jGraphWriter(database), rejects=rejects, progress=midway))
        await midway.reached.wait()
        await victim.kill()
        with pytest.raises((Unavailable, StatementFailed)):
            await load
        await victim.start()
        (half,) = await database.fetch("snapshot_counts")
        assert 0 < half["trust"] < 30_000
        report = await load_folder(folder, Neo4jGraphWriter(database), rejects=rejects)
        assert report.exit_status == 0
        assert await content(database) == undisturbed

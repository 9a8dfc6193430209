"""The snapshot read from Neo4j, beside the plainest way to fetch the same; and its size.

./rainmaker bench snapshot --size M
"""

import asyncio
from collections.abc import Iterator
from statistics import median
from time import perf_counter

from neo4j import GraphDatabase

from bench.ground import Ground
from bench.registry import Benchmark, Figure
from service.graph.snapshot import Snapshot
from service.graph.snapshot_arrays import arrays_of
from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import connected
from service.store.snapshot_source import read_snapshot

TIMES = {"S": 3, "M": 3, "L": 1}
PEER = "a row for each relationship, only fetched"
PEER_SIZES = ("S", "M")
"""At L rows would take ten minutes and say nothing new."""
LEAST_READ = {"M": 180_000, "L": 130_000}

_ROWS = """MATCH (a:Person)-[t:TRUSTS]->(b:Person)
RETURN a.id, b.id, t.topicId, t.cost, t.since, t.lastSeen, t.channel, t.paid, t.evidenceKinds, t.evidenceCounts"""


def measure(ground: Ground) -> Iterator[Figure]:
    """Both ways on one server, each the median of TIMES."""
    times, with_peer = TIMES[ground.size], ground.size in PEER_SIZES
    with ground.neo4j() as settings:
        snapshot, read = asyncio.run(_read(settings, times))
        rows = median(_seconds_of_rows(settings) for _ in range(times)) if with_peer else None
    trust = len(snapshot.trust.to)
    size = sum(array.nbytes for _, array in arrays_of(snapshot))
    peer, rows_a_second = (PEER, trust / rows) if rows is not None else ("", None)
    yield Figure("snapshot: read from Neo4j", read, "s", peer=peer, peer_value=rows)
    yield Figure(
        "snapshot: read", trust / read, "relationships/s", None, LEAST_READ.get(ground.size), peer, rows_a_second
    )
    yield Figure("snapshot: arrays, all of them", size, "bytes")
    yield Figure("snapshot: a relationship, people and names included", size / trust, "bytes each", at_most=32)


async def _read(settings: Settings, times: int) -> tuple[Snapshot, float]:
    """The last snapshot, and the median of the seconds."""
    seconds = []
    async with connected(settings, Catalog.load(CYPHER)) as database:
        for _ in range(times):
            began = perf_counter()
            snapshot = await read_snapshot(database)
            seconds.append(perf_counter() - began)
    return snapshot, median(seconds)


def _seconds_of_rows(settings: Settings) -> float:
    auth = settings.neo4j_user, settings.neo4j_password.get_secret_value()
    with (
        GraphDatabase.driver(settings.neo4j_uri or "", auth=auth, notifications_min_severity="OFF") as driver,
        driver.session(database=settings.neo4j_database) as session,
    ):
        began = perf_counter()
        for _ in session.run(_ROWS):
            pass
        return perf_counter() - began


BENCHMARK = Benchmark("snapshot", "read from Neo4j, beside fetching rows; and its size", measure)

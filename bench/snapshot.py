"""The snapshot: read from Neo4j, kept on disk, brought up to date after 1,000 relationships changed.

./rainmaker bench snapshot --size M
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from neo4j import GraphDatabase

from bench.ground import Ground
from bench.registry import Benchmark, Figure
from service.graph.snapshot_arrays import arrays_of
from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import Database, connected
from service.store.snapshot_files import SnapshotFiles
from service.store.snapshot_keeper import SnapshotKeeper
from service.store.snapshot_marks import Held
from service.store.snapshot_refresh import read_anew, refreshed

if TYPE_CHECKING:
    from neo4j import Session

    from service.graph.snapshot import Snapshot

T = TypeVar("T")

TIMES = 3
CHANGED = 1_000
LEAST_READ = {"M": 180_000, "L": 130_000}

_ROWS = """MATCH (a:Person)-[t:TRUSTS]->(b:Person)
RETURN a.id, b.id, t.topicId, t.cost, t.since, t.lastSeen, t.channel, t.paid, t.evidenceKinds, t.evidenceCounts"""
_CHANGE = """UNWIND $rows AS row
MATCH (:Person {id: row.fromId})-[t:TRUSTS {topicId: row.topicId}]->(:Person {id: row.toId})
SET t.cost = t.cost + $more, t.updatedAt = datetime()"""


def measure(ground: Ground) -> Iterator[Figure]:
    """All of it on one server, each the median of TIMES; what is changed is changed back."""
    with ground.neo4j() as settings, tempfile.TemporaryDirectory() as scratch:
        files = SnapshotFiles(Path(scratch) / "snapshot")
        held, read = _timed(settings, _read)
        with _session(settings) as session:
            rows = median([_seconds_of_rows(session) for _ in range(TIMES)])
        files.save(held)
        _, started = _timed(settings, partial(_start, files, held.snapshot.info.id))
        changes = _some(held.snapshot)
        with _session(settings) as session:
            refresh = median(_refresh(settings, session, held, changes) for _ in range(TIMES))
    trust = len(held.snapshot.trust.to)
    size = sum(array.nbytes for _, array in arrays_of(held.snapshot))
    unit, peer = "relationships/s", "a row for each relationship, only fetched"
    yield Figure("snapshot: read from Neo4j", read, "s", peer=peer, peer_value=rows)
    yield Figure("snapshot: read", trust / read, unit, None, LEAST_READ.get(ground.size), peer, trust / rows)
    yield Figure("snapshot: arrays, all of them", size, "bytes")
    yield Figure("snapshot: a relationship, people and names included", size / trust, "bytes each", at_most=32)
    yield Figure("snapshot: start again, nothing changed", started, "s", at_most=3)
    yield Figure(f"snapshot: refresh after {CHANGED:,} changes", refresh, "s", at_most=2)


def _timed(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> tuple[T, float]:
    """The last result, and the median of the seconds."""

    async def repeated() -> tuple[T, float]:
        seconds = []
        async with connected(settings, Catalog.load(CYPHER)) as database:
            for _ in range(TIMES):
                began = perf_counter()
                result = await work(database)
                seconds.append(perf_counter() - began)
        return result, median(seconds)

    return asyncio.run(repeated())


async def _read(database: Database) -> Held:
    return await read_anew(database)


async def _start(files: SnapshotFiles, expected: str, database: Database) -> None:
    async with SnapshotKeeper(database, 60, files=files).running() as keeper:
        if keeper.latest().info.id != expected:
            raise SystemExit("The start did not take the saved snapshot.")


def _refresh(settings: Settings, session: "Session", held: Held, changes: list[dict[str, Any]]) -> float:
    """Seconds from 1,000 relationships changed to a snapshot that says so."""

    async def refreshed_once() -> tuple[Held, float]:
        async with connected(settings, Catalog.load(CYPHER)) as database:
            began = perf_counter()
            newer = await refreshed(database, held)
            return newer, perf_counter() - began

    session.run(_CHANGE, rows=changes, more=1).consume()
    newer, seconds = asyncio.run(refreshed_once())
    session.run(_CHANGE, rows=changes, more=-1).consume()
    changed = int((newer.snapshot.trust.terms["cost"] != held.snapshot.trust.terms["cost"]).sum())
    if changed != CHANGED:
        raise SystemExit(f"The refresh saw {changed} changes of {CHANGED}.")
    return seconds


def _seconds_of_rows(session: "Session") -> float:
    began = perf_counter()
    for _ in session.run(_ROWS):
        pass
    return perf_counter() - began


def _some(snapshot: "Snapshot") -> list[dict[str, Any]]:
    """CHANGED relationships anywhere."""
    trust, people, topics = snapshot.trust, list(snapshot.people.index.ids), list(snapshot.topics.index.ids)
    places = np.random.default_rng(1).choice(len(trust.to), CHANGED, replace=False)
    froms = np.searchsorted(trust.out_offsets, places, side="right") - 1
    return [
        {"fromId": people[source], "toId": people[trust.to[place]], "topicId": topics[trust.terms["topic"][place]]}
        for source, place in zip(froms, places, strict=True)
    ]


@contextmanager
def _session(settings: Settings) -> Iterator["Session"]:
    auth = settings.neo4j_user, settings.neo4j_password.get_secret_value()
    with (
        GraphDatabase.driver(settings.neo4j_uri or "", auth=auth, notifications_min_severity="OFF") as driver,
        driver.session(database=settings.neo4j_database) as session,
    ):
        yield session


BENCHMARK = Benchmark("snapshot", "reading, keeping and refreshing the snapshot", measure)

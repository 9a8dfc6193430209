"""Reads the whole graph from Neo4j into a snapshot."""

import asyncio
import logging
from types import MappingProxyType
from typing import TYPE_CHECKING

from service.domain.model import DEFAULT_HALF_LIFE_DAYS, DEFAULT_SATURATION, Brand, Dataset, Person, Role, Topic
from service.domain.vocabulary import RoleKind
from service.graph.builder import SnapshotBuilder
from service.graph.snapshot import Snapshot, day_of

if TYPE_CHECKING:
    from service.store.database import Database

ATTEMPTS = 3
"""Reads begun anew because somebody wrote meanwhile, before one that may be torn is taken (and soon replaced)."""

log = logging.getLogger(__name__)


async def read_snapshot(database: "Database") -> Snapshot:
    """A snapshot of the database as it stands.

    Reads are not isolated from writers, so the bookmark is compared before and after. The snapshot bears the
    one from before: if it is torn all the same, it counts as out of date from the start.
    """
    for _ in range(ATTEMPTS):
        bookmark = await database.bookmark()
        builder = await _read(database)
        if await database.bookmark() == bookmark:
            break
        log.info("Somebody wrote while the snapshot was read; reading again.")
    return await asyncio.to_thread(builder.build, bookmark)


async def _read(database: "Database") -> SnapshotBuilder:
    builder = SnapshotBuilder(
        await read_dataset(database),
        [Person(id_, name, opted_out=out) async for id_, name, out in database.stream("snapshot_people")],
        [Brand(id_, name) async for id_, name in database.stream("snapshot_brands")],
        [Topic(id_, name, parent) async for id_, name, parent in database.stream("snapshot_topics")],
    )
    async for columns in database.stream("snapshot_trust"):
        builder.add_trust(*columns)
        await asyncio.sleep(0)  # rows that have arrived already would keep the event loop to themselves
    async for row in database.stream("snapshot_distrust"):
        builder.add_distrust(*row)
    async for person, brand, kind, topic, strength, since, until in database.stream("snapshot_roles"):
        builder.add_role(
            Role(person, brand, RoleKind(kind), topic, strength=strength, since=day_of(since), until=day_of(until))
        )
    return builder


async def read_dataset(database: "Database") -> Dataset:
    """The data set's own word on its numbers; defaults where the database has none."""
    for row in await database.fetch("snapshot_dataset"):
        return Dataset(
            name=row["name"],
            as_of=row["asOf"].to_native() if row["asOf"] is not None else None,
            saturation=row["saturation"] or DEFAULT_SATURATION,
            half_life_days=row["halfLifeDays"] or DEFAULT_HALF_LIFE_DAYS,
            weights=MappingProxyType(dict(zip(row["weightKinds"], row["weights"], strict=True))),
        )
    return Dataset(name="")

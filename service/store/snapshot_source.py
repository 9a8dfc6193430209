"""Reads the whole graph from Neo4j into a snapshot."""

import asyncio
import logging
from collections.abc import AsyncIterator
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from service.domain.model import DEFAULT_HALF_LIFE_DAYS, DEFAULT_SATURATION, Brand, Dataset, Person, Role, Topic
from service.domain.vocabulary import RoleKind
from service.graph.builder import SnapshotBuilder
from service.graph.people import people_of
from service.graph.snapshot import Snapshot, day_of

if TYPE_CHECKING:
    from service.store.database import Database

ATTEMPTS = 3
"""Reads begun anew because somebody wrote meanwhile, before one that may be torn is taken (and soon replaced)."""

PEOPLE_A_PAGE = 500

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
        people_of(
            [Person(id_, name, opted_out=out) async for id_, name, out in _paged(database, "snapshot_people", "people")]
        ),
        [Brand(row["id"], row["name"]) for row in await database.fetch("snapshot_brands")],
        [Topic(row["id"], row["name"], row["parentId"]) for row in await database.fetch("snapshot_topics")],
    )
    async for columns in _paged(database, "snapshot_trust", "listeners"):
        builder.add_trust(*columns)
    async for from_id, to_id, topic_id, since in _paged(database, "snapshot_distrust", "distrust"):
        builder.add_distrust(from_id, to_id, topic_id, since)
    async for person, brand, kind, topic, strength, since, until in _paged(database, "snapshot_roles", "roles"):
        builder.add_role(Role(person, brand, RoleKind(kind), topic, None, strength, day_of(since), day_of(until)))
    return builder


async def _paged(database: "Database", statement: str, column: str) -> AsyncIterator[list[Any]]:
    """The items of a list column, page after page of people. Each page is one row, since the async driver's cost
    is by the row; between pages the event loop belongs to others."""
    after: str | None = ""
    while after is not None:
        (page,) = await database.fetch(statement, after=after, limit=PEOPLE_A_PAGE)
        for item in page[column]:
            yield item
        after = page["lastId"]


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

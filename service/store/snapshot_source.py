"""Reads the graph from Neo4j into a snapshot: all of it, or what leaves some people."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from service.domain.model import DEFAULT_HALF_LIFE_DAYS, DEFAULT_SATURATION, Brand, Dataset, Person, Role, Topic
from service.domain.vocabulary import RoleKind
from service.graph.builder import SnapshotBuilder
from service.graph.people import people_of
from service.graph.snapshot import Snapshot, day_of

if TYPE_CHECKING:
    from service.graph.snapshot import People
    from service.graph.trust_rows import Kept
    from service.store.database import Database

ATTEMPTS = 3
"""Reads begun anew because somebody wrote meanwhile, before one that may be torn is taken (and soon replaced)."""

PEOPLE_A_PAGE = 500

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Things:
    """What is read whole every time, being small: the data set's settings, brands and topics."""

    dataset: Dataset
    brands: list[Brand]
    topics: list[Topic]

    def builder(self, people: "People", kept: "Kept | None" = None) -> SnapshotBuilder:
        """A builder that holds these nodes and waits for relationships."""
        return SnapshotBuilder(self.dataset, people, self.brands, self.topics, kept)


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


async def read_things(database: "Database") -> Things:
    """The data set, brands and topics, in order of id."""
    brands, topics = await database.fetch("snapshot_brands"), await database.fetch("snapshot_topics")
    return Things(
        await read_dataset(database),
        sorted((Brand(row["id"], row["name"]) for row in brands), key=lambda brand: brand.id),
        sorted((Topic(row["id"], row["name"], row["parentId"]) for row in topics), key=lambda topic: topic.id),
    )


def things_of(snapshot: Snapshot) -> Things:
    """The same of a snapshot."""
    topics, brands = snapshot.topics, snapshot.brands
    ids = list(topics.index.ids)
    parents = [None if parent < 0 else ids[parent] for parent in topics.parent.tolist()]
    known = zip(ids, topics.names, parents, topics.known.tolist(), strict=True)
    return Things(
        snapshot.dataset,
        [Brand(id_, name) for id_, name in zip(brands.index.ids, brands.names, strict=True)],
        [Topic(id_, name, parent) for id_, name, parent, is_known in known if is_known],
    )


async def read_people_of(database: "Database", ids: Sequence[str]) -> list[Person]:
    """Those of these people who exist."""
    return [_person(row) async for row in _portions(database, "snapshot_people_of", "people", ids)]


async def add_relationships_of(database: "Database", builder: SnapshotBuilder, ids: Sequence[str]) -> None:
    """Add what leaves these people."""
    async for columns in _portions(database, "snapshot_trust_of", "listeners", ids):
        builder.add_trust(*columns)
    async for distrust in _portions(database, "snapshot_distrust_of", "distrust", ids):
        builder.add_distrust(*distrust)
    async for role in _portions(database, "snapshot_roles_of", "roles", ids):
        builder.add_role(_role(role))


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


async def _read(database: "Database") -> SnapshotBuilder:
    things = await read_things(database)
    builder = things.builder(people_of([_person(row) async for row in _paged(database, "snapshot_people", "people")]))
    async for columns in _paged(database, "snapshot_trust", "listeners"):
        builder.add_trust(*columns)
    async for distrust in _paged(database, "snapshot_distrust", "distrust"):
        builder.add_distrust(*distrust)
    async for role in _paged(database, "snapshot_roles", "roles"):
        builder.add_role(_role(role))
    return builder


def _person(row: Iterable[Any]) -> Person:
    id_, name, out = row
    return Person(id_, name, opted_out=out)


def _role(row: Iterable[Any]) -> Role:
    person, brand, kind, topic, strength, since, until = row
    return Role(person, brand, RoleKind(kind), topic, None, strength, day_of(since), day_of(until))


async def _paged(database: "Database", statement: str, column: str) -> AsyncIterator[list[Any]]:
    """The items of a list column, page after page of people. Each page is one row, since the async driver's cost
    is by the row; between pages the event loop belongs to others."""
    after: str | None = ""
    while after is not None:
        (page,) = await database.fetch(statement, after=after, limit=PEOPLE_A_PAGE)
        for item in page[column]:
            yield item
        after = page["lastId"]


async def _portions(database: "Database", statement: str, column: str, ids: Sequence[str]) -> AsyncIterator[list[Any]]:
    """The items of a list column, for some people at a time."""
    for begin in range(0, len(ids), PEOPLE_A_PAGE):
        (row,) = await database.fetch(statement, ids=ids[begin : begin + PEOPLE_A_PAGE])
        for item in row[column]:
            yield item

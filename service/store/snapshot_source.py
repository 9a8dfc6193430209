"""Reads the whole graph from Neo4j into a snapshot."""

import asyncio
import logging
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from service.domain.likelihood import Likelihood
from service.domain.model import DEFAULT_HALF_LIFE_DAYS, DEFAULT_SATURATION, Brand, Dataset, Topic
from service.graph.builder import SnapshotBuilder
from service.graph.snapshot import Snapshot
from service.store.snapshot_reading import add_relationships, read_people

if TYPE_CHECKING:
    from service.graph.kept import Kept
    from service.graph.snapshot import People
    from service.store.database import Database, Transaction

ATTEMPTS = 3
"""Reads begun anew because somebody wrote meanwhile, before one that may be torn is taken (and soon replaced)."""

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
    for attempts_left in reversed(range(ATTEMPTS)):
        bookmark = await database.bookmark()
        builder = await _read(database)
        if attempts_left and await database.bookmark() != bookmark:
            log.info("Somebody wrote while the snapshot was read; reading again.")
            del builder  # before the next one is filled
            continue
        break
    return await asyncio.to_thread(builder.build, bookmark)


async def read_things(database: "Database") -> Things:
    """The data set, brands and topics, in order of id."""
    (brands,), (topics,), dataset = await asyncio.gather(
        database.fetch("snapshot_brands"), database.fetch("snapshot_topics"), read_dataset(database)
    )
    parents = (parent or None for parent in topics["parentIds"])
    return Things(
        dataset,
        sorted(map(Brand, brands["ids"], brands["names"]), key=lambda brand: brand.id),
        sorted(map(Topic, topics["ids"], topics["names"], parents), key=lambda topic: topic.id),
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


async def read_dataset(database: "Database | Transaction") -> Dataset:
    """The data set's own word on its numbers; defaults where the database has none."""
    for row in await database.fetch("snapshot_dataset"):
        return Dataset(
            name=row["name"],
            as_of=row["asOf"].to_native() if row["asOf"] is not None else None,
            saturation=row["saturation"] or DEFAULT_SATURATION,
            likelihood=None
            if row["likelihoodDays"] is None
            else Likelihood(row["likelihoodDays"], tuple(row["likelihoodStrengths"]), tuple(row["likelihoodShares"])),
            half_life_days=row["halfLifeDays"] or DEFAULT_HALF_LIFE_DAYS,
            weights=MappingProxyType(dict(zip(row["weightKinds"], row["weights"], strict=True))),
            content_kinds=tuple(row["contentKinds"]),
        )
    return Dataset(name="")


async def _read(database: "Database") -> SnapshotBuilder:
    things = await read_things(database)
    people, by_node = await read_people(database)
    builder = things.builder(people)
    await add_relationships(database, builder, people.index.ids, by_node)
    return builder

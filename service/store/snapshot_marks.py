"""Where a snapshot stands in its database, so that a refresh can go on from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.graph.snapshot import Snapshot

if TYPE_CHECKING:
    from service.store.database import Database

Counts = Mapping[str, int]
"""How many `people`, `trust`, `distrust` and `roles`."""


@dataclass(frozen=True, slots=True)
class Marks:
    """`database` is the database's own id. Whatever is committed after the snapshot was read bears an `updatedAt` of
    at least `changed_until` (ISO, by Neo4j's clock), if its writer sets one. `passed_over` counts what the snapshot
    leaves out, for want of an id or a cost."""

    database: str
    changed_until: str
    passed_over: Counts


@dataclass(frozen=True, slots=True)
class Held:
    """A snapshot and where it stands."""

    snapshot: Snapshot
    marks: Marks


async def read_place(database: "Database") -> tuple[str, str]:
    """The database's id, and from when on changes are to be looked for the next time: ask before reading."""
    (identity,) = await database.fetch("snapshot_database")
    (clock,) = await database.fetch("snapshot_clock")
    return identity["id"], clock["changedUntil"]


async def read_counts(database: "Database") -> Counts:
    """What Neo4j counts."""
    (counts,) = await database.fetch("snapshot_counts")
    return dict(counts)


def counts_of(snapshot: Snapshot) -> Counts:
    """What a snapshot holds of the same."""
    return {
        "people": len(snapshot.people.index),
        "trust": len(snapshot.trust.to),
        "distrust": len(snapshot.distrust.to),
        "roles": len(snapshot.roles.person),
    }


async def differing(database: "Database", snapshot: Snapshot, marks: Marks) -> set[str]:
    """What Neo4j counts otherwise than the snapshot does, what it passed over included."""
    return {kind for kind, more in (await _more(database, snapshot, marks)).items() if more}


async def fewer(database: "Database", held: Held) -> set[str]:
    """What there is less of than was held, so that some of it is gone for certain."""
    return {kind for kind, more in (await _more(database, held.snapshot, held.marks)).items() if more < 0}


async def _more(database: "Database", snapshot: Snapshot, marks: Marks) -> Counts:
    held, counted = counts_of(snapshot), await read_counts(database)
    return {kind: count - held[kind] - marks.passed_over[kind] for kind, count in counted.items()}

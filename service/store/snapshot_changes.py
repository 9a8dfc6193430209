"""Finds the people whose part of a snapshot is out of date.

By date: their node, or a relationship leaving them, has an `updatedAt` after the snapshot's mark. By number: Neo4j
counts other relationships for them than the snapshot has, since what is deleted leaves no date. What shows in neither
way, an edit without `updatedAt` that leaves every number as it was, waits for the next full comparison.
"""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from service.graph.snapshot import Snapshot
    from service.graph.texts import Offsets
    from service.store.database import Database

PEOPLE_A_RANGE = 50_000
RANGES_AT_ONCE = 2

_BEHIND_ALL = chr(0x10FFFF) * 201
"""No id has more than 200 characters."""


async def changed_by_date(database: "Database", since: str, most: int) -> set[str]:
    """Who changed since a moment; more than `most` if there are more, though perhaps not all of them."""
    (row,) = await database.fetch("snapshot_changed", since=since, limit=most + 1)
    return set(filter(None, row["ids"]))


async def changed_by_number(database: "Database", snapshot: "Snapshot", kinds: set[str]) -> set[str]:
    """Who came or went, or has another number of relationships of the kinds that are counted otherwise."""
    changed: set[str] = set()
    if "people" in kinds or "trust" in kinds:
        turns = asyncio.Semaphore(RANGES_AT_ONCE)

        async def of_range(first: int, last: int) -> set[str]:
            async with turns:
                return await _changed_in_range(database, snapshot, first, last)

        for found in await asyncio.gather(*(of_range(*span) for span in _ranges(len(snapshot.people.index)))):
            changed |= found
    if "distrust" in kinds:
        changed |= await _counted_otherwise(database, "snapshot_distrusters", snapshot, snapshot.distrust.offsets)
    if "roles" in kinds:
        offsets, _ = snapshot.roles_by_person
        changed |= await _counted_otherwise(database, "snapshot_role_holders", snapshot, offsets)
    return changed


def _ranges(people: int) -> Iterator[tuple[int, int]]:
    for first in range(0, max(people, 1), PEOPLE_A_RANGE):
        yield first, min(first + PEOPLE_A_RANGE, people)


async def _changed_in_range(database: "Database", snapshot: "Snapshot", first: int, last: int) -> set[str]:
    """Who among these people, and those between them, came, went, or trusts more or fewer than before."""
    ids = snapshot.people.index.ids
    after = ids[first - 1] if first else ""
    until = ids[last - 1] if last < len(ids) else _BEHIND_ALL
    (row,) = await database.fetch("snapshot_degrees", after=after, last=until)
    counted, held = np.array(row["trust"], dtype=np.int64), np.diff(snapshot.trust.out_offsets[first : last + 1])
    if len(counted) == len(held):
        return {ids[first + place] for place in np.flatnonzero(counted != held).tolist()}
    (row,) = await database.fetch("snapshot_ids", after=after, last=until)
    there = dict(zip(row["ids"], counted.tolist(), strict=False))
    here = dict(zip(ids[first:last], held.tolist(), strict=True))
    return {id_ for id_ in there.keys() | here.keys() if there.get(id_) != here.get(id_)}


async def _counted_otherwise(
    database: "Database", statement: str, snapshot: "Snapshot", offsets: "Offsets"
) -> set[str]:
    """Who has another number of rows than these offsets give."""
    (row,) = await database.fetch(statement)
    counted = dict(zip(row["ids"], row["counts"], strict=True))
    ids, numbers = snapshot.people.index.ids, np.diff(offsets)
    held = {ids[place]: int(numbers[place]) for place in np.flatnonzero(numbers).tolist()}
    return {id_ for id_ in counted.keys() | held.keys() if id_ and counted.get(id_) != held.get(id_)}

"""Brings a snapshot up to date by reading again only the people whose part of it is out of date."""

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from service.graph.kept import Kept
from service.graph.people import changed_people
from service.store.snapshot_changes import changed_by_date, changed_by_number
from service.store.snapshot_marks import Held, Marks, counts_of, differing, fewer, read_counts, read_place
from service.store.snapshot_reading import add_relationships_of, read_people_of
from service.store.snapshot_source import read_snapshot, read_things, things_of

if TYPE_CHECKING:
    from service.graph.snapshot import Snapshot
    from service.store.database import Database
    from service.store.snapshot_source import Things

MOST_PEOPLE = 20_000
"""Changed people up to whom reading them again pays; beyond, everything is read."""

log = logging.getLogger(__name__)


class NeedsFullRead(Exception):
    """Only reading everything will do; the message says why."""


async def read_anew(database: "Database") -> Held:
    """The database as it stands, all of it read."""
    identity, changed_until = await read_place(database)
    snapshot = await read_snapshot(database)
    held, counted = counts_of(snapshot), await read_counts(database)
    passed_over = {kind: counted[kind] - held[kind] for kind in held}
    return Held(snapshot, Marks(identity, changed_until, passed_over))


async def refreshed(database: "Database", held: Held) -> Held:
    """The database as it stands, made from what is held. Raises NeedsFullRead."""
    bookmark = await database.bookmark()
    identity, changed_until = await read_place(database)
    if identity != held.marks.database:
        raise NeedsFullRead("it is of another database")
    marks = replace(held.marks, changed_until=changed_until)
    # What went left no date. To look for it takes longest, so that begins at once where something is gone for certain.
    gone = await fewer(database, held)
    dated, counted_otherwise, things = await asyncio.gather(
        changed_by_date(database, held.marks.changed_until, MOST_PEOPLE),
        changed_by_number(database, held.snapshot, gone),
        read_things(database),
    )
    changed = _bounded(dated | counted_otherwise)
    snapshot = await _reread(database, held.snapshot, things, changed, bookmark)
    # What is counted otherwise is looked for; then everything is, since whoever came may have hidden who went.
    for others in (set(), set(marks.passed_over)):
        kinds = await differing(database, snapshot, marks)
        # While somebody writes, counts run ahead. The bookmark says then that this snapshot is behind, and the next
        # refresh, which it brings about, will count again.
        if not kinds or await database.bookmark() != bookmark:
            return Held(snapshot, marks)
        changed = _bounded(await changed_by_number(database, snapshot, kinds | others))
        snapshot = await _reread(database, snapshot, things, changed, bookmark)
    if await differing(database, snapshot, marks) and await database.bookmark() == bookmark:
        raise NeedsFullRead("Neo4j counts otherwise, and nobody's own numbers explain it")
    return Held(snapshot, marks)


def _bounded(changed: set[str]) -> set[str]:
    if len(changed) > MOST_PEOPLE:
        raise NeedsFullRead(f"more than {MOST_PEOPLE:,} people changed")
    return changed


async def _reread(
    database: "Database", former: "Snapshot", things: "Things", changed: set[str], bookmark: str
) -> "Snapshot":
    """The former snapshot with everything that leaves these people as it is now, and with these things."""
    unchanged = replace(former, info=replace(former.info, bookmark=bookmark))
    if not changed and things == things_of(former):
        return unchanged
    persons = {person.id: person for person in await read_people_of(database, sorted(changed))}
    people, moved = changed_people(former.people, persons, changed - persons.keys())
    builder = things.builder(people, Kept.of(former, people, moved, persons))
    await add_relationships_of(database, builder, sorted(persons))
    snapshot = await asyncio.to_thread(builder.build, bookmark)
    return unchanged if snapshot.info.id == former.info.id else snapshot

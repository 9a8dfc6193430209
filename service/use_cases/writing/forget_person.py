"""Forget a person: in the graph, in memory, on disk, and in loads to come."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from service.domain.errors import Forbidden, InvalidInput, Unavailable
from service.domain.writing import AuditEntry, RowOutcome, RowStatus, WriteOutcome
from service.ingest.cells import MAX_ID
from service.ingest.rejects import blank_rejects

if TYPE_CHECKING:
    from pathlib import Path

    from service.domain.caller import Caller
    from service.domain.forgetting import Marks
    from service.ports.writing import AuditTrail, ForgettingGraph, SnapshotWaiting

SNAPSHOT_SECONDS = 120


class ForgetPerson:
    """`forgetPerson`: nothing of somebody remains but a mark, by which loads and calls know not to take them again.

    May be repeated, and does it all again: should something be out of reach the call fails, and what it did until then
    is done. `rejects` is the file of rows that loads rejected. Without `graph` and `marks`, which need a key, nobody
    can be forgotten.
    """

    def __init__(
        self,
        graph: "ForgettingGraph | None",
        marks: "Marks | None",
        snapshots: "SnapshotWaiting",
        audit: "AuditTrail",
        rejects: "Path | None",
    ) -> None:
        self._graph = graph
        self._marks = marks
        self._snapshots = snapshots
        self._audit = audit
        self._rejects = rejects
        self._under_way: set[asyncio.Task[WriteOutcome]] = set()

    async def __call__(self, caller: "Caller", person_id: str) -> WriteOutcome:
        """REMOVED, or UNCHANGED where the graph had nobody of this id: a mark is kept in either case.

        Raises Forbidden for whoever is no ADMIN, Unavailable where something is out of reach or there is no key.
        """
        if not caller.role.may_administer:
            raise Forbidden("forgetPerson is for callers with the role ADMIN.")
        if not 0 < len(person_id) <= MAX_ID:
            raise InvalidInput("personId", f"an id has 1 to {MAX_ID} characters.")
        running = asyncio.create_task(self._told(caller, person_id))
        self._under_way.add(running)
        running.add_done_callback(self._under_way.discard)
        return await asyncio.shield(running)

    async def _told(self, caller: "Caller", person_id: str) -> WriteOutcome:
        if self._graph is None or self._marks is None:
            raise Unavailable("Nobody can be forgotten without a key for the marks: set RAINMAKER_FORGET_KEY.")
        people = [self._marks.of(person_id)]
        entry = AuditEntry(
            token_hex(8), datetime.now(UTC), caller.name, caller.role.value, "forgetPerson", {"REMOVED": 1}, people
        )
        await self._audit.append(entry)
        try:
            return await self._forget(self._graph, person_id)
        except Exception:
            await self._audit.append(replace(entry, undone=True))
            raise

    async def _forget(self, graph: "ForgettingGraph", person_id: str) -> WriteOutcome:
        names, bookmark = await graph.forget(person_id)
        if self._rejects is not None:
            await asyncio.to_thread(blank_rejects, self._rejects, {person_id, *names})
        try:
            async with asyncio.timeout(SNAPSHOT_SECONDS):
                await self._snapshots.without(person_id)
        except TimeoutError as error:
            raise Unavailable("The graph has forgotten them, the snapshot not yet: call again to be sure.") from error
        status = RowStatus.REMOVED if names else RowStatus.UNCHANGED
        return WriteOutcome((RowOutcome(0, status),), bookmark)

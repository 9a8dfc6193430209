"""Keeps the newest snapshot: notices that anybody wrote, brings it up to date in the background, swaps it in."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from tenacity import AsyncRetrying, before_sleep_log, retry_if_exception_type, stop_after_delay, wait_random_exponential

from service.domain.errors import RainmakerError, Unavailable
from service.store.giving_way import GivingWay
from service.store.snapshot_refresh import NeedsFullRead, read_anew, refreshed
from service.telemetry.metrics import REFRESHES, REFRESHES_FAILED

if TYPE_CHECKING:
    from service.domain.snapshots import SnapshotInfo
    from service.graph.snapshot import Snapshot
    from service.store.database import Database
    from service.store.snapshot_marks import Held
    from service.store.snapshot_saver import SnapshotSaver

PATIENCE_SECONDS = 60
"""How long a read is tried again before it counts as failed."""

COMPARISON_SHARE = 0.1
"""Of the time, at most, goes into reading everything for comparison."""

SETTLING_SECONDS = 60
"""After a start from disk, before everything is read for comparison."""

T = TypeVar("T")

log = logging.getLogger(__name__)


class SnapshotKeeper:
    """Fills the port `SnapshotProvider`. Replacing the snapshot is one assignment, so readers need no lock.

    The bookmark is compared every `refresh_seconds`, and what changed is read. What a refresh cannot see is found by
    reading everything in the background, as soon after the last time as COMPARISON_SHARE allows and at latest after
    `comparison_seconds`, if anybody wrote since. The `saver` keeps the snapshot for the next start.
    """

    def __init__(
        self,
        database: "Database",
        refresh_seconds: float,
        *,
        comparison_seconds: float = 900,
        saver: "SnapshotSaver | None" = None,
    ) -> None:
        self._database = database
        self._refresh_seconds = refresh_seconds
        self._comparison_seconds = comparison_seconds
        self._saver = saver
        self._held: Held | None = None
        self.current_at = monotonic()
        """When the snapshot was last found to hold all there is, on the monotonic clock."""
        self._replacing = asyncio.Lock()  # else what was read for longer could take the place of something newer
        self._giving_way = GivingWay()
        self._listeners: list[Callable[[], None]] = []
        self._reading: asyncio.Task[None] | None = None
        self._beyond_refreshing = False
        self._compared_bookmark = ""
        self._next_comparison = 0.0
        self._seen_until = 0.0  # what was committed before this moment is in the snapshot
        self._hurry = asyncio.Event()
        self._looked = asyncio.Event()

    def latest(self) -> "Snapshot":
        if self._held is None:
            raise Unavailable("No snapshot of the graph has been built yet; try again in a moment.")
        return self._held.snapshot

    async def is_current(self, snapshot: "Snapshot") -> bool:
        try:
            return await self._database.bookmark() == snapshot.info.bookmark
        except Unavailable:
            return False

    async def containing(self, bookmark: str) -> None:
        """Wait until the snapshot has everything up to a bookmark; have it looked for at once. Waits as long as Neo4j
        is out of reach: whoever calls sets a limit. ForeignBookmark where it is none of this database's."""
        reached = await self._database.bookmark(after=bookmark)
        asked = monotonic()
        while self._seen_until < asked and self.latest().info.bookmark != reached:
            self._hurry.set()
            await self._looked.wait()

    async def without(self, person_id: str) -> None:
        """Wait until the snapshot has nobody of this id, then have it saved, so that the disk has not either."""
        while person_id in self.latest().people.index:
            self._hurry.set()
            await self._looked.wait()
        if self._saver is not None:
            await self._saver.save()

    def on_change(self, listener: Callable[[], None]) -> None:
        """Have a function called, on the event loop, whenever a snapshot with other content is in place."""
        self._listeners.append(listener)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["SnapshotKeeper"]:
        """Have a snapshot (patiently: Neo4j may still be starting), then keep it fresh and saved meanwhile."""
        await self._begin()
        tasks = [asyncio.create_task(self._watch(), name="snapshot watcher")]
        if self._saver is not None:
            tasks.append(asyncio.create_task(self._saver.save_for_ever(), name="snapshot saver"))
        try:
            yield self
        finally:
            tasks += [self._reading] if self._reading is not None else []
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            if self._saver is not None:
                await self._saver.save()

    async def _begin(self) -> None:
        """The saved snapshot brought up to date, or everything read."""
        if self._saver is not None:
            self._held = await self._saver.load()
        if self._held is not None:
            log.info("Snapshot %s comes from disk.", self._held.snapshot.info.id)
            self._compared_bookmark = self._held.snapshot.info.bookmark
            self._next_comparison = monotonic() + SETTLING_SECONDS
            await _patiently(self._refresh_alone)
        if self._held is None or self._beyond_refreshing:
            await _patiently(self._read_everything)

    async def _watch(self) -> None:
        """Compare bookmarks for ever. While that fails, the snapshot in place answers on."""
        rest = 0.0
        while True:
            await self._pause(rest)
            began = monotonic()
            try:
                changed = await _patiently(self._refresh_alone)
            except RainmakerError:
                REFRESHES_FAILED.inc()
                log.exception("The snapshot could not be refreshed; the one in place answers on.")
                continue
            if self._beyond_refreshing or self._comparison_is_due():
                self._read_everything_meanwhile()
            # Under a stream of writes, leave the machine half as much time as refreshing takes.
            rest = (monotonic() - began) / 2 if changed else 0.0

    async def _pause(self, rest: float) -> None:
        """Until the next look is due, or somebody cannot wait for it; at least `rest` seconds."""
        await asyncio.sleep(rest)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, self._refresh_seconds - rest)):
                await self._hurry.wait()
        self._hurry.clear()

    def _has_seen(self, until: float) -> None:
        """Everything that was committed before a moment is in the snapshot in place: tell those who wait for it."""
        self._seen_until = until
        looked, self._looked = self._looked, asyncio.Event()
        looked.set()

    async def _refresh_alone(self) -> bool:
        async with self._replacing:
            return await self._refresh()

    async def _refresh(self) -> bool:
        """Bring the snapshot up to date if anybody wrote; True if so."""
        held, began = self._held, monotonic()
        if held is None or self._beyond_refreshing:
            return False
        if await self._database.bookmark() == held.snapshot.info.bookmark:
            self.current_at = monotonic()
            self._has_seen(began)
            return False
        try:
            with self._giving_way.urgent():
                self._put(await refreshed(self._database, held), began, "changes")
            self._has_seen(began)
        except NeedsFullRead as reason:
            log.info("The snapshot must be read anew: %s.", reason)
            self._beyond_refreshing = True
        return True

    def _comparison_is_due(self) -> bool:
        return monotonic() >= self._next_comparison and self.latest().info.bookmark != self._compared_bookmark

    def _read_everything_meanwhile(self) -> None:
        """In the background; the snapshot in place answers on, and is refreshed as far as that goes."""
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read_everything_or_say_why_not(), name="snapshot reader")

    async def _read_everything_or_say_why_not(self) -> None:
        try:
            await _patiently(self._read_everything)
        except RainmakerError:
            REFRESHES_FAILED.inc()
            log.exception("The graph could not be read; the snapshot in place answers on.")

    async def _read_everything(self) -> None:
        # no name is kept for the snapshot in place: refreshes replace it meanwhile, and it would outlive them
        began, comparing = monotonic(), self._held is not None and not self._beyond_refreshing
        held = await read_anew(self._database.behind(self._giving_way))
        took = monotonic() - began
        self._next_comparison = monotonic() + min(took / COMPARISON_SHARE, self._comparison_seconds)
        self._compared_bookmark = held.snapshot.info.bookmark
        async with self._replacing:
            held, seen_until = await self._caught_up(held, began)
            if seen_until < self._seen_until:
                log.info("So much was written meanwhile that the snapshot in place is newer than what was read.")
                return
            if comparing and not self._beyond_refreshing:
                _tell_what_refreshes_missed(self.latest().info, held.snapshot.info)
            self._beyond_refreshing = False
            self._put(held, began, "everything")
            self._has_seen(seen_until)

    async def _caught_up(self, held: "Held", began: float) -> tuple["Held", float]:
        """With what was written while it was being read, as far as a refresh can tell; and until when that is."""
        now = monotonic()
        try:
            return await refreshed(self._database, held), now
        except NeedsFullRead:
            return held, began

    def _put(self, held: "Held", began: float, read: str) -> None:
        """Have it answer from now on; `read` says what was read for it."""
        former, self._held, self.current_at = self._held, held, monotonic()
        REFRESHES.labels(read).observe(self.current_at - began)
        if self._saver is not None:
            self._saver.keep(held)
        if former is not None and former.snapshot.info.id == held.snapshot.info.id:
            return
        info = held.snapshot.info
        log.info(
            "Snapshot %s: %d people, %d relationships, in %.2f s.",
            info.id,
            info.people,
            info.relationships,
            self.current_at - began,
        )
        if former is not None:
            for listener in self._listeners:
                listener()


def _tell_what_refreshes_missed(refreshed: "SnapshotInfo", read: "SnapshotInfo") -> None:
    if refreshed.bookmark == read.bookmark and refreshed.id != read.id:
        log.warning("Somebody changed the graph without setting updatedAt: found only by reading everything.")


async def _patiently(read: Callable[[], Awaitable[T]]) -> T:
    """Try again while Neo4j is out of reach: it may be starting, or on its way back."""
    retrying = AsyncRetrying(
        retry=retry_if_exception_type(Unavailable),
        wait=wait_random_exponential(multiplier=0.5, max=5),
        stop=stop_after_delay(PATIENCE_SECONDS),
        before_sleep=before_sleep_log(log, logging.WARNING),
        reraise=True,
    )
    return await retrying(read)

"""Keeps the newest snapshot: notices that anybody wrote, reads anew in the background, swaps it in."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from tenacity import AsyncRetrying, before_sleep_log, retry_if_exception_type, stop_after_delay, wait_random_exponential

from service.domain.errors import RainmakerError, Unavailable
from service.store.snapshot_source import read_snapshot

if TYPE_CHECKING:
    from service.graph.snapshot import Snapshot
    from service.store.database import Database

PATIENCE_SECONDS = 60
"""How long a read is tried again before it counts as failed."""

T = TypeVar("T")

log = logging.getLogger(__name__)


class SnapshotKeeper:
    """Fills the port `SnapshotProvider`. Replacing the snapshot is one assignment, so readers need no lock."""

    def __init__(self, database: "Database", refresh_seconds: float) -> None:
        self._database = database
        self._refresh_seconds = refresh_seconds
        self._latest: Snapshot | None = None
        self._listeners: list[Callable[[], None]] = []

    def latest(self) -> "Snapshot":
        if self._latest is None:
            raise Unavailable("No snapshot of the graph has been built yet; try again in a moment.")
        return self._latest

    async def is_current(self, snapshot: "Snapshot") -> bool:
        try:
            return await self._database.bookmark() == snapshot.info.bookmark
        except Unavailable:
            return False

    def on_change(self, listener: Callable[[], None]) -> None:
        """Have a function called, on the event loop, whenever a snapshot with other content is in place."""
        self._listeners.append(listener)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["SnapshotKeeper"]:
        """Build the first snapshot (patiently: Neo4j may still be starting), then keep it fresh meanwhile."""
        await _patiently(self._rebuild)
        watcher = asyncio.create_task(self._watch(), name="snapshot watcher")
        try:
            yield self
        finally:
            watcher.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watcher

    async def _watch(self) -> None:
        """Compare bookmarks for ever. While that fails, the snapshot in place answers on."""
        pause = self._refresh_seconds
        while True:
            await asyncio.sleep(pause)
            began = monotonic()
            try:
                changed = await _patiently(self._refresh)
            except RainmakerError:
                log.exception("The snapshot could not be refreshed; the one in place answers on.")
                continue
            # Under a stream of writes, leave the machine as much time as refreshing takes.
            pause = max(self._refresh_seconds, monotonic() - began) if changed else self._refresh_seconds

    async def _refresh(self) -> bool:
        """Read anew if anybody wrote; True if so."""
        if await self._database.bookmark() == self.latest().info.bookmark:
            return False
        await self._rebuild()
        return True

    async def _rebuild(self) -> None:
        began = monotonic()
        snapshot = await read_snapshot(self._database)
        former, self._latest = self._latest, snapshot
        log.info(
            "Snapshot %s: %d people, %d relationships, read in %.1f s.",
            snapshot.info.id,
            snapshot.info.people,
            snapshot.info.relationships,
            monotonic() - began,
        )
        if former is not None and former.info.id != snapshot.info.id:
            for listener in self._listeners:
                listener()


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

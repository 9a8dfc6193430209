"""Saves the newest snapshot for the next start, when that is in nobody's way."""

import asyncio
import logging
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.domain.snapshots import SnapshotInfo
    from service.store.snapshot_files import SnapshotFiles
    from service.store.snapshot_marks import Held

CALM_SECONDS = 10
"""How long a snapshot has stood when it is saved: to write it while the next one is on its way would hold that up."""

SAVE_SECONDS = 300
"""How long at most a snapshot that keeps changing is not saved."""

log = logging.getLogger(__name__)


class SnapshotSaver:
    """Told of each snapshot that is put in place (`keep`), it saves the last one it was told of."""

    def __init__(self, files: "SnapshotFiles") -> None:
        self._files = files
        self._held: Held | None = None
        self._held_since = 0.0
        self._saved: SnapshotInfo | None = None
        self._saved_at = 0.0
        self._saving = asyncio.Lock()  # else an older snapshot, saved for longer, could take the newer one's place

    async def load(self) -> "Held | None":
        """What was saved last; None where there is nothing, or nothing whole."""
        held = await asyncio.to_thread(self._files.load)
        if held is not None:
            self._saved = held.snapshot.info
        return held

    def keep(self, held: "Held") -> None:
        """This one is in place from now on."""
        self._held, self._held_since = held, monotonic()

    async def save_for_ever(self) -> None:
        """Save whenever the snapshot has stood still, or has not been saved for long."""
        while True:
            await asyncio.sleep(1)
            now = monotonic()
            if now - self._held_since >= CALM_SECONDS or now - self._saved_at >= SAVE_SECONDS:
                await self.save()

    async def save(self) -> None:
        """Save the snapshot in place now, unless it is saved; a disk that does not take it is only told of."""
        async with self._saving:
            held = self._held
            if held is None or held.snapshot.info is self._saved:
                return
            try:
                await asyncio.to_thread(self._files.save, held)
            except OSError as error:
                log.warning("The snapshot could not be saved for the next start: %s.", error)
            # Not tried again before it changes: a full disk does not empty by writing to it.
            self._saved, self._saved_at = held.snapshot.info, monotonic()

"""Keeps what is stored of answers, communities and standing, in step with the graph, in the background."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from service.domain.errors import RainmakerError

if TYPE_CHECKING:
    from service.ports.communities import KeepingProgress
    from service.use_cases.find_communities import FindCommunities
    from service.use_cases.keep_standing import KeepStanding

LONGEST_REST_SECONDS = 60.0

LONGEST_UNREST_SECONDS = 300.0
"""How long at most a graph that never stands still is not followed."""

LOOK_SECONDS = 60.0
"""How often to look whether activity changed, which is in no snapshot, so that nobody tells."""

log = logging.getLogger(__name__)


class KeepStored:
    """Computes and stores what is due, one round at a time: at the start, and when the graph has stood still for
    `calm_seconds` after `graph_changed` was called. Rounds take processors and Neo4j's time from refreshes, and one
    begun between two changes is soon out of date."""

    def __init__(
        self,
        find_communities: "FindCommunities",
        keep_standing: "KeepStanding",
        progress: "KeepingProgress | None" = None,
        *,
        calm_seconds: float = 0.0,
    ) -> None:
        """`progress` is shown the first round of communities, the later ones being nobody's to watch."""
        self._find_communities = find_communities
        self._keep_standing = keep_standing
        self._progress = progress
        self._calm_seconds = calm_seconds
        self._due = asyncio.Event()

    def graph_changed(self) -> None:
        """Another round is due; a round under way ends early by itself."""
        self._due.set()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep them for the time of a block."""
        keeper = asyncio.create_task(self._run(), name="keeper of what is stored")
        try:
            yield
        finally:
            keeper.cancel()
            await asyncio.wait([keeper])

    async def _run(self) -> None:
        changed = True
        while True:
            began = time.monotonic()
            try:
                if changed:
                    await self._find_communities.keep_stored(self._progress)
                await self._keep_standing()
            except RainmakerError:
                log.exception("What is stored is not up to date; the next change of the graph tries again.")
            self._progress = None
            # Half the time at most, however often the graph changes: others need the processors, too.
            await asyncio.sleep(min(time.monotonic() - began, LONGEST_REST_SECONDS))
            changed = await self._graph_changes_within(LOOK_SECONDS)
            if changed:
                await self._calm()

    async def _calm(self) -> None:
        """Until nothing has changed for a while."""
        longest = time.monotonic() + LONGEST_UNREST_SECONDS
        while await self._graph_changes_within(min(self._calm_seconds, longest - time.monotonic())):
            pass

    async def _graph_changes_within(self, seconds: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):  # `wait_for` of Python 3.11 may miss that it is cancelled
                await self._due.wait()
        changed = self._due.is_set()
        self._due.clear()
        return changed

"""Keeps the stored communities in step with the graph, in the background."""

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

LONGEST_REST_SECONDS = 60.0

log = logging.getLogger(__name__)


class KeepCommunities:
    """Computes and stores what is due at the start and whenever `graph_changed` is called, one round at a time."""

    def __init__(
        self,
        find_communities: "FindCommunities",
        progress: "KeepingProgress | None" = None,
    ) -> None:
        """`progress` is shown the first round, the later ones being nobody's to watch."""
        self._find_communities = find_communities
        self._progress = progress
        self._due = asyncio.Event()
        self._due.set()

    def graph_changed(self) -> None:
        """Another round is due; a round under way ends early by itself."""
        self._due.set()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep them for the time of a block."""
        keeper = asyncio.create_task(self._run(), name="community keeper")
        try:
            yield
        finally:
            keeper.cancel()
            await asyncio.wait([keeper])

    async def _run(self) -> None:
        while True:
            await self._due.wait()
            self._due.clear()
            began = time.monotonic()
            try:
                await self._find_communities.keep_stored(self._progress)
            except RainmakerError:
                log.exception("Stored communities are not up to date; the next change of the graph tries again.")
            self._progress = None
            # Half the time at most, however often the graph changes: others need the processors, too.
            await asyncio.sleep(min(time.monotonic() - began, LONGEST_REST_SECONDS))

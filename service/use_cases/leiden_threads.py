"""Runs Leiden beside everything else: its kernels hold no lock, so threads are enough to use every processor."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import TracebackType
from typing import Self

import numpy as np

from service.domain.errors import Unavailable
from service.graph.communities.leiden import Interrupted, Membership, Outcome, StopFlag, leiden
from service.graph.communities.projection import Projection
from service.telemetry.parts import in_kernel

_NICENESS = 10
"""On Linux, how far these threads stand back behind those that answer path questions."""


class LeidenThreads:
    """As many threads as there are processors, started when first needed; `close` ends what they are at."""

    def __init__(self, count: int | None = None) -> None:
        self._count = count or os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(self._count, thread_name_prefix="communities", initializer=_stand_back)
        self._running: list[StopFlag] = []

    async def leiden(self, projection: Projection, resolution: float) -> Membership:
        """See `graph.communities.leiden`. Cancelled, it stops soon; Unavailable if it was closed meanwhile."""
        stop = np.zeros(1, dtype=np.uint8)
        self._running.append(stop)
        arrays = len(projection.people), projection.low, projection.high, projection.weight
        search = partial(leiden, *arrays, resolution, stop=stop, side_by_side=self._side_by_side)
        try:
            return await asyncio.to_thread(in_kernel("communities", search))
        except Interrupted as error:
            raise Unavailable("The search for communities was interrupted.") from error
        finally:
            stop[0] = 1
            self._running = [flag for flag in self._running if flag is not stop]

    def close(self) -> None:
        """End the searches under way, and wait for that."""
        for flag in self._running:
            flag[0] = 1
        self._threads.shutdown(wait=True)

    def _side_by_side(self, job: Callable[[Outcome], Outcome], begun: Iterable[Outcome]) -> Iterable[Outcome]:
        try:
            return self._threads.map(job, begun)
        except RuntimeError as error:
            raise Interrupted from error  # closed between two rounds of runs

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _stand_back() -> None:
    if sys.platform == "linux":
        # Linux knows threads as processes of their own: only this one steps back.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)

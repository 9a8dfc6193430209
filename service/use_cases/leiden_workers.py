"""Runs Leiden in processes of its own: igraph keeps the interpreter's lock, and the event loop must not wait for it."""

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

import numpy as np

from service.domain.errors import Unavailable
from service.graph.leiden import Membership, leiden
from service.graph.projection import Projection

log = logging.getLogger(__name__)


class LeidenWorkers:
    """A few processes, started when first needed and kept until `close`. They end with this process in any case."""

    def __init__(self, count: int = 2) -> None:
        self._count = max(1, min(count, os.cpu_count() or 1))
        self._context = multiprocessing.get_context("spawn")
        # Nothing is ever sent: the workers end themselves when the pipe closes, be it that this process is gone.
        self._leash, self._collar = self._context.Pipe()
        self._pool = self._fresh()
        self._closed = False

    @property
    def count(self) -> int:
        return self._count

    async def leiden(self, projection: Projection, resolution: float) -> Membership:
        """See `service.graph.leiden.leiden`. Unavailable if the worker died, for want of memory perhaps."""
        arrays = len(projection.people), projection.low, projection.high, projection.weight
        pool = self._pool
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, leiden, *arrays, resolution)
        except BrokenExecutor as error:
            if pool is self._pool and not self._closed:
                log.warning("A process that searches communities died; starting others.")
                self._pool = self._fresh()
                pool.shutdown(wait=False, cancel_futures=True)
            raise Unavailable("The search for communities was interrupted.") from error

    async def warm(self) -> None:
        """Start the processes, so that the first question need not wait for them."""
        nothing = np.zeros(0, dtype=np.int32)
        loop, weights = asyncio.get_running_loop(), np.zeros(0)
        jobs = (loop.run_in_executor(self._pool, leiden, 0, nothing, nothing, weights, 1.0) for _ in range(self._count))
        await asyncio.gather(*jobs)

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        self._closed = True
        self._leash.close()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._collar.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _fresh(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._count, mp_context=self._context, initializer=_begin, initargs=(self._collar,))


def _begin(collar: Connection) -> None:
    """In a worker: leave Ctrl-C to the parent, and end when the parent lets go."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(collar,), daemon=True).start()


def _end_with(collar: Connection) -> None:
    collar.poll(None)
    os._exit(0)

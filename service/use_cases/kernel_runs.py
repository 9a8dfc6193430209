"""Kernels off the event loop: behind a gate, stopped when their time is up or nobody waits any more."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import TypeVar

import numpy as np

from service.domain.errors import TooComplex
from service.graph.limits import StopFlag
from service.telemetry.parts import in_kernel

DEADLINE_SECONDS = 30.0

T = TypeVar("T")

_OPEN = nullcontext()


class KernelRuns:
    """`executor` runs the kernels, which release the interpreter's lock."""

    def __init__(
        self,
        executor: Executor,
        gate: AbstractAsyncContextManager[None] = _OPEN,
        deadline_seconds: float = DEADLINE_SECONDS,
    ) -> None:
        self._executor = executor
        self._gate = gate
        self._deadline_seconds = deadline_seconds

    async def __call__(self, work: Callable[[StopFlag], T]) -> T:
        """What `work` returns, which must end soon once `stop[0]` is raised.

        Overloaded where the gate is full, TooComplex where the time is up, waiting included.
        """
        stop: StopFlag = np.zeros(1, dtype=np.uint8)
        loop = asyncio.get_running_loop()
        deadline = loop.call_later(self._deadline_seconds, stop.fill, 1)
        try:
            async with self._gate:
                result = await loop.run_in_executor(self._executor, in_kernel("influence", work), stop)
            if stop[0]:
                raise TooComplex(f"This took more than {self._deadline_seconds:g} s; ask for less.")
            return result
        finally:
            deadline.cancel()
            stop.fill(1)

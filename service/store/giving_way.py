"""Lets work in the background stand aside while something urgent is under way."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType


class GivingWay:
    """An async context for each step of the work in the background: it is entered when nothing is `urgent`."""

    def __init__(self) -> None:
        self._free = asyncio.Event()
        self._free.set()

    @contextmanager
    def urgent(self) -> Iterator[None]:
        """One at a time: no step is begun until the block ends."""
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    async def __aenter__(self) -> None:
        await self._free.wait()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """A step may go on when something urgent begins."""

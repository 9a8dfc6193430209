"""Tells whoever listens that another snapshot is in place."""

import asyncio
from collections.abc import AsyncIterator


class SnapshotChanges:
    """`changed` is called at each change, on the event loop."""

    def __init__(self) -> None:
        self._version = 0
        self._next = asyncio.Event()

    def changed(self) -> None:
        """There is another snapshot."""
        self._version += 1
        passed, self._next = self._next, asyncio.Event()
        passed.set()

    async def each(self) -> AsyncIterator[None]:
        """Once at once, then after every change; of several in the time of one answer the last counts."""
        while True:
            seen = self._version
            yield
            while seen == self._version:
                await self._next.wait()

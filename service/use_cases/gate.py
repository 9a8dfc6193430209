"""A bounded way in: so many at once, so many waiting, and whoever comes beyond that hears so at once."""

import asyncio
from types import TracebackType

from service.domain.errors import Overloaded


class Gate:
    """An async context. `at_once` are inside, at most `waiting` more wait in the order in which they came; the next is
    refused with Overloaded, which names `what` there is too much of."""

    def __init__(self, what: str, at_once: int, waiting: int) -> None:
        self.what = what
        self._at_once = at_once
        self._room = at_once + waiting
        self._turns = asyncio.Semaphore(at_once)
        self._come = 0

    @property
    def under_way(self) -> int:
        return min(self._come, self._at_once)

    @property
    def waiting(self) -> int:
        return self._come - self.under_way

    @property
    def room(self) -> int:
        """How many may be inside and wait, all together."""
        return self._room

    async def __aenter__(self) -> None:
        if self._come >= self._room:
            raise Overloaded(self.what)
        self._come += 1
        try:
            await self._turns.acquire()
        except BaseException:
            self._come -= 1
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._turns.release()
        self._come -= 1

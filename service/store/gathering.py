"""Look-ups by id that arrive while others are under way, gathered into one statement."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

AT_ONCE = 2
"""Statements under way: one that Neo4j works on, and one that is on its way."""


class Gathering(Generic[T]):
    """Asks at once while few statements are under way; else what is asked meanwhile goes out together with the next.

    Nobody waits longer for that, and nobody gets what was read before they asked. `fetch` gives what is known of some
    ids; where it fails, all who asked with it fail.
    """

    def __init__(self, fetch: Callable[[Sequence[str]], Awaitable[Mapping[str, T]]]) -> None:
        self._fetch = fetch
        self._under_way: set[asyncio.Task[None]] = set()
        self._waiting: set[str] = set()
        self._answer: asyncio.Future[Mapping[str, T]] | None = None

    async def __call__(self, ids: Sequence[str]) -> Mapping[str, T]:
        """What is known of these ids, and maybe of others."""
        if self._answer is None:
            self._answer = asyncio.get_running_loop().create_future()
        answer = self._answer
        self._waiting.update(ids)
        self._ask()
        # others wait for the same answer: one of them giving up must not end it
        return await asyncio.shield(answer)

    def _ask(self) -> None:
        if self._answer is None or len(self._under_way) >= AT_ONCE:
            return
        task = asyncio.create_task(self._settle(self._answer, sorted(self._waiting)))
        self._answer, self._waiting = None, set()
        self._under_way.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._under_way.discard(task)
        self._ask()

    async def _settle(self, answer: "asyncio.Future[Mapping[str, T]]", ids: list[str]) -> None:
        try:
            found = await self._fetch(ids)
        except Exception as error:  # noqa: BLE001 (whoever asked hears of it)
            answer.set_exception(error)
            answer.exception()  # heard, even where nobody waits any more
        except asyncio.CancelledError:
            answer.cancel()
            raise
        else:
            answer.set_result(found)

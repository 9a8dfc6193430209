"""Answers about the newest state of the graph, kept until somebody writes to it."""

from collections.abc import Awaitable, Callable, Hashable
from contextlib import AbstractAsyncContextManager
from typing import Generic, TypeVar

from service.graph.snapshot import Snapshot
from service.use_cases.recent import Recent

Q = TypeVar("Q", bound=Hashable)
A = TypeVar("A")

_State = tuple[str, str]


class Remembered(Generic[Q, A]):
    """A `Recent` by question. What a snapshot does not hold, such as activity, may change while the snapshot's content
    does not: so answers are those of a bookmark, too. What is not known is computed behind `gate`."""

    def __init__(
        self,
        most: int,
        gate: AbstractAsyncContextManager[None],
        *,
        heaviest: float = float("inf"),
        weigh: Callable[[A], int] = lambda _: 1,
    ) -> None:
        self._gate = gate
        self._answers: Recent[tuple[_State, Q], A] = Recent(most, heaviest=heaviest, weigh=weigh)

    async def of(self, snapshot: Snapshot, question: Q, compute: Callable[[], Awaitable[A]]) -> A:
        """The answer, from memory or computed now; those of other states are forgotten then. Overloaded where the gate
        is full, and what `compute` raises."""
        state: _State = snapshot.info.id, snapshot.info.bookmark
        key = state, question
        known = self._answers.get(key)
        if known is not None:
            return known
        async with self._gate:
            known = self._answers.get(key)  # somebody may have asked the same just before
            if known is not None:
                return known
            answer = await compute()
        self._answers.keep(lambda other: other[0] == state)
        self._answers.put(key, answer)
        return answer

"""Answers about the newest state of the graph, kept until somebody writes to it."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from service.graph.snapshot import Snapshot
from service.use_cases.recent import Recent

Q = TypeVar("Q", bound=Hashable)
A = TypeVar("A")

_State = tuple[str, str]


class Remembered(Generic[Q, A]):
    """A `Recent` by question. What a snapshot does not hold, such as activity, may change while the snapshot's content
    does not: so answers are those of a bookmark, too."""

    def __init__(self, most: int, *, heaviest: float = float("inf"), weigh: Callable[[A], int] = lambda _: 1) -> None:
        self._answers: Recent[tuple[_State, Q], A] = Recent(most, heaviest=heaviest, weigh=weigh)

    def get(self, snapshot: Snapshot, question: Q) -> A | None:
        return self._answers.get((_state(snapshot), question))

    def put(self, snapshot: Snapshot, question: Q, answer: A) -> None:
        """Remember an answer, and forget those of other states."""
        state = _state(snapshot)
        self._answers.keep(lambda key: key[0] == state)
        self._answers.put((state, question), answer)


def _state(snapshot: Snapshot) -> _State:
    return snapshot.info.id, snapshot.info.bookmark

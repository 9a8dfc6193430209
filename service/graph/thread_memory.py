"""The memory of each thread's searches: made once, used again, made anew where a search needs more room."""

import threading
from collections.abc import Callable
from typing import TypeVar

from service.graph.search_memory import FULL, Memory, new_memory

FIRST_ROOM = 1 << 18
MAX_ROOM = 1 << 23
"""Labels of a kind: beyond this a search takes 3 GB."""

GUESSES = 256
"""More than twice the paths that can be asked for."""

T = TypeVar("T")


class _Kept(threading.local):
    memory: Memory | None = None


_kept = _Kept()


def with_memory(people: int, ties: int, run: Callable[[Memory], T]) -> T:
    """What `run` returns, given this thread's memory; run again from the beginning where it was not enough.

    `people` are those of the graph, `ties` the most that one of them has, or ends that a search begins with.
    """
    memory, room = _kept.memory, max(FIRST_ROOM, 4 * ties)
    if memory is None or len(memory.slot) < people or len(memory.step_slot) < room:
        _kept.memory = None
        memory = _kept.memory = new_memory(people, room, GUESSES)
    while True:
        result = run(memory)
        room = 4 * len(memory.step_slot)
        if not memory.counts[FULL] or room > MAX_ROOM:
            return result
        _kept.memory = None
        memory = _kept.memory = new_memory(len(memory.slot), room, GUESSES)

"""The memory of searches in any thread: made once, used again, made anew where a search needs more room."""

from collections.abc import Callable
from typing import TypeVar

from service.graph.paths.search_memory import FULL, Memory, new_memory

FIRST_ROOM = 1 << 18
MAX_ROOM = 1 << 23
"""Labels of a kind: beyond this a search takes 3 GB."""

GUESSES = 256
"""More than twice the paths that can be asked for."""

T = TypeVar("T")


_spare: list[Memory] = []
"""What no search uses now. The one given back last is taken first, whatever the thread: it is still in the processor's
cache, where two threads in turn would each find their own gone cold."""


def with_memory(people: int, ties: int, run: Callable[[Memory], T]) -> T:
    """What `run` returns, given memory of its own; run again from the beginning where it was not enough.

    `people` are those of the graph, `ties` the most that one of them has, or ends that a search begins with.
    """
    room = max(FIRST_ROOM, 4 * ties)
    memory = _spare_memory()
    if memory is None or len(memory.slot) < people or len(memory.step_slot) < room:
        memory = None  # freed before there is more
        memory = new_memory(people, room, GUESSES)
    while True:
        result = run(memory)
        people, room = len(memory.slot), 4 * len(memory.step_slot)
        if not memory.counts[FULL] or room > MAX_ROOM:
            _spare.append(memory)
            return result
        del memory
        memory = new_memory(people, room, GUESSES)


def _spare_memory() -> Memory | None:
    try:
        return _spare.pop()
    except IndexError:
        return None

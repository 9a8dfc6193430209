"""The steps that a search knows: followed by one of its sides, or crossings from the one to the other. Compiled.

No path that costs less than how far the search has come takes any other: over each of its steps both people were
settled forward, or both backward, or the first one forward and the second one backward. So nobody's relationships are
looked through again, when rests are settled and paths are listed.

Steps of kind REST are those, forward and crossing, that wanted paths can take.
"""

from service.graph.compiled import kernel
from service.graph.paths.search_memory import FORWARD, KNOWN, NO_STEP, Memory


@kernel
def know(memory: Memory, kind: int, before: int, after: int, cost: int, key: int) -> None:
    """Keep a step from a slot to another, at a cost that counts a handover. `key` is that of the label it gives to the
    person it was followed to; by this person steps are found again: `after` where followed forward, else `before`."""
    place = memory.counts[KNOWN + kind]
    memory.counts[KNOWN + kind] = place + 1
    memory.known_from[kind, place], memory.known_to[kind, place] = before, after
    memory.known_cost[kind, place], memory.known_key[kind, place] = cost, key
    owner = after if kind == FORWARD else before
    memory.known_before[kind, place] = memory.last_known[owner, kind]
    memory.last_known[owner, kind] = place


@kernel
def forget_known(memory: Memory, kind: int) -> None:
    """Drop all steps of a kind."""
    owners = memory.known_to if kind == FORWARD else memory.known_from
    for place in range(memory.counts[KNOWN + kind]):
        memory.last_known[owners[kind, place], kind] = NO_STEP
    memory.counts[KNOWN + kind] = 0

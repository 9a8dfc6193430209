"""The steps from a person that wanted paths can take, listed once however many partial paths come by. Compiled."""

from service.graph.compiled import kernel
from service.graph.limits import Limits
from service.graph.paths.labels import HOP_BITS, cheapest
from service.graph.paths.rests import RESTS
from service.graph.paths.search_memory import (
    BACKWARD,
    FORWARD,
    LAYERS,
    LISTED,
    NO_STEP,
    REST,
    STEPS,
    Memory,
    has_room,
    heap_of,
)
from service.graph.paths.steps import SOURCE, TARGET


@kernel
def list_steps(limits: Limits, most: int, memory: Memory, slot: int) -> None:
    """List the steps of a person that paths of up to `most` can take, each at the cost of its cheapest relationship."""
    if memory.steps_begin[slot] >= 0:
        return
    memory.steps_begin[slot] = memory.steps_end[slot] = memory.counts[STEPS]
    memory.listed[memory.counts[LISTED]] = slot
    memory.counts[LISTED] += 1
    # Nothing comes here for less than what is settled, or is still to be settled with more hops.
    before = cheapest(memory, FORWARD, slot, limits.max_hops)
    for hops in range(LAYERS):
        before = min(before, memory.radius[heap_of(FORWARD, hops)])
    for kind in (BACKWARD, REST):
        step = memory.last_known[slot, kind]
        while step != NO_STEP and has_room(memory, REST, RESTS, 1):
            if (before >> HOP_BITS) + (memory.known_key[kind, step] >> HOP_BITS) <= most:
                _list(memory, slot, memory.known_to[kind, step], memory.known_cost[kind, step])
            step = memory.known_before[kind, step]


@kernel
def _list(memory: Memory, slot: int, there: int, cost: int) -> None:
    """List a step, once if there are parallel ones."""
    if memory.part[there] & (SOURCE | TARGET) == SOURCE:
        return
    known = memory.listed_at[there]
    if memory.steps_begin[slot] <= known < memory.steps_end[slot] and memory.step_slot[known] == there:
        memory.step_cost[known] = min(memory.step_cost[known], cost)
        return
    place = memory.steps_end[slot]
    memory.listed_at[there], memory.step_slot[place], memory.step_cost[place] = place, there, cost
    memory.steps_end[slot] = memory.counts[STEPS] = place + 1

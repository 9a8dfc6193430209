"""Rests: what it still costs, exactly, to come from a person to a target along the paths that are wanted. Compiled.

The backward side knows it for everybody on such a path behind the last crossing. Before it, only those matter who are
settled forward and lie on a walk of at most a given cost; for them it is found by going back from the crossings, over
the steps that the forward side has followed.
"""

from service.graph.compiled import kernel
from service.graph.limits import Limits, StopFlag
from service.graph.paths.known_steps import forget_known, know
from service.graph.paths.labels import HOP_BITS, HOP_MASK, cheapest, next_key, queue, settle_next
from service.graph.paths.search_memory import (
    BACKWARD,
    CROSSING,
    FORWARD,
    HEAPS,
    KNOWN,
    NO_LABEL,
    NO_STEP,
    REST,
    UNREACHABLE,
    Memory,
    forget,
    has_room,
)
from service.graph.paths.steps import SOURCE, TARGET

RESTS = HEAPS - 1
"""The heap of rests."""


@kernel
def settle_rests(limits: Limits, most: int, memory: Memory, stop: StopFlag) -> None:
    """Settle the rests that paths of a cost of at most `most` need beyond the backward radius."""
    forget(memory, REST)
    forget_known(memory, REST)
    for step in range(memory.counts[KNOWN + CROSSING]):
        label = memory.newest[memory.known_to[CROSSING, step], BACKWARD]
        while label != NO_LABEL:
            _offer(limits, most, memory, CROSSING, step, memory.label_key[BACKWARD, label])
            label = memory.label_older[BACKWARD, label]
    while next_key(memory, REST, RESTS) < UNREACHABLE and not stop[0]:
        key, slot = settle_next(memory, REST, RESTS)
        if memory.part[slot] & SOURCE:
            continue
        step, left = memory.last_known[slot, FORWARD], most - (key >> HOP_BITS)
        while step != NO_STEP:
            if memory.known_key[FORWARD, step] >> HOP_BITS <= left:
                _offer(limits, most, memory, FORWARD, step, key)
            step = memory.known_before[FORWARD, step]


@kernel
def rest_of(memory: Memory, slot: int, hops: int) -> int:
    """The key of the cheapest rest from a person of at most so many hops; UNREACHABLE where no wanted path has one."""
    return min(cheapest(memory, BACKWARD, slot, hops), cheapest(memory, REST, slot, hops))


@kernel
def _offer(limits: Limits, most: int, memory: Memory, kind: int, step: int, rest: int) -> None:
    """If a wanted path can take a step before a rest, keep it, and queue the rest from there on, unless the backward
    side has one as good."""
    slot, cost = memory.known_from[kind, step], memory.known_cost[kind, step]
    key = rest + (cost << HOP_BITS) + 1
    hops = key & HOP_MASK
    if hops > limits.max_hops or not has_room(memory, REST, RESTS, 1):
        return
    reached = cheapest(memory, FORWARD, slot, limits.max_hops - hops)
    if reached == UNREACHABLE or (reached >> HOP_BITS) + (key >> HOP_BITS) > most:
        return
    know(memory, REST, slot, memory.known_to[kind, step], cost, key)
    if not memory.part[slot] & TARGET and cheapest(memory, BACKWARD, slot, hops) > key:
        queue(memory, REST, slot, key)

"""The best trusted paths, exactly and in total order. Compiled.

Two Dijkstra searches meet (Pohl 1971), their labels ordered by cost and hops (Hansen 1980), until no path that is not
found yet can cost less than the one that is likely to be the last one wanted. All paths of up to that cost then lie
between the two: the exact rest is settled along them, and they are listed by it. If they turn out to be too few, the
search goes on from where it was.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from service.graph.compiled import kernel
from service.graph.crossings import aim, guess, rank_above
from service.graph.labels import HOP_BITS, cheapest, next_key, queue
from service.graph.limits import FINISHED, OUT_OF_ROOM, STOPPED, Limits, StopFlag
from service.graph.path_listing import Listed, list_paths, room_for
from service.graph.rests import settle_rests
from service.graph.search_memory import (
    BACKWARD,
    CROSSINGS,
    EXAMINED,
    FORWARD,
    FULL,
    GUESSES,
    REST,
    SEARCHES,
    UNREACHABLE,
    Memory,
    begin,
    forget,
    heap_of,
    slot_of,
)
from service.graph.sides import expand_next, grow
from service.graph.snapshot import BARRED, Int, Parts
from service.graph.steps import SOURCE, TARGET, Arcs, Costs, Rules

__all__ = ["FINISHED", "OUT_OF_ROOM", "STOPPED", "Found", "best_paths"]


class Found(NamedTuple):
    """`people[i, : hops[i] + 1]` and `cost[i]` of path i, for i below `found`; why it ended, and how many
    relationships were examined."""

    people: npt.NDArray[np.int32]
    hops: npt.NDArray[np.int8]
    cost: Costs
    found: int
    ending: int
    examined: int


def best_paths(
    arcs: Arcs,
    rules: Rules,
    limits: Limits,
    standing: Parts,
    memory: Memory,
    barred: Int,
    sources: Int,
    entry_costs: Costs,
    targets: Int,
    shares: tuple[int, int],
    going_on: bool,
    stop: StopFlag,
) -> Found:
    """Search. Who opted out is barred by `standing`, others by `barred`; raising `stop[0]` from another thread ends
    the search with what it has proved.

    Searches that differ only in their targets can share the forward side, those that differ only in their sources
    the backward side: `shares` says how many share each side ((1, 1) where none do, never both), and all but the
    first are `going_on` in the same memory.
    """
    own = BACKWARD if shares[FORWARD] > 1 else FORWARD
    begin_search(limits, standing, memory, barred, sources, entry_costs, targets, own, going_on)
    found = search(arcs, rules, limits, standing, memory, sources, entry_costs, shares, stop)
    if max(shares) > 1:
        ends, part = (targets, TARGET) if own == BACKWARD else (sources, SOURCE)
        memory.part[memory.slot[ends]] &= np.uint8(255 - part)
    return found


@kernel
def begin_search(
    limits: Limits,
    standing: Parts,
    memory: Memory,
    barred: Int,
    sources: Int,
    entry_costs: Costs,
    targets: Int,
    own: int,
    going_on: bool,
) -> None:
    """Begin both sides or, `going_on`, its `own` one."""
    if going_on:
        forget(memory, own)
        forget(memory, REST)
        for count in (CROSSINGS, GUESSES, EXAMINED):
            memory.counts[count] = 0
    else:
        begin(memory)
        for person in barred:
            memory.part[slot_of(memory, standing, person)] |= BARRED
    memory.counts[SEARCHES] += 1
    mark(memory, standing, sources, SOURCE)
    mark(memory, standing, targets, TARGET)
    if not going_on or own == FORWARD:
        queue_sources(limits, memory, sources, entry_costs)
    if not going_on or own == BACKWARD:
        queue_targets(limits, memory, targets)


@kernel
def mark(memory: Memory, standing: Parts, people: Int, part: int) -> None:
    """Give people a part in the search."""
    for person in people:
        memory.part[slot_of(memory, standing, person)] |= part


@kernel
def queue_sources(limits: Limits, memory: Memory, sources: Int, entry_costs: Costs) -> None:
    """Begin the forward side."""
    for place in range(len(sources)):
        slot = memory.slot[sources[place]]
        if entry_costs[place] <= limits.max_total and not memory.part[slot] & BARRED:
            queue(memory, FORWARD, slot, entry_costs[place] << HOP_BITS)


@kernel
def queue_targets(limits: Limits, memory: Memory, targets: Int) -> None:
    """Begin the backward side."""
    for target in targets:
        slot = memory.slot[target]
        if not memory.part[slot] & BARRED:
            queue(memory, BACKWARD, slot, 0)


@njit(cache=True, nogil=True)
def search(
    arcs: Arcs,
    rules: Rules,
    limits: Limits,
    standing: Parts,
    memory: Memory,
    sources: Int,
    entry_costs: Costs,
    shares: tuple[int, int],
    stop: StopFlag,
) -> Found:
    """Search between two sides that are begun; one may have been grown by searches before that shared it."""
    listed = room_for(limits.first)
    wanted = limits.skip_direct + 1 if limits.until_introduced else limits.first
    if shares[BACKWARD] > 1:
        for place in range(len(sources)):
            rest = cheapest(memory, BACKWARD, memory.slot[sources[place]], limits.max_hops)
            if rest < UNREACHABLE:
                guess(memory, entry_costs[place] + (rest >> HOP_BITS))
    # The targets must be settled first, or else paths might end inside the forward side unnoticed.
    side, heap = BACKWARD, heap_of(BACKWARD, 0)
    while next_key(memory, side, heap) < UNREACHABLE and not memory.counts[FULL] and not stop[0]:
        if shares[FORWARD] > 1:
            reached = cheapest(memory, FORWARD, memory.heap_slot[heap, 0], limits.max_hops)
            if reached < UNREACHABLE:
                guess(memory, reached >> HOP_BITS)
        expand_next(arcs, rules, limits, standing, memory, side, heap, shares[side] > 1)
    rank, least, found = wanted, limits.handover, 0
    while True:
        reach = grow(arcs, rules, limits, standing, memory, rank, least, shares, stop)
        if stop[0] or memory.counts[FULL]:
            break
        most = min(min(reach - 1, limits.max_total), aim(memory, rank, least))
        settle_rests(arcs, rules, limits, most, memory, stop)
        now, ending = list_paths(arcs, rules, limits, most, memory, sources, entry_costs, listed, stop)
        # A listing that is cut short has begun with the same paths as the one before.
        found = max(found, now)
        if ending != FINISHED or found == limits.first or most >= limits.max_total:
            return told(memory, listed, found, ending)
        if limits.until_introduced and found > 0 and listed.hops[found - 1] > 1:
            return told(memory, listed, found, FINISHED)
        # Fewer than guessed: some walks were no paths.
        rank = rank_above(memory, most, wanted - found)
        if rank > 0:
            least = most + 1
        elif reach == UNREACHABLE:
            least = reach
        else:
            least = most + (most >> 3) + 1
    return told(memory, listed, found, STOPPED if stop[0] else OUT_OF_ROOM)


@njit(cache=True, nogil=True)
def told(memory: Memory, listed: Listed, found: int, ending: int) -> Found:
    """What a search has found."""
    return Found(listed.people, listed.hops, listed.cost, found, ending, memory.counts[EXAMINED])

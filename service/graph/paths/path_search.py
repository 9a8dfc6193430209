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
from service.graph.costs import Costs
from service.graph.limits import FINISHED, OUT_OF_ROOM, STOPPED, Limits, StopFlag
from service.graph.paths.crossings import aim, guess, rank_above
from service.graph.paths.known_steps import forget_known
from service.graph.paths.labels import HOP_BITS, cheapest, queue
from service.graph.paths.partial_paths import MAX_PEOPLE
from service.graph.paths.path_listing import Listed, list_paths
from service.graph.paths.rests import settle_rests
from service.graph.paths.search_memory import (
    BACKWARD,
    CROSSING,
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
    slot_of,
)
from service.graph.paths.sides import grow, settle_ends
from service.graph.paths.steps import SOURCE, TARGET, Arcs, Rules
from service.graph.snapshot import BARRED, Int, Parts
from service.graph.texts import Offsets

__all__ = ["FINISHED", "OUT_OF_ROOM", "STOPPED", "Ends", "Found", "best_paths"]


class Ends(NamedTuple):
    """Where searches begin and end: search i from `sources[source_sets[i]:source_sets[i + 1]]`, each entered at its
    cost, to `targets[target_sets[i]:target_sets[i + 1]]`. Where there is one set of either, it is that of them all.
    """

    sources: Int
    entry_costs: Costs
    source_sets: Offsets
    targets: Int
    target_sets: Offsets


class Found(NamedTuple):
    """Path p of search i has the people `people[i, p, : hops[i, p] + 1]` and `cost[i, p]`, for p below `found[i]`;
    why each search ended, and how many relationships it examined."""

    people: npt.NDArray[np.int32]
    hops: npt.NDArray[np.int8]
    cost: Costs
    found: Int
    ending: Int
    examined: Costs


@njit(cache=True, nogil=True)
def best_paths(
    arcs: Arcs,
    rules: Rules,
    limits: Limits,
    usual_parts: Parts,
    memory: Memory,
    barred: Int,
    ends: Ends,
    stop: StopFlag,
) -> Found:
    """Search, once or many times. Who opted out is barred by `usual_parts`, others by `barred`; raising `stop[0]` from
    another thread ends all searches with what they have proved.

    Searches with one set of sources share the forward side, those with one set of targets the backward side.
    """
    searches = max(len(ends.source_sets), len(ends.target_sets)) - 1
    shares = (
        searches if len(ends.source_sets) == 2 else 1,
        searches if len(ends.source_sets) > 2 and len(ends.target_sets) == 2 else 1,
    )
    found = Found(
        np.empty((searches, limits.first, MAX_PEOPLE), dtype=np.int32),
        np.empty((searches, limits.first), dtype=np.int8),
        np.empty((searches, limits.first), dtype=np.int64),
        np.zeros(searches, dtype=np.int32),
        np.zeros(searches, dtype=np.int32),
        np.zeros(searches, dtype=np.int64),
    )
    own = BACKWARD if shares[FORWARD] > 1 else FORWARD
    for place in range(searches):
        one = min(place, len(ends.source_sets) - 2)
        begin_, end = ends.source_sets[one], ends.source_sets[one + 1]
        sources, entry_costs = ends.sources[begin_:end], ends.entry_costs[begin_:end]
        one = min(place, len(ends.target_sets) - 2)
        targets = ends.targets[ends.target_sets[one] : ends.target_sets[one + 1]]
        begin_search(limits, usual_parts, memory, barred, sources, entry_costs, targets, own, place > 0)
        listed = Listed(found.people[place], found.hops[place], found.cost[place])
        found.found[place], found.ending[place] = search(
            arcs, rules, limits, usual_parts, memory, sources, entry_costs, shares, listed, stop
        )
        found.examined[place] = memory.counts[EXAMINED]
        unmark(memory, targets if own == BACKWARD else sources, TARGET if own == BACKWARD else SOURCE)
    return found


@kernel
def begin_search(
    limits: Limits,
    usual_parts: Parts,
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
        forget_known(memory, own)
        forget_known(memory, CROSSING)
        for count in (GUESSES, EXAMINED):
            memory.counts[count] = 0
    else:
        begin(memory)
        for person in barred:
            memory.part[slot_of(memory, usual_parts, person)] |= BARRED
    memory.counts[SEARCHES] += 1
    mark(memory, usual_parts, sources, SOURCE)
    mark(memory, usual_parts, targets, TARGET)
    if not going_on or own == FORWARD:
        queue_sources(limits, memory, sources, entry_costs)
    if not going_on or own == BACKWARD:
        queue_targets(limits, memory, targets)


@kernel
def mark(memory: Memory, usual_parts: Parts, people: Int, part: int) -> None:
    """Give people a part in the search."""
    for person in people:
        memory.part[slot_of(memory, usual_parts, person)] |= part


@kernel
def unmark(memory: Memory, people: Int, part: int) -> None:
    """Take their part in the search from people."""
    for person in people:
        memory.part[memory.slot[person]] &= 255 - part


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
    usual_parts: Parts,
    memory: Memory,
    sources: Int,
    entry_costs: Costs,
    shares: tuple[int, int],
    listed: Listed,
    stop: StopFlag,
) -> tuple[int, int]:
    """Search between two sides that are begun; one may have been grown by searches before that shared it. How many
    paths are listed, and why it ended."""
    wanted = limits.skip_direct + 1 if limits.until_introduced else limits.first
    if shares[BACKWARD] > 1:
        for place in range(len(sources)):
            rest = cheapest(memory, BACKWARD, memory.slot[sources[place]], limits.max_hops)
            if rest < UNREACHABLE:
                guess(memory, entry_costs[place] + (rest >> HOP_BITS))
    settle_ends(arcs, rules, limits, usual_parts, memory, sources, shares, stop)
    rank, least, found = wanted, limits.handover, 0
    while True:
        reach = grow(arcs, rules, limits, usual_parts, memory, rank, least, shares, stop)
        if stop[0] or memory.counts[FULL]:
            break
        most = min(min(reach - 1, limits.max_total), aim(memory, rank, least))
        settle_rests(limits, most, memory, stop)
        now, ending = list_paths(limits, most, memory, sources, entry_costs, listed, stop)
        # A listing that is cut short has begun with the same paths as the one before.
        found = max(found, now)
        if ending != FINISHED or found == limits.first or most >= limits.max_total:
            return found, ending
        if limits.until_introduced and found > 0 and listed.hops[found - 1] > 1:
            return found, FINISHED
        # Fewer than guessed: some walks were no paths.
        rank = rank_above(memory, most, wanted - found)
        if rank > 0:
            least = most + 1
        elif reach == UNREACHABLE:
            least = reach
        else:
            least = most + (most >> 3) + 1
    return found, STOPPED if stop[0] else OUT_OF_ROOM

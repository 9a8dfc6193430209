"""The paths of up to a given cost in total order: best-first search over partial paths. Compiled.

Partial paths grow from the sources and are taken in the order of (cost so far + rest, hops, person ids). As the rest
is never more than what a path still costs, paths are finished in their total order, and the listing ends with the
last one wanted (A*Prune: Liu & Ramakrishnan 2001).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from service.graph.compiled import kernel
from service.graph.costs import Costs
from service.graph.limits import FINISHED, OUT_OF_ROOM, STOPPED, Limits, StopFlag
from service.graph.paths.labels import HOP_BITS
from service.graph.paths.onward_steps import list_steps
from service.graph.paths.partial_paths import MAX_PEOPLE, ROWS, SIZE, Pool, grown, new_pool, pop, push
from service.graph.paths.rests import rest_of
from service.graph.paths.search_memory import FULL, UNREACHABLE, Memory, forget_steps
from service.graph.paths.steps import TARGET
from service.graph.snapshot import BARRED, Int


class Listed(NamedTuple):
    """To be filled: `people[i, : hops[i] + 1]` and `cost[i]` of path i, handovers included as they count."""

    people: npt.NDArray[np.int32]
    hops: npt.NDArray[np.int8]
    cost: Costs


@njit(cache=True, nogil=True)
def list_paths(
    limits: Limits,
    most: int,
    memory: Memory,
    sources: Int,
    entry_costs: Costs,
    listed: Listed,
    stop: StopFlag,
) -> tuple[int, int]:
    """Fill in the paths of a cost up to `most`, until there are as many as wanted. How many, and why it ended."""
    forget_steps(memory)
    pool = new_pool(max(256, 2 * len(sources)))
    for place in range(len(sources)):
        _start(limits, most, memory, pool, sources[place], entry_costs[place])
    found, skipped, turns = 0, 0, 0
    while pool.used[SIZE] > 0 and found < limits.first:
        turns += 1
        if turns & 63 == 1 and stop[0]:
            return found, STOPPED
        row = pool.heap[0]
        hops = int(pool.hops[row])
        pop(pool)
        if pool.finished[row]:
            if hops <= 1 and skipped < limits.skip_direct:
                skipped += 1
                continue
            listed.people[found] = pool.people[row]
            listed.hops[found] = hops
            listed.cost[found] = pool.cost[row] - (limits.handover if hops > 0 else 0)
            found += 1
            if limits.until_introduced and hops > 1:
                break
            continue
        slot = memory.slot[pool.people[row, hops]]
        list_steps(limits, most, memory, slot)
        if memory.counts[FULL]:
            return found, OUT_OF_ROOM
        needed = pool.used[ROWS] + memory.steps_end[slot] - memory.steps_begin[slot]
        if needed > len(pool.heap):
            if needed > limits.max_partial:
                return found, OUT_OF_ROOM
            pool = grown(pool, 2 * needed)
        for place in range(memory.steps_begin[slot], memory.steps_end[slot]):
            _extend(limits, most, memory, pool, row, memory.step_slot[place], memory.step_cost[place])
    return found, FINISHED


@kernel
def _start(limits: Limits, most: int, memory: Memory, pool: Pool, source: int, entry_cost: int) -> None:
    """Let a source wait: to be extended and, if it is a target, as the path of 0 hops that it is."""
    slot = memory.slot[source]
    if memory.part[slot] & BARRED:
        return
    if memory.part[slot] & TARGET:
        # The rest of longer paths from here is not known: to the targets, this is one of them.
        total = entry_cost + limits.handover
        if total <= most:
            _add(pool, -1, source, total << HOP_BITS, entry_cost, 0, True)
            if limits.max_hops > 0:
                _add(pool, -1, source, (total << HOP_BITS) | 1, entry_cost, 0, False)
    else:
        rest = rest_of(memory, slot, limits.max_hops)
        if rest < UNREACHABLE and entry_cost + (rest >> HOP_BITS) <= most:
            _add(pool, -1, source, (entry_cost << HOP_BITS) + rest, entry_cost, 0, False)


@kernel
def _extend(limits: Limits, most: int, memory: Memory, pool: Pool, row: int, slot: int, step_cost: int) -> None:
    """Let the path of a row, one step longer, wait, if it can become a path that is wanted."""
    hops = int(pool.hops[row]) + 1
    finished = (memory.part[slot] & TARGET) != 0
    cost = pool.cost[row] + step_cost
    rest = 0 if finished else rest_of(memory, slot, limits.max_hops - hops)
    if rest >= UNREACHABLE or cost + (rest >> HOP_BITS) > most:
        return
    person = memory.person[slot]
    for place in range(hops):
        if pool.people[row, place] == person:
            return
    _add(pool, row, person, ((cost << HOP_BITS) | hops) + rest, cost, hops, finished)


@kernel
def _add(pool: Pool, row: int, person: int, key: int, cost: int, hops: int, finished: bool) -> None:
    """Let a partial path wait that ends with a person; row −1 stands for one that begins there."""
    longer = pool.used[ROWS]
    pool.used[ROWS] += 1
    for place in range(MAX_PEOPLE):
        pool.people[longer, place] = -1 if row < 0 else pool.people[row, place]
    pool.people[longer, hops] = person
    pool.key[longer], pool.cost[longer], pool.hops[longer], pool.finished[longer] = key, cost, hops, finished
    push(pool, longer)

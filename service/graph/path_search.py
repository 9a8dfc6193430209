"""The best trusted paths, exactly and in total order: best-first search over partial paths. Compiled.

Partial paths grow from the sources and are taken in the order of (cost so far + lower bound of the rest, hops,
person ids). As the bound never exceeds the true rest, finished paths come out in their total order, and the
search ends with the last one wanted (A*Prune: Liu & Ramakrishnan 2001). The bounds come from a search backward
from the targets that is grown only as far as it helps: the two sides take turns, so that neither examines many
more relationships than the other (the idea of bidirectional search: Pohl 1971).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from service.graph.partial_paths import MAX_PEOPLE, ROWS, SIZE, Pool, grown, new_pool, pop, push, sink_top
from service.graph.reverse_distances import (
    HOP_BITS,
    UNREACHABLE,
    Settled,
    is_settled,
    lower_bound,
    settle_next,
    start_at,
)
from service.graph.snapshot import Int
from service.graph.steps import SOURCE, TARGET, Arcs, Costs, Parts, Rules, open_steps

FINISHED, STOPPED, OUT_OF_ROOM = 0, 1, 2
"""Why a search ended: it proved its answer, its stop flag was raised, or it holds too many partial paths."""

TURN = 256
"""Relationships that the backward side examines ahead of the forward side in one turn."""


class Limits(NamedTuple):
    """`first` paths of at most `max_hops`, none above `max_cost`; `handover` is an introducer's price.

    `skip_direct` paths without an inner person are passed over, and `until_introduced` ends the search with the
    first path that has one: together they let `distinctIntroducers` go on from path to path.
    `max_partial` bounds the partial paths held at a time.
    """

    first: int
    max_hops: int
    max_cost: int
    handover: int
    skip_direct: int
    until_introduced: bool
    max_partial: int


class Found(NamedTuple):
    """`people[i, : hops[i] + 1]` and `cost[i]` of path i, for i below `found`."""

    people: npt.NDArray[np.int32]
    hops: npt.NDArray[np.int8]
    cost: npt.NDArray[np.int64]
    found: int
    ending: int
    examined: int


@njit(cache=True, nogil=True)
def best_paths(
    arcs: Arcs,
    rules: Rules,
    limits: Limits,
    parts: Parts,
    sources: Int,
    entry_costs: Costs,
    targets: Int,
    settled: Settled,
    neighbours: Int,
    costs: Costs,
    stop: npt.NDArray[np.uint8],
) -> Found:
    """Search. `settled` is a zeroed table of people × (max_hops + 1); `neighbours` and `costs` are scratch for
    the steps of one person; raising `stop[0]` from another thread ends the search with what it has proved."""
    people = np.empty((limits.first, MAX_PEOPLE), dtype=np.int32)
    hops_found = np.empty(limits.first, dtype=np.int8)
    cost_found = np.empty(limits.first, dtype=np.int64)
    max_key = (limits.max_cost << HOP_BITS) + limits.max_hops
    # The rest prices one handover more than the path it belongs to may have.
    max_rest = max_key + (limits.handover << HOP_BITS)
    pool = new_pool(max(1024, 2 * len(sources)))
    for place in range(len(sources)):
        start(pool, parts, sources[place], entry_costs[place], max_key, limits.max_hops)
    frontier = start_at(targets)
    radius = 0
    found, skipped, turns = 0, 0, 0
    forward, backward = 0, 0
    while pool.used[SIZE] > 0 and found < limits.first:
        turns += 1
        if turns & 63 == 1 and stop[0]:
            return Found(people, hops_found, cost_found, found, STOPPED, forward + backward)
        row = pool.heap[0]
        hops = int(pool.hops[row])
        if pool.finished[row]:
            pop(pool)
            if hops <= 1 and skipped < limits.skip_direct:
                skipped += 1
                continue
            people[found] = pool.people[row]
            hops_found[found] = hops
            cost_found[found] = pool.cost[row]
            found += 1
            if limits.until_introduced and hops > 1:
                break
            continue
        person = pool.people[row, hops]
        hops_left = limits.max_hops - hops
        key = bound(pool.cost[row], hops, lower_bound(settled, person, hops_left, radius), limits.handover)
        if key > max_key:
            pop(pool)
            continue
        if key > pool.key[row]:
            pool.key[row] = key
            sink_top(pool, row)
            continue
        if backward <= forward and radius < UNREACHABLE and not is_settled(settled, person, hops_left):
            while backward <= forward + TURN and radius < UNREACHABLE:
                radius, examined = settle_next(
                    arcs, rules, parts, limits.handover, max_rest, settled, frontier, neighbours, costs
                )
                backward += examined
            continue
        pop(pool)
        count, examined = open_steps(arcs, rules, parts, person, False, neighbours, costs)
        forward += examined + 1
        if pool.used[ROWS] + count > len(pool.heap):
            if pool.used[ROWS] + count > limits.max_partial:
                return Found(people, hops_found, cost_found, found, OUT_OF_ROOM, forward + backward)
            pool = grown(pool, 2 * (pool.used[ROWS] + count))
        for place in range(count):
            extend(pool, row, parts, settled, radius, limits, max_key, neighbours[place], costs[place])
    return Found(people, hops_found, cost_found, found, FINISHED, forward + backward)


@njit(cache=True, nogil=True)
def bound(cost: int, hops: int, rest: int, handover: int) -> int:
    """The key that no finished extension of a partial path undercuts.

    The rest prices a handover at each of its hops; the first hop from a source has none.
    """
    if rest >= UNREACHABLE:
        return UNREACHABLE
    if hops == 0:
        rest = max(rest - (handover << HOP_BITS), 0)
    return ((cost << HOP_BITS) | hops) + rest


@njit(cache=True, nogil=True)
def start(pool: Pool, parts: Parts, source: int, entry_cost: int, max_key: int, max_hops: int) -> None:
    """Let a source wait: to be extended and, if it is a target, as the path of 0 hops that it is."""
    key = int(entry_cost) << HOP_BITS
    if key > max_key:
        return
    for finished in (True, False):
        if (finished and parts[source] & TARGET) or (not finished and max_hops > 0):
            row = pool.used[ROWS]
            pool.used[ROWS] += 1
            pool.people[row] = -1
            pool.people[row, 0] = source
            pool.key[row], pool.cost[row], pool.hops[row], pool.finished[row] = key, entry_cost, 0, finished
            push(pool, row)


@njit(cache=True, nogil=True)
def extend(
    pool: Pool,
    row: int,
    parts: Parts,
    settled: Settled,
    radius: int,
    limits: Limits,
    max_key: int,
    neighbour: int,
    step_cost: int,
) -> None:
    """Let the path of a row, one step longer, wait, if it can become a path that is wanted."""
    hops = int(pool.hops[row]) + 1
    finished = (parts[neighbour] & TARGET) != 0
    if not finished and ((parts[neighbour] & SOURCE) != 0 or hops == limits.max_hops):
        return
    for place in range(hops):
        if pool.people[row, place] == neighbour:
            return
    cost = pool.cost[row] + step_cost + (limits.handover if hops > 1 else 0)
    rest = 0 if finished else lower_bound(settled, neighbour, limits.max_hops - hops, radius)
    key = bound(cost, hops, rest, limits.handover)
    if key > max_key:
        return
    longer = pool.used[ROWS]
    pool.used[ROWS] += 1
    pool.people[longer] = pool.people[row]
    pool.people[longer, hops] = neighbour
    pool.key[longer], pool.cost[longer], pool.hops[longer], pool.finished[longer] = key, cost, hops, finished
    push(pool, longer)

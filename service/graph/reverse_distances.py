"""Lower bounds: the cheapest completion from a person to any target, per number of hops, grown on demand. Compiled.

A Dijkstra search from the targets against the steps, layered by hops: a person holds one label for each number
of hops that is cheaper than all labels with fewer. It can pause anywhere, because whatever is not settled yet
lies at least as far as the label settled last (the radius).

`settled[v, h]` is 1 + the cost of completing from v in h hops, each with its handover; 0 while unknown.
Keys order by cost, then hops: `cost << HOP_BITS | hops`.
"""

import heapq

import numpy as np
import numpy.typing as npt
from numba import njit

from service.graph.snapshot import Int
from service.graph.steps import SOURCE, TARGET, Arcs, Costs, Parts, Rules, open_steps

HOP_BITS = 4
HOP_MASK = (1 << HOP_BITS) - 1
UNREACHABLE = 2**62

Heap = list[tuple[int, int]]
Settled = npt.NDArray[np.int64]


@njit(cache=True, nogil=True)
def start_at(targets: Int) -> Heap:
    """The frontier before the first step: every target, at no cost."""
    frontier = [(0, int(target)) for target in targets]
    heapq.heapify(frontier)
    return frontier


@njit(cache=True, nogil=True)
def settle_next(
    arcs: Arcs,
    rules: Rules,
    parts: Parts,
    handover: int,
    max_key: int,
    settled: Settled,
    frontier: Heap,
    neighbours: Int,
    costs: Costs,
) -> tuple[int, int]:
    """Settle the nearest open label and relax the steps into it.

    Returns the new radius, UNREACHABLE once nothing is left, and the number of relationships examined.
    """
    max_hops = settled.shape[1] - 1
    while len(frontier) > 0:
        key, person = heapq.heappop(frontier)
        hops, cost = key & HOP_MASK, key >> HOP_BITS
        if _dominated(settled, person, hops):
            continue
        settled[person, hops] = cost + 1
        is_end = (parts[person] & (SOURCE | TARGET)) != 0
        if hops == max_hops or (is_end and hops > 0):
            return key, 0
        count, examined = open_steps(arcs, rules, parts, person, True, neighbours, costs)
        for place in range(count):
            before = int(neighbours[place])
            next_key = ((cost + int(costs[place]) + handover) << HOP_BITS) | (hops + 1)
            # A target is never an inner person, and completing from one costs nothing.
            if not parts[before] & TARGET and next_key <= max_key and not _dominated(settled, before, hops + 1):
                heapq.heappush(frontier, (next_key, before))
        return key, examined
    return UNREACHABLE, 0


@njit(cache=True, nogil=True)
def lower_bound(settled: Settled, person: int, hops_left: int, radius: int) -> int:
    """A key that no completion from the person within `hops_left` undercuts; exact once it is settled."""
    for hops in range(hops_left, -1, -1):
        if settled[person, hops] > 0:
            return ((settled[person, hops] - 1) << HOP_BITS) | hops
    return radius


@njit(cache=True, nogil=True)
def is_settled(settled: Settled, person: int, hops_left: int) -> bool:
    """True where `lower_bound` no longer depends on the radius."""
    return _dominated(settled, person, hops_left)


@njit(cache=True, nogil=True)
def _dominated(settled: Settled, person: int, hops: int) -> bool:
    """True where a label with no more hops is settled; it was settled earlier, so it is no costlier."""
    for fewer in range(hops + 1):
        if settled[person, fewer] > 0:
            return True
    return False

"""Which few cover most: greedy maximum coverage with lazy gains. Compiled.

What a set of people covers can only grow less by being chosen later (submodular), so a gain computed once bounds every
later one, and most never need to be computed again (CELF: Leskovec et al. 2007). Greedy covers at least 1 − 1/e of
what any choice could (Nemhauser, Wolsey & Fisher 1978).
"""

import heapq

import numpy as np
from numba import njit

from service.graph.snapshot import Int
from service.graph.texts import Offsets


@njit(cache=True, nogil=True)
def by_other(offsets: Offsets, others: Int, count: int) -> tuple[Offsets, Int]:
    """CSR turned around: which owners (by place) list each of `count` others, owners ascending."""
    turned = np.zeros(count + 1, dtype=np.int64)
    for other in others:
        turned[other + 1] += 1
    for other in range(count):
        turned[other + 1] += turned[other]
    free, owners = turned[:-1].copy(), np.empty(len(others), dtype=np.int32)
    for owner in range(len(offsets) - 1):
        for place in range(offsets[owner], offsets[owner + 1]):
            owners[free[others[place]]] = owner
            free[others[place]] += 1
    return turned, owners


@njit(cache=True, nogil=True)
def greedy_cover(offsets: Offsets, covers: Int, items: int, most: int) -> tuple[Int, Int]:
    """Up to `most` sets that cover most of so many items, and which set was the first to cover each item (−1: none).

    Set s covers the items `covers[offsets[s]:offsets[s + 1]]`. Each next set is the one with the most items not covered
    yet, the lower number where several are equal; none that adds nothing is taken.
    """
    covered_by = np.full(items, -1, dtype=np.int32)
    chosen = np.empty(most, dtype=np.int32)
    count = 0
    bounds = [(offsets[s] - offsets[s + 1], s) for s in range(len(offsets) - 1)]
    heapq.heapify(bounds)
    while count < most and len(bounds) > 0 and bounds[0][0] < 0:
        _, candidate = bounds[0]
        gain = 0
        for place in range(offsets[candidate], offsets[candidate + 1]):
            gain += covered_by[covers[place]] < 0
        heapq.heapreplace(bounds, (-gain, candidate))
        if gain == 0 or bounds[0] != (-gain, candidate):
            continue
        heapq.heappop(bounds)
        for place in range(offsets[candidate], offsets[candidate + 1]):
            if covered_by[covers[place]] < 0:
                covered_by[covers[place]] = candidate
        chosen[count] = candidate
        count += 1
    return chosen[:count], covered_by

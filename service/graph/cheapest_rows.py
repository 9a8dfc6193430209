"""Which relationships of a person with many are the cheapest, so that a search need not look at the others. Compiled.

Age makes all costs grow alike from day to day, so that the order at one day is that of every later one. What was never
dated does not age: from one day to another, dated and undated relationships drift apart by as much as the days add.
"""

import numpy as np
from numba import njit

from service.graph.snapshot import Int, Terms
from service.graph.steps import Costs
from service.graph.texts import Offsets

MANY = 32
"""From so many rows on, the cheapest are known in order."""

SHARE_BITS = 2
"""Of every four rows one is among the cheapest: those of rows `begin:end` are in `begin >> 2:end >> 2`."""


@njit(cache=True, nogil=True)
def cheapest_rows(offsets: Offsets, rows: Int, terms: Terms, ageing: Costs) -> Int:
    """The places of each owner's cheapest rows in order of cost and age, for owners of `MANY` rows.

    `rows` are the rows at the places `offsets` speaks of, empty where they are the places themselves; `ageing` is what
    age adds to each day's rows.
    """
    cheapest = np.zeros(offsets[-1] >> SHARE_BITS, dtype=np.int32)
    for owner in range(len(offsets) - 1):
        begin, end = offsets[owner], offsets[owner + 1]
        if end - begin < MANY:
            continue
        costs = np.empty(end - begin, dtype=np.int64)
        for place in range(begin, end):
            term = terms[rows[place] if len(rows) > 0 else place]
            costs[place - begin] = term["cost"] + ageing[term["last_seen"]]
        first, last = begin >> SHARE_BITS, end >> SHARE_BITS
        bound = np.partition(costs, last - first - 1)[last - first - 1]
        chosen = np.flatnonzero(costs <= bound)
        order = np.argsort(costs[chosen], kind="mergesort")
        cheapest[first:last] = begin + chosen[order[: last - first]]
    return cheapest

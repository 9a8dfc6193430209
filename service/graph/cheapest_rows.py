"""Which relationships of a person with many are the cheapest, so that a search need not look at the others. Compiled.

Age makes all costs grow alike from day to day, so that the order at one day is that of every later one. What was never
dated does not age: from one day to another, dated and undated relationships drift apart by as much as the days add.

Rows are told by their place among their owner's, in two bytes. Owners of more rows than that can tell apart take four
bytes for each, and know half as many.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from service.graph.costs import Costs
from service.graph.snapshot import Int, Ranked, Terms
from service.graph.texts import Offsets

MANY = 32
"""From so many rows on, the cheapest are known in order."""

SHARE_BITS = 2
"""Of every four rows one is among the cheapest: what is known of rows `begin:end` begins at `begin >> 2`."""

TWO_BYTES = 2**16


@njit(cache=True, nogil=True, inline="always")
def ranked(rows: int) -> int:
    """How many of so many rows are known in order."""
    return rows >> (SHARE_BITS if rows <= TWO_BYTES else SHARE_BITS + 1)


@njit(cache=True, nogil=True, inline="always")
def nth_cheapest(cheapest: Ranked, begin: int, rows: int, rank: int) -> int:
    """The place of the row that so many of its owner's go before. The owner's are so many, from `begin`."""
    first = begin >> SHARE_BITS
    if rows <= TWO_BYTES:
        return begin + int(cheapest[first + rank])
    return begin + int(cheapest[first + 2 * rank]) + (int(cheapest[first + 2 * rank + 1]) << 16)


class KnownOrder(NamedTuple):
    """What a former snapshot knows: `of[v]` is the owner there who has the same rows as v has now, −1 where nobody
    has, and the ranks are in `cheapest`, by `offsets`."""

    of: Int
    offsets: Offsets
    cheapest: Ranked

    @classmethod
    def of_nobody(cls, people: int) -> "KnownOrder":
        offsets, cheapest = np.zeros(1, dtype=np.int32), np.empty(0, dtype=np.uint16)
        offsets.flags.writeable = cheapest.flags.writeable = False  # as a snapshot's are, to be compiled for once
        return cls(np.full(people, -1, dtype=np.int32), offsets, cheapest)


@njit(cache=True, nogil=True)
def cheapest_rows(offsets: Offsets, rows: Offsets, terms: Terms, ageing: Costs, known: KnownOrder) -> Ranked:
    """Each owner's cheapest rows in order of cost and age, for owners of `MANY` rows: see `nth_cheapest`.

    `rows` are the rows at the places `offsets` speaks of, empty where they are the places themselves; `ageing` is what
    age adds to each day's rows.
    """
    cheapest = np.zeros(offsets[-1] >> SHARE_BITS, dtype=np.uint16)
    for owner in range(len(offsets) - 1):
        begin, many = offsets[owner], offsets[owner + 1] - offsets[owner]
        if many < MANY:
            continue
        if known.of[owner] >= 0:
            former, first = known.offsets[known.of[owner]] >> SHARE_BITS, begin >> SHARE_BITS
            for place in range(many >> SHARE_BITS):
                cheapest[first + place] = known.cheapest[former + place]
            continue
        costs = np.empty(many, dtype=np.int64)
        for place in range(many):
            term = terms[rows[begin + place] if len(rows) > 0 else begin + place]
            costs[place] = term["cost"] + ageing[term["last_seen"]]
        first, count = begin >> SHARE_BITS, ranked(many)
        bound = np.partition(costs, count - 1)[count - 1]
        chosen = np.flatnonzero(costs <= bound)
        places = chosen[np.argsort(costs[chosen], kind="mergesort")[:count]]
        if many <= TWO_BYTES:
            cheapest[first : first + count] = places
        else:
            cheapest[first : first + 2 * count : 2] = places & 0xFFFF
            cheapest[first + 1 : first + 2 * count : 2] = places >> 16
    return cheapest

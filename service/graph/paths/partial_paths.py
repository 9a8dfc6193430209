"""A heap of partial paths in total order: lower bound (cost, then hops), then person ids. Compiled.

Partial paths live in the rows of a pool; the heap holds row numbers. People beyond a path's end are −1, so a
path sorts before its own extensions.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from service.graph.compiled import kernel
from service.graph.snapshot import Int

MAX_PEOPLE = 9
"""Eight hops have nine people."""


class Pool(NamedTuple):
    """Row r: `people[r]` (−1 beyond the end), `key[r]` its lower bound, `cost[r]` so far, `hops[r]`, and whether
    it is `finished`. `heap[:size]` orders the rows that wait; `used[0]` rows are taken, `used[1]` is the size."""

    people: npt.NDArray[np.int32]
    key: npt.NDArray[np.int64]
    cost: npt.NDArray[np.int64]
    hops: npt.NDArray[np.int8]
    finished: npt.NDArray[np.bool_]
    heap: Int
    used: npt.NDArray[np.int64]


ROWS, SIZE = 0, 1


@njit(cache=True, nogil=True)
def new_pool(capacity: int) -> Pool:
    """An empty pool with room for `capacity` partial paths."""
    return Pool(
        np.empty((capacity, MAX_PEOPLE), dtype=np.int32),
        np.empty(capacity, dtype=np.int64),
        np.empty(capacity, dtype=np.int64),
        np.empty(capacity, dtype=np.int8),
        np.empty(capacity, dtype=np.bool_),
        np.empty(capacity, dtype=np.int32),
        np.zeros(2, dtype=np.int64),
    )


@njit(cache=True, nogil=True)
def grown(pool: Pool, capacity: int) -> Pool:
    """A pool with the same rows and more room."""
    larger = new_pool(capacity)
    rows = pool.used[ROWS]
    larger.people[:rows] = pool.people[:rows]
    larger.key[:rows] = pool.key[:rows]
    larger.cost[:rows] = pool.cost[:rows]
    larger.hops[:rows] = pool.hops[:rows]
    larger.finished[:rows] = pool.finished[:rows]
    larger.heap[: pool.used[SIZE]] = pool.heap[: pool.used[SIZE]]
    larger.used[:] = pool.used
    return larger


@kernel
def before(pool: Pool, one: int, other: int) -> bool:
    """The order of two rows: key, then people."""
    if pool.key[one] != pool.key[other]:
        return pool.key[one] < pool.key[other]
    for place in range(MAX_PEOPLE):
        if pool.people[one, place] != pool.people[other, place]:
            return pool.people[one, place] < pool.people[other, place]
    return False


@kernel
def push(pool: Pool, row: int) -> None:
    """Let a filled row wait for its turn."""
    place = pool.used[SIZE]
    pool.used[SIZE] += 1
    while place > 0:
        parent = (place - 1) >> 1
        if not before(pool, row, pool.heap[parent]):
            break
        pool.heap[place] = pool.heap[parent]
        place = parent
    pool.heap[place] = row


@kernel
def sink_top(pool: Pool, row: int) -> None:
    """Put a row in the place of the top one and restore the order."""
    size = pool.used[SIZE]
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and before(pool, pool.heap[child + 1], pool.heap[child]):
            child += 1
        if not before(pool, pool.heap[child], row):
            break
        pool.heap[place] = pool.heap[child]
        place = child
    pool.heap[place] = row


@kernel
def pop(pool: Pool) -> None:
    """Take the top row off the heap; its data stays in the pool."""
    pool.used[SIZE] -= 1
    if pool.used[SIZE] > 0:
        sink_top(pool, pool.heap[pool.used[SIZE]])

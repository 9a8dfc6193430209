"""One pass of the Leiden algorithm on modularity, compiled: moving, refining, aggregating, level by level.

V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing well-connected communities", Scientific
Reports 9, 5233 (2019). The one deviation: where the paper draws a part by lot, weighted by exp(gain / θ), the best is
taken; chance is only in the order of the vertices. Everything is sequential and drawn from a seed, so the same arrays
give the same answer in every process; the interpreter's lock is not held, so that several passes run side by side.
"""

import numpy as np
import numpy.typing as npt
from numba import njit

from service.graph.communities.tie_graph import Graph, Labels, Weights, aggregated

STOP_EVERY = 1024
"""Vertices between two looks at the stop flag."""

_LEAST_GAIN = 1e-10
"""Of the vertex's own weight: less than that is rounding, and would let vertices move for ever."""


@njit(cache=True, nogil=True)
def leiden_pass(graph: Graph, start: Labels, scale: float, seed: int, stop: npt.NDArray[np.uint8]) -> Labels:
    """A partition no worse than `start`, whose labels are below the number of vertices.

    `scale` is resolution / (2 · weight of all ties). Raising `stop[0]` from another thread ends it with what it has.
    """
    part_of = np.arange(len(start)).astype(np.int32)
    membership = start.copy()
    level = graph
    # Neighbouring seeds must not begin alike, nor any at 0, where the draws would stay.
    state = np.uint64(seed + 1) << np.uint64(32) | np.uint64(0x9E3779B9)
    state = shuffled(64, state)[1]
    while True:
        count = len(level.strength)
        volume = np.zeros(count)
        for vertex in range(count):
            volume[membership[vertex]] += level.strength[vertex]
        order, state = shuffled(count, state)
        move_vertices(level, membership, volume, scale, order, stop)
        communities = renumber(membership)
        if communities == count or stop[0]:
            break
        volume = np.zeros(communities)
        for vertex in range(count):
            volume[membership[vertex]] += level.strength[vertex]
        order, state = shuffled(count, state)
        parts = refined(level, membership, volume, scale, order)
        found = renumber(parts)
        if found == count:
            break
        level = aggregated(level, parts, found)
        above = np.empty(found, dtype=np.int32)
        for vertex in range(count):
            above[parts[vertex]] = membership[vertex]
        membership = above
        for vertex in range(len(part_of)):
            part_of[vertex] = parts[part_of[vertex]]
    for vertex in range(len(part_of)):
        part_of[vertex] = membership[part_of[vertex]]
    return part_of


@njit(cache=True, nogil=True)
def move_vertices(
    graph: Graph, membership: Labels, volume: Weights, scale: float, order: Labels, stop: npt.NDArray[np.uint8]
) -> None:
    """Move vertices, in place, to the community where each adds most, until none has a better place.

    A queue holds those whose surroundings changed. `volume` is kept up to date.
    """
    count = len(order)
    size = np.zeros(count, dtype=np.int32)
    for vertex in range(count):
        size[membership[vertex]] += 1
    empty = np.flatnonzero(size == 0).astype(np.int32)
    free = np.empty(count, dtype=np.int32)
    free[: len(empty)] = empty
    frees = len(empty)
    queue, waiting = order, np.ones(count, dtype=np.bool_)
    head, tail, queued, seen = 0, 0, count, 0
    towards = np.zeros(count)
    near = np.empty(count, dtype=np.int32)
    while queued:
        seen += 1
        if seen % STOP_EVERY == 0 and stop[0]:
            return
        vertex = queue[head]
        head = head + 1 if head + 1 < count else 0
        queued -= 1
        waiting[vertex] = False
        own, strength = membership[vertex], graph.strength[vertex]
        begin, end = graph.offsets[vertex], graph.offsets[vertex + 1]
        nears = 0
        for arc in range(begin, end):
            community = membership[graph.to[arc]]
            if towards[community] == 0:
                near[nears] = community
                nears += 1
            towards[community] += graph.weight[arc]
        volume[own] -= strength
        pull = strength * scale
        best, best_gain = own, towards[own] - pull * volume[own]
        least = best_gain + _LEAST_GAIN * strength
        towards[own] = 0
        for place in range(nears):
            community = near[place]
            gain = towards[community] - pull * volume[community]
            towards[community] = 0
            if gain > best_gain and gain > least and community != own:
                best, best_gain = community, gain
        if best_gain < -_LEAST_GAIN * strength and size[own] > 1:
            frees -= 1
            best = free[frees]
        volume[best] += strength
        if best == own:
            continue
        membership[vertex] = best
        size[own] -= 1
        size[best] += 1
        if size[own] == 0:
            free[frees] = own
            frees += 1
        for arc in range(begin, end):
            other = graph.to[arc]
            if not waiting[other] and membership[other] != best:
                waiting[other] = True
                queue[tail] = other
                tail = tail + 1 if tail + 1 < count else 0
                queued += 1


@njit(cache=True, nogil=True)
def refined(graph: Graph, membership: Labels, volume: Weights, scale: float, order: Labels) -> Labels:
    """The parts of which each community is built: every vertex begins alone and, still alone, joins the part of its
    community where it adds most, if both are well connected to the rest of it. Every part is connected."""
    count = len(order)
    part = np.arange(count).astype(np.int32)
    alone = np.ones(count, dtype=np.bool_)
    part_volume = graph.strength.copy()
    outward = np.zeros(count)
    for vertex in range(count):
        for arc in range(graph.offsets[vertex], graph.offsets[vertex + 1]):
            if membership[graph.to[arc]] == membership[vertex]:
                outward[vertex] += graph.weight[arc]
    towards = np.zeros(count)
    near = np.empty(count, dtype=np.int32)
    for vertex in order:
        strength, around = graph.strength[vertex], volume[membership[vertex]]
        if not alone[vertex] or outward[vertex] < strength * scale * (around - strength):
            continue
        nears = 0
        for arc in range(graph.offsets[vertex], graph.offsets[vertex + 1]):
            other = graph.to[arc]
            if membership[other] == membership[vertex]:
                if towards[part[other]] == 0:
                    near[nears] = part[other]
                    nears += 1
                towards[part[other]] += graph.weight[arc]
        best, best_gain, joined = vertex, _LEAST_GAIN * strength, 0.0
        for place in range(nears):
            candidate = near[place]
            inner = part_volume[candidate]
            gain = towards[candidate] - strength * scale * inner
            if gain > best_gain and outward[candidate] >= inner * scale * (around - inner):
                best, best_gain, joined = candidate, gain, towards[candidate]
            towards[candidate] = 0
        if best != vertex:
            part[vertex] = best
            alone[best] = False
            part_volume[best] += strength
            outward[best] += outward[vertex] - 2 * joined
    return part


@njit(cache=True, nogil=True)
def renumber(labels: Labels) -> int:
    """Number the labels 0, 1, … in order of first sight, in place; how many there are. All are below len(labels)."""
    number = np.full(len(labels), -1, dtype=np.int32)
    used = 0
    for place in range(len(labels)):
        label = labels[place]
        if number[label] < 0:
            number[label] = used
            used += 1
        labels[place] = number[label]
    return used


@njit(cache=True, nogil=True)
def shuffled(count: int, state: np.uint64) -> tuple[Labels, np.uint64]:
    """0 … count − 1 in an order drawn from the state, and the following state (Fisher and Yates; Marsaglia's
    xorshift)."""
    order = np.arange(count).astype(np.int32)
    for place in range(count - 1, 0, -1):
        state ^= state << np.uint64(13)
        state ^= state >> np.uint64(7)
        state ^= state << np.uint64(17)
        other = np.int64(state % np.uint64(place + 1))
        order[place], order[other] = order[other], order[place]
    return order, state

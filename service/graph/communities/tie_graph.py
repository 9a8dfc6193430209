"""Undirected weighted graphs, compiled: made from ties, gathered into parts, and what a partition of one is worth."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

Labels = npt.NDArray[np.int32]
Weights = npt.NDArray[np.float64]


class Graph(NamedTuple):
    """An undirected graph in CSR: the ties of v are `to[offsets[v]:offsets[v + 1]]`, every tie seen from both ends.

    `strength[v]` is the summed weight of v's ties, those inside it counted twice where v stands for several.
    """

    offsets: npt.NDArray[np.int64]
    to: Labels
    weight: Weights
    strength: Weights


@njit(cache=True, nogil=True)
def graph_of(vertices: int, low: Labels, high: Labels, from_low: Weights, from_high: Weights) -> Graph:
    """The graph of ties that are sorted by (low, high), each given once; neighbours are ascending.

    A tie weighs `from_low` as seen from its lower end, `from_high` from the other: the same where it is undirected.
    """
    offsets = np.zeros(vertices + 1, dtype=np.int64)
    strength = np.zeros(vertices)
    for tie in range(len(low)):
        offsets[low[tie] + 1] += 1
        offsets[high[tie] + 1] += 1
    for vertex in range(vertices):
        offsets[vertex + 1] += offsets[vertex]
    place = offsets[:-1].copy()
    to = np.empty(2 * len(low), dtype=np.int32)
    weights = np.empty(2 * len(low))
    for here, there, weight in ((high, low, from_high), (low, high, from_low)):
        for tie in range(len(low)):
            at = place[here[tie]]
            to[at], weights[at] = there[tie], weight[tie]
            place[here[tie]] += 1
            strength[here[tie]] += weight[tie]
    return Graph(offsets, to, weights, strength)


@njit(cache=True, nogil=True)
def aggregated(graph: Graph, part: Labels, parts: int) -> Graph:
    """The graph whose vertices are the parts 0 … parts − 1; ties within a part live on in its strength only."""
    offsets = np.zeros(parts + 1, dtype=np.int64)
    strength = np.zeros(parts)
    begin = np.zeros(parts + 1, dtype=np.int64)
    for vertex in range(len(part)):
        begin[part[vertex] + 1] += 1
        strength[part[vertex]] += graph.strength[vertex]
    for place in range(parts):
        begin[place + 1] += begin[place]
    place_of = begin[:-1].copy()
    members = np.empty(len(part), dtype=np.int32)
    for vertex in range(len(part)):
        members[place_of[part[vertex]]] = vertex
        place_of[part[vertex]] += 1
    towards = np.zeros(parts)
    near = np.empty(parts, dtype=np.int32)
    crossing = 0
    for vertex in range(len(part)):
        for arc in range(graph.offsets[vertex], graph.offsets[vertex + 1]):
            crossing += part[graph.to[arc]] != part[vertex]
    # At most so many; what is not written to takes no memory.
    to = np.empty(crossing, dtype=np.int32)
    weight = np.empty(crossing)
    arcs = 0
    for here in range(parts):
        nears = 0
        for place in range(begin[here], begin[here + 1]):
            vertex = members[place]
            for arc in range(graph.offsets[vertex], graph.offsets[vertex + 1]):
                there = part[graph.to[arc]]
                if there != here:
                    if towards[there] == 0:
                        near[nears] = there
                        nears += 1
                    towards[there] += graph.weight[arc]
        for place in range(nears):
            there = near[place]
            to[arcs], weight[arcs] = there, towards[there]
            towards[there] = 0
            arcs += 1
        offsets[here + 1] = arcs
    return Graph(offsets, to[:arcs], weight[:arcs], strength)


@njit(cache=True, nogil=True)
def modularity(graph: Graph, membership: Labels, scale: float) -> float:
    """Of a partition of the whole graph, up to the factor 2 · weight of all ties."""
    volume = np.zeros(len(membership))
    inside = 0.0
    for vertex in range(len(membership)):
        volume[membership[vertex]] += graph.strength[vertex]
        for arc in range(graph.offsets[vertex], graph.offsets[vertex + 1]):
            if membership[graph.to[arc]] == membership[vertex]:
                inside += graph.weight[arc]
    return inside - scale * (volume * volume).sum()


@njit(cache=True, nogil=True)
def connected(graph: Graph, membership: Labels) -> Labels:
    """The same communities, each cut into its connected parts, numbered by first vertex."""
    parts = np.full(len(membership), -1, dtype=np.int32)
    reached = np.empty(len(membership), dtype=np.int32)
    part = 0
    for vertex in range(len(membership)):
        if parts[vertex] >= 0:
            continue
        reached[0], count, seen = vertex, 1, 0
        parts[vertex] = part
        while seen < count:
            here = reached[seen]
            seen += 1
            for arc in range(graph.offsets[here], graph.offsets[here + 1]):
                other = graph.to[arc]
                if parts[other] < 0 and membership[other] == membership[here]:
                    parts[other] = part
                    reached[count] = other
                    count += 1
        part += 1
    return parts

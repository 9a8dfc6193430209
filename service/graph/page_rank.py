"""PageRank on weighted arcs. Compiled.

L. Page, S. Brin, R. Motwani, T. Winograd, "The PageRank citation ranking" (1999); with a teleport that prefers some
vertices, T. H. Haveliwala, "Topic-sensitive PageRank", WWW (2002).
"""

import numpy as np
import numpy.typing as npt
from numba import njit

from service.graph.snapshot import Flags, Int

Weights = npt.NDArray[np.float64]

DAMPING = 0.85
"""With what probability a walk follows an arc; else it starts anew."""

_PRECISION = 1e-12
"""What all ranks together may change by in the last step."""

_STEPS = 500


@njit(cache=True, nogil=True)
def page_rank(ends: npt.NDArray[np.int64], source: Int, flow: Weights, dead_end: Flags, teleport: Weights) -> Weights:
    """How often a walk without end is at each vertex; sums to 1.

    Arcs `ends[v]:ends[v + 1]` lead to v from `source`, each followed with the probability `flow` by who is there: the
    arcs that leave a vertex have 1 together, or it is a dead end. A walk that starts anew, or is at a dead end, goes
    on at v with the probability `teleport[v]`.
    """
    rank = teleport.copy()
    following = np.empty(len(rank))
    for _ in range(_STEPS):
        lost = 0.0
        for vertex in range(len(rank)):
            if dead_end[vertex]:
                lost += rank[vertex]
        anew = 1 - DAMPING + DAMPING * lost
        moved = 0.0
        for vertex in range(len(rank)):
            arrived = 0.0
            for arc in range(ends[vertex], ends[vertex + 1]):
                arrived += rank[source[arc]] * flow[arc]
            following[vertex] = anew * teleport[vertex] + DAMPING * arrived
            moved += abs(following[vertex] - rank[vertex])
        rank, following = following, rank
        if moved < _PRECISION:
            break
    return rank

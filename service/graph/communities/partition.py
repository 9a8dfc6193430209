"""A projection cut into communities, and what holds of the cut. Definitions: docs/communities.md."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from service.graph.communities.leiden import Membership
from service.graph.communities.projection import Projection, Ties
from service.graph.communities.tie_graph import Graph, Weights, graph_of

Integers = npt.NDArray[np.integer]


def summed(groups: Integers, weights: Weights, count: int) -> Weights:
    """The sum of the weights of each group 0 … count − 1, in the order given."""
    return np.bincount(groups, weights=weights, minlength=count).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Partition:
    """`membership[v]` is the community of vertex v, one of 0 … len(`sizes`) − 1.

    `degree[v]` is the summed weight of v's ties, `volume[c]` that of c's members, `internal[c]` the weight of the
    ties within c, `cut[c]` of those that leave it. Reach: `reach_weight[i]` > 0 is the weight of the ties between
    vertex `reach_vertex[i]` and the members of community `reach_community[i]`, sorted by (vertex, community).
    """

    membership: Membership
    sizes: Ties
    degree: Weights
    volume: Weights
    internal: Weights
    cut: Weights
    reach_vertex: Ties
    reach_community: Ties
    reach_weight: Weights

    def modularity(self, resolution: float) -> float:
        """Σ over communities of (part of the weight inside) − resolution · (part of the volume)²; 0 without ties."""
        doubled = float(self.degree.sum())
        if not doubled:
            return 0.0
        return float((2 * self.internal / doubled - resolution * (self.volume / doubled) ** 2).sum())

    def cohesion(self) -> Weights:
        """Internal weight over possible pairs, for each community; 0 for somebody alone."""
        pairs = self.sizes.astype(np.float64) * (self.sizes - 1) / 2
        cohesion: Weights = np.divide(self.internal, pairs, out=np.zeros(len(pairs)), where=pairs > 0)
        return cohesion

    def conductance(self) -> Weights:
        """Cut over the smaller of the volumes inside and outside; 0 where that is 0."""
        # No rounding may leave the outside less volume than the ties that lead there.
        outside = np.maximum(self.volume.sum() - self.volume, self.cut)
        smaller = np.minimum(self.volume, outside)
        conductance: Weights = np.divide(self.cut, smaller, out=np.zeros(len(smaller)), where=smaller > 0)
        return conductance

    def inside(self) -> Weights:
        """For each vertex the weight of its ties within its own community."""
        own = self.membership[self.reach_vertex] == self.reach_community
        return summed(self.reach_vertex[own], self.reach_weight[own], len(self.membership))


def partition(projection: Projection, membership: Membership) -> Partition:
    """Weigh the ties of a projection against a cut of it; communities must be numbered without a gap."""
    weight = projection.weight
    graph = graph_of(len(membership), projection.low, projection.high, weight, weight)
    sizes = np.bincount(membership).astype(np.int32)
    internal, cut = _weighed(graph, membership, len(sizes))
    return Partition(
        membership,
        sizes,
        graph.strength,
        summed(membership, graph.strength, len(sizes)),
        internal,
        cut,
        *_reach(graph, membership, len(sizes)),
    )


@njit(cache=True, nogil=True)
def _weighed(graph: Graph, membership: Membership, communities: int) -> tuple[Weights, Weights]:
    """The weight of the ties within each community, and of those that leave it."""
    internal, cut = np.zeros(communities), np.zeros(communities)
    for vertex in range(len(membership)):
        own = membership[vertex]
        for arc in range(graph.offsets[vertex], graph.offsets[vertex + 1]):
            if membership[graph.to[arc]] != own:
                cut[own] += graph.weight[arc]
            elif graph.to[arc] > vertex:
                internal[own] += graph.weight[arc]
    return internal, cut


@njit(cache=True, nogil=True)
def _reach(graph: Graph, membership: Membership, communities: int) -> tuple[Ties, Ties, Weights]:
    """`reach_vertex`, `reach_community` and `reach_weight` of a Partition."""
    # At most so many; what is not written to takes no memory.
    most = len(graph.to)
    vertices, reached, weights = np.empty(most, dtype=np.int32), np.empty(most, dtype=np.int32), np.empty(most)
    towards, tied = np.zeros(communities), np.zeros(communities, dtype=np.bool_)
    entries = 0
    for vertex in range(len(membership)):
        begin = entries
        for arc in range(graph.offsets[vertex], graph.offsets[vertex + 1]):
            community = membership[graph.to[arc]]
            if not tied[community]:
                tied[community] = True
                reached[entries] = community
                entries += 1
            towards[community] += graph.weight[arc]
        reached[begin:entries] = np.sort(reached[begin:entries])
        for entry in range(begin, entries):
            vertices[entry], weights[entry] = vertex, towards[reached[entry]]
            towards[reached[entry]], tied[reached[entry]] = 0, False
    return vertices[:entries], reached[:entries], weights[:entries]

"""A projection cut into communities, and what holds of the cut. Definitions: docs/communities.md."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.graph.leiden import Membership
from service.graph.projection import Projection, Ties, Weights

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
    vertices = len(membership)
    sizes = np.bincount(membership).astype(np.int32)
    communities = max(len(sizes), 1)
    weight = projection.weight
    # Every tie twice: seen from its one end and from its other.
    here = np.concatenate((projection.low, projection.high))
    there = membership[np.concatenate((projection.high, projection.low))]
    both = np.concatenate((weight, weight))
    keys, place = np.unique(here.astype(np.int64) * communities + there, return_inverse=True)
    degree = summed(here, both, vertices)
    ends = membership[projection.low], membership[projection.high]
    within = ends[0] == ends[1]
    count = len(sizes)
    return Partition(
        membership=membership,
        sizes=sizes,
        degree=degree,
        volume=summed(membership, degree, count),
        internal=summed(ends[0][within], weight[within], count),
        cut=summed(ends[0][~within], weight[~within], count) + summed(ends[1][~within], weight[~within], count),
        reach_vertex=(keys // communities).astype(np.int32),
        reach_community=(keys % communities).astype(np.int32),
        reach_weight=summed(place, both, len(keys)),
    )

"""Communities by Leiden on modularity: V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing
well-connected communities", Scientific Reports 9, 5233 (2019); the implementation is igraph's.

Pure: arrays in, membership out, the same for the same arrays in every process. igraph keeps the interpreter's lock
while it works, so callers run this in processes of its own.
"""

import random
from dataclasses import dataclass

import igraph
import numpy as np
import numpy.typing as npt

from service.graph.projection import Ties, Weights

Membership = npt.NDArray[np.int32]

RUNS = 12
"""How many seeds are tried on graphs of up to LARGE ties. One run ends up to 0.01 of modularity below the best
(measured on the demo data); of twelve, the best was always within 0.002 of the best of sixty."""

LARGE = 50_000
FEWEST_RUNS = 3

FIRST_PASSES = 2
FURTHER_PASSES = 4
"""Every run makes the first passes, the best quarter the further ones: as good as all passes for all runs, at half
the cost; still further ones found nothing on the demo data."""


def leiden(vertices: int, low: Ties, high: Ties, weight: Weights, resolution: float) -> Membership:
    """The community of every vertex, 0 being the one of vertex 0, 1 the next one that begins, and so on.

    The partition of greatest modularity that a fixed set of seeds gives; every community is connected.
    """
    if not len(low):
        return np.arange(vertices, dtype=np.int32)
    graph = igraph.Graph(n=vertices, edges=np.column_stack((low, high)))
    # Scaled, so that weights near the least float cannot sum to nothing.
    weights = (weight / weight.max()).tolist()

    def run(seed: int, passes: int, start: list[int] | None) -> _Outcome:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 (chance, not secrecy)
        found = graph.community_leiden(
            objective_function="modularity",
            weights=weights,
            resolution=resolution,
            n_iterations=passes,
            initial_membership=start,
        ).membership
        return _Outcome(graph.modularity(found, weights=weights, resolution=resolution), seed, found)

    outcomes = sorted(run(seed, FIRST_PASSES, None) for seed in range(_runs(len(low))))
    finalists = outcomes[: max(1, len(outcomes) // 4)]
    best = min(run(outcome.seed, FURTHER_PASSES, outcome.membership) for outcome in finalists)
    return connected_parts(vertices, low, high, np.asarray(best.membership))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What one run found; the better, the smaller."""

    quality: float
    seed: int
    membership: list[int]

    def __lt__(self, other: "_Outcome") -> bool:
        return (-self.quality, self.seed) < (-other.quality, other.seed)


def connected_parts(vertices: int, low: Ties, high: Ties, membership: npt.NDArray[np.integer]) -> Membership:
    """The same communities, each disconnected one cut into its connected parts, numbered by first vertex."""
    inside = membership[low] == membership[high]
    within = igraph.Graph(n=vertices, edges=np.column_stack((low[inside], high[inside])))
    return _by_first_vertex(np.asarray(within.connected_components().membership))


def _by_first_vertex(labels: npt.NDArray[np.integer]) -> Membership:
    _, first, place = np.unique(labels, return_index=True, return_inverse=True)
    renumbered: Membership = np.argsort(np.argsort(first))[place].astype(np.int32)
    return renumbered


def _runs(ties: int) -> int:
    """Fewer runs on larger graphs, where one costs seconds and they differ less."""
    return max(FEWEST_RUNS, min(RUNS, RUNS * LARGE // ties))

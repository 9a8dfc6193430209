"""Communities inside fields, found by igraph's Leiden: where wiring is dense."""

import random
from typing import TYPE_CHECKING

import igraph
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SEED = 1


def find_communities(
    listener: "NDArray[np.int64]", speaker: "NDArray[np.int64]", field: "NDArray[np.int64]"
) -> "NDArray[np.int64]":
    """A community number for each person, from 0, by size; each lies inside one field. The same answer every time.

    Leiden (modularity, resolution 1) on the undirected pairs between people of one field.
    """
    same = field[listener] == field[speaker]
    graph = igraph.Graph(n=len(field), edges=np.column_stack([listener[same], speaker[same]]))
    graph.simplify()
    found = np.zeros(len(field), dtype=np.int64)
    found_before = 0
    for number in np.unique(field):
        members = np.flatnonzero(field == number)
        igraph.set_random_number_generator(random.Random(_SEED))  # noqa: S311 (no secret)
        partition = graph.induced_subgraph(members).community_leiden(objective_function="modularity", n_iterations=-1)
        found[members] = np.asarray(partition.membership) + found_before
        found_before = int(found[members].max()) + 1
    igraph.set_random_number_generator(random)
    sizes = np.bincount(found)
    rank = np.empty_like(sizes)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    return rank[found]

"""Communities inside fields, found by Leiden: where wiring is dense."""

from typing import TYPE_CHECKING

import numpy as np

from service.graph.communities.leiden import leiden

if TYPE_CHECKING:
    from numpy.typing import NDArray


def find_communities(
    listener: "NDArray[np.int64]", speaker: "NDArray[np.int64]", field: "NDArray[np.int64]"
) -> "NDArray[np.int64]":
    """A community number for each person, from 0, by size; each lies inside one field. The same answer every time.

    Leiden (modularity, resolution 1) on the undirected pairs between people of one field.
    """
    people = len(field)
    same = (field[listener] == field[speaker]) & (listener != speaker)
    low, high = np.minimum(listener, speaker)[same], np.maximum(listener, speaker)[same]
    low, high = np.divmod(np.unique(low * people + high), people)
    found = np.zeros(people, dtype=np.int64)
    local = np.zeros(people, dtype=np.int32)
    begin = 0
    for number in np.unique(field):
        members = np.flatnonzero(field == number)
        local[members] = np.arange(len(members))
        here = field[low] == number
        found[members] = begin + leiden(len(members), local[low[here]], local[high[here]], np.ones(here.sum()), 1.0)
        begin = int(found[members].max()) + 1
    sizes = np.bincount(found)
    rank = np.empty_like(sizes)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    numbered: NDArray[np.int64] = rank[found]
    return numbered

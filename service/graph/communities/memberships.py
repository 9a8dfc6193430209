"""Who belongs to which community, how firmly, and in what role. Definitions: docs/communities.md.

Roles after R. Guimerà, L. A. N. Amaral, "Functional cartography of complex metabolic networks", Nature 433,
895–900 (2005), with weights for links.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from service.graph.communities.members import Codes
from service.graph.communities.partition import Partition, summed
from service.graph.communities.projection import Projection, Ties
from service.graph.communities.tie_graph import Graph, Weights, graph_of
from service.graph.page_rank import page_rank
from service.graph.snapshot import Flags

SECONDARY_SHARE = 0.2
"""Least share in another community than one's own that makes a secondary member."""

HUB_Z = 2.5
CONNECTOR_PARTICIPATION = 0.62
PERIPHERAL_PARTICIPATION = 0.05

_ROUNDING = 1e-12
"""What sums of equal terms may differ by; thresholds are met within it."""


@dataclass(frozen=True, slots=True)
class Memberships:
    """One entry a (community, vertex), sorted so. `share` in [0, 1], `rank` sums to 1 in each community,
    `role` indexes ROLES, `primary` is false for secondary memberships."""

    community: Ties
    vertex: Ties
    share: Weights
    rank: Weights
    role: Codes
    primary: Flags


def memberships(projection: Projection, cut: Partition, kept: Flags) -> Memberships:
    """The members, primary and secondary, of the communities that are kept; the others count as places only."""
    inside = cut.inside()
    first = np.flatnonzero(kept[cut.membership])
    elsewhere = (
        kept[cut.reach_community]
        & (cut.membership[cut.reach_vertex] != cut.reach_community)
        & (cut.reach_weight / cut.degree[cut.reach_vertex] >= SECONDARY_SHARE - _ROUNDING)
    )
    vertex = np.concatenate((first, cut.reach_vertex[elsewhere]))
    community = np.concatenate((cut.membership[first], cut.reach_community[elsewhere]))
    weight = np.concatenate((inside[first], cut.reach_weight[elsewhere]))
    order = np.lexsort((vertex, community))
    vertex, community, weight = vertex[order].astype(np.int32), community[order], weight[order]
    return Memberships(
        community=community,
        vertex=vertex,
        share=weight / cut.degree[vertex],
        rank=_ranks(projection, community, vertex),
        role=_roles(_z(cut, inside, community, weight), _participation(cut)[vertex]),
        primary=cut.membership[vertex] == community,
    )


def _z(cut: Partition, inside: Weights, community: Ties, weight: Weights) -> Weights:
    """How far a weight towards a community lies from the mean of its primary members, in their standard
    deviations (of the whole population); 0 where all are equal."""
    count = len(cut.sizes)
    mean = summed(cut.membership, inside, count) / cut.sizes
    variance = summed(cut.membership, (inside - mean[cut.membership]) ** 2, count) / cut.sizes
    deviation = np.sqrt(variance)
    varied = deviation > mean * _ROUNDING
    z: Weights = np.divide(
        weight - mean[community], deviation[community], out=np.zeros(len(weight)), where=varied[community]
    )
    return z


def _participation(cut: Partition) -> Weights:
    """1 − Σ over all communities of (part of the vertex's weight that goes there)²: 0 if all stays in one."""
    parts = cut.reach_weight / cut.degree[cut.reach_vertex]
    participation: Weights = 1 - summed(cut.reach_vertex, parts**2, len(cut.membership))
    return participation


def _roles(z: Weights, participation: Weights) -> Codes:
    hub = z >= HUB_Z - _ROUNDING
    connector = participation >= CONNECTOR_PARTICIPATION - _ROUNDING
    peripheral = (participation < PERIPHERAL_PARTICIPATION - _ROUNDING) & (z < -_ROUNDING)
    roles: Codes = np.select([hub, connector, peripheral], [0, 1, 2], default=3).astype(np.int8)
    return roles


def _ranks(projection: Projection, community: Ties, vertex: Ties) -> Weights:
    """PageRank inside each community on the direction of influence: an arc u → v as strong as v's trust in u. An entry
    of the result belongs to the entry (community, vertex) given; these are sorted."""
    p = projection
    listening = graph_of(len(p.people), p.low, p.high, p.upward, p.downward)
    begin = np.flatnonzero(np.diff(community, prepend=-1))
    return _ranked(listening, np.append(begin, len(community)), vertex)


@njit(cache=True, nogil=True)
def _ranked(listening: Graph, begin: npt.NDArray[np.int64], vertex: Ties) -> Weights:
    """The members of community c are `vertex[begin[c]:begin[c + 1]]`. A tie's weight seen from v is v's trust."""
    rank = np.empty(len(vertex))
    slot = np.full(len(listening.strength), -1, dtype=np.int32)
    for place in range(len(begin) - 1):
        members = vertex[begin[place] : begin[place + 1]]
        for number in range(len(members)):
            slot[members[number]] = number
        arcs = 0
        for member in members:
            arcs += listening.offsets[member + 1] - listening.offsets[member]
        source, flow = np.empty(arcs, dtype=np.int32), np.empty(arcs)
        ends = np.zeros(len(members) + 1, dtype=np.int64)
        passed_on = np.zeros(len(members))
        arcs = 0
        for number in range(len(members)):
            for arc in range(listening.offsets[members[number]], listening.offsets[members[number] + 1]):
                heard = slot[listening.to[arc]]
                if heard >= 0 and listening.weight[arc] > 0:
                    source[arcs], flow[arcs] = heard, listening.weight[arc]
                    passed_on[heard] += listening.weight[arc]
                    arcs += 1
            ends[number + 1] = arcs
        for arc in range(arcs):
            flow[arc] /= passed_on[source[arc]]
        alike = np.full(len(members), 1 / len(members))
        rank[begin[place] : begin[place + 1]] = page_rank(ends, source, flow, passed_on == 0, alike)
        for member in members:
            slot[member] = -1
    return rank

"""Who belongs to which community, how firmly, and in what role. Definitions: docs/communities.md.

Roles after R. Guimerà, L. A. N. Amaral, "Functional cartography of complex metabolic networks", Nature 433,
895–900 (2005), with weights for links.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.domain.vocabulary import MemberRole
from service.graph.partition import Partition, summed
from service.graph.projection import Projection, Ties, Weights
from service.graph.snapshot import Flags

SECONDARY_SHARE = 0.2
"""Least share in another community than one's own that makes a secondary member."""

HUB_Z = 2.5
CONNECTOR_PARTICIPATION = 0.62
PERIPHERAL_PARTICIPATION = 0.05

DAMPING = 0.85
_RANK_PRECISION = 1e-12
_RANK_STEPS = 500

_ROUNDING = 1e-12
"""What sums of equal terms may differ by; thresholds are met within it."""

Codes = npt.NDArray[np.int8]
ROLES = (MemberRole.HUB, MemberRole.CONNECTOR, MemberRole.PERIPHERAL, MemberRole.MEMBER)


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
        rank=_ranks(projection, community, vertex, len(cut.sizes)),
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


def _ranks(projection: Projection, community: Ties, vertex: Ties, communities: int) -> Weights:
    """PageRank inside each community on the direction of influence: an arc u → v as strong as v's trust in u.

    L. Page, S. Brin, R. Motwani, T. Winograd, "The PageRank citation ranking" (1999). All communities at once,
    as blocks of one matrix: an entry of the result belongs to the entry (community, vertex) given.
    """
    if not len(vertex):
        return np.zeros(0)
    source, target, weight = _inner_arcs(projection, community, vertex)
    # An entry is as large as its block; somebody whom nobody hears passes everything on to all alike.
    size = np.bincount(community, minlength=communities)[community]
    passed_on = summed(source, weight, len(vertex))
    flow = weight / passed_on[source]
    dead_end = passed_on == 0
    rank: Weights = 1 / size
    for _ in range(_RANK_STEPS):
        lost = summed(community[dead_end], rank[dead_end], communities)[community]
        arrived = summed(target, rank[source] * flow, len(vertex))
        following = (1 - DAMPING) / size + DAMPING * (arrived + lost / size)
        moved = np.abs(following - rank).sum()
        rank = following
        if moved < _RANK_PRECISION * communities:
            break
    return rank


def _inner_arcs(projection: Projection, community: Ties, vertex: Ties) -> tuple[Ties, Ties, Weights]:
    """Arcs of influence between entries of the same community, as positions among the entries."""
    # v's trust in u carries influence from u to v: trust low → high is an arc from high to low.
    source = np.concatenate((projection.high, projection.low))
    target = np.concatenate((projection.low, projection.high))
    weight = np.concatenate((projection.upward, projection.downward))
    felt = weight > 0
    source, target, weight = source[felt], target[felt], weight[felt]

    vertices = len(projection.people)
    by_vertex = np.argsort(vertex, kind="stable")
    begin = np.searchsorted(vertex[by_vertex], np.arange(vertices + 1))
    copies = np.diff(begin)[source]
    arc = np.repeat(np.arange(len(source)), copies)
    nth = np.arange(len(arc)) - np.repeat(np.cumsum(copies) - copies, copies)
    source_entry = by_vertex[begin[source[arc]] + nth]
    # Entries are sorted by this key, so the listener's entry in the same community can be looked up.
    keys = community.astype(np.int64) * vertices + vertex
    wanted = community[source_entry].astype(np.int64) * vertices + target[arc]
    target_entry = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    inner = keys[target_entry] == wanted
    return source_entry[inner], target_entry[inner], weight[arc[inner]]

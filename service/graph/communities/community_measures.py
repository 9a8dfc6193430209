"""Everything that is said of the communities of one partition, but for their ids. Definitions: docs/communities.md."""

from dataclasses import dataclass

import numpy as np

from service.domain.communities import BrandPresence
from service.domain.vocabulary import RoleKind, TopicScope
from service.graph.communities.community_labels import labels
from service.graph.communities.leiden import Membership
from service.graph.communities.members import Members
from service.graph.communities.memberships import Memberships, memberships
from service.graph.communities.partition import Partition, partition
from service.graph.communities.projection import Projection
from service.graph.open_trust import Weights, open_trust
from service.graph.snapshot import ROLE_KINDS, Flags, Int, Snapshot
from service.graph.topic_scope import CLOSED, GENERAL, topic_penalties

MOST_BRIDGES = 10
"""Bridges named from one community to one other: the strongest."""

MOST_BRIDGED = 100
"""Other communities to which bridges are named: those with the strongest, by their first person where equal."""

_DECISION_MAKER = ROLE_KINDS.index(RoleKind.DECISION_MAKER)


@dataclass(frozen=True, slots=True)
class FoundBridge:
    """`to` is the place of the other community among the found."""

    person_id: str
    to: int
    strength: float


@dataclass(frozen=True, slots=True)
class FoundCommunity:
    """A community without its id, of `size` primary members. Everything is in order of display."""

    size: int
    label: str
    cohesion: float
    conductance: float
    members: Members
    brands: tuple[BrandPresence, ...]
    decision_maker_ids: tuple[str, ...]
    bridges: tuple[FoundBridge, ...]

    @property
    def person_ids(self) -> tuple[str, ...]:
        """Its primary members by id."""
        return self.members.primary_ids()


@dataclass(frozen=True, slots=True)
class Found:
    """The communities of at least the least size, largest first (ties by their first person's id)."""

    communities: tuple[FoundCommunity, ...]
    modularity: float
    people: int


def describe(
    snapshot: Snapshot,
    projection: Projection,
    membership: Membership,
    *,
    topic: int | None,
    scope: TopicScope,
    as_of: int,
    resolution: float,
    min_size: int,
) -> Found:
    """Measure a partition of the projection of a topic. `modularity` is that of all communities, however small."""
    if not len(projection.people):
        return Found((), 0.0, 0)
    cut = partition(projection, membership)
    kept: Flags = cut.sizes >= min_size
    first = np.unique(membership, return_index=True)[1]
    order = sorted(np.flatnonzero(kept).tolist(), key=lambda c: (-int(cut.sizes[c]), int(first[c])))
    places = {c: place for place, c in enumerate(order)}
    held = _Held(snapshot, projection, topic, scope, as_of)
    presence = held.presence()
    counting = open_trust(snapshot, topic, scope, as_of)
    named = labels(snapshot, counting, projection, cut, kept, topic, presence)
    joined = memberships(projection, cut, kept)
    members = _members(snapshot, projection, joined)
    bridges = _bridges(snapshot, projection, cut, places)
    brands = _brands(snapshot, cut, presence)
    deciding = held.decision_makers()
    cohesion, conductance = cut.cohesion(), cut.conductance()
    communities = tuple(
        FoundCommunity(
            size=int(cut.sizes[c]),
            label=named[c],
            cohesion=float(cohesion[c]),
            conductance=float(conductance[c]),
            members=members[c],
            brands=brands.get(c, ()),
            decision_maker_ids=members[c].deciding(deciding),
            bridges=bridges.get(c, ()),
        )
        for c in order
    )
    return Found(communities, cut.modularity(resolution), len(projection.people))


class _Held:
    """The roles that people of the projection hold on the day of the question."""

    def __init__(
        self, snapshot: Snapshot, projection: Projection, topic: int | None, scope: TopicScope, as_of: int
    ) -> None:
        roles = snapshot.roles
        vertex = np.full(len(snapshot.people.index), -1, dtype=np.int32)
        vertex[projection.people] = np.arange(len(projection.people), dtype=np.int32)
        brand = np.repeat(np.arange(len(snapshot.brands.index), dtype=np.int32), np.diff(roles.offsets))
        held = roles.current(as_of) & (vertex[roles.person] >= 0)
        admitted = topic_penalties(snapshot.topics, topic, scope) != CLOSED
        admitted[GENERAL] = True
        deciding = held & (roles.kind == _DECISION_MAKER) & admitted[roles.topic]
        pairs = np.unique(brand[held].astype(np.int64) * len(vertex) + vertex[roles.person[held]])
        self._presence = np.column_stack((pairs // len(vertex), pairs % len(vertex))).astype(np.int32)
        self._decides = np.zeros(len(vertex), dtype=np.bool_)
        self._decides[roles.person[deciding]] = True

    def presence(self) -> Int:
        """A row (brand, vertex) for every person with any role at a brand."""
        return self._presence

    def decision_makers(self) -> Flags:
        """For each person, whether a decision-maker somewhere, the role's topic being in scope or general."""
        return self._decides


def _members(snapshot: Snapshot, projection: Projection, joined: Memberships) -> dict[int, Members]:
    """Primary members first; within both groups by rank, then by id."""
    order = np.lexsort((joined.vertex, -joined.rank, ~joined.primary, joined.community))
    person = projection.people[joined.vertex[order]]
    columns = joined.share[order], joined.rank[order], joined.role[order], joined.primary[order]
    everybody = Members(snapshot.people.index, person, *columns)
    communities, begin = np.unique(joined.community[order], return_index=True)
    ends = np.append(begin, len(order))[1:]
    spans = zip(communities.tolist(), begin.tolist(), ends.tolist(), strict=True)
    return {community: everybody[start:end] for community, start, end in spans}


def _brands(snapshot: Snapshot, cut: Partition, presence: Int) -> dict[int, tuple[BrandPresence, ...]]:
    """Brands by how many primary members hold a role there, then by id."""
    count = max(len(snapshot.brands.index), 1)
    keys, people = np.unique(
        cut.membership[presence[:, 1]].astype(np.int64) * count + presence[:, 0], return_counts=True
    )
    brands: dict[int, list[BrandPresence]] = {}
    for key, present in zip(keys.tolist(), people.tolist(), strict=True):
        community, brand = divmod(key, count)
        brands.setdefault(community, []).append(BrandPresence(snapshot.brands.index.ids[brand], present))
    return {
        community: tuple(sorted(there, key=lambda brand: (-brand.people, brand.brand_id)))
        for community, there in brands.items()
    }


def _nth(groups: Int, keys: Weights) -> Int:
    """Which place each entry has within its group by key, from 0; equal keys in the order given. Groups ascend."""
    order = np.lexsort((keys, groups))
    places = np.empty(len(order), dtype=np.int32)
    places[order] = np.arange(len(order)) - np.searchsorted(groups, groups)
    return places


def _bridges(
    snapshot: Snapshot, projection: Projection, cut: Partition, places: dict[int, int]
) -> dict[int, tuple[FoundBridge, ...]]:
    """For each pair of kept communities the MOST_BRIDGES people of the one with the most weight to the other."""
    ids = snapshot.people.index.ids
    kept = np.isin(np.arange(len(cut.sizes)), list(places))
    own = cut.membership[cut.reach_vertex]
    across = np.flatnonzero((own != cut.reach_community) & kept[own] & kept[cut.reach_community])
    across = across[
        np.lexsort((cut.reach_vertex[across], -cut.reach_weight[across], cut.reach_community[across], own[across]))
    ]
    pair = own[across].astype(np.int64) * len(cut.sizes) + cut.reach_community[across]
    _, begin, pair_of = np.unique(pair, return_index=True, return_inverse=True)
    named = _nth(own[across[begin]], -cut.reach_weight[across[begin]]) < MOST_BRIDGED
    strongest = across[(np.arange(len(across)) - begin[pair_of] < MOST_BRIDGES) & named[pair_of]]
    bridges: dict[int, list[FoundBridge]] = {}
    for row in strongest.tolist():
        vertex = int(cut.reach_vertex[row])
        bridge = FoundBridge(
            ids[projection.people[vertex]], places[int(cut.reach_community[row])], float(cut.reach_weight[row])
        )
        bridges.setdefault(int(own[row]), []).append(bridge)
    return {community: tuple(found) for community, found in bridges.items()}

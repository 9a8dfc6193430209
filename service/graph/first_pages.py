"""The first entries of lists that hang on many people, for all of them at once; their order is that of `browsing`."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.domain.model import Role
from service.domain.sight import EVERYBODY, Sight
from service.domain.vocabulary import RoleKind
from service.graph.browsing import KIND_ORDER, Tie, role_at, role_key, roles_name, tie_key, ties_name
from service.graph.snapshot import ROLE_KINDS, Int, Snapshot

Places = npt.NDArray[np.int32] | npt.NDArray[np.int64]
"""Positions, of vertices or of rows, as narrow or as wide as they come."""


@dataclass(frozen=True, slots=True)
class Pages:
    """How many entries each page has, and how many the whole list behind it. Pages lie end to end."""

    lengths: list[int]
    totals: list[int]


@dataclass(frozen=True, slots=True)
class FirstTies:
    """Entry i is the relationship in `rows[i]`, seen from the other end than `others[i]`."""

    snapshot: Snapshot
    name: str
    pages: Pages
    rows: Places
    others: Int

    def tie(self, place: int) -> Tie:
        return Tie(self.snapshot.trust, int(self.rows[place]), int(self.others[place]))

    def key(self, place: int) -> list[str | float]:
        return tie_key(self.snapshot, self.tie(place))


@dataclass(frozen=True, slots=True)
class FirstRoles:
    """Entry i is the role in `rows[i]`, which the vertex `people[i]` holds at the brand in position `brands[i]`."""

    snapshot: Snapshot
    name: str
    pages: Pages
    rows: Places
    people: Places
    brands: Places

    def role(self, place: int) -> Role:
        return role_at(self.snapshot, int(self.people[place]), int(self.rows[place]), int(self.brands[place]))

    def key(self, place: int) -> list[str | float]:
        return role_key(self.role(place))


def first_trusts(
    snapshot: Snapshot, people: Places, topic: int | None, first: int, sight: Sight = EVERYBODY
) -> FirstTies:
    """Of each of these vertices whom they trust. A vertex of −1 stands for somebody without any."""
    places, owners = _rows_of(snapshot.trust.out_offsets, people)
    others = snapshot.trust.to[places]
    return _first_ties(snapshot, "trusts", len(people), places, others, owners, topic, first, sight)


def first_trusted_by(
    snapshot: Snapshot, people: Places, topic: int | None, first: int, sight: Sight = EVERYBODY
) -> FirstTies:
    """Who trusts each of these vertices, likewise."""
    trust = snapshot.trust
    places, owners = _rows_of(trust.in_offsets, people)
    rows, others = trust.in_rows[places], trust.in_from[places]
    return _first_ties(snapshot, "trustedBy", len(people), rows, others, owners, topic, first, sight)


def _first_ties(
    snapshot: Snapshot,
    name: str,
    lists: int,
    rows: Places,
    others: Int,
    owners: Places,
    topic: int | None,
    first: int,
    sight: Sight,
) -> FirstTies:
    terms, hidden = snapshot.trust.terms, snapshot.hidden_from(sight)
    if hidden is not None:
        seen = ~hidden[others]
        rows, others, owners = rows[seen], others[seen], owners[seen]
    if topic is not None:
        on_topic = terms["topic"][rows] == topic
        rows, others, owners = rows[on_topic], others[on_topic], owners[on_topic]
    pages, shown = _first(owners, lists, first)
    # rows come by the other person and topic, and lexsort is stable
    order = np.lexsort((terms["cost"][rows], owners))[shown]
    return FirstTies(snapshot, ties_name(snapshot, name, topic), pages, rows[order], others[order])


def first_roles(snapshot: Snapshot, people: Places, kind: RoleKind | None, first: int) -> FirstRoles:
    """The roles that each of these vertices holds, likewise."""
    roles, (offsets, by_person) = snapshot.roles, snapshot.roles_by_person
    places, owners = _rows_of(offsets, people)
    rows = by_person[places]
    if kind is not None:
        of_kind = roles.kind[rows] == ROLE_KINDS.index(kind)
        rows, owners = rows[of_kind], owners[of_kind]
    brands = np.searchsorted(roles.offsets, rows, side="right") - 1
    pages, shown = _first(owners, len(people), first)
    order = np.lexsort((roles.since[rows], roles.topic[rows], KIND_ORDER[roles.kind[rows]], brands, owners))[shown]
    return FirstRoles(snapshot, roles_name(kind), pages, rows[order], people[owners[order]], brands[order])


def _rows_of(offsets: Places, vertices: Places) -> tuple[Places, Places]:
    """The rows of all these vertices one after the other, and for each row the vertex's place among them."""
    begins = np.where(vertices < 0, 0, offsets[vertices])
    counts = np.where(vertices < 0, 0, offsets[vertices + 1] - begins)
    owners = np.repeat(np.arange(len(vertices)), counts)
    before = np.cumsum(counts) - counts
    return np.arange(len(owners)) + (begins - before)[owners], owners


def _first(owners: Places, lists: int, first: int) -> tuple[Pages, npt.NDArray[np.bool_]]:
    """Which entries, once sorted by owner, are among the first of their list."""
    totals = np.bincount(owners, minlength=lists)
    before = np.cumsum(totals) - totals
    shown = np.arange(len(owners)) - before[owners] < first
    return Pages(np.minimum(totals, first).tolist(), totals.tolist()), shown

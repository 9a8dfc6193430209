"""A snapshot: the graph at one moment as immutable arrays, both directions, ready for the kernels.

Vertices are indices into sorted ids, so comparing indices compares ids by code point. Days are whole days
since 1970-01-01; `NO_DAY` stands where Neo4j holds none. Costs are micro-nats.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from service.domain.errors import NotFound
from service.domain.model import Dataset, Evidence
from service.domain.snapshots import SnapshotInfo
from service.domain.vocabulary import RoleKind

Int = npt.NDArray[np.int32]
Offsets = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NO_DAY = int(np.iinfo(np.int32).min)
NO_CHANNEL = 0
ROLE_KINDS = tuple(RoleKind)
_EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Whole days since 1970-01-01."""
    return (day - _EPOCH).days


def day_of(number: int) -> date | None:
    """The inverse of `day_number`; None for NO_DAY."""
    return None if number == NO_DAY else _EPOCH + timedelta(days=number)


class Index:
    """Sorted distinct ids and the position of each."""

    def __init__(self, ids: list[str], kind: str) -> None:
        self.ids = ids
        self.kind = kind
        self._positions = {id_: position for position, id_ in enumerate(ids)}

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, id_: str) -> bool:
        return id_ in self._positions

    def of(self, id_: str) -> int:
        """The position of an id; NotFound where there is none."""
        try:
            return self._positions[id_]
        except KeyError:
            raise NotFound(self.kind, id_) from None


@dataclass(frozen=True, slots=True)
class People:
    """`index.ids[v]`, `names[v]`, `opted_out[v]` for every vertex v."""

    index: Index
    names: list[str]
    opted_out: Flags


@dataclass(frozen=True, slots=True)
class Topics:
    """Position 0 is trust in general (''). `parent[t]` is −1 at a root; `known[t]` is False for ids that only
    relationships mention (no Topic node, so nobody can ask for them)."""

    index: Index
    names: list[str]
    parent: Int
    known: Flags


@dataclass(frozen=True, slots=True)
class Brands:
    index: Index
    names: list[str]


@dataclass(frozen=True, slots=True)
class Roles:
    """One row a HAS_ROLE, sorted by brand: rows `offsets[b]:offsets[b + 1]` are brand b's. `kind` indexes
    ROLE_KINDS; `cost` is that of the role's strength (0 where none is given); `until` is inclusive."""

    offsets: Offsets
    person: Int
    kind: npt.NDArray[np.int8]
    topic: Int
    cost: Int
    since: Int
    until: Int

    def current(self, as_of: int) -> Flags:
        """Which rows hold on a day."""
        holds: Flags = (self.since <= as_of) & ((self.until == NO_DAY) | (self.until >= as_of))
        return holds


@dataclass(frozen=True, slots=True)
class Trust:
    """Trust relationships in CSR by (from, to, topic); row r says `from` trusts `to[r]`.

    `out_offsets[v]:out_offsets[v + 1]` are the rows whose listener is v. `in_offsets` likewise spans
    `in_rows`/`in_from`: the rows whose speaker is v, by (from, topic). `contested[r]` says that the listener also
    distrusts the speaker on some topic, so that the distrust must be looked up. `evidence` indexes the
    snapshot's `evidence` pool, `channel` its `channels` (NO_CHANNEL where none is given).
    """

    out_offsets: Offsets
    to: Int
    topic: Int
    cost: Int
    since: Int
    last_seen: Int
    channel: npt.NDArray[np.int16]
    paid: Flags
    contested: Flags
    evidence: Int
    in_offsets: Offsets
    in_from: Int
    in_rows: Int


@dataclass(frozen=True, slots=True)
class Distrust:
    """Distrust in CSR by (from, to, topic): `from` distrusts `to` since a day (NO_DAY: always)."""

    offsets: Offsets
    to: Int
    topic: Int
    since: Int


@dataclass(frozen=True)
class Snapshot:
    """Everything an answer is computed from. A value: it never changes, so it is shared without a lock."""

    info: SnapshotInfo
    dataset: Dataset
    people: People
    brands: Brands
    topics: Topics
    roles: Roles
    trust: Trust
    distrust: Distrust
    channels: tuple[str, ...]
    evidence: tuple[tuple[Evidence, ...], ...]

    def as_of(self, asked: date | None) -> date:
        """The day a question is about: the one asked, else the data set's, else today (UTC)."""
        return asked or self.dataset.as_of or datetime.now(UTC).date()

    @cached_property
    def most_ties(self) -> int:
        """The largest number of trust rows, in and out, that one person has."""
        ties = np.diff(self.trust.out_offsets) + np.diff(self.trust.in_offsets)
        return int(ties.max(initial=0))

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
from service.domain.sight import Sight
from service.domain.snapshots import SnapshotInfo
from service.domain.vocabulary import RoleKind
from service.graph.dating import Dating, dating
from service.graph.texts import Index, Offsets, Texts, Wide, offsets_from

Int = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Parts = npt.NDArray[np.uint8]
Ranked = npt.NDArray[np.uint16]

BARRED, WARY, UNTRUSTED, TRUSTS_NOBODY = 1, 8, 16, 32
"""Bits of a person's part in every search: opted out; distrusts somebody; nobody trusts them; they trust nobody."""

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


Terms = npt.NDArray[np.void]
"""What trust relationships say, a record each, since whoever reads one of it reads most of it.

`cost` in micro-nats without age and topic; `topic` a position among the topics; `since` and `last_seen` positions
in `Trust.days`; `grounds` one in `Grounds`."""

_NARROW = 2**16


def terms_dtype(topics: int, grounds: int) -> "np.dtype[np.void]":
    """The record for so many topics and grounds: 12 bytes where two are enough for each position, as nearly always,
    else 16."""
    place = np.uint16 if max(topics, grounds) <= _NARROW else np.int32
    return np.dtype(
        [("cost", np.int32), ("topic", place), ("since", np.uint16), ("last_seen", np.uint16), ("grounds", place)]
    )


@dataclass(frozen=True, slots=True)
class People:
    """`index.ids[v]`, `names[v]`, `opted_out[v]` for every vertex v."""

    index: Index
    names: Texts
    opted_out: Flags


@dataclass(frozen=True, slots=True)
class Topics:
    """Position 0 is trust in general (''). `parent[t]` is −1 at a root; `known[t]` is False for ids that only
    relationships mention (no Topic node, so nobody can ask for them)."""

    index: Index
    names: Texts
    parent: Int
    known: Flags


@dataclass(frozen=True, slots=True)
class Brands:
    index: Index
    names: Texts


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

    def current(self, as_of: int, rows: slice = slice(None)) -> Flags:
        """Which rows, of those given, hold on a day."""
        until = self.until[rows]
        holds: Flags = (self.since[rows] <= as_of) & ((until == NO_DAY) | (until >= as_of))
        return holds


@dataclass(frozen=True, slots=True)
class Grounds:
    """The distinct grounds of trust: over which channel, at which stages, paid or not, on what evidence. Many
    relationships share one.

    `channel[g]` indexes `channels` (NO_CHANNEL where none is given); `stages[g]` are bits (`stages_of`). The evidence
    of g is `evidence_counts[p]` interactions of kind `kinds[evidence_kinds[p]]` for p in `offsets[g]:offsets[g + 1]`.
    `digest[g]` stands for all of that, independent of positions.
    """

    channels: tuple[str, ...]
    kinds: tuple[str, ...]
    channel: npt.NDArray[np.int16]
    stages: Parts
    paid: Flags
    offsets: Offsets
    evidence_kinds: Int
    evidence_counts: Wide
    digest: npt.NDArray[np.uint64]

    def evidence(self, place: int) -> tuple[Evidence, ...]:
        """The evidence of one ground, in the order stored."""
        span = slice(*self.offsets[place : place + 2].tolist())
        kinds, counts = self.evidence_kinds[span].tolist(), self.evidence_counts[span].tolist()
        return tuple(Evidence(self.kinds[kind], count) for kind, count in zip(kinds, counts, strict=True))


@dataclass(frozen=True, slots=True)
class Trust:
    """Trust relationships in CSR by (from, to, topic); row r says `from` trusts `to[r]` on `terms[r]`.

    `out_offsets[v]:out_offsets[v + 1]` are the rows whose listener is v. `in_offsets` likewise spans
    `in_rows`/`in_from`: the rows whose speaker is v, by (from, topic). `out_cheapest` and `in_cheapest` are those of
    `cheapest_rows`. `days` holds the distinct days as numbers, NO_DAY first.
    """

    out_offsets: Offsets
    to: Int
    terms: Terms
    days: Int
    grounds: Grounds
    in_offsets: Offsets
    in_from: Int
    in_rows: Offsets
    out_cheapest: Ranked
    in_cheapest: Ranked


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

    def as_of(self, asked: date | None) -> date:
        """The day a question is about: the one asked, else the data set's, else today (UTC)."""
        return asked or self.dataset.as_of or datetime.now(UTC).date()

    def hidden_from(self, sight: Sight) -> Flags | None:
        """Whom a list must leave out, by vertex; None where that is nobody."""
        return None if sight.opted_out or not self._opted_out_at_all else self.people.opted_out

    def person(self, id_: str, sight: Sight) -> int:
        """The vertex of somebody whom a question names; NotFound where nobody has the id, or nobody may know."""
        vertex = self.people.index.of(id_)
        if not sight.opted_out and self.people.opted_out[vertex]:
            raise NotFound(self.people.index.kind, id_)
        return vertex

    def counts_in(self, sight: Sight) -> tuple[int, int]:
        """How many people there are, and how many trust relationships between them."""
        hidden = self.hidden_from(sight)
        return (self.info.people, self.info.relationships) if hidden is None else self._counts_without_opted_out

    @cached_property
    def _opted_out_at_all(self) -> bool:
        return bool(self.people.opted_out.any())

    @cached_property
    def _counts_without_opted_out(self) -> tuple[int, int]:
        seen = ~self.people.opted_out
        trusted = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(seen[self.trust.to], dtype=np.int64)))
        rows = trusted[self.trust.out_offsets[1:]] - trusted[self.trust.out_offsets[:-1]]
        return int(seen.sum()), int(rows[seen].sum())

    @cached_property
    def usual_parts(self) -> Parts:
        """The bits of every person's part in a search, as far as all searches have them alike."""
        trust = self.trust
        parts: Parts = self.people.opted_out * np.uint8(BARRED)
        parts |= (np.diff(self.distrust.offsets) > 0) * np.uint8(WARY)
        parts |= (np.diff(trust.in_offsets) == 0) * np.uint8(UNTRUSTED)
        parts |= (np.diff(trust.out_offsets) == 0) * np.uint8(TRUSTS_NOBODY)
        return parts

    def drift_days(self, as_of: int) -> int:
        """By how many days of age rows that are the cheapest, which are in order for the last day on which somebody
        was seen, may be out of order on a day. From then on all dated ones age alike."""
        last, undated = self.dating
        return 0 if as_of >= last and not undated else abs(as_of - last)

    @cached_property
    def dating(self) -> Dating:
        """From when its trust is."""
        return dating(self.trust.days, self.trust.terms)

    @cached_property
    def most_ties(self) -> int:
        """The largest number of trust rows, in and out, that one person has."""
        ties = np.diff(self.trust.out_offsets) + np.diff(self.trust.in_offsets)
        return int(ties.max(initial=0))

    @cached_property
    def roles_by_person(self) -> tuple[Offsets, Offsets]:
        """The rows of roles by person: `rows[offsets[v]:offsets[v + 1]]` are those of vertex v."""
        counts = np.bincount(self.roles.person, minlength=len(self.people.index))
        return offsets_from(counts), np.argsort(self.roles.person, kind="stable")

"""Builds a snapshot from what the store reads, row group by row group. Used once, then thrown away."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import numpy as np

from service.domain.model import GENERAL_TOPIC, Brand, Dataset, Evidence, Person, Role, Topic
from service.domain.snapshots import SnapshotInfo
from service.graph.costs import cost_of
from service.graph.snapshot import (
    NO_CHANNEL,
    NO_DAY,
    ROLE_KINDS,
    Brands,
    Distrust,
    Index,
    Int,
    Offsets,
    People,
    Roles,
    Snapshot,
    Topics,
    Trust,
    day_number,
)


class SnapshotBuilder:
    """Takes nodes first, then relationships in any order, then `build`. Days are numbers, NO_DAY where absent."""

    def __init__(
        self, dataset: Dataset, people: Iterable[Person], brands: Iterable[Brand], topics: Iterable[Topic]
    ) -> None:
        self._dataset = dataset
        self._people = sorted(people, key=lambda person: person.id)
        self._brands = sorted(brands, key=lambda brand: brand.id)
        self._topics = {topic.id: topic for topic in topics}
        self._person_index = Index([person.id for person in self._people], "person")
        self._brand_index = Index([brand.id for brand in self._brands], "brand")
        self._numbers = _Numbering(GENERAL_TOPIC)
        self._channels = _Numbering("")
        self._evidence: dict[tuple[tuple[str, ...], tuple[int, ...]], int] = {((), ()): 0}
        self._trust = {name: array("i") for name in ("from", "to", "topic", "cost", "since", "last", "channel", "pool")}
        self._paid = bytearray()
        self._distrust = {name: array("i") for name in ("from", "to", "topic", "since")}
        self._roles: list[Role] = []

    def add_trust(
        self,
        from_id: str,
        to_ids: Sequence[str],
        topic_ids: Sequence[str],
        costs: Sequence[int],
        since: Sequence[int],
        last_seen: Sequence[int],
        channels: Sequence[str],
        paid: Sequence[bool],
        evidence_kinds: Sequence[Sequence[str]],
        evidence_counts: Sequence[Sequence[int]],
    ) -> None:
        """All trust of one person, as aligned columns; a channel is '' where none is known."""
        position, columns = self._person_index.of, self._trust
        columns["from"].extend([position(from_id)] * len(to_ids))
        columns["to"].extend(map(position, to_ids))
        columns["topic"].extend(map(self._numbers.of, topic_ids))
        columns["cost"].extend(costs)
        columns["since"].extend(since)
        columns["last"].extend(last_seen)
        columns["channel"].extend(map(self._channels.of, channels))
        columns["pool"].extend(map(self._pooled, evidence_kinds, evidence_counts))
        self._paid.extend(paid)

    def add_distrust(self, from_id: str, to_id: str, topic_id: str, since: int) -> None:
        """One person's distrust of another on a topic, in force since a day."""
        position, columns = self._person_index.of, self._distrust
        columns["from"].append(position(from_id))
        columns["to"].append(position(to_id))
        columns["topic"].append(self._numbers.of(topic_id))
        columns["since"].append(since)

    def add_role(self, role: Role) -> None:
        self._roles.append(role)

    def build(self, bookmark: str) -> Snapshot:
        """The finished snapshot. Its id is a digest of its content: equal graphs have equal ids."""
        topics, topic_of = self._finished_topics()
        people = People(
            self._person_index,
            [person.name for person in self._people],
            np.array([person.opted_out for person in self._people], dtype=np.bool_),
        )
        brands = Brands(self._brand_index, [brand.name for brand in self._brands])
        distrust, distrusted_pairs = self._finished_distrust(topic_of)
        channels, channel_of = self._finished_channels()
        evidence, evidence_of = self._finished_evidence()
        trust = self._finished_trust(topic_of, channel_of, evidence_of, distrusted_pairs)
        roles = self._finished_roles(topics)
        texts = (people.index.ids, people.names, brands.index.ids, brands.names, topics.index.ids, topics.names)
        info = SnapshotInfo(
            id=_digest(
                (people.opted_out, *_columns(trust, distrust, roles, topics)), texts, channels, evidence, self._dataset
            ),
            built_at=datetime.now(UTC),
            people=len(people.names),
            relationships=len(trust.to),
            bookmark=bookmark,
        )
        for column in _columns(trust, distrust, roles, topics):
            column.flags.writeable = False
        return Snapshot(info, self._dataset, people, brands, topics, roles, trust, distrust, channels, evidence)

    def _pooled(self, kinds: Sequence[str], counts: Sequence[int]) -> int:
        return self._evidence.setdefault((tuple(kinds), tuple(counts)), len(self._evidence))

    def _finished_topics(self) -> tuple[Topics, Int]:
        """Topics in order of id, and the final position of each provisional number."""
        for role in self._roles:
            self._numbers.of(role.topic_id)
        ids = sorted({*self._topics, *self._numbers.values})
        index = Index(ids, "topic")
        parents = (self._topics[id_].parent_id if id_ in self._topics else None for id_ in ids)
        parent = [index.of(id_) if id_ is not None and id_ in self._topics else -1 for id_ in parents]
        topics = Topics(
            index,
            [self._topics[id_].name if id_ in self._topics else id_ for id_ in ids],
            np.array(parent, dtype=np.int32),
            np.array([id_ in self._topics for id_ in ids], dtype=np.bool_),
        )
        return topics, np.array([index.of(id_) for id_ in self._numbers.values], dtype=np.int32)

    def _finished_channels(self) -> tuple[tuple[str, ...], Int]:
        """Channels by code point behind the empty name of NO_CHANNEL, and where each provisional number went."""
        provisional = self._channels.values
        channels = ("", *sorted(provisional[1:]))
        return channels, np.array([channels.index(channel) for channel in provisional], dtype=np.int32)

    def _finished_evidence(self) -> tuple[tuple[tuple[Evidence, ...], ...], Int]:
        """The distinct evidence in a canonical order, and where each provisional number went."""
        canonical = {key: place for place, key in enumerate(sorted(self._evidence))}
        pool = tuple(tuple(map(Evidence, kinds, counts)) for kinds, counts in canonical)
        return pool, np.array([canonical[key] for key in self._evidence], dtype=np.int32)

    def _finished_trust(self, topic_of: Int, channel_of: Int, evidence_of: Int, distrusted_pairs: Offsets) -> Trust:
        columns = {name: np.frombuffer(column, dtype=np.int32) for name, column in self._trust.items()}
        topic = topic_of[columns["topic"]]
        order = np.lexsort((topic, columns["to"], columns["from"]))
        from_, to = columns["from"][order], columns["to"][order]
        topic = topic[order]
        inward = np.lexsort((topic, from_, to)).astype(np.int32)
        count = len(self._people)
        return Trust(
            out_offsets=_offsets(from_, count),
            to=to,
            topic=topic,
            cost=columns["cost"][order],
            since=columns["since"][order],
            last_seen=columns["last"][order],
            channel=channel_of[columns["channel"][order]].astype(np.int16),
            paid=np.frombuffer(self._paid, dtype=np.uint8).astype(np.bool_)[order],
            contested=np.isin(_pairs(from_, to, count), distrusted_pairs),
            evidence=evidence_of[columns["pool"][order]],
            in_offsets=_offsets(to[inward], count),
            in_from=from_[inward],
            in_rows=inward,
        )

    def _finished_distrust(self, topic_of: Int) -> tuple[Distrust, Offsets]:
        columns = {name: np.frombuffer(column, dtype=np.int32) for name, column in self._distrust.items()}
        topic = topic_of[columns["topic"]]
        order = np.lexsort((topic, columns["to"], columns["from"]))
        from_, to = columns["from"][order], columns["to"][order]
        count = len(self._people)
        return (
            Distrust(_offsets(from_, count), to, topic[order], columns["since"][order]),
            np.unique(_pairs(from_, to, count)),
        )

    def _finished_roles(self, topics: Topics) -> Roles:
        rows = sorted(
            (
                self._brand_index.of(role.brand_id),
                self._person_index.of(role.person_id),
                ROLE_KINDS.index(role.kind),
                topics.index.of(role.topic_id),
                cost_of(role.strength) if role.strength is not None else 0,
                NO_DAY if role.since is None else day_number(role.since),
                NO_DAY if role.until is None else day_number(role.until),
            )
            for role in self._roles
        )
        table = np.array(rows, dtype=np.int32).reshape(len(rows), 7)
        brand, person, kind, topic, cost, since, until = (np.ascontiguousarray(column) for column in table.T)
        offsets = _offsets(brand, len(self._brands))
        return Roles(offsets, person, kind.astype(np.int8), topic, cost, since, until)


class _Numbering:
    """Numbers values in order of first sight; the first one given is number 0."""

    def __init__(self, first: str) -> None:
        self._numbers: dict[str, int] = {first: NO_CHANNEL}

    def of(self, value: str) -> int:
        return self._numbers.setdefault(value, len(self._numbers))

    @property
    def values(self) -> list[str]:
        return list(self._numbers)


def _offsets(sorted_owners: Int, owners: int) -> Offsets:
    """CSR offsets: the rows of owner v are `offsets[v]:offsets[v + 1]`."""
    offsets: Offsets = np.searchsorted(sorted_owners, np.arange(owners + 1)).astype(np.int64)
    return offsets


def _pairs(from_: Int, to: Int, count: int) -> Offsets:
    """One number for each ordered pair."""
    pairs: Offsets = from_.astype(np.int64) * count + to
    return pairs


def _columns(*tables: Trust | Distrust | Roles | Topics) -> Iterator[np.ndarray]:
    for table in tables:
        fields = (getattr(table, name) for name in table.__dataclass_fields__)
        yield from (field for field in fields if isinstance(field, np.ndarray))


def _digest(columns: Iterable[np.ndarray], *rest: object) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for column in columns:
        digest.update(column.tobytes())
    digest.update(repr(rest).encode())
    return digest.hexdigest()

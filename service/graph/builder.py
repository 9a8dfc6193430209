"""Builds a snapshot from what the store reads: all of it, or what changed since a former one. Used once, then thrown
away."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import numpy as np

from service.domain.model import GENERAL_TOPIC, Brand, Dataset, Role, Topic
from service.domain.snapshots import SnapshotInfo
from service.graph.costs import cost_of
from service.graph.csr import offsets_of
from service.graph.digest import snapshot_id
from service.graph.grounds import Numbering
from service.graph.kept import Kept, unmoved
from service.graph.snapshot import (
    NO_DAY,
    ROLE_KINDS,
    Brands,
    Distrust,
    Int,
    People,
    Roles,
    Snapshot,
    Topics,
    day_number,
)
from service.graph.snapshot_arrays import frozen
from service.graph.texts import Index, Texts
from service.graph.trust_rows import TrustPage, TrustRows, finder

_Row = tuple[int, ...]


class SnapshotBuilder:
    """Takes nodes first, then relationships in any order, then `build`. Days are numbers, NO_DAY where absent.

    With `kept`, everything that leaves the people named there stays as a former snapshot had it, and only the
    others' relationships are to be added. Relationships to people who are not among `people` are left out: they came
    while the graph was being read, and will be read with them.
    """

    def __init__(
        self,
        dataset: Dataset,
        people: People,
        brands: Iterable[Brand],
        topics: Iterable[Topic],
        kept: Kept | None = None,
    ) -> None:
        self._dataset = dataset
        self._people = people
        self._brands = sorted(brands, key=lambda brand: brand.id)
        self._brand_index = Index(Texts.of(brand.id for brand in self._brands), "brand")
        self._topics = {topic.id: topic for topic in topics}
        self._topic_numbers = Numbering([GENERAL_TOPIC])
        self._kept = kept
        self._position = finder(people.index, kept)
        self._brand_position = {id_: place for place, id_ in enumerate(self._brand_index.ids)}.get
        self._trust = TrustRows(len(people.index), self._position, self._topic_numbers, kept)
        self._distrust: list[_Row] = []
        self._roles: list[_Row] = []

    def places(self, ids: Sequence[str]) -> Int:
        """Where people are in the snapshot, −1 where they are not."""
        of = {id_: self._position(id_) for id_ in set(ids)}
        return np.array([-1 if (place := of[id_]) is None else place for id_ in ids], dtype=np.int32)

    def add_trust(
        self,
        from_id: str,
        to_ids: Sequence[str],
        topic_ids: Sequence[str],
        costs: Sequence[int],
        since: Sequence[int],
        last_seen: Sequence[int],
        channels: Sequence[str],
        stages: Sequence[int],
        paid: Sequence[bool],
        evidence_kinds: Sequence[Sequence[str]],
        evidence_counts: Sequence[Sequence[int]],
    ) -> None:
        """All trust of one person, as aligned columns; a channel is '' where none is known, stages are bits."""
        self._trust.add(
            from_id, to_ids, topic_ids, costs, since, last_seen, channels, stages, paid, evidence_kinds, evidence_counts
        )

    def add_trust_page(self, page: TrustPage) -> None:
        """Trust of many people at once."""
        self._trust.add_page(page)

    def add_distrust(self, from_id: str, to_id: str, topic_id: str, since: int) -> None:
        """One person's distrust of another on a topic, in force since a day."""
        from_, to = self._position(from_id), self._position(to_id)
        if from_ is not None and to is not None:
            self._distrust.append((from_, to, self._topic_numbers.of(topic_id), since))

    def add_role(self, role: Role) -> None:
        """One person's role at a brand."""
        brand, person = self._brand_position(role.brand_id), self._position(role.person_id)
        if brand is not None and person is not None:
            self._roles.append(
                (
                    brand,
                    person,
                    ROLE_KINDS.index(role.kind),
                    self._topic_numbers.of(role.topic_id),
                    cost_of(role.strength) if role.strength is not None else 0,
                    NO_DAY if role.since is None else day_number(role.since),
                    NO_DAY if role.until is None else day_number(role.until),
                )
            )

    def build(self, bookmark: str) -> Snapshot:
        """The finished snapshot. Its id is a digest of its content: equal graphs have equal ids."""
        topics, topic_of, topic_moved = self._finished_topics()
        brands = Brands(self._brand_index, Texts.of(brand.name for brand in self._brands))
        roles = self._finished_roles(topic_of, topic_moved)
        trust = self._trust.finished(len(topics.index), topic_of, topic_moved, self._dataset.half_life_days)
        distrust = self._finished_distrust(topic_of, topic_moved)
        info = SnapshotInfo(
            id=snapshot_id(self._dataset, self._people, brands, topics, roles, trust, distrust),
            built_at=datetime.now(UTC),
            people=len(self._people.names),
            relationships=len(trust.to),
            bookmark=bookmark,
        )
        return frozen(Snapshot(info, self._dataset, self._people, brands, topics, roles, trust, distrust))

    def _finished_topics(self) -> tuple[Topics, Int, Int]:
        """Topics in order of id; the final position of each number; and that of each former position."""
        former_ids = [] if self._kept is None else self._topics_kept(self._kept)
        ids = sorted({*self._topics, *self._topic_numbers.values, *filter(None, former_ids)})
        index = Index(Texts.of(ids), "topic")
        position = {id_: place for place, id_ in enumerate(ids)}
        parents = (self._topics[id_].parent_id if id_ in self._topics else None for id_ in ids)
        parent = [position[id_] if id_ is not None and id_ in self._topics else -1 for id_ in parents]
        topics = Topics(
            index,
            Texts.of(self._topics[id_].name if id_ in self._topics else id_ for id_ in ids),
            np.array(parent, dtype=np.int32),
            np.array([id_ in self._topics for id_ in ids], dtype=np.bool_),
        )
        return (
            topics,
            np.array([position[id_] for id_ in self._topic_numbers.values], dtype=np.int32),
            np.array([-1 if id_ is None else position[id_] for id_ in former_ids], dtype=np.int32),
        )

    def _topics_kept(self, kept: Kept) -> list[str | None]:
        """The ids of the former topics; None for those that neither a node nor a relationship kept knows any more."""
        former, stays = kept.former, kept.stays()
        ids: list[str | None] = list(former.topics.index.ids)
        doubtful = [place for place, id_ in enumerate(ids) if id_ != GENERAL_TOPIC and id_ not in self._topics]
        if doubtful:
            trust, distrust = former.trust, former.distrust
            used = np.zeros(len(ids), dtype=np.bool_)
            used[trust.terms["topic"][np.repeat(stays, np.diff(trust.out_offsets))]] = True
            used[distrust.topic[np.repeat(stays, np.diff(distrust.offsets))]] = True
            used[former.roles.topic[stays[former.roles.person]]] = True
            for place in doubtful:
                if not used[place]:
                    ids[place] = None
        return ids

    def _finished_distrust(self, topic_of: Int, topic_moved: Int) -> Distrust:
        read = _table(self._distrust, 4)
        read[:, 2] = topic_of[read[:, 2]]
        kept = _table((), 4) if self._kept is None else self._distrust_kept(self._kept, topic_moved)
        from_, to, topic, since = _merged(kept, read)
        return Distrust(offsets_of(from_, len(self._people.index)), to, topic, since)

    def _distrust_kept(self, kept: Kept, topic_moved: Int) -> Int:
        former = kept.former.distrust
        from_ = np.repeat(np.arange(len(kept.moved)), np.diff(former.offsets))
        rows = np.column_stack((kept.moved[from_], kept.moved[former.to], topic_moved[former.topic], former.since))
        return rows[kept.stays()[from_] & (rows[:, 1] >= 0)]

    def _finished_roles(self, topic_of: Int, topic_moved: Int) -> Roles:
        read = _table(self._roles, 7)
        read[:, 3] = topic_of[read[:, 3]]
        if self._kept is not None and self._roles_stay(self._kept, read, topic_moved):
            return self._kept.former.roles
        kept = _table((), 7) if self._kept is None else self._roles_kept(self._kept, topic_moved)
        brand, person, kind, topic, cost, since, until = _merged(kept, read)
        offsets = offsets_of(brand, len(self._brands))
        return Roles(offsets, person, kind.astype(np.int8), topic, cost, since, until)

    def _roles_stay(self, kept: Kept, read: Int, topic_moved: Int) -> bool:
        """Whether those read are those they replace, and everything else is where it was: as nearly always."""
        former = kept.former.roles
        if not kept.nobody_moved or not unmoved(topic_moved):
            return False
        if self._brand_index.ids.digest != kept.former.brands.index.ids.digest:
            return False
        rows = np.flatnonzero(~kept.stays()[former.person])
        brand = np.searchsorted(former.offsets, rows, side="right") - 1
        columns = former.person, former.kind, former.topic, former.cost, former.since, former.until
        return np.array_equal(np.column_stack((brand, *(column[rows] for column in columns))), _ordered(read))

    def _roles_kept(self, kept: Kept, topic_moved: Int) -> Int:
        former = kept.former.roles
        places = [self._brand_position(id_) for id_ in kept.former.brands.index.ids]
        brand_moved = np.array([-1 if place is None else place for place in places], dtype=np.int32)
        brand = np.repeat(brand_moved, np.diff(former.offsets))
        rows = np.column_stack(
            (
                brand, kept.moved[former.person], former.kind, topic_moved[former.topic],
                former.cost, former.since, former.until,
            )
        ).astype(np.int32)  # fmt: skip
        return rows[kept.stays()[former.person] & (brand >= 0)]


def _table(rows: Sequence[_Row], width: int) -> Int:
    return np.array(rows, dtype=np.int32).reshape(len(rows), width)


def _merged(kept: Int, read: Int) -> list[Int]:
    """The columns of both tables, rows ordered by the first column, then the next, and so on, as `kept` is already."""
    ordered = _ordered(read)
    table = np.insert(kept, _places(kept, ordered), ordered, axis=0) if len(kept) else ordered
    return [np.ascontiguousarray(column) for column in table.T]


def _ordered(table: Int) -> Int:
    return table[np.lexsort(table.T[::-1])]


def _places(kept: Int, rows: Int) -> list[int]:
    """Before which of the rows kept each row belongs."""
    keys, wanted = (table[:, 0].astype(np.int64) << 32 | table[:, 1] for table in (kept, rows))
    begins, ends = (np.searchsorted(keys, wanted, side).tolist() for side in ("left", "right"))
    return [
        begin + bisect_left(range(begin, end), row, key=lambda place: kept[place].tolist())
        for begin, end, row in zip(begins, ends, rows.tolist(), strict=True)
    ]

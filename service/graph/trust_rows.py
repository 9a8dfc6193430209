"""Gathers trust while it is read, and puts it into its final arrays beside what a former snapshot keeps."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from service.graph.cheapest_rows import cheapest_rows
from service.graph.costs import ageing
from service.graph.csr import copy_read, in_order, inward, offsets_of
from service.graph.dating import dating
from service.graph.grounds import DayPool, Ground, GroundPool, Numbering
from service.graph.kept import Kept, nobodys_orders
from service.graph.snapshot import Int, Terms, Trust, terms_dtype
from service.graph.texts import Index, offsets_from


@dataclass(frozen=True, slots=True)
class TrustPage:
    """Trust of many people in columns, gathered by what it rests on: the first `sizes[0]` rows rest on `grounds[0]`,
    and so on. `listeners` and `speakers` are places among the people, −1 where unknown: such rows are left out."""

    grounds: Sequence[Ground]
    sizes: Sequence[int]
    listeners: Int
    speakers: Int
    topic_ids: Sequence[str]
    costs: Int
    since: Int
    last_seen: Int


class TrustRows:
    """Rows in any order; `finished` sorts them. Topics are numbered by whoever shares `topics`."""

    def __init__(
        self, people: int, position: Callable[[str], int | None], topics: Numbering, kept: Kept | None
    ) -> None:
        former = None if kept is None else kept.former.trust
        self._people = people
        self._position = position
        self._topics = topics
        self._kept = kept
        self._days = DayPool(former)
        self._grounds = GroundPool(former)
        self._from, self._to, self._topic, self._cost, self._ground = (array("i") for _ in range(5))
        self._since, self._last_seen = array("i"), array("i")

    def add(
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
        """All trust of one person, as aligned columns."""
        listener = self._position(from_id)
        if listener is None:
            return
        self._from.extend([listener] * len(to_ids))
        self._to.extend([-1 if place is None else place for place in map(self._position, to_ids)])
        self._topic.extend(map(self._topics.of, topic_ids))
        self._cost.extend(costs)
        self._since.extend(map(self._days.of, since))
        self._last_seen.extend(map(self._days.of, last_seen))
        self._ground.extend(map(self._grounds.of, channels, stages, paid, evidence_kinds, evidence_counts))

    def add_page(self, page: TrustPage) -> None:
        """Trust of many people."""
        if not page.grounds:
            return
        known = (page.listeners >= 0) & (page.speakers >= 0)
        topics = self._topics.of_all(page.topic_ids)
        grounds = np.repeat(np.array([self._grounds.of(*ground) for ground in page.grounds], np.int32), page.sizes)
        _extend(self._from, page.listeners[known])
        _extend(self._to, page.speakers[known])
        _extend(self._topic, topics[known])
        _extend(self._cost, page.costs[known])
        _extend(self._since, self._days.of_all(page.since[known]))
        _extend(self._last_seen, self._days.of_all(page.last_seen[known]))
        _extend(self._ground, grounds[known])

    def finished(self, topics: int, topic_of: Int, topic_moved: Int, half_life_days: float) -> Trust:
        """The arrays, for so many topics. `topic_of` takes a topic's number to its final position, `topic_moved` its
        former position."""
        kept, grounds = self._kept, self._grounds.finished()
        dtype = terms_dtype(topics, len(grounds.paid))
        owners, read_to, read_terms = self._read(topic_of, dtype)
        read_offsets = offsets_of(owners, self._people)
        offsets = read_offsets if kept is None else offsets_from(np.diff(read_offsets) + kept.rows())
        to = np.empty(offsets[-1], dtype=np.int32)
        terms = np.empty(offsets[-1], dtype=dtype)
        if kept is not None:
            kept.copy_rows(topic_moved, offsets, to, terms)
        order = in_order(owners, read_to, read_terms["topic"].astype(np.int32), read_offsets)
        copy_read(owners, read_to, read_terms, order, read_offsets, offsets, to, terms)
        del order, read_terms  # of a full read they are larger than what comes next
        in_offsets, in_from, in_rows = inward(to, offsets) if kept is None else kept.way_back(to, offsets)
        days = self._days.finished()
        dated = dating(days, terms)
        age = ageing(days, dated.last, half_life_days)
        known_out, known_in = (
            nobodys_orders(self._people) if kept is None else kept.orders(offsets, read_to, dated, half_life_days)
        )
        return Trust(
            out_offsets=offsets,
            to=to,
            terms=terms,
            days=days,
            grounds=grounds,
            in_offsets=in_offsets,
            in_from=in_from,
            in_rows=in_rows,
            out_cheapest=cheapest_rows(offsets, np.empty(0, dtype=in_rows.dtype), terms, age, known_out),
            in_cheapest=cheapest_rows(in_offsets, in_rows, terms, age, known_in),
        )

    def _read(self, topic_of: Int, dtype: "np.dtype[np.void]") -> tuple[Int, Int, Terms]:
        """Owners, neighbours and terms of what was read, without rows to people nobody knows."""
        terms = np.empty(len(self._from), dtype=dtype)
        terms["topic"] = topic_of[_taken(self._topic)]
        terms["cost"] = _taken(self._cost)
        terms["since"] = _taken(self._since)
        terms["last_seen"] = _taken(self._last_seen)
        terms["grounds"] = _taken(self._ground)
        owners, to = _taken(self._from), _taken(self._to)
        known = to >= 0
        return (owners, to, terms) if known.all() else (owners[known], to[known], terms[known])


def finder(people: Index, kept: Kept | None) -> Callable[[str], int | None]:
    """How ids are found: bisection suits the few of a refresh, a dictionary the many of a full read."""
    if kept is not None:
        return people.find
    return {id_: place for place, id_ in enumerate(people.ids)}.get


def _extend(column: "array[int]", values: Int) -> None:
    column.frombytes(values.astype(np.int32, copy=False).tobytes())


def _taken(column: "array[int]") -> Int:
    """A copy as an array, the gathered column being emptied."""
    values: Int = np.frombuffer(column.tobytes(), dtype=np.int32)
    del column[:]
    return values

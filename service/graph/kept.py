"""What a former snapshot's trust still holds of the one that replaces it, so that a refresh need not make it anew."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from service.graph.cheapest_rows import KnownOrder
from service.graph.csr import copy_kept, copy_unmoved, inward, kept_rows
from service.graph.dating import Dating
from service.graph.snapshot import Flags, Int, People, Snapshot, Terms
from service.graph.texts import Offsets, Wide


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays of a former snapshot, beside the `people` there are now. `was[v]` is where vertex v was, −1 if it is
    new, and `former_of[v]` the same, but −1 if its relationships are read anew; `moved[u]` is where former vertex u is
    now, −1 if it is gone."""

    former: Snapshot
    people: People
    was: Int
    former_of: Int
    moved: Int

    @classmethod
    def of(cls, former: Snapshot, people: People, moved: Int, reread: Iterable[str]) -> "Kept":
        """Everything but the relationships that leave the people in `reread`."""
        was = np.full(len(people.index), -1, dtype=np.int32)
        was[moved[moved >= 0]] = np.flatnonzero(moved >= 0)
        former_of = was.copy()
        places = (people.index.find(id_) for id_ in reread)
        former_of[[place for place in places if place is not None]] = -1
        return cls(former, people, was, former_of, moved)

    @property
    def nobody_moved(self) -> bool:
        """Whether nobody came and nobody is gone."""
        return self.people is self.former.people

    def stays(self) -> Flags:
        """Which former vertices keep their relationships."""
        stays = np.zeros(len(self.moved), dtype=np.bool_)
        stays[self.former_of[self.former_of >= 0]] = True
        return stays

    def rows(self) -> Wide:
        """How many trust rows each vertex keeps."""
        former = self.former.trust
        if self.nobody_moved:
            return np.diff(former.out_offsets).astype(np.int64) * (self.former_of >= 0)
        return kept_rows(self.former_of, former.out_offsets, former.to, self.moved)

    def copy_rows(self, topic_moved: Int, offsets: Offsets, to: Int, terms: Terms) -> None:
        """Copy them to the beginning of each owner's rows; `topic_moved` takes a topic's former position to the one
        now."""
        former = self.former.trust
        rows = self.former_of, former.out_offsets, former.to, former.terms
        if self.nobody_moved and unmoved(topic_moved) and former.terms.dtype == terms.dtype:
            copy_unmoved(*rows, offsets, to, terms)
        else:
            copy_kept(*rows, self.moved, topic_moved, offsets, to, terms)

    def way_back(self, to: Int, offsets: Offsets) -> tuple[Offsets, Int, Offsets]:
        """As `inward` has it: the very same as before where nobody trusts anybody else than before."""
        former = self.former.trust
        if np.array_equal(offsets, former.out_offsets) and np.array_equal(to, former.to):
            return former.in_offsets, former.in_from, former.in_rows
        return inward(to, offsets)

    def orders(
        self, offsets: Offsets, read_to: Int, dated: Dating, half_life_days: float
    ) -> tuple[KnownOrder, KnownOrder]:
        """Whose cheapest rows, outward and inward, the former snapshot knows: those of people all of whose rows stay,
        if age adds to these what it added there, or the same to all of them. `read_to` is whom those trust whose
        relationships were read."""
        was_dated = self.former.dating
        if not len(self.moved) or self.former.dataset.half_life_days != half_life_days:
            return nobodys_orders(len(self.was))
        if dated.last != was_dated.last and (dated.undated or was_dated.undated):
            return nobodys_orders(len(self.was))
        former = self.former.trust
        degrees = np.diff(former.out_offsets)
        whole = (self.former_of >= 0) & (degrees[self.former_of] == np.diff(offsets))
        touched = np.zeros(len(self.was), dtype=np.bool_)
        touched[read_to] = True
        left = self.moved[former.to[np.repeat(~self.stays(), degrees)]]
        touched[left[left >= 0]] = True
        return (
            KnownOrder(np.where(whole, self.former_of, np.int32(-1)), former.out_offsets, former.out_cheapest),
            KnownOrder(np.where(touched, np.int32(-1), self.was), former.in_offsets, former.in_cheapest),
        )


def nobodys_orders(people: int) -> tuple[KnownOrder, KnownOrder]:
    """The same where nothing is known of anybody."""
    nobody = KnownOrder.of_nobody(people)
    return nobody, nobody


def unmoved(moved: Int) -> bool:
    """Whether everything is where it was."""
    return np.array_equal(moved, np.arange(len(moved)))

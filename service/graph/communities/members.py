"""The members of a community as columns: 22 bytes each, where objects would take ten times that."""

from collections.abc import Iterator, Sequence
from operator import eq
from typing import overload

import numpy as np
import numpy.typing as npt

from service.domain.communities import CommunityMember
from service.domain.vocabulary import MemberRole
from service.graph.snapshot import Flags, Int
from service.graph.texts import Index

Weights = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]

ROLES = (MemberRole.HUB, MemberRole.CONNECTOR, MemberRole.PERIPHERAL, MemberRole.MEMBER)


class Members(Sequence[CommunityMember]):
    """An immutable sequence of members in order of display. `person` is a position among the `people`, `role` one
    in ROLES."""

    __slots__ = ("_people", "_person", "_primary", "_rank", "_role", "_share")

    def __init__(self, people: Index, person: Int, share: Weights, rank: Weights, role: Codes, primary: Flags) -> None:
        self._people = people
        self._person = person
        self._share = share
        self._rank = rank
        self._role = role
        self._primary = primary

    def __len__(self) -> int:
        return len(self._person)

    @overload
    def __getitem__(self, place: int) -> CommunityMember: ...
    @overload
    def __getitem__(self, place: slice) -> "Members": ...
    def __getitem__(self, place: "int | slice") -> "CommunityMember | Members":
        if isinstance(place, slice):
            return Members(
                self._people,
                self._person[place],
                self._share[place],
                self._rank[place],
                self._role[place],
                self._primary[place],
            )
        return CommunityMember(
            self._people.ids[int(self._person[place])],
            float(self._share[place]),
            float(self._rank[place]),
            ROLES[self._role[place]],
            bool(self._primary[place]),
        )

    def __iter__(self) -> Iterator[CommunityMember]:
        ids = self._people.ids
        columns = (self._person, self._share, self._rank, self._role, self._primary)
        for person, share, rank, role, primary in zip(*(column.tolist() for column in columns), strict=True):
            yield CommunityMember(ids[person], share, rank, ROLES[role], primary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(other) == len(self) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash((len(self), self[0] if len(self) else None))

    def place_of(self, person_id: str) -> int | None:
        """Where in the list somebody is; None for who is not a member."""
        person = self._people.find(person_id)
        if person is None:
            return None
        places = np.flatnonzero(self._person == person).tolist()
        return places[0] if places else None

    def primary_ids(self) -> tuple[str, ...]:
        """Ids of the primary members, in order of id."""
        return tuple(self._people.ids[person] for person in np.sort(self._person[self._primary]).tolist())

    def deciding(self, decides: Flags) -> tuple[str, ...]:
        """Ids of the primary members who decide, one flag a person of the snapshot; in order of display."""
        chosen = self._person[self._primary & decides[self._person]]
        return tuple(self._people.ids[person] for person in chosen.tolist())

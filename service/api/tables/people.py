"""People as a table: those of a snapshot by position, and others with at least their lists."""

from collections.abc import Callable, Sequence

import numpy as np

from service.api.context import Info
from service.api.execution.tables import Table
from service.api.paging import known_topic, slice_of
from service.api.tables import roles, trust
from service.api.tables.connections import Connections
from service.api.types.people import Person
from service.domain import model
from service.domain.errors import NotFound
from service.domain.sight import Sight
from service.domain.vocabulary import RoleKind
from service.graph.first_pages import FirstTies, Places, first_roles, first_trusted_by, first_trusts
from service.graph.snapshot import Snapshot

FirstTiesOf = Callable[[Snapshot, Places, int | None, int, Sight], FirstTies]


class People(Table):
    """People as objects, of whom some may be too new for the snapshot."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self._persons = persons

    def __len__(self) -> int:
        return len(self._persons)

    def each(self) -> Sequence[Person]:
        return self._persons

    def places(self, info: Info) -> Places:
        """Their positions in the request's snapshot; −1 for who is not in it."""
        found = (person.place(info) for person in self._persons)
        return np.array([-1 if place is None else place for place in found], dtype=np.int64)

    async def headline(self, info: Info) -> list[str | None]:
        return [person.headline for person in await self._whole(info)]

    async def location(self, info: Info) -> list[str | None]:
        return [person.location for person in await self._whole(info)]

    async def _whole(self, info: Info) -> list[model.Person]:
        """What only Neo4j holds of them, in one statement."""
        read = iter(await _read(info, [person.id for person in self._persons if person.whole is None]))
        return [person.whole or next(read) for person in self._persons]

    def roles(
        self, info: Info, kind: RoleKind | None = None, first: int | None = None, after: str | None = None
    ) -> Connections | None:
        if after:
            return None
        found = first_roles(info.context.snapshot, self.places(info), kind or None, slice_of(info, first, None).first)
        return Connections(roles.Roles(found), found.pages, found.name, found.key)

    def trusts(
        self, info: Info, topic_id: str | None = None, first: int | None = None, after: str | None = None
    ) -> Connections | None:
        return self._ties(info, first_trusts, topic_id, first, after)

    def trusted_by(
        self, info: Info, topic_id: str | None = None, first: int | None = None, after: str | None = None
    ) -> Connections | None:
        return self._ties(info, first_trusted_by, topic_id, first, after)

    def _ties(
        self, info: Info, first_of: FirstTiesOf, topic_id: str | None, first: int | None, after: str | None
    ) -> Connections | None:
        if after:
            return None
        snapshot, part = info.context.snapshot, slice_of(info, first, None)
        topic, sight = known_topic(snapshot, topic_id), info.context.sight
        found = first_of(snapshot, self.places(info), topic, part.first, sight)
        return Connections(trust.Ties(found), found.pages, found.name, found.key)


class PeopleInSnapshot(People):
    """People by their positions."""

    def __init__(self, snapshot: Snapshot, places: Places) -> None:
        self._snapshot = snapshot
        self._places = places
        self._listed = places.tolist()

    def __len__(self) -> int:
        return len(self._listed)

    def each(self) -> Sequence[Person]:
        return [Person.in_snapshot(self._snapshot, place) for place in self._listed]

    def places(self, info: Info) -> Places:
        return self._places

    async def _whole(self, info: Info) -> list[model.Person]:
        return await _read(info, self.id())

    def id(self) -> list[str]:
        return self._snapshot.people.index.ids.at(self._listed)

    def name(self, info: Info) -> list[str]:
        return self._snapshot.people.names.at(self._listed)

    def opted_out(self, info: Info) -> list[bool]:
        flags: list[bool] = self._snapshot.people.opted_out[self._places].tolist()
        return flags


async def _read(info: Info, ids: Sequence[str]) -> list[model.Person]:
    """NotFound where one of them is no more."""
    people = []
    for id_, person in zip(ids, await info.context.loaders.person.load_many(ids), strict=True):
        if person is None:
            raise NotFound("person", id_)
        people.append(person)
    return people

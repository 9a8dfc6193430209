"""Roles of many people as a table."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from service.api.context import Info
from service.api.execution.tables import Drawn, Table
from service.api.tables import people
from service.api.types.brands import Brand
from service.api.types.roles import Role
from service.api.types.topics import Topic
from service.domain import model
from service.domain.vocabulary import RoleKind
from service.graph.first_pages import FirstRoles
from service.graph.snapshot import ROLE_KINDS, day_of


class Roles(Table):
    """Roles as a snapshot holds them; title and strength it does not."""

    def __init__(self, found: FirstRoles) -> None:
        self._found = found
        self._snapshot = found.snapshot
        self._roles = found.snapshot.roles

    def __len__(self) -> int:
        return len(self._found.rows)

    def each(self) -> Sequence[Role]:
        return [Role.in_snapshot(self._found.role(place)) for place in range(len(self))]

    async def title(self, info: Info) -> list[str | None]:
        return [role.title for role in await self._whole(info)]

    async def strength(self, info: Info) -> list[float | None]:
        return [role.strength for role in await self._whole(info)]

    async def _whole(self, info: Info) -> list[model.Role]:
        """With what only Neo4j holds of them, read in one statement."""
        return await info.context.loaders.role.load_many(map(self._found.role, range(len(self))))

    def kind(self) -> list[RoleKind]:
        return [ROLE_KINDS[kind] for kind in self._roles.kind[self._found.rows].tolist()]

    def since(self) -> list[date | None]:
        return list(map(day_of, self._roles.since[self._found.rows].tolist()))

    def until(self) -> list[date | None]:
        return list(map(day_of, self._roles.until[self._found.rows].tolist()))

    def person(self) -> "people.PeopleInSnapshot":
        return people.PeopleInSnapshot(self._snapshot, self._found.people)

    def brand(self) -> Drawn:
        distinct, places = np.unique(self._found.brands, return_inverse=True)
        ids = self._snapshot.brands.index.ids.at(distinct.tolist())
        return Drawn([Brand.known_by(id_) for id_ in ids], places.tolist())

    def topic(self, info: Info) -> Drawn:
        distinct, places = np.unique(self._roles.topic[self._found.rows], return_inverse=True)
        return Drawn([Topic.in_snapshot(self._snapshot, at) for at in distinct.tolist()], places.tolist())

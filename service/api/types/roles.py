"""Roles: what a person is to a brand, on which topic, since when."""

from datetime import date

import strawberry

from service.api.context import Info
from service.api.types import brands, people, topics
from service.api.types.refs import BrandRef, PersonRef, TopicRef
from service.domain import model
from service.domain.vocabulary import RoleKind


@strawberry.type(description="What a person is to a brand, on which topic, since when.")
class Role:
    role: strawberry.Private[model.Role]
    whole: strawberry.Private[bool] = True

    @classmethod
    def of(cls, role: model.Role) -> "Role":
        return cls(role=role)

    @classmethod
    def in_snapshot(cls, role: model.Role) -> "Role":
        """A role as a snapshot has it: title and strength are read when somebody asks."""
        return cls(role=role, whole=False)

    @strawberry.field(description="What the person is to the brand.")
    def kind(self) -> RoleKind:
        return self.role.kind

    @strawberry.field(description="The role's name there, such as Maintainer.")
    async def title(self, info: Info) -> str | None:
        return (await self._whole(info)).title

    @strawberry.field(description="How much the person stands for the brand, in (0, 1]; null counts as 1.")
    async def strength(self, info: Info) -> float | None:
        return (await self._whole(info)).strength

    @strawberry.field(description="First day of the role; null where it always held.")
    def since(self) -> date | None:
        return self.role.since

    @strawberry.field(description="Last day of the role; null where it goes on.")
    def until(self) -> date | None:
        return self.role.until

    @strawberry.field(description="Who holds the role.")
    def person(self) -> PersonRef:
        return people.Person.known_by(self.role.person_id)

    @strawberry.field(description="Where it is held.")
    def brand(self) -> BrandRef:
        return brands.Brand.known_by(self.role.brand_id)

    @strawberry.field(description="What the role is about; null where it holds for every topic.")
    def topic(self, info: Info) -> TopicRef | None:
        return topics.topic_of(info, self.role.topic_id)

    async def _whole(self, info: Info) -> model.Role:
        if self.whole:
            return self.role
        return await info.context.loaders.role.load(self.role)

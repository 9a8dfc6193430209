"""Roles: what a person is to a brand, on which topic, since when."""

from datetime import date

import strawberry

from service.api.context import Info
from service.api.types import brands, people, topics
from service.api.types.refs import BrandRef, PersonRef, TopicRef
from service.domain import model
from service.domain.errors import NotFound
from service.domain.vocabulary import RoleKind


@strawberry.type(description="What a person is to a brand, on which topic, since when.")
class Role:
    kind: RoleKind = strawberry.field(description="What the person is to the brand.")
    title: str | None = strawberry.field(description="The role's name there, such as Maintainer.")
    strength: float | None = strawberry.field(
        description="How much the person stands for the brand, in (0, 1]; null counts as 1."
    )
    since: date | None = strawberry.field(description="First day of the role; null where it always held.")
    until: date | None = strawberry.field(description="Last day of the role; null where it goes on.")
    role: strawberry.Private[model.Role]

    @classmethod
    def of(cls, role: model.Role) -> "Role":
        return cls(
            kind=role.kind,
            title=role.title,
            strength=role.strength,
            since=role.since,
            until=role.until,
            role=role,
        )

    @strawberry.field(description="Who holds the role.")
    async def person(self, info: Info) -> PersonRef:
        person = await info.context.loaders.person.load(self.role.person_id)
        if person is None:
            raise NotFound("person", self.role.person_id)
        return people.Person.of(person)

    @strawberry.field(description="Where it is held.")
    async def brand(self, info: Info) -> BrandRef:
        brand = await info.context.loaders.brand.load(self.role.brand_id)
        if brand is None:
            raise NotFound("brand", self.role.brand_id)
        return brands.Brand.of(brand)

    @strawberry.field(description="What the role is about; null where it holds for every topic.")
    async def topic(self, info: Info) -> TopicRef | None:
        return await topics.topic_of(info, self.role.topic_id)

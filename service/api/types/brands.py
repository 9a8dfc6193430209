"""Brands, and who is what to them."""

import strawberry

from service.api.context import Info
from service.api.paging import check_topic, hanging
from service.api.types import people, roles
from service.api.types.arguments import AnyTopicId, Kind, Scope, TopicId
from service.api.types.connections import After, Connection, First
from service.api.types.refs import PersonRef, RoleRef
from service.domain import model
from service.domain.errors import NotFound
from service.domain.vocabulary import TopicScope


@strawberry.type(description="A company, project or organisation that people hold roles at.")
class Brand:
    id: strawberry.ID = strawberry.field(description="The loader's own id; the same in Cypher and in the files.")
    whole: strawberry.Private[model.Brand | None] = None

    @classmethod
    def of(cls, brand: model.Brand) -> "Brand":
        return cls(id=strawberry.ID(brand.id), whole=brand)

    @classmethod
    def known_by(cls, id_: str) -> "Brand":
        """A brand of which only the id is at hand; the rest is read when somebody asks."""
        return cls(id=strawberry.ID(id_))

    @strawberry.field(description="What people call it.")
    def name(self, info: Info) -> str:
        return info.context.names.brand(self.id) if self.whole is None else self.whole.name

    @strawberry.field(description="Its internet domain, such as example.com.")
    async def domain(self, info: Info) -> str | None:
        if self.whole is None:
            self.whole = await info.context.loaders.brand.load(self.id)
        if self.whole is None:
            raise NotFound("brand", self.id)
        return self.whole.domain

    @strawberry.field(description="Everybody with a role there, each once, past roles included; by name.")
    async def people(
        self, info: Info, role: Kind = strawberry.UNSET, first: First = 20, after: After = strawberry.UNSET
    ) -> Connection[PersonRef]:
        loader = info.context.loaders.people_of_brands
        return await hanging(info, loader, self.id, first, after, people.Person.of, role=role or None)

    @strawberry.field(description="The roles that people hold there, past ones included; by person.")
    async def roles(
        self,
        info: Info,
        kind: Kind = strawberry.UNSET,
        topic_id: AnyTopicId = strawberry.UNSET,
        first: First = 20,
        after: After = strawberry.UNSET,
    ) -> Connection[RoleRef]:
        topic = await check_topic(info, topic_id, or_general=True)
        loader = info.context.loaders.roles_of_brands
        return await hanging(info, loader, self.id, first, after, roles.Role.of, kind=kind or None, topic_id=topic)

    @strawberry.field(
        description=(
            "Who decides there at the data set's date, by name: those whom a trusted path to this brand can end at. "
            "With a topic only those whose role is on a topic in scope, or on none in particular."
        )
    )
    async def decision_makers(
        self,
        info: Info,
        topic_id: TopicId = strawberry.UNSET,
        scope: Scope = TopicScope.RELATED,
        first: First = 20,
        after: After = strawberry.UNSET,
    ) -> Connection[PersonRef]:
        return await hanging(
            info,
            info.context.loaders.decision_makers_of_brands,
            self.id,
            first,
            after,
            people.Person.of,
            topic_id=await check_topic(info, topic_id),
            scope=scope or TopicScope.RELATED,
        )

"""People, and the lists that hang on them."""

import strawberry

from service.api.context import Info
from service.api.paging import check_topic, hanging, selects_total, slice_of
from service.api.types import memberships, roles, topics, trust
from service.api.types.arguments import AnyTopicId, Kind
from service.api.types.connections import After, Connection, First
from service.api.types.refs import MembershipsRef, RoleRef, TopicRef, TrustRef
from service.domain import model
from service.domain.errors import NotFound


@strawberry.type(description="Somebody who trusts, is trusted, or holds a role.")
class Person:
    id: strawberry.ID = strawberry.field(description="The loader's own id; the same in Cypher and in the files.")
    name: str = strawberry.field(description="What people call them.")
    whole: strawberry.Private[model.Person | None] = None

    @classmethod
    def of(cls, person: model.Person) -> "Person":
        return cls(id=strawberry.ID(person.id), name=person.name, whole=person)

    @classmethod
    def named(cls, id_: str, name: str) -> "Person":
        """A person of whom only the name is at hand; the rest is read when somebody asks."""
        return cls(id=strawberry.ID(id_), name=name)

    @strawberry.field(description="Who they are, in a line.")
    async def headline(self, info: Info) -> str | None:
        return (await self._whole(info)).headline

    @strawberry.field(description="Where they are.")
    async def location(self, info: Info) -> str | None:
        return (await self._whole(info)).location

    @strawberry.field(description="Whether they asked to be left out: they are in no trusted path and in no community.")
    async def opted_out(self, info: Info) -> bool:
        return (await self._whole(info)).opted_out

    @strawberry.field(description="Topics on which they trust, are trusted or hold a role; by name.")
    async def topics(self, info: Info, first: First = 20, after: After = strawberry.UNSET) -> Connection[TopicRef]:
        loader = info.context.loaders.topics_of_people
        return await hanging(info, loader, self.id, first, after, topics.Topic.of)

    @strawberry.field(description="The roles they hold at brands, past ones included; by brand.")
    async def roles(
        self, info: Info, kind: Kind = strawberry.UNSET, first: First = 20, after: After = strawberry.UNSET
    ) -> Connection[RoleRef]:
        loader = info.context.loaders.roles_of_people
        return await hanging(info, loader, self.id, first, after, roles.Role.of, kind=kind or None)

    @strawberry.field(description="The communities they belong to, the one with their greatest share first.")
    async def communities(self, info: Info, first: First = 20, after: After = strawberry.UNSET) -> MembershipsRef:
        loader, part = info.context.loaders.communities_of_people, slice_of(info, first, after)
        return memberships.connected(await loader.load(self.id, part, counted=selects_total(info)))

    @strawberry.field(description="Whom they trust, strongest first (ties by person, then topic).")
    async def trusts(
        self, info: Info, topic_id: AnyTopicId = strawberry.UNSET, first: First = 20, after: After = strawberry.UNSET
    ) -> Connection[TrustRef]:
        loader, topic = info.context.loaders.trusts, await check_topic(info, topic_id, or_general=True)
        return await hanging(info, loader, self.id, first, after, trust.TrustRelationship.of, topic_id=topic)

    @strawberry.field(description="Who trusts them, strongest first (ties by person, then topic).")
    async def trusted_by(
        self, info: Info, topic_id: AnyTopicId = strawberry.UNSET, first: First = 20, after: After = strawberry.UNSET
    ) -> Connection[TrustRef]:
        loader, topic = info.context.loaders.trusted_by, await check_topic(info, topic_id, or_general=True)
        return await hanging(info, loader, self.id, first, after, trust.TrustRelationship.of, topic_id=topic)

    async def _whole(self, info: Info) -> model.Person:
        if self.whole is None:
            self.whole = await info.context.loaders.person.load(self.id)
        if self.whole is None:
            raise NotFound("person", self.id)
        return self.whole

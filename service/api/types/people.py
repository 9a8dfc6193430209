"""People, and the lists that hang on them."""

from collections.abc import Callable
from datetime import date

import strawberry

from service.api.context import Info
from service.api.paging import hanging, held, known_topic, nothing, selects_total, slice_of
from service.api.types import currents, memberships, roles, standing, topics, trust
from service.api.types.arguments import About, AnyTopicId, AsOf, Every, From, Kind, Scope, To
from service.api.types.connections import After, Connection, First
from service.api.types.refs import EngagementRef, HistoryRef, MembershipsRef, RoleRef, StandingRef, TopicRef, TrustRef
from service.domain import model
from service.domain.currents import CurrentsQuestion, HistoryQuestion
from service.domain.errors import NotFound
from service.domain.held import HeldList
from service.domain.sight import Sight
from service.domain.vocabulary import Interval, TopicScope
from service.graph import browsing
from service.graph.browsing import Tie, roles_of_person
from service.graph.snapshot import Snapshot
from service.ports.browsing import Named
from service.use_cases.find_standing import TopicStandings

TieList = Callable[[Snapshot, int, int | None, Sight], HeldList[Tie]]


@strawberry.type(description="Somebody who trusts, is trusted, or holds a role.")
class Person:
    id: strawberry.ID = strawberry.field(description="The loader's own id; the same in Cypher and in the files.")
    whole: strawberry.Private[model.Person | None] = None
    listed_as: strawberry.Private[str | None] = None
    at: strawberry.Private[int | None] = None

    @classmethod
    def listed(cls, person: Named) -> "Person":
        return cls(id=strawberry.ID(person.id), listed_as=person.name)

    @classmethod
    def of(cls, person: model.Person) -> "Person":
        return cls(id=strawberry.ID(person.id), whole=person)

    @classmethod
    def in_snapshot(cls, snapshot: Snapshot, at: int) -> "Person":
        """The person at a position; what the snapshot does not hold is read when somebody asks."""
        return cls(id=strawberry.ID(snapshot.people.index.ids[at]), at=at)

    @classmethod
    def known_by(cls, id_: str) -> "Person":
        """A person of whom only the id is at hand."""
        return cls(id=strawberry.ID(id_))

    @strawberry.field(description="What people call them.")
    def name(self, info: Info) -> str:
        if self.listed_as is not None:
            return self.listed_as
        if self.whole is not None:
            return self.whole.name
        return info.context.names.person(self.id) if self.at is None else info.context.snapshot.people.names[self.at]

    @strawberry.field(description="Who they are, in a line.")
    async def headline(self, info: Info) -> str | None:
        return (await self._whole(info)).headline

    @strawberry.field(description="Where they are.")
    async def location(self, info: Info) -> str | None:
        return (await self._whole(info)).location

    @strawberry.field(description="Whether they asked to be left out: they are in no trusted path and in no community.")
    async def opted_out(self, info: Info) -> bool:
        place = self.place(info)
        if self.whole is None and place is not None:
            return bool(info.context.snapshot.people.opted_out[place])
        return (await self._whole(info)).opted_out

    @strawberry.field(description="Topics on which they trust, are trusted or hold a role; by name.")
    async def topics(self, info: Info, first: First = 20, after: After = strawberry.UNSET) -> Connection[TopicRef]:
        loader = info.context.loaders.topics_of_people
        return await hanging(info, loader, self.id, first, after, topics.Topic.of)

    @strawberry.field(description="The roles they hold at brands, past ones included; by brand.")
    def roles(
        self, info: Info, kind: Kind = strawberry.UNSET, first: First = 20, after: After = strawberry.UNSET
    ) -> Connection[RoleRef]:
        place, part = self.place(info), slice_of(info, first, after)
        if place is None:
            return nothing(part, roles.Role.in_snapshot)
        return held(roles_of_person(info.context.snapshot, place, kind or None), part, roles.Role.in_snapshot)

    @strawberry.field(description="The communities they belong to, the one with their greatest share first.")
    async def communities(self, info: Info, first: First = 20, after: After = strawberry.UNSET) -> MembershipsRef:
        loader, part = info.context.loaders.communities_of_people, slice_of(info, first, after)
        return memberships.connected(await loader.load(self.id, part, counted=selects_total(info)))

    @strawberry.field(description="Whom they trust, strongest first (ties by person, then topic).")
    def trusts(
        self, info: Info, topic_id: AnyTopicId = strawberry.UNSET, first: First = 20, after: After = strawberry.UNSET
    ) -> Connection[TrustRef]:
        return self._ties(info, browsing.trusts, topic_id, first, after)

    @strawberry.field(description="Who trusts them, strongest first (ties by person, then topic).")
    def trusted_by(
        self, info: Info, topic_id: AnyTopicId = strawberry.UNSET, first: First = 20, after: After = strawberry.UNSET
    ) -> Connection[TrustRef]:
        return self._ties(info, browsing.trusted_by, topic_id, first, after)

    @strawberry.field(
        description="Their standing on a topic by four measures; null for who neither takes part in trust nor is "
        "active there."
    )
    async def standing(
        self, info: Info, topic_id: About, scope: Scope = TopicScope.RELATED, as_of: AsOf = strawberry.UNSET
    ) -> StandingRef | None:
        found, place = await self._stands(info, topic_id, scope, as_of)
        return None if place is None else standing.Standing.of(found, place)

    @strawberry.field(description="How they engage with others on a topic; null as for `standing`.")
    async def engagement(
        self, info: Info, topic_id: About, scope: Scope = TopicScope.RELATED, as_of: AsOf = strawberry.UNSET
    ) -> EngagementRef | None:
        found, place = await self._stands(info, topic_id, scope, as_of)
        return None if place is None else standing.Engagement.of(found, place)

    async def _stands(
        self, info: Info, topic_id: str, scope: TopicScope | None, as_of: date | None
    ) -> tuple[TopicStandings, int | None]:
        """Everybody's standing on a topic, and where this person is among them."""
        found = await standing.asked(info, topic_id, scope, as_of)
        at = found.snapshot.people.index.find(self.id)
        return found, None if at is None else found.everybody.place_of(at)

    @strawberry.field(description="How their part in a topic changes, interval by interval.")
    async def history(
        self,
        info: Info,
        topic_id: About,
        interval: Every = Interval.QUARTER,
        from_: From = strawberry.UNSET,
        to: To = strawberry.UNSET,
        scope: Scope = TopicScope.RELATED,
    ) -> HistoryRef:
        asked = CurrentsQuestion(
            topic_id, interval or Interval.QUARTER, from_ or None, to or None, scope or TopicScope.RELATED
        )
        return currents.History(found=await info.context.services.find_history(HistoryQuestion(self.id, asked)))

    def _ties(
        self, info: Info, list_of: TieList, topic_id: str | None, first: int | None, after: str | None
    ) -> Connection[trust.TrustRelationship]:
        snapshot, part, place = info.context.snapshot, slice_of(info, first, after), self.place(info)
        topic = known_topic(snapshot, topic_id)
        if place is None:
            return nothing(part, trust.TrustRelationship.in_snapshot)
        return held(list_of(snapshot, place, topic, info.context.sight), part, trust.TrustRelationship.in_snapshot)

    def place(self, info: Info) -> int | None:
        """Their position in the request's snapshot; None where that does not know them yet."""
        if self.at is None:
            self.at = info.context.snapshot.people.index.find(self.id)
        return self.at

    async def _whole(self, info: Info) -> model.Person:
        if self.whole is None:
            self.whole = await info.context.loaders.person.load(self.id)
        if self.whole is None:
            raise NotFound("person", self.id)
        return self.whole

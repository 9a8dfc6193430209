"""Topics: what trust is about, in a forest of broader and narrower ones."""

from datetime import date
from typing import Annotated

import strawberry

from service.api.context import Info
from service.api.paging import hanging, held, slice_of
from service.api.types import (
    community_history,
    currents,
    influencers,
    peer_influence,
    people,
    standing,
    topic_members,
)
from service.api.types.arguments import AsOf, Every, From, Scope, To
from service.api.types.connections import After, Connection, First
from service.api.types.refs import (
    CommunityHistoryRef,
    CurrentsRef,
    PeerInfluenceRef,
    PersonRef,
    StandingRef,
    TopicInfluencerRef,
    TopicMemberRef,
    TopicRef,
    UntappedRef,
)
from service.domain import model
from service.domain.communities import CommunitiesQuestion
from service.domain.community_history import CommunityHistoryQuestion
from service.domain.currents import CurrentsQuestion
from service.domain.errors import InvalidInput, NotFound
from service.domain.influencers import DEFAULT_HOPS, BrandOnTopicQuestion
from service.domain.peer_influence import PeerInfluenceQuestion
from service.domain.vocabulary import InfluencerOrder, Interval, StandingMeasure, TopicScope
from service.graph.snapshot import Snapshot
from service.graph.topic_scope import GENERAL
from service.use_cases.find_brand_on_topic import TopicInfluencers

ByMeasure = Annotated[
    StandingMeasure | None, strawberry.argument(description="The measure to sort by; without a value AUTHORITY.")
]
Yearly = Annotated[
    Interval | None, strawberry.argument(description="How far apart the dates are; without a value YEAR.")
]
FromAt = Annotated[
    date | None,
    strawberry.argument(
        name="from", description="A day in the first interval; without one 24 dates are told. No more ever are."
    ),
]
ToAt = Annotated[
    date | None, strawberry.argument(description="The last date; without one the data set's. All others end intervals.")
]

Beholder = Annotated[
    strawberry.ID, strawberry.argument(description="The brand that looks for them; an unknown id is NOT_FOUND.")
]
ByInfluence = Annotated[
    InfluencerOrder | None, strawberry.argument(description="What to sort by; without a value AUTHORITY.")
]
MembersFirst = Annotated[
    int | None, strawberry.argument(description="How many people at most, 0 to 5,000. Without a value 2,000.")
]
MaxHops = Annotated[
    int | None, strawberry.argument(description="The longest path from the brand, 0 to 8 steps; without a value 6.")
]


@strawberry.type(description="What trust is about. Topics form a forest: each may be part of one broader topic.")
class Topic:
    id: strawberry.ID = strawberry.field(description="The loader's own id; the same in Cypher and in the files.")
    name: str = strawberry.field(description="What people call it.")
    whole: strawberry.Private[model.Topic | None] = None
    at: strawberry.Private[int | None] = None

    @classmethod
    def of(cls, topic: model.Topic) -> "Topic":
        return cls(id=strawberry.ID(topic.id), name=topic.name, whole=topic)

    @classmethod
    def in_snapshot(cls, snapshot: Snapshot, at: int) -> "Topic | None":
        """The topic at a position; None for trust in general, and for an id that only relationships mention."""
        topics = snapshot.topics
        if at == GENERAL or not topics.known[at]:
            return None
        return cls(id=strawberry.ID(topics.index.ids[at]), name=topics.names[at], at=at)

    @classmethod
    def named(cls, id_: str, name: str) -> "Topic":
        """A topic of which only the name is at hand; the rest is read when somebody asks."""
        return cls(id=strawberry.ID(id_), name=name)

    @strawberry.field(description="What belongs to it, in a sentence.")
    async def description(self, info: Info) -> str | None:
        return (await self._whole(info)).description

    @strawberry.field(description="The broader topic; null at the top.")
    async def parent(self, info: Info) -> TopicRef | None:
        snapshot = info.context.snapshot
        at = snapshot.topics.index.find(self.id) if self.at is None else self.at
        if at is not None and snapshot.topics.known[at]:
            above = int(snapshot.topics.parent[at])
            return None if above < 0 else Topic.in_snapshot(snapshot, above)
        parent_id = (await self._whole(info)).parent_id
        if parent_id is None:
            return None
        parent = await info.context.loaders.topic.load(parent_id)
        return None if parent is None else Topic.of(parent)

    @strawberry.field(description="The narrower topics right below it, by name.")
    async def parts(self, info: Info, first: First = 20, after: After = strawberry.UNSET) -> Connection[TopicRef]:
        return await hanging(info, info.context.loaders.parts_of_topics, self.id, first, after, Topic.of)

    @strawberry.field(
        description="Who decides on exactly this topic at the data set's date, at whatever brand; by name."
    )
    async def decision_makers(
        self, info: Info, first: First = 20, after: After = strawberry.UNSET
    ) -> Connection[PersonRef]:
        return await hanging(
            info, info.context.loaders.decision_makers_of_topics, self.id, first, after, people.Person.of
        )

    @strawberry.field(
        description="The standing of everybody who takes part in trust on it or is active on it, in the order of one "
        "measure, the greatest first (ties by id)."
    )
    async def standings(
        self,
        info: Info,
        order_by: ByMeasure = StandingMeasure.AUTHORITY,
        scope: Scope = TopicScope.RELATED,
        as_of: AsOf = strawberry.UNSET,
        first: First = 20,
        after: After = strawberry.UNSET,
    ) -> Connection[StandingRef]:
        part = slice_of(info, first, after)
        found = await standing.asked(info, self.id, scope, as_of)
        everybody = found.ordered(order_by or StandingMeasure.AUTHORITY)
        return held(everybody, part, lambda place: standing.Standing.of(found, place))

    @strawberry.field(
        description="Everybody in its communities at once, each in their own, by authority on it (ties by id): what a "
        "map of them shows. Communities are those of `topicalCommunities` with as much said."
    )
    async def members(
        self,
        info: Info,
        scope: Scope = TopicScope.RELATED,
        as_of: AsOf = strawberry.UNSET,
        first: MembersFirst = topic_members.USUAL_MEMBERS,
    ) -> list[TopicMemberRef]:
        wanted = topic_members.USUAL_MEMBERS if first is None else first
        if not 0 <= wanted <= topic_members.MOST_MEMBERS:
            raise InvalidInput("first", f"must be from 0 to {topic_members.MOST_MEMBERS:,}.")
        question = CommunitiesQuestion(self.id, scope or TopicScope.RELATED, as_of=as_of or None)
        found = await info.context.services.find_topic_members(question, wanted)
        return [topic_members.TopicMember.of(member) for member in found]

    @strawberry.field(
        description="Whose word reaches people here: how concentrated influence is, and the three groups who have it."
    )
    async def peer_influence(
        self, info: Info, scope: Scope = TopicScope.RELATED, as_of: AsOf = strawberry.UNSET
    ) -> PeerInfluenceRef:
        question = PeerInfluenceQuestion(self.id, scope or TopicScope.RELATED, as_of or None)
        return peer_influence.PeerInfluence(found=await info.context.services.find_peer_influence(question))

    @strawberry.field(
        description="How it changes: interactions, people and trust by interval, momentum, turns, and who rises."
    )
    async def currents(
        self,
        info: Info,
        interval: Every = Interval.QUARTER,
        from_: From = strawberry.UNSET,
        to: To = strawberry.UNSET,
        scope: Scope = TopicScope.RELATED,
    ) -> CurrentsRef:
        question = CurrentsQuestion(
            self.id, interval or Interval.QUARTER, from_ or None, to or None, scope or TopicScope.RELATED
        )
        return currents.Currents(found=await info.context.services.find_currents(question))

    @strawberry.field(
        description="How its communities came about: which were born, grew, merged, split or ended, date by date."
    )
    async def community_history(
        self,
        info: Info,
        every: Yearly = Interval.YEAR,
        from_: FromAt = strawberry.UNSET,
        to: ToAt = strawberry.UNSET,
        scope: Scope = TopicScope.RELATED,
    ) -> CommunityHistoryRef:
        question = CommunityHistoryQuestion(
            self.id, every or Interval.YEAR, from_ or None, to or None, scope or TopicScope.RELATED
        )
        found = await info.context.services.find_community_history(question)
        return community_history.CommunityHistory(found=found)

    @strawberry.field(
        description="Who matters on it, and how well a brand can reach each of them: the standing of everybody who has "
        "one, and the best trusted path from the brand. The greatest first (ties by id)."
    )
    async def influencers(
        self,
        info: Info,
        brand_id: Beholder,
        order_by: ByInfluence = InfluencerOrder.AUTHORITY,
        scope: Scope = TopicScope.RELATED,
        as_of: AsOf = strawberry.UNSET,
        max_hops: MaxHops = DEFAULT_HOPS,
        first: First = 20,
        after: After = strawberry.UNSET,
    ) -> Connection[TopicInfluencerRef]:
        part = slice_of(info, first, after)
        found = await self._seen_by(info, brand_id, scope, as_of, max_hops)
        return influencers.reached(info, found, found.ordered(order_by or InfluencerOrder.AUTHORITY), part)

    @strawberry.field(
        description="Who has no tie to a brand yet, by authority (ties by id), and the way in: no role there besides "
        "DETRACTOR, and no trust, either way and on whatever topic, between them and anybody with another role there. "
        "Detractors are shown as such."
    )
    async def rainmakers(
        self,
        info: Info,
        brand_id: Beholder,
        scope: Scope = TopicScope.RELATED,
        as_of: AsOf = strawberry.UNSET,
        max_hops: MaxHops = DEFAULT_HOPS,
        first: First = 20,
        after: After = strawberry.UNSET,
    ) -> Connection[TopicInfluencerRef]:
        part = slice_of(info, first, after)
        found = await self._seen_by(info, brand_id, scope, as_of, max_hops)
        return influencers.reached(info, found, found.rainmakers(), part)

    @strawberry.field(
        description="A brand's own employees, customers and advocates whose standing it leaves unused, by authority "
        "(ties by id): in the upper half of it, and neither advocate nor decision-maker there for a topic in scope."
    )
    async def untapped(
        self,
        info: Info,
        brand_id: Beholder,
        scope: Scope = TopicScope.RELATED,
        as_of: AsOf = strawberry.UNSET,
        first: First = 20,
        after: After = strawberry.UNSET,
    ) -> Connection[UntappedRef]:
        part = slice_of(info, first, after)
        found = await self._seen_by(info, brand_id, scope, as_of, None)
        return held(found.untapped(), part, lambda place: influencers.Untapped(found=found, place=place))

    async def _seen_by(
        self, info: Info, brand_id: str, scope: TopicScope | None, as_of: date | None, max_hops: int | None
    ) -> TopicInfluencers:
        """The topic's people as a brand sees them, by the arguments of a field."""
        hops = DEFAULT_HOPS if max_hops is None else max_hops
        question = BrandOnTopicQuestion(self.id, brand_id, scope or TopicScope.RELATED, as_of or None, hops)
        return await info.context.services.find_brand_on_topic(question)

    async def _whole(self, info: Info) -> model.Topic:
        if self.whole is None:
            self.whole = await info.context.loaders.topic.load(self.id)
        if self.whole is None:
            raise NotFound("topic", self.id)
        return self.whole


def topic_of(info: Info, topic_id: str) -> Topic | None:
    """The topic that a relationship names; None where it names none in particular, or one without a node."""
    at = info.context.snapshot.topics.index.find(topic_id)
    return None if at is None else Topic.in_snapshot(info.context.snapshot, at)

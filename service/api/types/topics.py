"""Topics: what trust is about, in a forest of broader and narrower ones."""

import strawberry

from service.api.context import Info
from service.api.paging import hanging
from service.api.types import peer_influence, people
from service.api.types.arguments import AsOf, Scope
from service.api.types.connections import After, Connection, First
from service.api.types.refs import PeerInfluenceRef, PersonRef, TopicRef
from service.domain import model
from service.domain.errors import NotFound
from service.domain.peer_influence import PeerInfluenceQuestion
from service.domain.vocabulary import TopicScope
from service.graph.snapshot import Snapshot
from service.graph.topic_scope import GENERAL


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
        description="Whose word reaches people here: how concentrated influence is, and the three groups who have it."
    )
    async def peer_influence(
        self, info: Info, scope: Scope = TopicScope.RELATED, as_of: AsOf = strawberry.UNSET
    ) -> PeerInfluenceRef:
        question = PeerInfluenceQuestion(self.id, scope or TopicScope.RELATED, as_of or None)
        return peer_influence.PeerInfluence(found=await info.context.services.find_peer_influence(question))

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

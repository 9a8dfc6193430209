"""Trust as it is stored, seen from one of its ends."""

from datetime import date

import strawberry

from service.api.context import Info
from service.api.types import people, topics
from service.api.types.refs import PersonRef, TopicRef
from service.domain import model
from service.domain.vocabulary import PurchaseStage
from service.graph.browsing import Tie

STAGES = "Stages of the path to purchase that its interactions were at, in their order; empty where none says one."


@strawberry.type(description="Interactions of one kind that trust rests on.")
class Evidence:
    kind: str = strawberry.field(description="What they were, such as REVIEW.")
    count: int = strawberry.field(description="How many there were.")

    @classmethod
    def of(cls, evidence: model.Evidence) -> "Evidence":
        return cls(kind=evidence.kind, count=evidence.count)


@strawberry.type(description="One person's trust in another on a topic, seen from one of the two.")
class TrustRelationship:
    tie: strawberry.Private[Tie]

    @classmethod
    def in_snapshot(cls, tie: Tie) -> "TrustRelationship":
        return cls(tie=tie)

    @strawberry.field(description="How strong it is, in (0, 0.99], as stored: without age.")
    async def strength(self, info: Info) -> float:
        snapshot, tie = info.context.snapshot, self.tie
        ids, topic = snapshot.people.index.ids, snapshot.topics.index.ids[tie.topic]
        return await info.context.loaders.strength.load((ids[tie.listener], ids[tie.speaker], topic))

    @strawberry.field(description="The same in micro-nats: -ln(strength) times a million, rounded.")
    def cost(self) -> int:
        return self.tie.cost

    @strawberry.field(description="Day from which it exists; null where it always did.")
    def since(self) -> date | None:
        return self.tie.since

    @strawberry.field(description="Day it was last confirmed; it ages from there.")
    def last_seen(self) -> date | None:
        return self.tie.last_seen

    @strawberry.field(description="Where it came about, such as online or offline.")
    def channel(self) -> str | None:
        return self.tie.channel

    @strawberry.field(description=STAGES)
    def stages(self) -> list[PurchaseStage]:
        return list(self.tie.stages)

    @strawberry.field(description="Whether a paid interaction is among the evidence.")
    def paid(self) -> bool:
        return self.tie.paid

    @strawberry.field(description="The other one.")
    def person(self, info: Info) -> PersonRef:
        return people.Person.in_snapshot(info.context.snapshot, self.tie.other)

    @strawberry.field(description="What the trust is about; null for trust in general.")
    def topic(self, info: Info) -> TopicRef | None:
        return topics.Topic.in_snapshot(info.context.snapshot, self.tie.topic)

    @strawberry.field(description="What it rests on; empty where it was stated outright.")
    def evidence(self) -> list[Evidence]:
        return [Evidence.of(each) for each in self.tie.evidence]

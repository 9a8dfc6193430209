"""Trust as it is stored, seen from one of its ends."""

from datetime import date

import strawberry

from service.api.context import Info
from service.api.types import people, topics
from service.api.types.refs import PersonRef, TopicRef
from service.domain import model
from service.ports.browsing import Trusting


@strawberry.type(description="Interactions of one kind that trust rests on.")
class Evidence:
    kind: str = strawberry.field(description="What they were, such as REVIEW.")
    count: int = strawberry.field(description="How many there were.")

    @classmethod
    def of(cls, evidence: model.Evidence) -> "Evidence":
        return cls(kind=evidence.kind, count=evidence.count)


@strawberry.type(description="One person's trust in another on a topic, seen from one of the two.")
class TrustRelationship:
    strength: float = strawberry.field(description="How strong it is, in (0, 0.99], as stored: without age.")
    cost: int = strawberry.field(description="The same in micro-nats: -ln(strength) times a million, rounded.")
    since: date | None = strawberry.field(description="Day from which it exists; null where it always did.")
    last_seen: date | None = strawberry.field(description="Day it was last confirmed; it ages from there.")
    channel: str | None = strawberry.field(description="Where it came about, such as online or offline.")
    paid: bool = strawberry.field(description="Whether a paid interaction is among the evidence.")
    trusting: strawberry.Private[Trusting]

    @classmethod
    def of(cls, trusting: Trusting) -> "TrustRelationship":
        return cls(
            strength=trusting.strength,
            cost=trusting.cost,
            since=trusting.since,
            last_seen=trusting.last_seen,
            channel=trusting.channel,
            paid=trusting.paid,
            trusting=trusting,
        )

    @strawberry.field(description="The other one.")
    def person(self) -> PersonRef:
        return people.Person.of(self.trusting.person)

    @strawberry.field(description="What the trust is about; null for trust in general.")
    async def topic(self, info: Info) -> TopicRef | None:
        return await topics.topic_of(info, self.trusting.topic_id)

    @strawberry.field(description="What it rests on; empty where it was stated outright.")
    def evidence(self) -> list[Evidence]:
        return [Evidence.of(each) for each in self.trusting.evidence]

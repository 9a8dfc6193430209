"""Somebody's standing on a topic, and how they engage with others there."""

import asyncio
from datetime import date

import strawberry

from service.api.context import Info
from service.api.types import people, topics
from service.api.types.refs import PersonRef, TopicRef
from service.api.types.snapshots import Snapshot
from service.domain import standing as domain
from service.domain.errors import NotFound
from service.domain.vocabulary import EngagementClass, StandingMeasure, TopicScope
from service.graph.influence.standing_evidence import engagement_of, evidence_of
from service.use_cases.find_standing import TopicStandings


async def asked(info: Info, topic_id: str, scope: TopicScope | None, as_of: date | None) -> TopicStandings:
    """Everybody's standing on a topic, by the arguments of a field."""
    question = domain.StandingQuestion(topic_id, scope or TopicScope.RELATED, as_of or None)
    return await info.context.services.find_standing(question)


@strawberry.type(description="One thing that a measure is made of.")
class MeasureEvidence:
    what: str = strawberry.field(description="What it is, in words.")
    amount: float = strawberry.field(description="How much of it: a count, a strength or a part of the value.")
    person_id: strawberry.Private[str | None]

    @classmethod
    def of(cls, evidence: domain.MeasureEvidence) -> "MeasureEvidence":
        return cls(what=evidence.what, amount=evidence.amount, person_id=evidence.person_id)

    @strawberry.field(
        description="Whose it is, where it is one person's: of many those with the largest part are named."
    )
    def person(self) -> PersonRef | None:
        return None if self.person_id is None else people.Person.known_by(self.person_id)


@strawberry.type(description="One measure of somebody's standing: the number, and how it was made.")
class Measure:
    value: float = strawberry.field(description="The number itself, in the unit that `formula` gives it.")
    percentile: float = strawberry.field(
        description="Part of the topic's people with less, plus half of those with as much, oneself among them; in "
        "percent."
    )
    formula: str = strawberry.field(description="How the value is computed.")
    found: strawberry.Private[TopicStandings]
    place: strawberry.Private[int]
    measure: strawberry.Private[StandingMeasure]

    @classmethod
    def of(cls, found: TopicStandings, place: int, measure: StandingMeasure) -> "Measure":
        column = found.everybody.columns[measure]
        return cls(
            value=float(column.value[place]),
            percentile=float(column.percentile[place]),
            formula=domain.FORMULAS[measure],
            found=found,
            place=place,
            measure=measure,
        )

    @strawberry.field(description="What the value is made of.")
    async def evidence(self) -> list[MeasureEvidence]:
        found = self.found
        evidence = await asyncio.to_thread(evidence_of, found.snapshot, found.everybody, self.place, self.measure)
        return [MeasureEvidence.of(each) for each in evidence]


@strawberry.type(description="Somebody's standing on a topic: four measures, apart. There is no sum of them.")
class Standing:
    found: strawberry.Private[TopicStandings]
    place: strawberry.Private[int]

    @classmethod
    def of(cls, found: TopicStandings, place: int) -> "Standing":
        return cls(found=found, place=place)

    @strawberry.field(description="Whose standing it is.")
    def person(self) -> PersonRef:
        return people.Person.known_by(self.found.id_of(self.place))

    @strawberry.field(description="On what.")
    def topic(self, info: Info) -> TopicRef:
        id_ = self.found.question.topic_id
        name = info.context.names.topic(id_)
        if name is None:
            raise NotFound("topic", id_)
        return topics.Topic.named(id_, name)

    @strawberry.field(description="How many people a message could get to over two hops: potential, no more.")
    def reach(self) -> Measure:
        return Measure.of(self.found, self.place, StandingMeasure.REACH)

    @strawberry.field(description="How strongly they are trusted, by all who listen together.")
    def resonance(self) -> Measure:
        return Measure.of(self.found, self.place, StandingMeasure.RESONANCE)

    @strawberry.field(description="How much of what they do is on the topic.")
    def relevance(self) -> Measure:
        return Measure.of(self.found, self.place, StandingMeasure.RELEVANCE)

    @strawberry.field(description="How much they are listened to by people who are listened to.")
    def authority(self) -> Measure:
        return Measure.of(self.found, self.place, StandingMeasure.AUTHORITY)

    @strawberry.field(description="How they engage with others there.")
    def engagement(self) -> "Engagement":
        return Engagement.of(self.found, self.place)

    @strawberry.field(description="How many people the topic has: those whom the percentiles compare.")
    def people(self) -> int:
        return len(self.found.everybody.people)

    @strawberry.field(description="The state of the graph this was computed from.")
    def snapshot(self) -> Snapshot:
        return Snapshot.of(self.found.snapshot.info)


@strawberry.type(description="How somebody engages with others on a topic.")
class Engagement:
    given: int = strawberry.field(description="Interactions of theirs with others, on the topics in scope.")
    received: int = strawberry.field(description="Interactions of others with them, likewise.")
    engaged_by: int = strawberry.field(
        description="How many people engage with them: whose trust in them, in scope, rests on interactions."
    )
    answered: int = strawberry.field(description="With how many of these they engage in return.")
    reciprocity: float | None = strawberry.field(
        description="`answered` divided by `engagedBy`; null where nobody engages with them."
    )
    kind: EngagementClass | None = strawberry.field(
        name="class", description="The class by its thresholds; null where there are no interactions."
    )

    @classmethod
    def of(cls, found: TopicStandings, place: int) -> "Engagement":
        engagement = engagement_of(found.snapshot, found.everybody, place)
        return cls(
            given=engagement.given,
            received=engagement.received,
            engaged_by=engagement.engaged_by,
            answered=engagement.answered,
            reciprocity=engagement.reciprocity,
            kind=engagement.kind,
        )

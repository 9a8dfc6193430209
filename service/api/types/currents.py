"""Currents of a topic and of a person on it: intervals, momentum, turns, and who rises."""

from collections.abc import Sequence
from datetime import date

import strawberry

from service.api.context import Info
from service.api.paging import page_of, slice_of
from service.api.types import people, snapshots, topics
from service.api.types.connections import After, Connection, First
from service.api.types.refs import PersonRef, TopicRef
from service.domain import currents as domain
from service.domain.errors import NotFound
from service.domain.pages import Page
from service.domain.vocabulary import Trend
from service.graph.influence.rising import PRIOR
from service.graph.influence.trend import FEWEST, PENALTY_FACTOR

START = "The first day of the interval."
END = "The last day of the interval."
COMPLETE = "Whether all of it has passed and was asked for. What is not complete does not count for anything else."

SLOPE = "the median of (later count - earlier count) / (how many intervals apart), over all pairs (Theil-Sen)"
LEVELS = (
    f"2 √(count + 3/8), cut where that saves more than the penalty in squared distances from the means of the pieces; "
    f"penalty = {PENALTY_FACTOR:g} · ln(intervals) · max(1, median step between neighbours / (0.6745 √2))²"
)
RISE = (
    f"((recent + {PRIOR} R / (R + F)) / R) / ((former + {PRIOR} F / (R + F)) / F), R and F being the interactions of "
    "everybody in the second half of the complete intervals and in as many before"
)


@strawberry.type(description="Which way a count goes over the complete intervals.")
class Momentum:
    slope: float = strawberry.field(description="So many more, or fewer, each interval.")
    low: float = strawberry.field(description="Lower end of the slope's 95 % confidence interval.")
    high: float = strawberry.field(description="Upper end of the slope's 95 % confidence interval.")
    trend: Trend = strawberry.field(description="What the confidence interval leaves no doubt about.")
    intervals: int = strawberry.field(description="How many complete intervals it was made of.")
    formula: str = strawberry.field(description="How the slope is made.")

    @classmethod
    def of(cls, found: domain.Momentum | None) -> "Momentum | None":
        if found is None:
            return None
        return cls(
            slope=found.slope,
            low=found.low,
            high=found.high,
            trend=found.trend,
            intervals=found.intervals,
            formula=SLOPE,
        )


MOMENTUM = f"Of the interactions; null where fewer than {FEWEST} intervals are complete."


@strawberry.type(description="Where the level of a count changed.")
class ChangePoint:
    start: date = strawberry.field(description="The first day of the interval with which the new level begins.")
    before: float = strawberry.field(description="Mean count an interval, from the change before to here.")
    after: float = strawberry.field(description="Mean count an interval, from here to the next change.")


@strawberry.type(description="Where the level of a count changed, and how that was decided.")
class Changes:
    points: list[ChangePoint] = strawberry.field(description="The changes, in order of time.")
    penalty: float | None = strawberry.field(
        description=f"What each change had to be worth; null where fewer than {FEWEST} intervals are complete."
    )
    formula: str = strawberry.field(description="How changes are found.")

    @classmethod
    def of(cls, found: domain.Changes) -> "Changes":
        points = [ChangePoint(start=point.start, before=point.before, after=point.after) for point in found.points]
        return cls(points=points, penalty=found.penalty, formula=LEVELS)


@strawberry.type(description="What an interval held, on a topic.")
class Current:
    start: date = strawberry.field(description=START)
    end: date = strawberry.field(description=END)
    complete: bool = strawberry.field(description=COMPLETE)
    interactions: int = strawberry.field(description="Interactions in scope.")
    active_people: int = strawberry.field(description="People who gave or received one.")
    newcomers: int = strawberry.field(description="Those of them who never had before, in scope.")
    new_trust: int = strawberry.field(description="Trust relationships in scope whose `since` lies in it.")

    @classmethod
    def of(cls, found: domain.Current) -> "Current":
        return cls(
            start=found.span.start,
            end=found.span.end,
            complete=found.span.complete,
            interactions=found.interactions,
            active_people=found.active_people,
            newcomers=found.newcomers,
            new_trust=found.new_trust,
        )


@strawberry.type(description="A person whose part of the interactions grew.")
class RisingPerson:
    rise: float = strawberry.field(description="By which factor their part grew, few interactions counting little.")
    recent: int = strawberry.field(description="Interactions they gave in the second half of the complete intervals.")
    former: int = strawberry.field(description="And in as many before.")
    person_id: strawberry.Private[str]

    @classmethod
    def of(cls, found: domain.Riser) -> "RisingPerson":
        return cls(rise=found.rise, recent=found.recent, former=found.former, person_id=found.id)

    @strawberry.field(description="Who it is.")
    def person(self) -> PersonRef:
        return people.Person.known_by(self.person_id)


@strawberry.type(description="A subtopic whose part of the interactions grew.")
class RisingTopic:
    rise: float = strawberry.field(description="By which factor its part grew, few interactions counting little.")
    recent: int = strawberry.field(description="Interactions on it in the second half of the complete intervals.")
    former: int = strawberry.field(description="And in as many before.")
    topic_id: strawberry.Private[str]

    @classmethod
    def of(cls, found: domain.Riser) -> "RisingTopic":
        return cls(rise=found.rise, recent=found.recent, former=found.former, topic_id=found.id)

    @strawberry.field(description="Which topic it is.")
    def topic(self, info: Info) -> TopicRef:
        name = info.context.names.topic(self.topic_id)
        if name is None:
            raise NotFound("topic", self.topic_id)
        return topics.Topic.named(self.topic_id, name)


@strawberry.type(description="How a topic changes.")
class Currents:
    found: strawberry.Private[domain.Currents]

    @strawberry.field(description="Every interval from the first to the last, in order.")
    def intervals(self) -> list[Current]:
        return list(map(Current.of, self.found.intervals))

    @strawberry.field(description=MOMENTUM)
    def momentum(self) -> Momentum | None:
        return Momentum.of(self.found.momentum)

    @strawberry.field(description="Where the level of the interactions changed.")
    def changes(self) -> Changes:
        return Changes.of(self.found.changes)

    @strawberry.field(description="People whose part of the interactions grew, most first (ties by id).")
    def rising_people(self, info: Info, first: First = 20, after: After = strawberry.UNSET) -> Connection[RisingPerson]:
        page = self._page(info, "people", self.found.rising_people, first, after)
        return Connection.of(page, len(self.found.rising_people), RisingPerson.of)

    @strawberry.field(
        description="Topics in scope below this one whose part of the interactions grew, most first (ties by id)."
    )
    def rising_topics(self, info: Info, first: First = 20, after: After = strawberry.UNSET) -> Connection[RisingTopic]:
        page = self._page(info, "topics", self.found.rising_topics, first, after)
        return Connection.of(page, len(self.found.rising_topics), RisingTopic.of)

    @strawberry.field(description="How `rise` is made.")
    def rise_formula(self) -> str:
        return RISE

    @strawberry.field(description="R: interactions of everybody in the second half of the complete intervals.")
    def recent_total(self) -> int:
        return self.found.recent_total

    @strawberry.field(description="F: interactions of everybody in as many intervals before.")
    def former_total(self) -> int:
        return self.found.former_total

    @strawberry.field(description="The state of the graph that new trust was counted in.")
    def snapshot(self) -> snapshots.Snapshot:
        return snapshots.Snapshot.of(self.found.snapshot)

    def _page(
        self, info: Info, name: str, risers: Sequence[domain.Riser], first: int | None, after: str | None
    ) -> Page[domain.Riser]:
        part = slice_of(info, first, after)
        return page_of(risers, f"rising {name}/{self.found.question}", lambda riser: riser.id, part)


@strawberry.type(description="What an interval held, for a person on a topic.")
class Episode:
    start: date = strawberry.field(description=START)
    end: date = strawberry.field(description=END)
    complete: bool = strawberry.field(description=COMPLETE)
    given: int = strawberry.field(description="Interactions they gave, in scope.")
    received: int = strawberry.field(description="Interactions they received, in scope.")
    posts: int = strawberry.field(description="Of those given, the ones of the kinds that the data set calls content.")
    trust_gained: int = strawberry.field(description="Trust in them, in scope, whose `since` lies in the interval.")
    trust_given: int = strawberry.field(description="Their trust in others, likewise.")

    @classmethod
    def of(cls, found: domain.Episode) -> "Episode":
        return cls(
            start=found.span.start,
            end=found.span.end,
            complete=found.span.complete,
            given=found.given,
            received=found.received,
            posts=found.posts,
            trust_gained=found.trust_gained,
            trust_given=found.trust_given,
        )


@strawberry.type(description="How a person's part in a topic changes. Who opted out has a history of nothing.")
class History:
    found: strawberry.Private[domain.History]

    @strawberry.field(description="Every interval from the first to the last, in order.")
    def intervals(self) -> list[Episode]:
        return list(map(Episode.of, self.found.intervals))

    @strawberry.field(description=MOMENTUM.replace("interactions", "interactions given"))
    def momentum(self) -> Momentum | None:
        return Momentum.of(self.found.momentum)

    @strawberry.field(description="Where the level of the interactions given changed.")
    def changes(self) -> Changes:
        return Changes.of(self.found.changes)

    @strawberry.field(description="The state of the graph that new trust was counted in.")
    def snapshot(self) -> snapshots.Snapshot:
        return snapshots.Snapshot.of(self.found.snapshot)

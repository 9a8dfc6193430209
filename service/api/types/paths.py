"""The answer to "through whom?"."""

from datetime import date

import strawberry

from service.api.context import Info
from service.api.types import people, topics
from service.api.types.refs import PersonRef, TopicRef
from service.api.types.snapshots import Snapshot
from service.api.types.trust import STAGES, Evidence
from service.domain import paths as domain
from service.domain.errors import NotFound
from service.domain.vocabulary import PurchaseStage


@strawberry.type(description="One hop of a path: a message goes from one person to the next.")
class TrustStep:
    strength: float = strawberry.field(description="How strong the trust is for this question, age and topic included.")
    cost: int = strawberry.field(description="The same in micro-nats; without the handover.")
    since: date | None = strawberry.field(description="Day from which the trust exists; null where it always did.")
    last_seen: date | None = strawberry.field(description="Day it was last confirmed.")
    channel: str | None = strawberry.field(description="Where it came about, such as online or offline.")
    stages: list[PurchaseStage] = strawberry.field(description=STAGES)
    paid: bool = strawberry.field(description="Whether a paid interaction is among the evidence.")
    step: strawberry.Private[domain.TrustStep]

    @classmethod
    def of(cls, step: domain.TrustStep) -> "TrustStep":
        return cls(
            strength=step.strength,
            cost=step.cost,
            since=step.since,
            last_seen=step.last_seen,
            channel=step.channel,
            stages=list(step.stages),
            paid=step.paid,
            step=step,
        )

    @strawberry.field(name="from", description="Who comes earlier in the path.")
    def from_(self) -> PersonRef:
        return people.Person.known_by(self.step.from_id)

    @strawberry.field(description="Who comes next in the path.")
    def to(self) -> PersonRef:
        return people.Person.known_by(self.step.to_id)

    @strawberry.field(description="Whether `from` trusts `to`; false where `to` trusts `from`, as under INFLUENCE.")
    def from_trusts_to(self) -> bool:
        return self.step.listener_is_from

    @strawberry.field(description="What the trust is about; null for trust in general.")
    def topic(self, info: Info) -> TopicRef | None:
        name = info.context.names.topic(self.step.topic_id)
        return None if name is None else topics.Topic.named(self.step.topic_id, name)

    @strawberry.field(description="What it rests on; empty where it was stated outright.")
    def evidence(self) -> list[Evidence]:
        return [Evidence.of(each) for each in self.step.evidence]


@strawberry.type(
    description="A chain of people, each trusting the next or trusted by the next, as the question has it."
)
class TrustedPath:
    strength: float = strawberry.field(description="How likely the message arrives: exp(-cost / 1,000,000).")
    cost: int = strawberry.field(description="Entry, steps and handovers added up, in micro-nats; less is better.")
    likelihood: float | None = strawberry.field(
        description="Of people whose best path is this strong, the share who came to trust the other end, as fitted to "
        "the data set's own past (docs/accuracy.md). Null where nothing was fitted: for questions without a topic, for "
        "paths of other than 2 or 3 hops, and where scope, introducerStrength or what trust counts (paid, channels, "
        "stages, seenFrom, seenTo) are not the defaults."
    )
    hops: int = strawberry.field(description="How many steps; 0 where the source is the target.")
    explanation: str = strawberry.field(
        description="The path in words: who knows whom, on what evidence, since when, and the weakest link."
    )
    path: strawberry.Private[domain.TrustedPath]

    @classmethod
    def of(cls, path: domain.TrustedPath) -> "TrustedPath":
        return cls(
            strength=path.strength,
            cost=path.cost,
            likelihood=path.likelihood,
            hops=path.hops,
            explanation=path.explanation,
            path=path,
        )

    @strawberry.field(description="Everybody on the path, source and target included, in its order.")
    def people(self) -> list[PersonRef]:
        return [people.Person.known_by(id_) for id_ in self.path.person_ids]

    @strawberry.field(description="Its steps, in path order whatever the direction of the stored trust.")
    def steps(self) -> list[TrustStep]:
        return [TrustStep.of(step) for step in self.path.steps]

    @strawberry.field(description="The step with the least strength, of several the first; null for 0 hops.")
    def weakest_step(self) -> TrustStep | None:
        step = self.path.weakest_step
        return None if step is None else TrustStep.of(step)


@strawberry.type(description="The strongest paths of trust between two parties, best first.")
class TrustedPaths:
    paths: list[TrustedPath] = strawberry.field(
        description="By cost, then hops, then people's ids. Empty and complete: there is no path."
    )
    complete: bool = strawberry.field(description="Whether these are proved to be the best, and all that were asked.")
    stopped_because: str | None = strawberry.field(description="Why the search ended early; null where it did not.")
    examined_relationships: int = strawberry.field(description="How many trust relationships the search looked at.")
    snapshot: Snapshot = strawberry.field(description="The state of the graph this was computed from.")

    @classmethod
    def of(cls, found: domain.TrustedPaths) -> "TrustedPaths":
        return cls(
            paths=[TrustedPath.of(path) for path in found.paths],
            complete=found.complete,
            stopped_because=found.stopped_because,
            examined_relationships=found.examined_relationships,
            snapshot=Snapshot.of(found.snapshot),
        )


@strawberry.type(description="Why one question of a batch has no answer.")
class Problem:
    code: str = strawberry.field(description="As in the `extensions.code` of an error; NOT_FOUND for an unknown id.")
    message: str = strawberry.field(description="What is unknown, in words.")


@strawberry.type(description="What became of one question of a batch: either an answer or a problem.")
class TrustedPathsOutcome:
    answer: TrustedPaths | None = strawberry.field(description="The paths; null where there is a problem.")
    problem: Problem | None = strawberry.field(description="What kept it from being answered; null where nothing did.")

    @classmethod
    def of(cls, outcome: domain.TrustedPaths | NotFound) -> "TrustedPathsOutcome":
        if isinstance(outcome, NotFound):
            return cls(answer=None, problem=Problem(code=outcome.code, message=str(outcome)))
        return cls(answer=TrustedPaths.of(outcome), problem=None)

"""A small graph in plain values, from which a snapshot, a Neo4j database and a brute force are all made."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from service.domain.model import GENERAL_TOPIC, Brand, Dataset, Evidence, Person, Role, Topic
from service.domain.vocabulary import PurchaseStage
from service.graph.builder import SnapshotBuilder
from service.graph.costs import cost_of
from service.graph.kept import Kept
from service.graph.people import people_of
from service.graph.snapshot import NO_DAY, Snapshot, day_number
from service.graph.stages import stage_bits

AS_OF = date(2026, 1, 1)


@dataclass(frozen=True)
class Tie:
    """Trust (or distrust) of one person in another."""

    from_id: str
    to_id: str
    strength: float = 0.5
    topic_id: str = GENERAL_TOPIC
    since: date | None = None
    last_seen: date | None = None
    channel: str | None = None
    paid: bool = False
    evidence: tuple[Evidence, ...] = ()
    stages: tuple[PurchaseStage, ...] = ()

    @property
    def cost(self) -> int:
        return cost_of(self.strength)


@dataclass(frozen=True)
class Scenario:
    """Everything in a database. People are given by id; those in `opted_out` opted out."""

    people: tuple[str, ...]
    trust: tuple[Tie, ...] = ()
    distrust: tuple[Tie, ...] = ()
    roles: tuple[Role, ...] = ()
    brands: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    opted_out: frozenset[str] = frozenset()
    dataset: Dataset = field(default_factory=lambda: Dataset("scenario", as_of=AS_OF, half_life_days=365.0))

    def persons(self) -> dict[str, Person]:
        """Everybody by id."""
        return {id_: Person(id_, f"Name of {id_}", opted_out=id_ in self.opted_out) for id_ in self.people}

    def leaving(self, id_: str) -> tuple[object, ...]:
        """All relationships that leave a person."""
        ties = (tuple(tie for tie in kind if tie.from_id == id_) for kind in (self.trust, self.distrust))
        return (*ties, tuple(role for role in self.roles if role.person_id == id_))

    def snapshot(self, bookmark: str = "none", kept: Kept | None = None, reread: Collection[str] = ()) -> Snapshot:
        """What the service would hold of this graph; with `kept`, reading again only what leaves `reread`."""
        wanted = frozenset(self.people if kept is None else reread)
        people = people_of(self.persons().values()) if kept is None else kept.people
        builder = SnapshotBuilder(
            self.dataset, people, [Brand(id_, f"Brand {id_}") for id_ in self.brands], self.topics, kept
        )
        by_listener = sorted((tie for tie in self.trust if tie.from_id in wanted), key=lambda tie: tie.from_id)
        for from_id, group in groupby(by_listener, key=lambda tie: tie.from_id):
            ties = list(group)
            builder.add_trust(
                from_id,
                [tie.to_id for tie in ties],
                [tie.topic_id for tie in ties],
                [tie.cost for tie in ties],
                [_day(tie.since) for tie in ties],
                [_day(tie.last_seen) for tie in ties],
                [tie.channel or "" for tie in ties],
                [stage_bits(tie.stages) for tie in ties],
                [tie.paid for tie in ties],
                [[evidence.kind for evidence in tie.evidence] for tie in ties],
                [[evidence.count for evidence in tie.evidence] for tie in ties],
            )
        for tie in self.distrust:
            if tie.from_id in wanted:
                builder.add_distrust(tie.from_id, tie.to_id, tie.topic_id, _day(tie.since))
        for role in self.roles:
            if role.person_id in wanted:
                builder.add_role(role)
        return builder.build(bookmark)


def _day(day: date | None) -> int:
    return NO_DAY if day is None else day_number(day)

"""A question made ready for the kernels on one snapshot: its ends and rules as arrays."""

from dataclasses import dataclass, replace

import numpy as np

from service.domain.errors import NotFound
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import PaidPolicy, RoleKind, TrustDirection
from service.graph.costs import Costs, age_per_day, ageing
from service.graph.paths.steps import Arcs, Rules
from service.graph.snapshot import NO_CHANNEL, NO_DAY, ROLE_KINDS, Flags, Grounds, Int, Snapshot, day_number
from service.graph.stages import stage_bits
from service.graph.topic_scope import CLOSED, GENERAL, distrust_scope, topic_penalties

NO_MAX_COST = 2**56


@dataclass(frozen=True, slots=True)
class Terrain:
    """What a search sees apart from its ends: the same for all questions that differ only in these."""

    snapshot: Snapshot
    question: TrustedPathsQuestion
    as_of: int
    arcs: Arcs
    rules: Rules
    barred: Int
    """Whom the question excludes; who opted out is barred by the snapshot."""

    @classmethod
    def of(cls, snapshot: Snapshot, question: TrustedPathsQuestion) -> "Terrain":
        """NotFound for ids that the snapshot does not hold."""
        as_of = day_number(snapshot.as_of(question.as_of))
        topic = None if question.topic_id is None else _known_topic(snapshot, question.topic_id)
        days = snapshot.trust.days
        rules = Rules(
            as_of=as_of,
            penalties=topic_penalties(snapshot.topics, topic, question.scope),
            closing=distrust_scope(snapshot.topics, topic, question.scope),
            # NO_DAY lies before every day, so what is undated has begun. It counts as seen on every day, too.
            begun=days <= (as_of if question.seen_to is None else min(as_of, day_number(question.seen_to))),
            seen=(days == NO_DAY)
            | (days >= (NO_DAY if question.seen_from is None else day_number(question.seen_from))),
            ageing=ageing(days, as_of, snapshot.dataset.half_life_days),
            admitted=_admitted(snapshot.trust.grounds, question),
            drift=snapshot.drift_days(as_of) * age_per_day(snapshot.dataset.half_life_days),
            along_trust=question.direction is not TrustDirection.INFLUENCE,
            against_trust=question.direction is not TrustDirection.TRUST,
        )
        return cls(snapshot, question, as_of, _arcs(snapshot), rules, _barred(snapshot, question, as_of))

    def sources(self, party: Party) -> tuple[Int, Costs]:
        """Who may begin a path, in order, and the entry cost of each: the strongest of several roles counts."""
        if party.brand_id is None:
            people, costs = self._named(party), np.zeros(1, dtype=np.int64)
        else:
            roles, rows = self.snapshot.roles, _rows_of(self.snapshot, party.brand_id)
            kinds = [ROLE_KINDS.index(kind) for kind in self.question.via_roles]
            held = roles.current(self.as_of, rows) & np.isin(roles.kind[rows], kinds)
            people, place = np.unique(roles.person[rows][held], return_inverse=True)
            costs = np.full(len(people), NO_MAX_COST, dtype=np.int64)
            np.minimum.at(costs, place, roles.cost[rows][held])
        free = self._free(people)
        return people[free], costs[free]

    def targets(self, party: Party) -> Int:
        """Who may end a path: the person named, or the brand's current decision-makers on a topic in scope."""
        if party.brand_id is None:
            people = self._named(party)
        else:
            roles, rows = self.snapshot.roles, _rows_of(self.snapshot, party.brand_id)
            decides = roles.kind[rows] == ROLE_KINDS.index(RoleKind.DECISION_MAKER)
            held = roles.current(self.as_of, rows) & decides
            topic = roles.topic[rows]
            in_scope = (self.rules.penalties[topic] != CLOSED) | (topic == GENERAL)
            people = np.unique(roles.person[rows][held & in_scope])
        return people[self._free(people)]

    def _named(self, party: Party) -> Int:
        return np.array([self.snapshot.person(party.person_id or "", self.question.sight)], dtype=np.int32)

    def _free(self, people: Int) -> Flags:
        free: Flags = ~(self.snapshot.people.opted_out[people] | np.isin(people, self.barred))
        return free


def without_ends(question: TrustedPathsQuestion) -> TrustedPathsQuestion:
    """Equal for questions that can be answered on one terrain."""
    return replace(question, from_=Party(), to=Party(), deadline_ms=0)


def _known_topic(snapshot: Snapshot, topic_id: str) -> int:
    topic = snapshot.topics.index.of(topic_id)
    if not snapshot.topics.known[topic]:
        raise NotFound("topic", topic_id)
    return topic


def _admitted(grounds: Grounds, question: TrustedPathsQuestion) -> Flags:
    """Which grounds the question's channels, its stages and its word on paid trust let pass."""
    channels = question.channels
    passing = np.array(
        [channels is None or (place != NO_CHANNEL and name in channels) for place, name in enumerate(grounds.channels)],
        dtype=np.bool_,
    )
    admitted: Flags = passing[grounds.channel]
    if question.stages is not None:
        admitted &= (grounds.stages & stage_bits(question.stages)) > 0
    return admitted if question.paid is PaidPolicy.INCLUDE else admitted & ~grounds.paid


def _barred(snapshot: Snapshot, question: TrustedPathsQuestion, as_of: int) -> Int:
    named = [snapshot.person(id_, question.sight) for id_ in question.exclude_person_ids]
    barred = [np.array(named, dtype=np.int32)]
    for id_ in question.exclude_brand_ids:
        rows = _rows_of(snapshot, id_)
        barred.append(snapshot.roles.person[rows][snapshot.roles.current(as_of, rows)])
    return np.unique(np.concatenate(barred))


def _rows_of(snapshot: Snapshot, brand_id: str) -> slice:
    brand = snapshot.brands.index.of(brand_id)
    return slice(*snapshot.roles.offsets[brand : brand + 2].tolist())


def _arcs(snapshot: Snapshot) -> Arcs:
    trust, distrust = snapshot.trust, snapshot.distrust
    return Arcs(
        **{name: getattr(trust, name) for name in Arcs._fields if not name.startswith("distrust_")},
        **{f"distrust_{name}": getattr(distrust, name) for name in ("offsets", "to", "topic", "since")},
    )

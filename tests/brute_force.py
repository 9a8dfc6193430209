"""Trusted paths by trying every path there is: the meanings of the design, with nothing clever about them.

Written from the text alone. It shares no code with the kernels beyond the plain values of the domain.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from service.domain.model import Role
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import PaidPolicy, RoleKind, TopicScope, TrustDirection
from tests.scenario import Scenario, Tie

Answer = list[tuple[int, int, tuple[str, ...]]]


def trusted_paths(scenario: Scenario, question: TrustedPathsQuestion) -> Answer:
    """(cost, hops, person ids) of the best paths, in order."""
    return BruteForce(scenario, question).answer()


class BruteForce:
    def __init__(self, scenario: Scenario, question: TrustedPathsQuestion) -> None:
        self.graph = scenario
        self.question = question
        self.as_of: date = question.as_of or scenario.dataset.as_of or date.today()  # noqa: DTZ011
        self.parents = {topic.id: topic.parent_id for topic in scenario.topics}
        self.distrust: defaultdict[tuple[str, str], list[Tie]] = defaultdict(list)
        for tie in scenario.distrust:
            self.distrust[tie.from_id, tie.to_id].append(tie)
        self.barred = self.find_barred()
        self.sources = {p: c for p, c in self.find_sources().items() if p not in self.barred}
        self.targets = self.find_targets() - self.barred
        self.handover = round(-math.log(question.introducer_strength) * 1e6)
        self.steps: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for (one, other), step in self.find_steps().items():
            self.steps[one].append((other, step))

    def answer(self) -> Answer:
        ordered = sorted(self.all_paths())
        strong = [path for path in ordered if self.is_strong(path[0])]
        if self.question.distinct_introducers:
            strong = self.distinct(strong)
        return strong[: self.question.first]

    def distinct(self, ordered: Answer) -> Answer:
        taken: set[str] = set()
        kept: Answer = []
        for path in ordered:
            inner = set(path[2][1:-1])
            if not inner & taken:
                kept.append(path)
                taken |= inner
        return kept

    def is_strong(self, cost: int) -> bool:
        return math.exp(-cost / 1e6) >= self.question.min_strength

    def all_paths(self) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        for source, entry in self.sources.items():
            if source in self.targets:
                yield entry, 0, (source,)
            for people, cost in self.walk((source,), entry):
                yield cost, len(people) - 1, people

    def walk(self, people: tuple[str, ...], cost: int) -> Iterator[tuple[tuple[str, ...], int]]:
        """Every path with at least one hop that begins with these people; nothing longer than what is too weak."""
        if len(people) - 1 >= self.question.max_hops or not self.is_strong(cost):
            return
        for other, step in self.steps[people[-1]]:
            if other in people:
                continue
            longer, total = (*people, other), cost + step + (self.handover if len(people) > 1 else 0)
            if other in self.targets:
                yield longer, total
            elif other not in self.sources:
                yield from self.walk(longer, total)

    def find_steps(self) -> dict[tuple[str, str], int]:
        """The cheapest open step of every ordered pair."""
        steps: dict[tuple[str, str], int] = {}
        for tie in self.graph.trust:
            cost = self.cost(tie)
            if cost is None or {tie.from_id, tie.to_id} & self.barred:
                continue
            pairs = []
            if self.question.direction in (TrustDirection.INFLUENCE, TrustDirection.EITHER):
                pairs.append((tie.to_id, tie.from_id))
            if self.question.direction in (TrustDirection.TRUST, TrustDirection.EITHER):
                pairs.append((tie.from_id, tie.to_id))
            for pair in pairs:
                steps[pair] = min(cost, steps.get(pair, cost))
        return steps

    def cost(self, tie: Tie) -> int | None:
        question = self.question
        if tie.since is not None and tie.since > self.as_of:
            return None
        if question.seen_to is not None and tie.since is not None and tie.since > question.seen_to:
            return None
        if question.seen_from is not None and tie.last_seen is not None and tie.last_seen < question.seen_from:
            return None
        if question.paid is PaidPolicy.EXCLUDE and tie.paid:
            return None
        if question.channels is not None and tie.channel not in question.channels:
            return None
        if question.stages is not None and not set(tie.stages) & set(question.stages):
            return None
        penalty = self.penalty(tie.topic_id)
        if penalty is None or any(self.closes(distrust) for distrust in self.distrust[tie.from_id, tie.to_id]):
            return None
        age = 0
        if tie.last_seen is not None and tie.last_seen < self.as_of:
            a_day = round(math.log(2) * 1e6 / self.graph.dataset.half_life_days)
            age = a_day * (self.as_of - tie.last_seen).days
        return round(-math.log(tie.strength) * 1e6) + age + penalty

    def closes(self, distrust: Tie) -> bool:
        if distrust.since is not None and distrust.since > self.as_of:
            return False
        return distrust.topic_id == "" or self.penalty(distrust.topic_id) is not None

    def penalty(self, topic_id: str) -> int | None:
        """What trust on a topic costs extra; None where it is out of scope."""
        asked, scope = self.question.topic_id, self.question.scope
        if asked is None or topic_id == asked:
            return 0
        if scope is TopicScope.EXACT:
            return None
        if topic_id == "":
            return 500_000
        distance = self.distance(asked, topic_id)
        if distance is not None and distance <= 2:
            return distance * 350_000
        return 1_200_000 if scope is TopicScope.ANY else None

    def distance(self, one: str, other: str) -> int | None:
        above_one, above_other = self.ancestors(one), self.ancestors(other)
        common = [above_one.index(t) + above_other.index(t) for t in above_one if t in above_other]
        return min(common, default=None)

    def ancestors(self, topic_id: str | None) -> list[str]:
        chain = []
        while topic_id is not None:
            chain.append(topic_id)
            topic_id = self.parents.get(topic_id)
        return chain

    def find_barred(self) -> set[str]:
        excluded = {
            role.person_id
            for role in self.graph.roles
            if role.brand_id in self.question.exclude_brand_ids and self.current(role)
        }
        return set(self.graph.opted_out) | set(self.question.exclude_person_ids) | excluded

    def find_sources(self) -> dict[str, int]:
        party: Party = self.question.from_
        if party.person_id is not None:
            return {party.person_id: 0}
        sources: dict[str, int] = {}
        for role in self.graph.roles:
            if role.brand_id == party.brand_id and role.kind in self.question.via_roles and self.current(role):
                cost = 0 if role.strength is None else round(-math.log(role.strength) * 1e6)
                sources[role.person_id] = min(cost, sources.get(role.person_id, cost))
        return sources

    def find_targets(self) -> set[str]:
        party: Party = self.question.to
        if party.person_id is not None:
            return {party.person_id}
        return {
            role.person_id
            for role in self.graph.roles
            if role.brand_id == party.brand_id
            and role.kind is RoleKind.DECISION_MAKER
            and self.current(role)
            and (role.topic_id == "" or self.penalty(role.topic_id) is not None)
        }

    def current(self, role: Role) -> bool:
        return (role.since is None or role.since <= self.as_of) and (role.until is None or role.until >= self.as_of)

"""From a question to its answer on a snapshot: resolve the ends, search, and say what each step rests on."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from service.domain.errors import NotFound
from service.domain.paths import Party, TrustedPathsQuestion, TrustStep
from service.domain.vocabulary import PaidPolicy, RoleKind, TrustDirection
from service.graph.costs import ageing, cost_of, largest_cost, strength_of
from service.graph.limits import FINISHED, Limits, StopFlag
from service.graph.path_search import Found, best_paths
from service.graph.snapshot import NO_CHANNEL, ROLE_KINDS, Flags, Grounds, Int, Snapshot, day_number, day_of
from service.graph.steps import Arcs, Costs, Rules, chosen_row
from service.graph.thread_memory import with_memory
from service.graph.topic_scope import CLOSED, GENERAL, distrust_scope, topic_penalties

NO_MAX_COST = 2**56

MAX_PARTIAL_PATHS = 4_000_000
"""About 300 MB; far beyond what a search that ends in time needs."""


@dataclass(frozen=True, slots=True)
class FoundPath:
    """One path as vertices and steps; `cost` in micro-nats with entry and handovers."""

    cost: int
    people: tuple[int, ...]
    steps: tuple[TrustStep, ...]


@dataclass(frozen=True, slots=True)
class FoundPaths:
    """`ending` is FINISHED, STOPPED or OUT_OF_ROOM; `examined` counts relationships."""

    paths: tuple[FoundPath, ...]
    ending: int
    examined: int


class PathSearch:
    """One question, made ready on one snapshot. NotFound for ids that the snapshot does not hold."""

    def __init__(self, snapshot: Snapshot, question: TrustedPathsQuestion) -> None:
        self._snapshot = snapshot
        self._question = question
        self._as_of = day_number(snapshot.as_of(question.as_of))
        self._topic = None if question.topic_id is None else _known_topic(snapshot, question.topic_id)
        self._penalties = topic_penalties(snapshot.topics, self._topic, question.scope)
        self._arcs = _arcs(snapshot)
        self._rules = self._make_rules()
        self._barred = self._make_barred()
        self._sources, self._entry_costs = self._make_sources()
        self._targets = self._make_targets()

    def run(self, stop: StopFlag) -> FoundPaths:
        """Search, without holding Python's lock. Raising `stop[0]` ends it with what is proved until then."""
        found = self._distinct(stop) if self._question.distinct_introducers else [self._search(self._barred, stop)]
        paths = tuple(self._path(batch, place) for batch in found for place in range(batch.found))
        return FoundPaths(paths, found[-1].ending, sum(batch.examined for batch in found))

    def _distinct(self, stop: StopFlag) -> list[Found]:
        """Greedily: after each path with introducers, bar them and search anew for the next in order."""
        batches: list[Found] = []
        wanted, direct, barred = self._question.first, 0, self._barred
        while True:
            batch = self._search(barred, stop, first=wanted, skip_direct=direct, until_introduced=True)
            batches.append(batch)
            wanted -= batch.found
            if batch.ending != FINISHED or wanted == 0 or batch.found == 0 or batch.hops[batch.found - 1] <= 1:
                return batches
            direct += batch.found - 1
            last = batch.found - 1
            barred = np.concatenate((barred, batch.people[last, 1 : batch.hops[last]]))

    def _search(
        self,
        barred: Int,
        stop: StopFlag,
        *,
        first: int | None = None,
        skip_direct: int = 0,
        until_introduced: bool = False,
    ) -> Found:
        question = self._question
        max_cost, handover = largest_cost(question.min_strength), cost_of(question.introducer_strength)
        limits = Limits(
            first=question.first if first is None else first,
            max_hops=question.max_hops,
            max_total=NO_MAX_COST if max_cost is None else max_cost + handover,
            handover=handover,
            skip_direct=skip_direct,
            until_introduced=until_introduced,
            max_partial=MAX_PARTIAL_PATHS,
        )
        snapshot = self._snapshot
        return with_memory(
            len(snapshot.people.names),
            snapshot.most_ties,
            lambda memory: best_paths(
                self._arcs,
                self._rules,
                limits,
                snapshot.standing,
                memory,
                barred,
                self._sources,
                self._entry_costs,
                self._targets,
                stop,
            ),
        )

    def _path(self, batch: Found, place: int) -> FoundPath:
        hops = int(batch.hops[place])
        people = tuple(batch.people[place, : hops + 1].tolist())
        steps = tuple(self._step(one, other) for one, other in pairwise(people))
        return FoundPath(int(batch.cost[place]), people, steps)

    def _step(self, one: int, other: int) -> TrustStep:
        row, cost, along = chosen_row(self._arcs, self._rules, one, other)
        snapshot, trust = self._snapshot, self._snapshot.trust
        terms, grounds = trust.terms[row], trust.grounds
        channel = int(grounds.channel[terms["grounds"]])
        return TrustStep(
            from_id=snapshot.people.index.ids[one],
            to_id=snapshot.people.index.ids[other],
            topic_id=snapshot.topics.index.ids[int(terms["topic"])],
            strength=strength_of(cost),
            cost=cost,
            since=day_of(int(trust.days[terms["since"]])),
            last_seen=day_of(int(trust.days[terms["last_seen"]])),
            channel=None if channel == NO_CHANNEL else grounds.channels[channel],
            paid=bool(grounds.paid[terms["grounds"]]),
            evidence=grounds.evidence(int(terms["grounds"])),
            listener_is_from=along,
        )

    def _make_rules(self) -> Rules:
        snapshot, question = self._snapshot, self._question
        days = snapshot.trust.days
        return Rules(
            as_of=self._as_of,
            penalties=self._penalties,
            closing=distrust_scope(snapshot.topics, self._topic, question.scope),
            begun=days <= self._as_of,  # NO_DAY lies before every day
            ageing=ageing(days, self._as_of, snapshot.dataset.half_life_days),
            admitted=self._admitted(snapshot.trust.grounds),
            along_trust=question.direction is not TrustDirection.INFLUENCE,
            against_trust=question.direction is not TrustDirection.TRUST,
        )

    def _admitted(self, grounds: Grounds) -> Flags:
        """Which grounds the question's channels and its word on paid trust let pass."""
        channels = self._question.channels
        passing = np.array(
            [
                channels is None or (place != NO_CHANNEL and name in channels)
                for place, name in enumerate(grounds.channels)
            ],
            dtype=np.bool_,
        )
        admitted: Flags = passing[grounds.channel]
        return admitted if self._question.paid is PaidPolicy.INCLUDE else admitted & ~grounds.paid

    def _make_barred(self) -> Int:
        """Whom the question excludes; who opted out is barred by the snapshot."""
        snapshot, question = self._snapshot, self._question
        barred = [np.array([snapshot.people.index.of(id_) for id_ in question.exclude_person_ids], dtype=np.int32)]
        for id_ in question.exclude_brand_ids:
            rows = self._rows_of(id_)
            barred.append(snapshot.roles.person[rows][snapshot.roles.current(self._as_of, rows)])
        return np.unique(np.concatenate(barred))

    def _free(self, people: Int) -> Flags:
        free: Flags = ~(self._snapshot.people.opted_out[people] | np.isin(people, self._barred))
        return free

    def _make_sources(self) -> tuple[Int, Costs]:
        """Who may begin a path, in order, and the entry cost of each: the strongest of several roles counts."""
        party = self._question.from_
        if party.brand_id is None:
            people, costs = self._named(party), np.zeros(1, dtype=np.int64)
        else:
            roles, rows = self._snapshot.roles, self._rows_of(party.brand_id)
            kinds = [ROLE_KINDS.index(kind) for kind in self._question.via_roles]
            held = roles.current(self._as_of, rows) & np.isin(roles.kind[rows], kinds)
            people, place = np.unique(roles.person[rows][held], return_inverse=True)
            costs = np.full(len(people), NO_MAX_COST, dtype=np.int64)
            np.minimum.at(costs, place, roles.cost[rows][held])
        free = self._free(people)
        return people[free], costs[free]

    def _make_targets(self) -> Int:
        """Who may end a path: the person named, or the brand's current decision-makers on a topic in scope."""
        party = self._question.to
        if party.brand_id is None:
            people = self._named(party)
        else:
            roles, rows = self._snapshot.roles, self._rows_of(party.brand_id)
            decides = roles.kind[rows] == ROLE_KINDS.index(RoleKind.DECISION_MAKER)
            held = roles.current(self._as_of, rows) & decides
            topic = roles.topic[rows]
            in_scope = (self._penalties[topic] != CLOSED) | (topic == GENERAL)
            people = np.unique(roles.person[rows][held & in_scope])
        return people[self._free(people)]

    def _named(self, party: Party) -> Int:
        return np.array([self._snapshot.people.index.of(party.person_id or "")], dtype=np.int32)

    def _rows_of(self, brand_id: str) -> slice:
        brand = self._snapshot.brands.index.of(brand_id)
        return slice(*self._snapshot.roles.offsets[brand : brand + 2].tolist())


def _known_topic(snapshot: Snapshot, topic_id: str) -> int:
    topic = snapshot.topics.index.of(topic_id)
    if not snapshot.topics.known[topic]:
        raise NotFound("topic", topic_id)
    return topic


def _arcs(snapshot: Snapshot) -> Arcs:
    trust, distrust = snapshot.trust, snapshot.distrust
    return Arcs(
        **{name: getattr(trust, name) for name in Arcs._fields if not name.startswith("distrust_")},
        **{f"distrust_{name}": getattr(distrust, name) for name in ("offsets", "to", "topic", "since")},
    )

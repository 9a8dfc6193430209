"""Which new relationship would bring a brand nearest to its targets: one sweep back from each target, none for each
relationship that could be.

Trust of person x in the brand's person e, if it came about at cost w, begins paths e → x → … → t. Nobody of the brand
is an inner person of a path, so the best of them costs `entry(e) + w + HANDOVER + rest(x, t)`, where `rest` is the best
way from x to t past the brand's people in one step less than allowed; `entry(e) + w` where x is t.
"""

from dataclasses import dataclass

import numpy as np

from service.domain.vocabulary import TrustDirection
from service.graph.costs import MICRO, Costs
from service.graph.influence.sweeps import NO_COSTS, Reached, Sweeps
from service.graph.limits import StopFlag
from service.graph.paths.path_question import Terrain
from service.graph.paths.search_memory import UNREACHABLE
from service.graph.snapshot import Int


@dataclass(frozen=True, slots=True)
class RankedRelationships:
    """What each person's trust in one of the brand's people would bring, best first. `people[i]` would trust
    `brand_people[i]`, who is entered at the least cost of those they could; of the targets `opened[i]` would get a path
    and `strengthened[i]` a better one, which gains `gained[i]` millionths of strength."""

    people: Int
    brand_people: Int
    opened: Costs
    strengthened: Costs
    gained: Costs


class NextRelationships:
    """A brand's people (`sources`), its targets, and what stands between. The terrain's direction is INFLUENCE;
    `step_cost` is what the new relationship would cost."""

    def __init__(
        self, terrain: Terrain, sources: Int, entry_costs: Costs, targets: Int, step_cost: int, stop: StopFlag
    ) -> None:
        self._terrain, self._targets, self._stop = terrain, targets, stop
        forth, self._back = Sweeps(terrain), Sweeps(terrain, closed=sources)
        self.before = _costs_to(targets, terrain, forth.from_people(sources, entry_costs, stop))
        self.brand_person, cost = _whom_to_trust(terrain, sources, entry_costs)
        self._new_cost = cost + step_cost
        tied = forth.from_people(sources, np.zeros_like(entry_costs), stop, max_hops=1, max_cost=UNREACHABLE)
        self._could = (self.brand_person >= 0) & ~terrain.snapshot.people.opted_out
        self._could[tied.people] = False

    def ranked(self, *, paths_first: bool) -> RankedRelationships:
        """All relationships that would bring anything: most targets first, or most strength."""
        opened, strengthened, gained = np.zeros((3, len(self._could)), dtype=np.int64)
        for target, before in zip(self._targets, self.before, strict=True):
            people, costs = self._better(target, before)
            (opened if before == UNREACHABLE else strengthened)[people] += 1
            gained[people] += millionths(costs) - (0 if before == UNREACHABLE else int(millionths(before)))
            if self._stop[0]:
                break
        people = np.flatnonzero(opened + strengthened).astype(np.int32)
        targets, strength = (opened + strengthened)[people], gained[people]
        order = np.lexsort((people, -strength, -targets) if paths_first else (people, -targets, -strength))
        people = people[order]
        return RankedRelationships(
            people, self.brand_person[people], opened[people], strengthened[people], gained[people]
        )

    def gains(self, people: Int) -> list[list[tuple[int, int, int]]]:
        """For each of some people, which targets they would bring nearer: (target's place, cost before, cost then)."""
        row = np.full(len(self._could), -1, dtype=np.int32)
        row[people] = np.arange(len(people))
        gains: list[list[tuple[int, int, int]]] = [[] for _ in people]
        for place, (target, before) in enumerate(zip(self._targets, self.before, strict=True)):
            found, costs = self._better(target, before)
            asked = row[found] >= 0
            for there, cost in zip(row[found[asked]].tolist(), costs[asked].tolist(), strict=True):
                gains[there].append((place, int(before), cost))
        return gains

    def _better(self, target: np.int32, before: np.int64) -> tuple[Int, Costs]:
        """Whose trust in the brand would make a better path to a target, and what that would cost."""
        most = min(self._back.max_cost, int(before) - 1)
        least = int(self._new_cost[self._could].min(initial=UNREACHABLE))
        found = self._back.from_people(
            np.array([target], dtype=np.int32),
            NO_COSTS,
            self._stop,
            direction=TrustDirection.TRUST,
            max_hops=self._terrain.question.max_hops - 1,
            max_cost=max(0, most - least - self._back.handover),
        )
        costs = self._new_cost[found.people] + found.cost + np.where(found.hops > 0, self._back.handover, 0)
        better = self._could[found.people] & (costs <= most)
        return found.people[better], costs[better]


def millionths(costs: Costs | np.int64) -> Costs:
    """Strengths as whole millionths, which add up the same in any order."""
    rounded: Costs = np.rint(np.exp(costs / -MICRO) * MICRO).astype(np.int64)
    return rounded


def _costs_to(targets: Int, terrain: Terrain, reached: Reached) -> Costs:
    costs = np.full(len(terrain.snapshot.people.names), UNREACHABLE, dtype=np.int64)
    costs[reached.people] = reached.cost
    before: Costs = costs[targets]
    return before


def _whom_to_trust(terrain: Terrain, sources: Int, entry_costs: Costs) -> tuple[Int, Costs]:
    """For each person, whom of the brand they would trust at the least entry cost (ties: by id), and that cost;
    −1 where there is nobody whom they do not distrust."""
    order = np.lexsort((sources, entry_costs))
    # Behind the last comes nobody.
    sources, entry_costs = np.append(sources[order], np.int32(-1)), np.append(entry_costs[order], 0)
    choice = np.zeros(len(terrain.snapshot.people.names), dtype=np.int32)
    for wary, distrusted in _distrust_of(terrain, sources).items():
        choice[wary] = next(place for place, source in enumerate(sources.tolist()) if source not in distrusted)
    return sources[choice], entry_costs[choice]


def _distrust_of(terrain: Terrain, sources: Int) -> dict[int, set[int]]:
    """Who distrusts whom of these, where it would close a step."""
    distrust, rules = terrain.snapshot.distrust, terrain.rules
    closes = rules.closing[distrust.topic] & (distrust.since <= terrain.as_of) & np.isin(distrust.to, sources)
    rows = np.flatnonzero(closes)
    listeners = np.searchsorted(distrust.offsets, rows, side="right") - 1
    found: dict[int, set[int]] = {}
    for listener, speaker in zip(listeners.tolist(), distrust.to[rows].tolist(), strict=True):
        found.setdefault(listener, set()).add(speaker)
    return found

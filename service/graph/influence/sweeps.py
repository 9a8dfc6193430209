"""Sweeps over the terrain of a question: whom some people come to, and at what cost."""

from dataclasses import dataclass

import numpy as np

from service.domain.errors import TooComplex
from service.domain.vocabulary import TrustDirection
from service.graph.costs import Costs, cost_of, largest_cost
from service.graph.influence.cost_sweep import REACHED, Bounds, new_sweep, sweep_from, sweep_from_each
from service.graph.limits import StopFlag
from service.graph.paths.path_question import NO_MAX_COST, Terrain
from service.graph.snapshot import Int
from service.graph.texts import Offsets

MOST_REACHED = 50_000_000
"""People reached by many, each counted every time: 200 MB."""


@dataclass(frozen=True, slots=True)
class Reached:
    """`cost[i]` and `hops[i]` are those of the best way to `people[i]`, who come in no order."""

    people: Int
    cost: Costs
    hops: Int


class Sweeps:
    """Sweeps under the rules of one question, one at a time: they share their memory. `closed` are people that no way
    may come to, beside those whom the question excludes or who opted out."""

    def __init__(self, terrain: Terrain, closed: Int | None = None) -> None:
        snapshot, question = terrain.snapshot, terrain.question
        self._terrain = terrain
        self._closed = snapshot.people.opted_out.copy()
        self._closed[terrain.barred] = True
        if closed is not None:
            self._closed[closed] = True
        largest = largest_cost(question.min_strength)
        self.max_cost = NO_MAX_COST if largest is None else largest
        self.handover = cost_of(question.introducer_strength)
        self._sweep = new_sweep(len(snapshot.people.names))

    def from_people(
        self,
        starts: Int,
        entry_costs: Costs,
        stop: StopFlag,
        *,
        direction: TrustDirection | None = None,
        max_hops: int | None = None,
        max_cost: int | None = None,
    ) -> Reached:
        """Whom these people come to together; at the question's direction and bounds where no other is given."""
        terrain, sweep = self._terrain, self._sweep
        rules = terrain.rules
        if direction is not None:
            rules = rules._replace(
                along_trust=direction is not TrustDirection.INFLUENCE,
                against_trust=direction is not TrustDirection.TRUST,
            )
        bounds = Bounds(
            terrain.question.max_hops if max_hops is None else max_hops,
            self.max_cost if max_cost is None else max_cost,
            self.handover,
        )
        usual_parts = terrain.snapshot.usual_parts
        sweep_from(terrain.arcs, rules, bounds, usual_parts, self._closed, sweep, starts, entry_costs, stop)
        people = sweep.reached[: sweep.counts[REACHED]].copy()
        return Reached(people, sweep.cost[people], sweep.hops[people])

    def from_each(self, people: Int, stop: StopFlag) -> tuple[Offsets, Int]:
        """Whom each of these comes to, themselves included: `reached[offsets[i]:offsets[i + 1]]` for `people[i]`.

        TooComplex where that is too much to hold. What it gives after a stop means nothing.
        """
        terrain = self._terrain
        bounds = Bounds(terrain.question.max_hops, self.max_cost, self.handover)
        offsets, reached = sweep_from_each(
            terrain.arcs,
            terrain.rules,
            bounds,
            terrain.snapshot.usual_parts,
            self._closed,
            self._sweep,
            people,
            MOST_REACHED,
            stop,
        )
        if len(offsets) <= len(people) and not stop[0]:
            raise TooComplex("Too many people reach this audience; ask with a higher minStrength or a lower maxHops.")
        return offsets, reached


NO_COSTS = np.zeros(1, dtype=np.int64)
"""What entering a single person costs."""

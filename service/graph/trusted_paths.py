"""From questions to their answers on a snapshot: one at a time, or several that share an end together."""

from collections.abc import Callable, Sequence

import numpy as np

from service.domain.errors import NotFound
from service.domain.paths import Party, TrustedPathsQuestion
from service.graph.costs import cost_of, largest_cost
from service.graph.limits import FINISHED, Limits, StopFlag
from service.graph.path_question import NO_MAX_COST, Terrain
from service.graph.path_search import Found, best_paths
from service.graph.search_memory import Memory
from service.graph.snapshot import Int, Snapshot
from service.graph.spare_memory import with_memory
from service.graph.steps import Costs
from service.graph.told_paths import FoundPath, FoundPaths, found_paths

__all__ = ["FoundPath", "FoundPaths", "PathSearch", "StopFlag", "search_together"]

MAX_PARTIAL_PATHS = 4_000_000
"""About 300 MB; far beyond what a search that ends in time needs."""


class PathSearch:
    """One question, made ready on one snapshot. NotFound for ids that the snapshot does not hold."""

    def __init__(self, snapshot: Snapshot, question: TrustedPathsQuestion) -> None:
        self._question = question
        self._terrain = Terrain.of(snapshot, question)
        self._sources, self._entry_costs = self._terrain.sources(question.from_)
        self._targets = self._terrain.targets(question.to)

    def run(self, stop: StopFlag) -> FoundPaths:
        """Search, without holding Python's lock. Raising `stop[0]` ends it with what is proved until then."""
        if self._question.distinct_introducers:
            return found_paths(self._terrain, *self._distinct(stop))
        return found_paths(self._terrain, self._search(_limits(self._question), self._terrain.barred, stop))

    def _distinct(self, stop: StopFlag) -> list[Found]:
        """Greedily: after each path with introducers, bar them and search anew for the next in order."""
        parts: list[Found] = []
        limits, barred = _limits(self._question)._replace(until_introduced=True), self._terrain.barred
        while True:
            part = self._search(limits, barred, stop)
            parts.append(part)
            last = part.found - 1
            limits = limits._replace(first=limits.first - part.found, skip_direct=limits.skip_direct + last)
            if part.ending != FINISHED or limits.first == 0 or part.found == 0 or part.hops[last] <= 1:
                return parts
            barred = np.concatenate((barred, part.people[last, 1 : part.hops[last]]))

    def _search(self, limits: Limits, barred: Int, stop: StopFlag) -> Found:
        snapshot = self._terrain.snapshot
        return with_memory(
            len(snapshot.people.names),
            max(snapshot.most_ties, len(self._sources), len(self._targets)),
            lambda memory: best_paths(
                self._terrain.arcs,
                self._terrain.rules,
                limits,
                snapshot.standing,
                memory,
                barred,
                self._sources,
                self._entry_costs,
                self._targets,
                (1, 1),
                False,
                stop,
            ),
        )


def search_together(
    snapshot: Snapshot, questions: Sequence[TrustedPathsQuestion], stop: StopFlag
) -> list[FoundPaths | NotFound]:
    """The answers to questions that differ in one end only, in their order; they are those that each would have alone.

    An end that the snapshot does not hold gives its NotFound; NotFound is raised if what they have in common holds an
    unknown id. Not for `distinct_introducers`, whose searches change the graph as they go.
    """
    first = questions[0]
    terrain = Terrain.of(snapshot, first)
    ends: list[_Ends | NotFound]
    if all(question.from_ == first.from_ for question in questions):
        sources, entry_costs = terrain.sources(first.from_)
        ends = [_told(lambda party: (sources, entry_costs, terrain.targets(party)), each.to) for each in questions]
        shares = (len(questions), 1)
    else:
        targets = terrain.targets(first.to)
        ends = [_told(lambda party: (*terrain.sources(party), targets), each.from_) for each in questions]
        shares = (1, len(questions))
    searches = [each for each in ends if not isinstance(each, NotFound)]

    def run(memory: Memory) -> list[Found]:
        found: list[Found] = []
        for each in searches:
            found.append(
                best_paths(
                    terrain.arcs,
                    terrain.rules,
                    _limits(first),
                    snapshot.standing,
                    memory,
                    terrain.barred,
                    *each,
                    shares,
                    len(found) > 0,
                    stop,
                )
            )
        return found

    most_ends = max((len(people) for sources, _, targets in searches for people in (sources, targets)), default=0)
    found = iter(with_memory(len(snapshot.people.names), max(snapshot.most_ties, most_ends), run))
    return [each if isinstance(each, NotFound) else found_paths(terrain, next(found)) for each in ends]


_Ends = tuple[Int, Costs, Int]


def _told(resolve: Callable[[Party], _Ends], party: Party) -> "_Ends | NotFound":
    try:
        return resolve(party)
    except NotFound as unknown:
        return unknown


def _limits(question: TrustedPathsQuestion) -> Limits:
    max_cost, handover = largest_cost(question.min_strength), cost_of(question.introducer_strength)
    return Limits(
        first=question.first,
        max_hops=question.max_hops,
        max_total=NO_MAX_COST if max_cost is None else max_cost + handover,
        handover=handover,
        skip_direct=0,
        until_introduced=False,
        max_partial=MAX_PARTIAL_PATHS,
    )

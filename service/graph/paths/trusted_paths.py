"""From questions to their answers on a snapshot: one at a time, or several that share an end together."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from service.domain.errors import NotFound
from service.domain.paths import Party, TrustedPathsQuestion
from service.graph.costs import Costs, cost_of, largest_cost
from service.graph.limits import FINISHED, Limits, StopFlag
from service.graph.paths.path_question import NO_MAX_COST, Terrain
from service.graph.paths.path_search import Ends, Found, best_paths
from service.graph.paths.spare_memory import with_memory
from service.graph.paths.told_paths import FoundPath, FoundPaths, found_paths
from service.graph.snapshot import Int, Snapshot

__all__ = ["FoundPath", "FoundPaths", "PathSearch", "StopFlag", "search", "search_together"]

T = TypeVar("T")

MAX_PARTIAL_PATHS = 4_000_000
"""About 300 MB; far beyond what a search that ends in time needs."""


class PathSearch:
    """One question, made ready on one snapshot. NotFound for ids that the snapshot does not hold."""

    def __init__(self, snapshot: Snapshot, question: TrustedPathsQuestion) -> None:
        self._question = question
        self._terrain = Terrain.of(snapshot, question)
        self._ends = _ends([self._terrain.sources(question.from_)], [self._terrain.targets(question.to)])

    def run(self, stop: StopFlag) -> FoundPaths:
        """Search, without holding Python's lock. Raising `stop[0]` ends it with what is proved until then."""
        if self._question.distinct_introducers:
            return self._distinct(stop)
        found = search(self._terrain, _limits(self._question), self._terrain.barred, self._ends, stop)
        return found_paths(self._terrain, found)[0]

    def _distinct(self, stop: StopFlag) -> FoundPaths:
        """Greedily: after each path with introducers, bar them and search anew for the next in order."""
        paths: tuple[FoundPath, ...] = ()
        limits, barred, examined = _limits(self._question)._replace(until_introduced=True), self._terrain.barred, 0
        while True:
            (part,) = found_paths(self._terrain, search(self._terrain, limits, barred, self._ends, stop))
            paths, examined, found = paths + part.paths, examined + part.examined, len(part.paths)
            limits = limits._replace(first=limits.first - found, skip_direct=limits.skip_direct + found - 1)
            if part.ending != FINISHED or limits.first == 0 or found == 0 or len(part.paths[-1].steps) <= 1:
                return FoundPaths(paths, part.ending, examined)
            barred = np.concatenate((barred, np.array(part.paths[-1].people[1:-1], dtype=np.int32)))


def search_together(
    snapshot: Snapshot, questions: Sequence[TrustedPathsQuestion], stop: StopFlag
) -> list[FoundPaths | NotFound]:
    """The answers to questions that differ in one end only, in their order; they are those that each would have alone.

    An end that the snapshot does not hold gives its NotFound; NotFound is raised if what they have in common holds an
    unknown id. Not for `distinct_introducers`, whose searches change the graph as they go.
    """
    first = questions[0]
    terrain = Terrain.of(snapshot, first)
    if all(question.from_ == first.from_ for question in questions):
        sources = [terrain.sources(first.from_)]
        targets, unknown = _resolved(terrain.targets, [question.to for question in questions])
    else:
        targets = [terrain.targets(first.to)]
        sources, unknown = _resolved(terrain.sources, [question.from_ for question in questions])
    if not sources or not targets:
        return [each for each in unknown if each is not None]
    ends = _ends(sources, targets)
    found = iter(found_paths(terrain, search(terrain, _limits(first), terrain.barred, ends, stop)))
    return [next(found) if each is None else each for each in unknown]


def _resolved(resolve: Callable[[Party], T], parties: Sequence[Party]) -> tuple[list[T], list[NotFound | None]]:
    """Those parties that the snapshot holds; and for each whether it does not."""
    resolved: list[T] = []
    unknown: list[NotFound | None] = []
    for party in parties:
        try:
            resolved.append(resolve(party))
            unknown.append(None)
        except NotFound as problem:
            unknown.append(problem)
    return resolved, unknown


def _ends(sources: Sequence[tuple[Int, Costs]], targets: Sequence[Int]) -> Ends:
    """The ends of searches, given those of each."""
    no_people, no_costs = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64)
    return Ends(
        np.concatenate([no_people, *(people for people, _ in sources)]),
        np.concatenate([no_costs, *(costs for _, costs in sources)]),
        np.cumsum([0, *(len(people) for people, _ in sources)]),
        np.concatenate([no_people, *targets]),
        np.cumsum([0, *map(len, targets)]),
    )


def search(terrain: Terrain, limits: Limits, barred: Int, ends: Ends, stop: StopFlag) -> Found:
    """The best paths of each search, as positions and costs; `barred` are inside none of them."""
    snapshot = terrain.snapshot
    most_ends = max(np.diff(ends.source_sets).max(initial=0), np.diff(ends.target_sets).max(initial=0))
    return with_memory(
        len(snapshot.people.names),
        max(snapshot.most_ties, int(most_ends)),
        lambda memory: best_paths(
            terrain.arcs, terrain.rules, limits, snapshot.usual_parts, memory, barred, ends, stop
        ),
    )


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

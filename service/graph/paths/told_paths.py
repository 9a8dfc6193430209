"""What each step of a path found rests on, and who is on it."""

from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt
from numba import njit

from service.domain.paths import TrustStep
from service.graph.costs import Costs, strength_of
from service.graph.paths.path_question import Terrain
from service.graph.paths.path_search import Found
from service.graph.paths.steps import Arcs, Rules, chosen_row
from service.graph.snapshot import NO_CHANNEL, Int, day_of
from service.graph.stages import stages_of


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


def found_paths(terrain: Terrain, found: Found) -> list[FoundPaths]:
    """What each of some searches found."""
    filled = np.arange(found.hops.shape[1]) < found.found[:, None]
    people, hops, costs = found.people[filled], found.hops[filled], found.cost[filled]
    steps = _steps(terrain, chosen_steps(terrain.arcs, terrain.rules, people, hops))
    bounds = pairwise(accumulate(hops.tolist(), initial=0))
    paths = [
        FoundPath(cost, tuple(members[: end - begin + 1]), tuple(steps[begin:end]))
        for cost, members, (begin, end) in zip(costs.tolist(), people.tolist(), bounds, strict=True)
    ]
    sets = pairwise(accumulate(found.found.tolist(), initial=0))
    return [
        FoundPaths(tuple(paths[begin:end]), ending, examined)
        for (begin, end), ending, examined in zip(sets, found.ending.tolist(), found.examined.tolist(), strict=True)
    ]


@njit(cache=True, nogil=True)
def chosen_steps(arcs: Arcs, rules: Rules, people: Int, hops: npt.NDArray[np.int8]) -> Costs:
    """The steps of paths, one after the other: its people, its row, its cost, and whether it follows the stored
    direction."""
    steps = np.empty((hops.sum(), 5), dtype=np.int64)
    count = 0
    for path in range(len(people)):
        for step in range(hops[path]):
            one, other = people[path, step], people[path, step + 1]
            row, cost, follows = chosen_row(arcs, rules, one, other)
            steps[count, 0], steps[count, 1] = one, other
            steps[count, 2], steps[count, 3], steps[count, 4] = row, cost, follows
            count += 1
    return steps


def _steps(terrain: Terrain, chosen: Costs) -> list[TrustStep]:
    """What chosen steps rest on, told once each: paths that have an end in common have many steps in common."""
    snapshot, trust, grounds = terrain.snapshot, terrain.snapshot.trust, terrain.snapshot.trust.grounds
    _, first, which = np.unique(2 * chosen[:, 2] + chosen[:, 4], return_index=True, return_inverse=True)
    ones, others, rows, costs, along = chosen[first].T
    terms = trust.terms[rows]
    channels = [None if place == NO_CHANNEL else name for place, name in enumerate(grounds.channels)]
    evidence = {place: grounds.evidence(place) for place in set(terms["grounds"].tolist())}
    told = list(
        map(
            TrustStep,
            snapshot.people.index.ids.at(ones.tolist()),
            snapshot.people.index.ids.at(others.tolist()),
            snapshot.topics.index.ids.at(terms["topic"].tolist()),
            map(strength_of, costs.tolist()),
            costs.tolist(),
            map(day_of, trust.days[terms["since"]].tolist()),
            map(day_of, trust.days[terms["last_seen"]].tolist()),
            map(channels.__getitem__, grounds.channel[terms["grounds"]].tolist()),
            map(stages_of, grounds.stages[terms["grounds"]].tolist()),
            grounds.paid[terms["grounds"]].tolist(),
            map(evidence.__getitem__, terms["grounds"].tolist()),
            along.astype(np.bool_).tolist(),
        )
    )
    return [told[place] for place in which.tolist()]

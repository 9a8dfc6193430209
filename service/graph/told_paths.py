"""What each step of a path found rests on, and who is on it."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from numba import njit

from service.domain.paths import TrustStep
from service.graph.costs import strength_of
from service.graph.path_question import Terrain
from service.graph.path_search import Found
from service.graph.snapshot import NO_CHANNEL, Flags, Int, day_of
from service.graph.steps import Arcs, Costs, Rules, chosen_row


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


def found_paths(terrain: Terrain, *parts: Found) -> FoundPaths:
    """Everything that the searches for one question found, one after the other."""
    paths = tuple(path for part in parts for path in _paths(terrain, part))
    return FoundPaths(paths, parts[-1].ending, sum(int(part.examined) for part in parts))


def _paths(terrain: Terrain, found: Found) -> list[FoundPath]:
    people, hops = found.people[: found.found], found.hops[: found.found]
    rows, costs, along = chosen_rows(terrain.arcs, terrain.rules, people, hops)
    paths = []
    for place in range(found.found):
        members = people[place, : hops[place] + 1].tolist()
        paths.append(
            FoundPath(
                int(found.cost[place]),
                tuple(members),
                tuple(
                    _step(
                        terrain, one, other, int(rows[place, step]), int(costs[place, step]), bool(along[place, step])
                    )
                    for step, (one, other) in enumerate(pairwise(members))
                ),
            )
        )
    return paths


@njit(cache=True, nogil=True)
def chosen_rows(arcs: Arcs, rules: Rules, people: Int, hops: npt.NDArray[np.int8]) -> tuple[Costs, Costs, Flags]:
    """For step s of path i: its row, its cost, and whether it follows the stored direction."""
    shape = people.shape
    rows = np.empty(shape, dtype=np.int64)
    costs = np.empty(shape, dtype=np.int64)
    along = np.empty(shape, dtype=np.bool_)
    for path in range(len(people)):
        for step in range(hops[path]):
            row, cost, follows = chosen_row(arcs, rules, people[path, step], people[path, step + 1])
            rows[path, step], costs[path, step], along[path, step] = row, cost, follows
    return rows, costs, along


def _step(terrain: Terrain, one: int, other: int, row: int, cost: int, along: bool) -> TrustStep:
    snapshot, trust = terrain.snapshot, terrain.snapshot.trust
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

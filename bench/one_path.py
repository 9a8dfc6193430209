"""The peer of the path kernels: Dijkstra from both ends for one cheapest walk, with no bound on hops.

The textbook's algorithm on the same arrays: dense distances, binary decisions, one label a person. What it finds costs
no more than the best path does, since it does not count hops.
"""

import numpy as np
import numpy.typing as npt
from numba import njit

from service.domain.paths import TrustedPathsQuestion
from service.graph.costs import Costs, cost_of
from service.graph.paths.frontier import pop, push
from service.graph.paths.path_question import Terrain
from service.graph.paths.search_memory import UNREACHABLE
from service.graph.paths.steps import Arcs, Rules, row_cost
from service.graph.snapshot import Int

HEAP = 1 << 22


class OnePath:
    """Reusable arrays for a graph of so many people. Follows INFLUENCE, the direction of the benchmark."""

    def __init__(self, people: int) -> None:
        self._distance = np.full((people, 2), UNREACHABLE, dtype=np.int64)
        self._done = np.zeros((people, 2), dtype=np.bool_)
        self._touched = np.empty(2 * people, dtype=np.int32)
        self._keys = np.empty((2, HEAP), dtype=np.int64)
        self._people = np.empty((2, HEAP), dtype=np.int32)

    def cost(self, terrain: Terrain, question: TrustedPathsQuestion) -> int:
        """The cost of the cheapest walk with one handover too many; UNREACHABLE where there is none."""
        return int(
            cheapest_walk(
                terrain.arcs,
                terrain.rules,
                cost_of(question.introducer_strength),
                terrain.sources(question.from_)[0],
                terrain.targets(question.to),
                self._distance,
                self._done,
                self._touched,
                self._keys,
                self._people,
            )
        )


@njit(cache=True, nogil=True)
def cheapest_walk(
    arcs: Arcs,
    rules: Rules,
    handover: int,
    sources: Int,
    targets: Int,
    distance: Costs,
    done: npt.NDArray[np.bool_],
    touched: Int,
    keys: Costs,
    people: Int,
) -> int:
    """Search; the arrays are given back as they were."""
    sizes, work = np.zeros(2, dtype=np.int64), np.zeros(2, dtype=np.int64)
    count, best = 0, UNREACHABLE
    for side in range(2):
        for person in sources if side == 0 else targets:
            distance[person, side] = 0
            touched[count] = person
            count += 1
            sizes[side] = push(keys[side], people[side], sizes[side], 0, person)
    while sizes[0] > 0 and sizes[1] > 0 and keys[0, 0] + keys[1, 0] < best:
        side = 0 if work[0] <= work[1] else 1
        key, person = keys[side, 0], people[side, 0]
        sizes[side] = pop(keys[side], people[side], sizes[side])
        if done[person, side]:
            continue
        done[person, side] = True
        offsets = arcs.in_offsets if side == 0 else arcs.out_offsets
        others = arcs.in_from if side == 0 else arcs.to
        work[side] += offsets[person + 1] - offsets[person]
        for place in range(offsets[person], offsets[person + 1]):
            other = others[place]
            if done[other, side]:
                continue
            step = row_cost(arcs.terms[arcs.in_rows[place] if side == 0 else place], rules)
            reached = key + step + handover
            if step >= 0 and reached < distance[other, side]:
                if distance[other, 0] == UNREACHABLE and distance[other, 1] == UNREACHABLE:
                    touched[count] = other
                    count += 1
                distance[other, side] = reached
                sizes[side] = push(keys[side], people[side], sizes[side], reached, other)
                best = min(best, reached + distance[other, 1 - side])
    for place in range(count):
        distance[touched[place]] = UNREACHABLE
        done[touched[place]] = False
    return best

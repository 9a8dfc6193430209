"""How strongly people reach each other: the system's own path search, asked for costs alone, many times over.

"b reaches a" is asked as "whom does a listen to" (TRUST, from a): the same steps at the same costs, and all searches
for one listener share their beginning.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import TrustDirection
from service.evaluate.network import People
from service.graph.costs import cost_of, strength_of
from service.graph.limits import Limits, StopFlag
from service.graph.path_question import NO_MAX_COST, Terrain
from service.graph.path_search import Found, best_paths
from service.graph.search_memory import Memory
from service.graph.snapshot import Int, Snapshot
from service.graph.spare_memory import with_memory
from service.graph.trusted_paths import MAX_PARTIAL_PATHS

Strengths = npt.NDArray[np.float64]
T = TypeVar("T")

_UNTIRING: StopFlag = np.zeros(1, dtype=np.uint8)


class Ways:
    """The paths of one topic on one snapshot, on its own day, with everything else as `trustedPaths` has it."""

    def __init__(self, snapshot: Snapshot, topic_id: str, introducer_strength: float) -> None:
        question = TrustedPathsQuestion(Party(), Party(), topic_id or None, direction=TrustDirection.TRUST)
        self._snapshot = snapshot
        self._terrain = Terrain.of(snapshot, question)
        self._limits = Limits(
            first=1,
            max_hops=question.max_hops,
            max_total=NO_MAX_COST,
            handover=cost_of(introducer_strength),
            skip_direct=0,
            until_introduced=False,
            max_partial=MAX_PARTIAL_PATHS,
        )

    def best(self, listener: int, speakers: People) -> Strengths:
        """The strength of the best path to each; 0 where there is none."""

        def search(memory: Memory) -> list[Found]:
            return [
                self._search(memory, listener, speaker, self._terrain.barred, len(speakers), going_on=place > 0)
                for place, speaker in enumerate(speakers.tolist())
            ]

        return np.array([_strength(found) for found in self._with_memory(search)])

    def together(self, listener: int, speaker: int, most: int) -> float:
        """1 − Π (1 − strength) of the best path, the best that shares no introducer with it, and so on, `most` in all:
        the message arrives unless every way fails by itself. Not for whom the listener trusts directly."""
        failing, barred = 1.0, self._terrain.barred
        for _ in range(most):
            found = self._with_memory(
                partial(self._search, listener=listener, speaker=speaker, barred=barred, sharing=1, going_on=False)
            )
            if not found.found:
                break
            failing *= 1 - _strength(found)
            barred = np.concatenate((barred, found.people[0, 1 : found.hops[0]]))
        return 1 - failing

    def _with_memory(self, search: Callable[[Memory], T]) -> T:
        return with_memory(len(self._snapshot.people.index), self._snapshot.most_ties, search)

    def _search(
        self, memory: Memory, listener: int, speaker: int, barred: Int, sharing: int, *, going_on: bool
    ) -> Found:
        return best_paths(
            self._terrain.arcs,
            self._terrain.rules,
            self._limits,
            self._snapshot.standing,
            memory,
            barred,
            np.array([listener], dtype=np.int32),
            np.zeros(1, dtype=np.int64),
            np.array([speaker], dtype=np.int32),
            (sharing, 1),
            going_on,
            _UNTIRING,
        )


def _strength(found: Found) -> float:
    return strength_of(int(found.cost[0])) if found.found else 0.0

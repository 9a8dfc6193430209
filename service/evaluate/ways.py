"""How strongly people reach each other: the system's own path search, asked for costs alone, many times over.

"b reaches a" is asked as "whom does a listen to" (TRUST, from a): the same steps at the same costs, and all searches
for one listener share their beginning.
"""

import numpy as np
import numpy.typing as npt

from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import TrustDirection
from service.evaluate.network import People
from service.graph.costs import MICRO, cost_of
from service.graph.limits import Limits, StopFlag
from service.graph.paths.path_question import NO_MAX_COST, Terrain
from service.graph.paths.path_search import Ends, Found
from service.graph.paths.trusted_paths import MAX_PARTIAL_PATHS, search
from service.graph.snapshot import Int, Snapshot

Strengths = npt.NDArray[np.float64]

_UNTIRING: StopFlag = np.zeros(1, dtype=np.uint8)


class Ways:
    """The paths of one topic on one snapshot, on its own day, with everything else as `trustedPaths` has it."""

    def __init__(self, snapshot: Snapshot, topic_id: str, introducer_strength: float) -> None:
        question = TrustedPathsQuestion(Party(), Party(), topic_id or None, direction=TrustDirection.TRUST)
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
        return _strengths(self._search(listener, speakers, self._terrain.barred))

    def together(self, listener: int, speaker: int, most: int) -> float:
        """1 − Π (1 − strength) of the best path, the best that shares no introducer with it, and so on, `most` in all:
        the message arrives unless every way fails by itself. Not for whom the listener trusts directly."""
        failing, barred = 1.0, self._terrain.barred
        for _ in range(most):
            found = self._search(listener, np.array([speaker], dtype=np.int32), barred)
            if not found.found[0]:
                break
            failing *= 1 - float(_strengths(found)[0])
            barred = np.concatenate((barred, found.people[0, 0, 1 : found.hops[0, 0]]))
        return 1 - failing

    def _search(self, listener: int, speakers: People, barred: Int) -> Found:
        ends = Ends(
            sources=np.array([listener], dtype=np.int32),
            entry_costs=np.zeros(1, dtype=np.int64),
            source_sets=np.arange(2),
            targets=speakers.astype(np.int32),
            target_sets=np.arange(len(speakers) + 1),
        )
        return search(self._terrain, self._limits, barred, ends, _UNTIRING)


def _strengths(found: Found) -> Strengths:
    strengths, reached = np.zeros(len(found.found)), found.found > 0
    strengths[reached] = np.exp(found.cost[reached, 0] / -MICRO)
    return strengths

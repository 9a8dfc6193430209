"""Which topics count for a question, and what leaning on them costs."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from service.domain.vocabulary import TopicScope
from service.graph.costs import GENERAL_PENALTY, MAX_TOPIC_STEPS, OTHER_TOPIC_PENALTY, TOPIC_STEP_PENALTY
from service.graph.snapshot import Flags, Topics

CLOSED = -1
GENERAL = 0
"""The position of trust in general among a snapshot's topics."""


def topic_penalties(topics: Topics, topic: int | None, scope: TopicScope) -> npt.NDArray[np.int64]:
    """The cost that each topic's trust pays in a question about `topic`; CLOSED where it is out of scope.

    Without a topic every relationship counts at no cost, whatever the scope.
    """
    if topic is None:
        return np.zeros(len(topics.index), dtype=np.int64)
    penalties = np.full(len(topics.index), OTHER_TOPIC_PENALTY if scope is TopicScope.ANY else CLOSED, dtype=np.int64)
    if scope is not TopicScope.EXACT:
        penalties[GENERAL] = GENERAL_PENALTY
        for near, steps in _nearby(topics, topic):
            penalties[near] = steps * TOPIC_STEP_PENALTY
    penalties[topic] = 0
    return penalties


def distrust_scope(topics: Topics, topic: int | None, scope: TopicScope) -> Flags:
    """Which topics' distrust closes a step: those in scope and, always, distrust in general."""
    closing: Flags = topic_penalties(topics, topic, scope) != CLOSED
    closing[GENERAL] = True
    return closing


def topics_below(topics: Topics, topic: int) -> list[int]:
    """Parts of a topic, and their parts, at any depth; ascending."""
    below: set[int] = set()
    ring = [topic]
    while ring:
        ring = [t for t in np.flatnonzero(np.isin(topics.parent, ring)).tolist() if t not in below and t != topic]
        below.update(ring)
    return sorted(below)


def _nearby(topics: Topics, topic: int) -> Iterator[tuple[int, int]]:
    """Topics within MAX_TOPIC_STEPS links of the forest, each with its distance."""
    parents = topics.parent
    seen = {topic}
    ring = [topic]
    for steps in range(1, MAX_TOPIC_STEPS + 1):
        above = [int(parents[t]) for t in ring if parents[t] >= 0]
        below = np.flatnonzero(np.isin(parents, ring)).tolist()
        ring = sorted(set(above + below) - seen)
        seen.update(ring)
        yield from ((near, steps) for near in ring)

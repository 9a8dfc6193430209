"""The network of a topic: who listens to whom on it, each pair of people once."""

from dataclasses import dataclass

import numpy as np
from numba import njit

from service.domain.vocabulary import TopicScope
from service.graph.costs import MICRO, Costs
from service.graph.open_trust import OpenTrust, Weights, open_trust, row_strength, strongest
from service.graph.snapshot import Flags, Grounds, Int, Snapshot
from service.graph.texts import Offsets


@dataclass(frozen=True, slots=True)
class TopicNetwork:
    """Trust that counts on a topic, by speaker: the listeners of v are `listener[offsets[v]:offsets[v + 1]]`, who
    trusts v most first (ties by listener). Vertices are positions in the snapshot.

    `strength` is that of the cheapest trust between the two, with age and topic; `cost` the same in micro-nats.
    `engaged` is whether any trust between them, of all that counts, rests on interactions.
    """

    offsets: Offsets
    listener: Int
    strength: Weights
    cost: Costs
    engaged: Flags

    @property
    def speaker(self) -> Int:
        """Who is trusted, for each listener."""
        vertices = np.arange(len(self.offsets) - 1, dtype=np.int32)
        return np.repeat(vertices, np.diff(self.offsets))

    @property
    def people(self) -> Int:
        """Everybody who listens or is listened to, ascending."""
        taking_part = np.diff(self.offsets) > 0
        taking_part[self.listener] = True
        return np.flatnonzero(taking_part).astype(np.int32)

    def listeners_of(self, speaker: int) -> slice:
        """Where somebody's listeners are."""
        return slice(*self.offsets[speaker : speaker + 2].tolist())


def topic_network(snapshot: Snapshot, topic: int, scope: TopicScope, as_of: int) -> TopicNetwork:
    """The network of a topic on a day (a day number)."""
    trust = open_trust(snapshot, topic, scope, as_of)
    listeners, speakers, strengths = strongest(trust)
    costs = np.rint(np.log(strengths) * -MICRO).astype(np.int64)
    grounds = snapshot.trust.grounds
    engaged = _engaged(trust, _on_interactions(grounds), listeners, speakers)
    offsets, order = _by_speaker(len(snapshot.people.index), speakers, costs)
    return TopicNetwork(offsets, listeners[order], strengths[order], costs[order], engaged[order])


def _on_interactions(grounds: Grounds) -> Flags:
    """Which grounds of trust name at least one interaction."""
    counted = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(grounds.evidence_counts)))
    named: Flags = np.diff(counted[grounds.offsets]) > 0
    return named


@njit(cache=True, nogil=True)
def _engaged(trust: OpenTrust, on_interactions: Flags, listeners: Int, speakers: Int) -> Flags:
    """For ties by (listener, speaker), as are the rows of trust."""
    engaged = np.zeros(len(listeners), dtype=np.bool_)
    row = 0
    for tie in range(len(listeners)):
        row = max(row, trust.offsets[listeners[tie]])
        while trust.to[row] < speakers[tie]:
            row += 1
        while row < trust.offsets[listeners[tie] + 1] and trust.to[row] == speakers[tie]:
            if on_interactions[trust.terms[row]["grounds"]] and row_strength(trust, row) > 0:
                engaged[tie] = True
            row += 1
    return engaged


@njit(cache=True, nogil=True)
def _by_speaker(people: int, speakers: Int, costs: Costs) -> tuple[Offsets, Offsets]:
    """(offsets, order) of ties by speaker and cost; those of equal cost in the order given."""
    offsets = np.zeros(people + 1, dtype=np.int64)
    for speaker in speakers:
        offsets[speaker + 1] += 1
    for person in range(people):
        offsets[person + 1] += offsets[person]
    free, order = offsets[:-1].copy(), np.empty(len(speakers), dtype=np.int64)
    for tie in range(len(speakers)):
        order[free[speakers[tie]]] = tie
        free[speakers[tie]] += 1
    for person in range(people):
        begin, end = offsets[person], offsets[person + 1]
        if end - begin > 1:
            own = order[begin:end].copy()
            order[begin:end] = own[np.argsort(costs[own], kind="mergesort")]
    return offsets, order

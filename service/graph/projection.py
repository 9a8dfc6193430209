"""The projection of a topic: who is tied to whom by trust in scope, and how strongly.

A person's strength towards another is that of the cheapest open trust between them, age and topic included; a tie
is the two directions taken together. Definitions: docs/communities.md.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.domain.vocabulary import TopicScope
from service.graph.costs import MICRO, ageing
from service.graph.snapshot import Flags, Int, Snapshot
from service.graph.topic_scope import distrust_scope, topic_penalties

Weights = npt.NDArray[np.float64]
Ties = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Projection:
    """Vertices are positions in `people`, which holds ascending positions in the snapshot.

    Tie t joins `low[t]` < `high[t]`; ties are sorted by (low, high). `upward[t]` is the strength of low → high
    ("low trusts high"), `downward[t]` that of high → low, 0 where there is no such trust; at least one of the two
    is positive. `row_*` hold every open trust relationship behind them: its two vertices, its topic and strength.
    """

    people: Int
    low: Ties
    high: Ties
    upward: Weights
    downward: Weights
    row_from: Int
    row_to: Int
    row_topic: Int
    row_strength: Weights

    @property
    def weight(self) -> Weights:
        """Weight of each tie: the strengths of both directions summed."""
        weight: Weights = self.upward + self.downward
        return weight

    def digest(self) -> str:
        """The same for projections that the community search cannot tell apart."""
        digest = hashlib.blake2b(digest_size=16)
        for column in (np.array([len(self.people)]), self.low, self.high, self.weight):
            digest.update(np.ascontiguousarray(column).tobytes())
        return digest.hexdigest()


def project(snapshot: Snapshot, topic: int, scope: TopicScope, as_of: int) -> Projection:
    """The projection of a topic on a day (a day number). People without a tie are left out."""
    from_, to, topics, cost = _open_rows(snapshot, topic, scope, as_of)
    strength = np.exp(cost / -MICRO)
    # A cost beyond some 745 nats has a strength that no float tells from none: such trust ties nobody.
    felt = strength > 0
    from_, to, topics, strength = from_[felt], to[felt], topics[felt], strength[felt]

    people, ends = np.unique(np.concatenate((from_, to)), return_inverse=True)
    row_from, row_to = (half.astype(np.int32) for half in np.split(ends, 2))
    count = max(len(people), 1)
    low, high = np.minimum(row_from, row_to), np.maximum(row_from, row_to)
    pairs, pair_of = np.unique(low.astype(np.int64) * count + high, return_inverse=True)
    rising = row_from == low
    upward, downward = np.zeros(len(pairs)), np.zeros(len(pairs))
    np.maximum.at(upward, pair_of[rising], strength[rising])
    np.maximum.at(downward, pair_of[~rising], strength[~rising])
    return Projection(
        people=people.astype(np.int32),
        low=(pairs // count).astype(np.int32),
        high=(pairs % count).astype(np.int32),
        upward=upward,
        downward=downward,
        row_from=row_from,
        row_to=row_to,
        row_topic=topics,
        row_strength=strength,
    )


def _open_rows(
    snapshot: Snapshot, topic: int, scope: TopicScope, as_of: int
) -> tuple[Int, Int, Int, npt.NDArray[np.int64]]:
    """(from, to, topic, cost with age and topic) of every trust relationship that counts."""
    trust, opted_out = snapshot.trust, snapshot.people.opted_out
    penalties = topic_penalties(snapshot.topics, topic, scope)
    listener = np.repeat(np.arange(len(snapshot.people.index), dtype=np.int32), np.diff(trust.out_offsets))
    terms = trust.terms
    counts = (penalties[terms["topic"]] >= 0) & (trust.days <= as_of)[terms["since"]]
    counts &= ~opted_out[listener] & ~opted_out[trust.to] & (listener != trust.to)
    rows = np.flatnonzero(counts)
    rows = rows[~_distrusted(snapshot, listener[rows], trust.to[rows], topic, scope, as_of)]
    terms = terms[rows]
    age = ageing(trust.days, as_of, snapshot.dataset.half_life_days)[terms["last_seen"]]
    return listener[rows], trust.to[rows], terms["topic"].copy(), terms["cost"] + age + penalties[terms["topic"]]


def _distrusted(snapshot: Snapshot, listener: Int, speaker: Int, topic: int, scope: TopicScope, as_of: int) -> Flags:
    """Which (listener, speaker) pairs have distrust in force on that day, on a topic that closes."""
    distrust, count = snapshot.distrust, len(snapshot.people.index)
    distruster = np.repeat(np.arange(count, dtype=np.int64), np.diff(distrust.offsets))
    in_force = distrust_scope(snapshot.topics, topic, scope)[distrust.topic] & (distrust.since <= as_of)
    closed: Flags = np.isin(
        listener.astype(np.int64) * count + speaker, distruster[in_force] * count + distrust.to[in_force]
    )
    return closed

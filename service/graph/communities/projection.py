"""The projection of a topic: who is tied to whom by trust in scope, and how strongly.

A person's strength towards another is that of the cheapest open trust between them, age and topic included; a tie
is the two directions taken together. Definitions: docs/communities.md.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.domain.vocabulary import TopicScope
from service.graph.open_trust import Weights, open_trust, strongest, ties_of
from service.graph.snapshot import Int, Snapshot

Ties = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Projection:
    """Vertices are positions in `people`, which holds ascending positions in the snapshot.

    Tie t joins `low[t]` < `high[t]`; ties are sorted by (low, high). `upward[t]` is the strength of low → high
    ("low trusts high"), `downward[t]` that of high → low, 0 where there is no such trust; at least one of the two
    is positive.
    """

    people: Int
    low: Ties
    high: Ties
    upward: Weights
    downward: Weights

    @property
    def weight(self) -> Weights:
        """Weight of each tie: the strengths of both directions summed."""
        weight: Weights = self.upward + self.downward
        return weight

    def digest(self) -> str:
        """The same for projections that the community search cannot tell apart."""
        digest = hashlib.blake2b(digest_size=16)
        for column in (np.array([len(self.people)]), self.low, self.high, self.weight):
            digest.update(np.ascontiguousarray(column).data)
        return digest.hexdigest()


def project(snapshot: Snapshot, topic: int | None, scope: TopicScope, as_of: int) -> Projection:
    """The projection of a topic on a day (a day number). People without a tie are left out."""
    counting = open_trust(snapshot, topic, scope, as_of)
    return Projection(*ties_of(len(snapshot.people.index), *strongest(counting)))

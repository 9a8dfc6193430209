"""A topic's network on a day: who trusts whom in scope, and how strongly, as sparse matrices."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import sparse

from service.domain.vocabulary import TopicScope
from service.graph.open_trust import open_trust, strongest
from service.graph.snapshot import day_number

if TYPE_CHECKING:
    from service.graph.snapshot import Snapshot

People = npt.NDArray[np.int32]
"""Places among the people of a snapshot."""


@dataclass(frozen=True)
class Network:
    """`trust[a, b]` is the strength with which a trusts b; absent where it is closed."""

    topic_id: str
    trust: sparse.csr_array

    @classmethod
    def of(cls, snapshot: "Snapshot", topic_id: str) -> "Network":
        """As paths see it on the snapshot's own day: RELATED scope, parallel relationships taken together. '' is no
        topic in particular."""
        topic = snapshot.topics.index.of(topic_id) if topic_id else None
        day = day_number(snapshot.as_of(None))
        listeners, speakers, strengths = strongest(open_trust(snapshot, topic, TopicScope.RELATED, day))
        people = len(snapshot.people.index)
        return cls(topic_id, sparse.csr_array((strengths, (listeners, speakers)), shape=(people, people)))

    @cached_property
    def ties(self) -> sparse.csr_array:
        """1 between two people of whom one trusts the other, whichever it is."""
        either = self.trust + self.trust.T
        return sparse.csr_array((np.ones(either.nnz), either.indices, either.indptr), shape=either.shape)

    @cached_property
    def acquaintances(self) -> npt.NDArray[np.float64]:
        """How many people each one is tied to."""
        return np.diff(self.ties.indptr).astype(np.float64)

    @property
    def listeners(self) -> People:
        """Everybody who trusts somebody, in order."""
        return np.flatnonzero(np.diff(self.trust.indptr)).astype(np.int32)

    def rings(self, listener: int, hops: int) -> list[People]:
        """Whom somebody reaches by following trust for 1, 2, … `hops` steps and no fewer, in order."""
        seen = np.zeros(self.trust.shape[0], dtype=np.bool_)
        seen[listener] = True
        rings = []
        ring = np.array([listener], dtype=np.int32)
        for _ in range(hops):
            reached = self._trusted_by(ring)
            ring = np.unique(reached[~seen[reached]])
            seen[ring] = True
            rings.append(ring)
        return rings

    def _trusted_by(self, people: People) -> People:
        begins, ends = self.trust.indptr[people], self.trust.indptr[people + 1]
        spans = [self.trust.indices[begin:end] for begin, end in zip(begins, ends, strict=True)]
        return np.concatenate(spans) if spans else np.empty(0, dtype=np.int32)

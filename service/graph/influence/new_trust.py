"""When trust in scope began."""

import numpy as np
import numpy.typing as npt

from service.domain.vocabulary import TopicScope
from service.graph.snapshot import NO_DAY, Int, Snapshot
from service.graph.topic_scope import CLOSED, topic_penalties

Places = npt.NDArray[np.int64]


def trust_begun(snapshot: Snapshot, topic: int, scope: TopicScope) -> tuple[Int, Places, Int]:
    """(from, to, day) of every trust relationship in scope that says since when it is, between two people who have not
    opted out: vertices and day numbers."""
    trust, gone = snapshot.trust, snapshot.people.opted_out
    counting = topic_penalties(snapshot.topics, topic, scope) != CLOSED
    rows = np.flatnonzero(counting[trust.terms["topic"]])
    days = trust.days[trust.terms["since"][rows]]
    listeners = np.searchsorted(trust.out_offsets, rows, side="right") - 1
    speakers = trust.to[rows]
    kept = (days != NO_DAY) & ~gone[listeners] & ~gone[speakers]
    return listeners[kept], speakers[kept], days[kept]


def months_of(days: Int) -> Places:
    """The month, like 202405, of each of these day numbers."""
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    numbers: Places = (months // 12 + 1970) * 100 + months % 12 + 1
    return numbers

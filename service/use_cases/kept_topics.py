"""Which topics' communities are stored, and whether what is stored still holds."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from service.graph.snapshot import Snapshot
from service.graph.topic_scope import GENERAL
from service.ports.communities import StoredTopic


def kept_topics(snapshot: Snapshot, stored: Sequence[StoredTopic], min_relationships: int, now: datetime) -> list[str]:
    """Ids of the topics whose stored communities are missing or out of date, those with most trust first.

    A topic is kept if it or its direct parts have at least `min_relationships` trust relationships, or if somebody
    asked for it before, so that it is in the store.
    """
    topics, ids = snapshot.topics, snapshot.topics.index.ids
    trust = np.bincount(snapshot.trust.terms["topic"], minlength=len(ids))
    parts = np.flatnonzero(topics.parent >= 0)
    amount = trust + np.bincount(topics.parent[parts], weights=trust[parts], minlength=len(ids))
    known = {topic.id: topic for topic in stored}
    enough = (amount >= min_relationships) | np.array([id_ in known for id_ in ids], dtype=np.bool_)
    enough[GENERAL] = False
    kept = sorted(np.flatnonzero(enough & topics.known).tolist(), key=lambda topic: (-amount[topic], topic))
    return [
        ids[topic]
        for topic in kept
        if ids[topic] not in known
        or not is_current(snapshot, known[ids[topic]].snapshot_id, known[ids[topic]].computed_at, now)
    ]


def ended_topics(snapshot: Snapshot, stored: Sequence[StoredTopic]) -> list[str]:
    """Ids of topics that have stored communities but are no topics any more."""
    index, known = snapshot.topics.index, snapshot.topics.known
    return [topic.id for topic in stored if topic.id not in index or not known[index.of(topic.id)]]


def is_current(snapshot: Snapshot, snapshot_id: str | None, computed_at: datetime, now: datetime) -> bool:
    """True where communities stored so are those that the snapshot gives now."""
    # Without a date in the data set, trust ages from day to day.
    same_day = snapshot.dataset.as_of is not None or computed_at.date() == now.date()
    return snapshot_id == snapshot.info.id and same_day

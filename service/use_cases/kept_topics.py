"""Which topics' communities are stored, and whether what is stored still holds."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from service.graph.snapshot import Snapshot
from service.graph.topic_scope import GENERAL
from service.ports.communities import StoredTopic

MOST_TOPICS = 64
"""How many topics are kept for their size alone. At a million people thousands have a thousand relationships, and to
store them all would write a hundred times as many memberships as there are people."""


def kept_topics(snapshot: Snapshot, stored: Sequence[StoredTopic], min_relationships: int, now: datetime) -> list[str]:
    """Ids of the topics whose stored communities are missing or out of date, in the order to compute them.

    A topic is kept if it is among the MOST_TOPICS with most trust and it or its direct parts have at least
    `min_relationships` trust relationships, or if somebody asked for it before, so that it is in the store. Missing
    ones come first, those with most trust ahead; then the others, the one computed longest ago ahead: however often
    the graph changes, and a round with it ends early, every topic has its turn.
    """
    topics, ids = snapshot.topics, snapshot.topics.index.ids
    trust = np.bincount(snapshot.trust.terms["topic"], minlength=len(ids))
    parts = np.flatnonzero(topics.parent >= 0)
    amount = trust + np.bincount(topics.parent[parts], weights=trust[parts], minlength=len(ids))
    amount[GENERAL] = -1
    amount[~topics.known] = -1
    by_size = np.argsort(-amount, kind="stable")
    large = [ids[topic] for topic in by_size[amount[by_size] >= min_relationships][:MOST_TOPICS].tolist()]
    known = {
        topic.id: topic for topic in stored if topic.id in topics.index and topics.known[topics.index.of(topic.id)]
    }
    outdated = sorted(
        (topic for topic in known.values() if not is_current(snapshot, topic.snapshot_id, topic.computed_at, now)),
        key=lambda topic: (topic.computed_at, -amount[topics.index.of(topic.id)], topic.id),
    )
    return [id_ for id_ in large if id_ not in known] + [topic.id for topic in outdated]


def ended_topics(snapshot: Snapshot, stored: Sequence[StoredTopic]) -> list[str]:
    """Ids of topics that have stored communities but are no topics any more."""
    index, known = snapshot.topics.index, snapshot.topics.known
    return [topic.id for topic in stored if topic.id not in index or not known[index.of(topic.id)]]


def is_current(snapshot: Snapshot, snapshot_id: str | None, computed_at: datetime, now: datetime) -> bool:
    """True where communities stored so are those that the snapshot gives now."""
    # Without a date in the data set, trust ages from day to day.
    same_day = snapshot.dataset.as_of is not None or computed_at.date() == now.date()
    return snapshot_id == snapshot.info.id and same_day

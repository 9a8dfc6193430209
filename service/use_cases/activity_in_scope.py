"""What was done on a topic and on those that count with it, by people who take part."""

import asyncio
from datetime import date

import numpy as np
import polars as pl

from service.domain.errors import NotFound
from service.domain.intervals import month_of
from service.domain.vocabulary import TopicScope
from service.graph.snapshot import Snapshot
from service.graph.topic_scope import CLOSED, GENERAL, topic_penalties
from service.ports.activity import ActivitySource


def known_topic(snapshot: Snapshot, topic_id: str) -> int:
    """The position of a topic that has a node; NotFound for every other id."""
    topic = snapshot.topics.index.of(topic_id)
    if not snapshot.topics.known[topic]:
        raise NotFound("topic", topic_id)
    return topic


def topics_in_scope(snapshot: Snapshot, topic: int, scope: TopicScope) -> list[str]:
    """Ids of the topics whose activity counts: those that have trust in scope, but for trust in general, which no
    activity is of."""
    counting = topic_penalties(snapshot.topics, topic, scope) != CLOSED
    counting[GENERAL] = False
    return snapshot.topics.index.ids.at(np.flatnonzero(counting).tolist())


async def activity_in_scope(
    source: ActivitySource, snapshot: Snapshot, topic: int, scope: TopicScope, until: date
) -> pl.DataFrame:
    """ACTIVITY_SCHEMA of everybody who has not opted out, on the topics in scope, until the end of the month of
    `until`: activity is held by the month."""
    activity = await source.on_topics(topics_in_scope(snapshot, topic, scope), month_of(until))
    return await asyncio.to_thread(_taking_part, snapshot, activity)


def _taking_part(snapshot: Snapshot, activity: pl.DataFrame) -> pl.DataFrame:
    people = snapshot.people
    gone = people.index.ids.at(np.flatnonzero(people.opted_out).tolist())
    return activity.filter(~pl.col("personId").is_in(gone))

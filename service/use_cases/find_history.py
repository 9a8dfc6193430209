"""How does somebody's part in a topic change?"""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace

import polars as pl

from service.domain.currents import Episode, History, HistoryQuestion
from service.domain.intervals import Stretch, month_of
from service.graph.influence.new_trust import months_of, trust_begun
from service.graph.influence.trend import changes, momentum
from service.graph.snapshot import Snapshot
from service.ports.activity import ActivitySource
from service.ports.snapshots import SnapshotProvider
from service.telemetry.parts import in_kernel
from service.use_cases.activity_in_scope import known_topic, topics_in_scope
from service.use_cases.timelines import counted, laid_out, placed, stretch_of

_OPEN = nullcontext()


class FindHistory:
    """Answers from the newest snapshot and the person's activity in Neo4j, off the event loop, behind `gate`."""

    def __init__(
        self,
        snapshots: SnapshotProvider,
        activity: ActivitySource,
        gate: AbstractAsyncContextManager[None] = _OPEN,
    ) -> None:
        self._snapshots = snapshots
        self._activity = activity
        self._gate = gate

    async def __call__(self, question: HistoryQuestion) -> History:
        """The answer, `to` filled in. Who opted out has a history of nothing. Raises NotFound (person, topic),
        InvalidInput (from), Unavailable, Overloaded where the gate is full."""
        snapshot, asked = self._snapshots.latest(), question.currents
        person, topic = snapshot.people.index.of(question.person_id), known_topic(snapshot, asked.topic_id)
        stretch = stretch_of(snapshot, asked.interval, asked.from_, asked.to)
        question = replace(question, currents=replace(asked, to=stretch.until))
        async with self._gate:
            activity = await self._activity.of_person(question.person_id, month_of(stretch.until))
            return await asyncio.to_thread(
                in_kernel("currents", _answer), snapshot, person, topic, question, stretch, activity
            )


def _answer(
    snapshot: Snapshot, person: int, topic: int, question: HistoryQuestion, stretch: Stretch, activity: pl.DataFrame
) -> History:
    scope, spans, complete = question.currents.scope, stretch.spans(), stretch.complete
    topics = [] if snapshot.people.opted_out[person] else topics_in_scope(snapshot, topic, scope)
    acts = placed(activity.filter(pl.col("topicId").is_in(topics)), stretch)
    sums = acts.group_by("place").agg(pl.col("given", "received", "posts").sum())
    given, received, posts = (laid_out(sums, stretch, name) for name in ("given", "received", "posts"))
    listeners, speakers, days = trust_begun(snapshot, topic, scope)
    gained = counted(months_of(days[speakers == person]), stretch)
    began = counted(months_of(days[listeners == person]), stretch)
    columns = (column.tolist() for column in (given, received, posts, gained, began))
    return History(
        question=question,
        intervals=tuple(map(Episode, spans, *columns)),
        momentum=momentum(given[:complete]),
        changes=changes(spans, given[:complete]),
        snapshot=snapshot.info,
    )

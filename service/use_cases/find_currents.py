"""How does a topic change: who comes, what begins, which way does it go, and who rises in it?"""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace

import numpy as np
import polars as pl

from service.domain.currents import Current, Currents, CurrentsQuestion, Riser
from service.domain.intervals import Stretch
from service.graph.influence.new_trust import months_of, trust_begun
from service.graph.influence.rising import rises
from service.graph.influence.trend import changes, momentum
from service.graph.snapshot import Snapshot
from service.graph.topic_scope import topics_below
from service.ports.activity import ActivitySource
from service.ports.snapshots import SnapshotProvider
from service.telemetry.parts import in_kernel
from service.use_cases.activity_in_scope import activity_in_scope, known_topic
from service.use_cases.remembered import Remembered
from service.use_cases.timelines import counted, laid_out, placed, stretch_of

ANSWERS_KEPT = 64
RISERS_KEPT = 500_000
"""What is remembered: some 150 bytes a riser."""

_OPEN = nullcontext()


class FindCurrents:
    """Answers from the newest snapshot and the activity in Neo4j, off the event loop, behind `gate`."""

    def __init__(
        self,
        snapshots: SnapshotProvider,
        activity: ActivitySource,
        gate: AbstractAsyncContextManager[None] = _OPEN,
    ) -> None:
        self._snapshots = snapshots
        self._activity = activity
        self._answers: Remembered[CurrentsQuestion, Currents] = Remembered(
            ANSWERS_KEPT,
            gate,
            heaviest=RISERS_KEPT,
            weigh=lambda answer: len(answer.rising_people) + len(answer.rising_topics),
        )

    async def __call__(self, question: CurrentsQuestion) -> Currents:
        """The answer, `to` filled in. Raises NotFound (topic), InvalidInput (from), Unavailable, Overloaded where the
        gate is full."""
        snapshot = self._snapshots.latest()
        topic = known_topic(snapshot, question.topic_id)
        stretch = stretch_of(snapshot, question.interval, question.from_, question.to)
        question = replace(question, to=stretch.until)

        async def computed() -> Currents:
            activity = await activity_in_scope(self._activity, snapshot, topic, question.scope, stretch.until)
            return await asyncio.to_thread(in_kernel("currents", _answer), snapshot, topic, question, stretch, activity)

        return await self._answers.of(snapshot, question, computed)


def _answer(
    snapshot: Snapshot, topic: int, question: CurrentsQuestion, stretch: Stretch, activity: pl.DataFrame
) -> Currents:
    acts, spans, complete = placed(activity, stretch), stretch.spans(), stretch.complete
    by_interval = acts.group_by("place").agg(pl.col("given").sum(), people=pl.col("personId").n_unique())
    first_seen = acts.group_by("personId").agg(pl.col("place").min()).group_by("place").len()
    _, _, begun = trust_begun(snapshot, topic, question.scope)
    interactions = laid_out(by_interval, stretch, "given")
    columns = (
        interactions,
        laid_out(by_interval, stretch, "people"),
        laid_out(first_seen, stretch, "len"),
        counted(months_of(begun), stretch),
    )
    halves = _halves(acts, complete)
    below = [snapshot.topics.index.ids[part] for part in topics_below(snapshot.topics, topic)]
    return Currents(
        question=question,
        intervals=tuple(map(Current, spans, *(column.tolist() for column in columns))),
        momentum=momentum(interactions[:complete]),
        changes=changes(spans, interactions[:complete]),
        recent_total=int(halves["recent"].sum()),
        former_total=int(halves["former"].sum()),
        rising_people=_risers(halves, "personId"),
        rising_topics=_risers(halves, "topicId", below),
        snapshot=snapshot.info,
    )


def _halves(acts: pl.DataFrame, complete: int) -> pl.DataFrame:
    """Interactions of each person on each topic in the later half of the complete intervals, and in as many before."""
    half = complete // 2
    place, given = pl.col("place"), pl.col("given")
    return acts.group_by("personId", "topicId").agg(
        recent=given.filter((place >= complete - half) & (place < complete)).sum(),
        former=given.filter((place >= complete - 2 * half) & (place < complete - half)).sum(),
    )


def _risers(halves: pl.DataFrame, column: str, among: list[str] | None = None) -> tuple[Riser, ...]:
    """Those, by id, whose part grew; steepest first, ties by id."""
    sums = halves.group_by(pl.col(column).alias("id")).agg(pl.col("recent", "former").sum())
    recent, former = sums["recent"].to_numpy(), sums["former"].to_numpy()
    factors = rises(recent, former, int(recent.sum()), int(former.sum()))
    rising = sums.with_columns(rise=np.asarray(factors)).filter(pl.col("rise") > 1)
    if among is not None:
        rising = rising.filter(pl.col("id").is_in(among))
    ordered = rising.sort("rise", "id", descending=[True, False]).select("id", "recent", "former", "rise")
    return tuple(Riser(*row) for row in ordered.iter_rows())

"""What is somebody's standing on a topic? And who stands how?"""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from service.domain.held import HeldList
from service.domain.intervals import month_of
from service.domain.standing import Engagement, Standing, StandingQuestion
from service.domain.vocabulary import StandingMeasure, TopicScope
from service.graph.influence.standing import Standings, standings
from service.graph.influence.standing_evidence import engagement_of, standing_of
from service.graph.influence.topic_network import topic_network
from service.graph.snapshot import Snapshot, day_number
from service.ports.activity import ActivitySource
from service.telemetry.parts import in_kernel
from service.use_cases.activity_in_scope import known_topic, topics_in_scope
from service.use_cases.recent import Recent
from service.use_cases.topic_activity import topic_activity

if TYPE_CHECKING:
    from service.ports.snapshots import SnapshotProvider

ANSWERS_KEPT = 256
ROWS_KEPT = 10_000_000
"""What is remembered: some 100 bytes for one of a topic's people, 21 for a tie between two."""

_Key = tuple[str, int, str, TopicScope, date]


@dataclass(frozen=True, slots=True)
class TopicStandings:
    """Everybody's standing on a topic, and the snapshot in which they have their positions."""

    question: StandingQuestion
    snapshot: Snapshot
    day: date
    everybody: Standings

    def of(self, person_id: str) -> Standing | None:
        """One person's, with evidence; None where the person is none of the topic's. NotFound for an unknown id."""
        place = self.place_of(person_id)
        if place is None:
            return None
        return standing_of(self.snapshot, self.question.topic_id, self.everybody, place)

    def engagement_of(self, person_id: str) -> Engagement | None:
        """How one person engages with others; None and NotFound likewise."""
        place = self.place_of(person_id)
        return None if place is None else engagement_of(self.snapshot, self.everybody, place)

    def ordered(self, measure: StandingMeasure) -> HeldList[int]:
        """Places of everybody in the order of a measure, the greatest first; ties by id."""
        column, ids = self.everybody.columns[measure], self.snapshot.people.index.ids
        places, people = column.order, self.everybody.people
        return HeldList(
            f"standings/{self.question.topic_id}/{self.question.scope}/{self.day}/{measure}",
            (float, str),
            len(places),
            lambda at: [-float(column.value[places[at]]), ids[int(people[places[at]])]],
            lambda at: int(places[at]),
        )

    def place_of(self, person_id: str) -> int | None:
        """Where somebody is among everybody; None and NotFound likewise."""
        return self.everybody.place_of(self.snapshot.people.index.of(person_id))

    def id_of(self, place: int) -> str:
        """Who is at a place."""
        return self.snapshot.people.index.ids[int(self.everybody.people[place])]

    @property
    def rows(self) -> int:
        return len(self.everybody.people) * 4 + len(self.everybody.network.listener)


_OPEN = nullcontext()


class FindStanding:
    """Answers from memory what was computed for the newest snapshot and the newest activity; behind `gate` what was
    not."""

    def __init__(
        self,
        snapshots: "SnapshotProvider",
        activity: ActivitySource,
        gate: AbstractAsyncContextManager[None] = _OPEN,
    ) -> None:
        self._snapshots = snapshots
        self._activity = activity
        self._gate = gate
        self._answers: Recent[_Key, TopicStandings] = Recent(
            ANSWERS_KEPT, heaviest=ROWS_KEPT, weigh=lambda answer: answer.rows
        )
        self._running: dict[_Key, asyncio.Task[TopicStandings]] = {}

    async def __call__(self, question: StandingQuestion) -> TopicStandings:
        """Everybody's standing on a topic. NotFound for an unknown topic; Unavailable where there is no snapshot yet,
        or Neo4j does not answer; Overloaded where the gate is full."""
        snapshot = self._snapshots.latest()
        topic = known_topic(snapshot, question.topic_id)
        version = await self._activity.version(snapshot.info.bookmark)
        key: _Key = snapshot.info.id, version, question.topic_id, question.scope, snapshot.as_of(question.as_of)
        known = self._answers.get(key)
        if known is not None:
            return known
        task = self._running.get(key)
        if task is None:
            task = asyncio.create_task(self._computed(snapshot, topic, question, key[-1]))
            self._running[key] = task
            task.add_done_callback(partial(self._settle, key))
        # Others may wait for the same answer: one of them giving up must not end it.
        return await asyncio.shield(task)

    async def state(self) -> tuple[str, int, date]:
        """What answers for the usual day are made from: as long as it is the same, so are they. Raises Unavailable."""
        snapshot = self._snapshots.latest()
        return snapshot.info.id, await self._activity.version(snapshot.info.bookmark), snapshot.as_of(None)

    async def of_person(self, person_id: str, question: StandingQuestion) -> Standing | None:
        """One person's standing, with evidence; None for who is none of the topic's people.

        NotFound for an unknown person or topic.
        """
        self._snapshots.latest().people.index.of(person_id)
        found = await self(question)
        return await asyncio.to_thread(found.of, person_id)

    async def engagement(self, person_id: str, question: StandingQuestion) -> Engagement | None:
        """How one person engages with others on a topic; None and NotFound likewise."""
        self._snapshots.latest().people.index.of(person_id)
        return (await self(question)).engagement_of(person_id)

    async def close(self) -> None:
        """Let go of what is being computed."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _settle(self, key: _Key, task: "asyncio.Task[TopicStandings]") -> None:
        del self._running[key]
        # Answers from former snapshots would hold on to their arrays.
        newest = self._snapshots.latest().info.id
        self._answers.keep(lambda other: other[0] == newest and other[1] >= key[1])
        if not task.cancelled() and task.exception() is None and key[0] == newest:
            self._answers.put(key, task.result())

    async def _computed(self, snapshot: Snapshot, topic: int, question: StandingQuestion, day: date) -> TopicStandings:
        async with self._gate:
            network = await asyncio.to_thread(
                in_kernel("standing", topic_network), snapshot, topic, question.scope, day_number(day)
            )
            topic_ids = topics_in_scope(snapshot, topic, question.scope)
            activity = await topic_activity(self._activity, snapshot, topic_ids, month_of(day), network.people)
            everybody = await asyncio.to_thread(
                in_kernel("standing", standings), network, activity, snapshot.people.opted_out
            )
        return TopicStandings(question, snapshot, day, everybody)

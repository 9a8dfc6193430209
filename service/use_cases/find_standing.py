"""What is somebody's standing on a topic? And who stands how?"""

import asyncio
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from service.domain.errors import NotFound
from service.domain.standing import Engagement, Standing, StandingQuestion
from service.domain.vocabulary import TopicScope
from service.graph.snapshot import Snapshot, day_number
from service.graph.standing import Standings, standings
from service.graph.standing_evidence import engagement_of, standing_of
from service.graph.topic_network import topic_network
from service.ports.activity import ActivitySource
from service.use_cases.recent import Recent
from service.use_cases.topic_activity import month_of, topic_activity, topics_in_scope

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
        place = self._place(person_id)
        if place is None:
            return None
        return standing_of(self.snapshot, self.question.topic_id, self.everybody, place)

    def engagement_of(self, person_id: str) -> Engagement | None:
        """How one person engages with others; None and NotFound likewise."""
        place = self._place(person_id)
        return None if place is None else engagement_of(self.snapshot, self.everybody, place)

    def _place(self, person_id: str) -> int | None:
        return self.everybody.place_of(self.snapshot.people.index.of(person_id))

    @property
    def rows(self) -> int:
        return len(self.everybody.people) * 4 + len(self.everybody.network.listener)


class FindStanding:
    """Answers from memory what was computed for the newest snapshot and the newest activity."""

    def __init__(self, snapshots: "SnapshotProvider", activity: ActivitySource) -> None:
        self._snapshots = snapshots
        self._activity = activity
        self._answers: Recent[_Key, TopicStandings] = Recent(
            ANSWERS_KEPT, heaviest=ROWS_KEPT, weigh=lambda answer: answer.rows
        )
        self._running: dict[_Key, asyncio.Task[TopicStandings]] = {}

    async def __call__(self, question: StandingQuestion) -> TopicStandings:
        """Everybody's standing on a topic. NotFound for an unknown topic; Unavailable where there is no snapshot yet,
        or Neo4j does not answer."""
        snapshot = self._snapshots.latest()
        topic = snapshot.topics.index.of(question.topic_id)
        if not snapshot.topics.known[topic]:
            raise NotFound("topic", question.topic_id)
        version = await self._activity.version(snapshot.info.bookmark)
        key = snapshot.info.id, version, question.topic_id, question.scope, snapshot.as_of(question.as_of)
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
        network = await asyncio.to_thread(topic_network, snapshot, topic, question.scope, day_number(day))
        topic_ids = topics_in_scope(snapshot, topic, question.scope)
        others = await asyncio.to_thread(lambda: network.people)
        activity = await topic_activity(self._activity, snapshot, topic_ids, month_of(day), others)
        everybody = await asyncio.to_thread(standings, network, activity, snapshot.people.opted_out)
        return TopicStandings(question, snapshot, day, everybody)

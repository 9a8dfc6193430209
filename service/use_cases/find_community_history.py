"""How did the communities of a topic come about: which were born, grew, merged, split or ended?"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime

from service.domain.communities import CommunitiesQuestion, TopicalCommunities
from service.domain.community_history import CommunityHistory, CommunityHistoryQuestion, Event, Moment, Stage
from service.domain.errors import RainmakerError
from service.domain.intervals import USUAL_INTERVALS
from service.domain.vocabulary import CommunityChange
from service.graph.communities.community_succession import Groups, lines, steps
from service.graph.snapshot import Snapshot
from service.ports.community_history import CommunityHistoryStore
from service.ports.snapshots import SnapshotProvider
from service.telemetry.parts import in_kernel
from service.use_cases.activity_in_scope import known_topic
from service.use_cases.find_communities import FindCommunities
from service.use_cases.remembered import Remembered
from service.use_cases.timelines import stretch_of

MOST_DAYS = USUAL_INTERVALS
"""Each day takes a search for communities, which on large topics is seconds."""

ANSWERS_KEPT = 32
MEMBERSHIPS_KEPT = 1_000_000
"""What is remembered: some 22 bytes a membership, shared with what FindCommunities remembers itself."""

_OPEN = nullcontext()
_ORDER = {change: place for place, change in enumerate(CommunityChange)}

log = logging.getLogger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class FindCommunityHistory:
    """Answers from the newest snapshot; one day after the other is asked of `communities`, behind `gate`. The answer to
    a question that says nothing but the topic is written back to Neo4j, in place of the former one."""

    def __init__(
        self,
        snapshots: SnapshotProvider,
        communities: FindCommunities,
        store: CommunityHistoryStore,
        gate: AbstractAsyncContextManager[None] = _OPEN,
        *,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._snapshots = snapshots
        self._communities = communities
        self._store = store
        self._now = now
        self._answers: Remembered[CommunityHistoryQuestion, CommunityHistory] = Remembered(
            ANSWERS_KEPT, gate, heaviest=MEMBERSHIPS_KEPT, weigh=_memberships
        )

    async def __call__(self, question: CommunityHistoryQuestion) -> CommunityHistory:
        """The answer, `to` filled in. Raises NotFound (topic), InvalidInput (from), Unavailable, Overloaded where the
        gate is full."""
        snapshot = self._snapshots.latest()
        known_topic(snapshot, question.topic_id)
        stretch = stretch_of(snapshot, question.every, question.from_, question.to, MOST_DAYS)
        question = replace(question, to=stretch.until)

        async def computed() -> CommunityHistory:
            days = [min(span.end, stretch.until) for span in stretch.spans()]
            found = [await self._on(snapshot, question, day) for day in days]
            answer = await asyncio.to_thread(
                in_kernel("history of communities", _answer), snapshot, question, days, found
            )
            if question == CommunityHistoryQuestion(question.topic_id, to=snapshot.as_of(None)):
                await self._keep(answer)
            return answer

        return await self._answers.of(snapshot, question, computed)

    async def _keep(self, answer: CommunityHistory) -> None:
        """Write it back, unless it is there; whoever asked has the answer all the same where that fails."""
        topic_id = answer.question.topic_id
        try:
            if (await self._store.snapshots()).get(topic_id) != answer.snapshot.id:
                await self._store.replace(answer, self._now())
        except RainmakerError as error:
            log.warning("The history of communities of topic %s is not stored: %s", topic_id, error)

    async def _on(self, snapshot: Snapshot, question: CommunityHistoryQuestion, day: date) -> TopicalCommunities:
        asked = CommunitiesQuestion(question.topic_id, question.scope, as_of=day)
        return await self._communities.of(snapshot, asked)


def _answer(
    snapshot: Snapshot, question: CommunityHistoryQuestion, days: list[date], found: list[TopicalCommunities]
) -> CommunityHistory:
    groups = [_groups(each) for each in found]
    ids = lines(question.topic_id, groups)
    stages = tuple(
        Stage(day, each.people, each.modularity, tuple(map(Moment, named, each.communities)))
        for day, each, named in zip(days, found, ids, strict=True)
    )
    events: list[Event] = []
    for place in range(1, len(stages)):
        events += _events(stages[place - 1], stages[place], groups[place - 1], groups[place])
    return CommunityHistory(question, stages, tuple(events), snapshot.info)


def _groups(found: TopicalCommunities) -> Groups:
    return [
        frozenset(member.person_id for member in community.members if member.primary) for community in found.communities
    ]


def _events(former: Stage, stage: Stage, before: Groups, after: Groups) -> list[Event]:
    places = {moment.line_id: place for place, moment in enumerate(former.moments)}
    went_on = {place: places[moment.line_id] for place, moment in enumerate(stage.moments) if moment.line_id in places}
    found = [
        Event(
            stage.day,
            step.change,
            tuple(former.moments[place] for place in step.before),
            tuple(stage.moments[place] for place in step.after),
        )
        for step in steps(before, after, went_on)
    ]
    return sorted(found, key=lambda event: (_ORDER[event.change], event.key))


def _memberships(answer: CommunityHistory) -> int:
    return sum(len(moment.community.members) for stage in answer.stages for moment in stage.moments)

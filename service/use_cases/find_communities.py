"""Who forms the community around a topic?"""

import asyncio
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial

from service.domain.communities import CommunitiesQuestion, Community, TopicalCommunities
from service.domain.errors import InvalidInput, NotFound, RainmakerError, Unavailable
from service.graph.communities.community_identity import identified, question_of, question_suffix
from service.graph.communities.community_measures import Found, describe
from service.graph.communities.leiden import Membership
from service.graph.communities.projection import Projection, project
from service.graph.snapshot import Snapshot, day_number
from service.ports.communities import CommunitySearch, CommunityStore, KeepingProgress, StoredCommunity
from service.ports.snapshots import SnapshotProvider
from service.telemetry.parts import in_kernel
from service.use_cases.kept_topics import ended_topics, is_current, kept_topics
from service.use_cases.named_communities import named
from service.use_cases.recent import Recent

log = logging.getLogger(__name__)

LARGEST_RESOLUTION = 100.0
LARGEST_MIN_SIZE = 1_000_000
ANSWERS_KEPT = 256
MEMBERSHIPS_KEPT = 2_000_000
PARTITIONS_KEPT = 256
VERTICES_KEPT = 8_000_000
"""What is remembered: some 22 bytes a membership of an answer, 4 a vertex of a partition."""


RETRY_AFTER_SECONDS = 30.0
"""How long the store is left alone after it failed, so that not every question waits for it in vain."""

_Key = tuple[str, CommunitiesQuestion, date]


@dataclass(frozen=True, slots=True)
class _Answer:
    """`retry_at` is the time on the monotonic clock from which to try again; None where nothing failed."""

    content: TopicalCommunities
    retry_at: float | None = None

    @property
    def memberships(self) -> int:
        return sum(len(community.members) for community in self.content.communities)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class FindCommunities:
    """Answers from memory what it has computed for the newest snapshot, and stores the answers to stored questions
    (those with all defaults) in Neo4j, under ids that last."""

    def __init__(
        self,
        snapshots: SnapshotProvider,
        store: CommunityStore,
        search: CommunitySearch,
        *,
        min_relationships: int = 1_000,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._snapshots = snapshots
        self._store = store
        self._search = search
        self._min_relationships = min_relationships
        self._now = now
        self._answers: Recent[_Key, _Answer] = Recent(
            ANSWERS_KEPT, heaviest=MEMBERSHIPS_KEPT, weigh=lambda answer: answer.memberships
        )
        self._partitions: Recent[tuple[str, float], Membership] = Recent(
            PARTITIONS_KEPT, heaviest=VERTICES_KEPT, weigh=len
        )
        self._running: dict[_Key, asyncio.Task[_Answer]] = {}
        self._keeping = asyncio.Lock()
        # One topic is stored at a time: a second would wait for the same people's locks in Neo4j.
        self._storing = asyncio.Lock()
        self._store_rests_until = -math.inf
        self._stored_from: dict[str, datetime] = {}

    async def __call__(self, question: CommunitiesQuestion) -> TopicalCommunities:
        """The communities of a topic. In the answer's question `as_of` is None wherever that means the same day.

        Raises NotFound (topic), InvalidInput (resolution, minSize), Unavailable (no snapshot yet).
        """
        return await self.of(self._snapshots.latest(), question)

    async def of(self, snapshot: Snapshot, question: CommunitiesQuestion) -> TopicalCommunities:
        """The same, of one snapshot for several questions."""
        _check(question)
        return (await self._answer(snapshot, question)).content

    async def by_id(self, community_id: str) -> Community:
        """The community with an id that an answer gave; NotFound where the newest snapshot has none such."""
        question = question_of(community_id)
        if question is None:
            raise NotFound("community", community_id)
        try:
            answer = await self(question)
        except (NotFound, InvalidInput) as error:
            raise NotFound("community", community_id) from error
        for community in answer.communities:
            if community.id == community_id:
                return community
        raise NotFound("community", community_id)

    async def keep_stored(self, progress: KeepingProgress | None = None) -> None:
        """Bring the stored communities up to the newest snapshot: those of topics with enough trust, and of any
        other topic that has some, one topic after the other: a search for communities takes every processor as it
        is. A newer snapshot ends it early. Runs once at a time; may be cancelled.

        Raises Unavailable where there is no snapshot, or what was found cannot be stored.
        """
        async with self._keeping:
            snapshot = self._snapshots.latest()
            stored = await self._store.topics()
            self._store_rests_until = -math.inf
            for topic_id in ended_topics(snapshot, stored):
                await self._store.replace(topic_id, (), 0.0, await self._store.former(topic_id))
            due = kept_topics(snapshot, stored, self._min_relationships, self._now())
            for done, topic_id in enumerate(due, 1):
                if not self._is_newest(snapshot):
                    return
                await self._keep(snapshot, topic_id)
                if progress is not None:
                    progress(done, len(due), snapshot.topics.names[snapshot.topics.index.of(topic_id)])

    async def close(self) -> None:
        """Let go of what is being computed."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _keep(self, snapshot: Snapshot, topic_id: str) -> None:
        question = CommunitiesQuestion(topic_id)
        self._answers.drop(_key(snapshot, question))
        answer = await self._answer(snapshot, question)
        if answer.retry_at is not None:
            raise Unavailable(f"The communities of {topic_id!r} could not be brought up to date.")

    async def _answer(self, snapshot: Snapshot, question: CommunitiesQuestion) -> _Answer:
        """From memory, from the computation of the same question that is under way, or from one begun now."""
        key = _key(snapshot, question)
        known = self._answers.get(key)
        if known is not None and (known.retry_at is None or time.monotonic() < known.retry_at):
            return known
        task = self._running.get(key)
        if task is None:
            task = asyncio.create_task(self._computed(snapshot, key))
            self._running[key] = task
            task.add_done_callback(partial(self._settle, key))
        # Others may wait for the same answer: one of them giving up must not end it.
        return await asyncio.shield(task)

    def _settle(self, key: _Key, task: "asyncio.Task[_Answer]") -> None:
        del self._running[key]
        # Answers from former snapshots are of no use to anybody, and would hold on to their arrays.
        newest = self._snapshots.latest().info.id
        self._answers.keep(lambda other: other[0] == newest)
        if not task.cancelled() and task.exception() is None and key[0] == newest:
            self._answers.put(key, task.result())

    async def _computed(self, snapshot: Snapshot, key: _Key) -> _Answer:
        _, question, day = key
        topic = snapshot.topics.index.of(question.topic_id)
        if not snapshot.topics.known[topic]:
            raise NotFound("topic", question.topic_id)
        projection = await asyncio.to_thread(
            in_kernel("projection", project), snapshot, topic, question.scope, day_number(day)
        )
        membership = await self._membership(projection, question.resolution)
        measure = partial(
            describe,
            snapshot,
            projection,
            membership,
            topic=topic,
            scope=question.scope,
            as_of=day_number(day),
            resolution=question.resolution,
            min_size=question.min_size,
        )
        found = await asyncio.to_thread(in_kernel("measures of communities", measure))
        if question == CommunitiesQuestion(question.topic_id):
            return await self._stored(snapshot, question, found)
        return _Answer(await self._named(snapshot, question, found, ()))

    async def _membership(self, projection: Projection, resolution: float) -> Membership:
        """Leiden, unless it has been run on this very projection: most changes of the graph leave most as they are."""
        key = await asyncio.to_thread(projection.digest), resolution
        membership = self._partitions.get(key)
        if membership is None:
            membership = await self._search.leiden(projection, resolution)
            self._partitions.put(key, membership)
        return membership

    async def _stored(self, snapshot: Snapshot, question: CommunitiesQuestion, found: Found) -> _Answer:
        """The answer to a stored question, its ids following the former communities, and written back."""
        former: tuple[StoredCommunity, ...] = ()
        async with self._storing:
            if time.monotonic() < self._store_rests_until:
                return _Answer(await self._named(snapshot, question, found, former), self._store_rests_until)
            try:
                former = await self._store.former(question.topic_id)
                content = await self._named(snapshot, question, found, former)
                # What an older snapshot says must not replace what a newer one said meanwhile. Where none did, it is
                # the best there is: a graph that changes all the time would otherwise never have any stored.
                if snapshot.info.built_at >= self._stored_from.get(question.topic_id, snapshot.info.built_at):
                    await self._store.replace(question.topic_id, content.communities, content.modularity, former)
                    self._stored_from[question.topic_id] = snapshot.info.built_at
            except RainmakerError as error:
                log.warning("The communities of topic %s are not stored: %s", question.topic_id, error)
                self._store_rests_until = time.monotonic() + RETRY_AFTER_SECONDS
                return _Answer(await self._named(snapshot, question, found, former), self._store_rests_until)
        return _Answer(content)

    async def _named(
        self,
        snapshot: Snapshot,
        question: CommunitiesQuestion,
        found: Found,
        former: tuple[StoredCommunity, ...],
    ) -> TopicalCommunities:
        now = self._now()
        # Computed again after a restart it is what was computed then.
        same = bool(former) and all(is_current(snapshot, c.snapshot_id, c.computed_at, now) for c in former)
        return await asyncio.to_thread(
            _with_ids, snapshot, question, found, former, former[0].computed_at if same else now
        )

    def _is_newest(self, snapshot: Snapshot) -> bool:
        return self._snapshots.latest().info.id == snapshot.info.id


def _with_ids(
    snapshot: Snapshot,
    question: CommunitiesQuestion,
    found: Found,
    former: tuple[StoredCommunity, ...],
    computed_at: datetime,
) -> TopicalCommunities:
    ids = identified(
        question.topic_id,
        [frozenset(community.person_ids) for community in found.communities],
        former={community.id: community.member_ids for community in former},
        question=question_suffix(question),
    )
    return named(question, snapshot.info.id, found, ids, computed_at)


def _check(question: CommunitiesQuestion) -> None:
    # Written so that NaN, which compares with nothing, is refused too.
    if not 0 < question.resolution <= LARGEST_RESOLUTION:
        raise InvalidInput("resolution", f"must be over 0 and at most {LARGEST_RESOLUTION:g}.")
    if not 1 <= question.min_size <= LARGEST_MIN_SIZE:
        raise InvalidInput("minSize", f"must be from 1 to {LARGEST_MIN_SIZE:,}.")


def _key(snapshot: Snapshot, question: CommunitiesQuestion) -> _Key:
    """Equal for questions that mean the same."""
    day = snapshot.as_of(question.as_of)
    usual = day == snapshot.as_of(None)
    return snapshot.info.id, replace(question, as_of=None if usual else day), day

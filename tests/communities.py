"""What the tests of communities share: graphs with evident communities, and stand-ins for the ports."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from service.domain.communities import Community
from service.domain.community_history import CommunityHistory
from service.domain.errors import Unavailable
from service.domain.model import Role, Topic
from service.domain.vocabulary import TopicScope
from service.graph.communities.community_measures import Found, describe
from service.graph.communities.leiden import Membership, leiden
from service.graph.communities.projection import Projection, project
from service.graph.snapshot import Snapshot, day_number
from service.ports.communities import StoredCommunity, StoredTopic
from tests.scenario import AS_OF, Scenario, Tie

TOPIC = Topic("net", "Networking")
DAY = day_number(AS_OF)


def near(value: float) -> Any:
    """Equal within what rounding costs to whole micro-nats makes."""
    return pytest.approx(value, rel=2e-6)


def mutual(people: Iterable[str], strength: float = 0.5, topic_id: str = "net") -> list[Tie]:
    """Everybody trusts everybody else."""
    pairs = list(combinations(people, 2))
    return [Tie(a, b, strength, topic_id) for pair in pairs for a, b in (pair, pair[::-1])]


def scenario_of(trust: Sequence[Tie], roles: Sequence[Role] = (), topics: Sequence[Topic] = (TOPIC,)) -> Scenario:
    """A graph of just the people that the trust mentions."""
    people = {id_ for tie in trust for id_ in (tie.from_id, tie.to_id)} | {role.person_id for role in roles}
    return Scenario(
        people=tuple(sorted(people)),
        trust=tuple(trust),
        roles=tuple(roles),
        brands=tuple(sorted({role.brand_id for role in roles})),
        topics=tuple(topics),
    )


def two_groups(bridge: float = 0.1) -> Scenario:
    """a1 … a4 and b1 … b4, everybody at 0.5 with their own, a1 and b1 joined by one-sided trust."""
    a, b = [f"a{n}" for n in range(1, 5)], [f"b{n}" for n in range(1, 5)]
    return scenario_of([*mutual(a), *mutual(b), Tie("a1", "b1", bridge, "net")])


def acquainted(people: str, since: int) -> list[Tie]:
    """Everybody trusts everybody else since the beginning of a year."""
    pairs = list(combinations(people, 2))
    return [Tie(*ends, 0.5, "net", since=date(since, 1, 1)) for pair in pairs for ends in (pair, pair[::-1])]


# abcd from 2021, wxyz from 2022, e joins abc in 2023, all are acquainted from 2024
_GROWING = {
    (tie.from_id, tie.to_id): tie
    for tie in [
        *acquainted("abcdewxyz", 2024),
        *acquainted("abcde", 2023),
        *acquainted("wxyz", 2022),
        *acquainted("abcd", 2021),
    ]
}


GROWN = scenario_of(list(_GROWING.values()))


def projected(snapshot: Snapshot, topic_id: str = "net", scope: TopicScope = TopicScope.RELATED) -> Projection:
    return project(snapshot, snapshot.topics.index.of(topic_id), scope, DAY)


def described(snapshot: Snapshot, groups: Sequence[Sequence[str]], min_size: int = 1, **asked: object) -> Found:
    """Measures of a given cut of the projection of 'net'; the groups must hold everybody in it."""
    projection = projected(snapshot)
    place = {person: number for number, group in enumerate(groups) for person in group}
    ids = [snapshot.people.index.ids[person] for person in projection.people]
    options = {"scope": TopicScope.RELATED, "as_of": DAY, "resolution": 1.0, "min_size": min_size, **asked}
    topic = snapshot.topics.index.of("net")
    cut = np.array([place[id_] for id_ in ids], dtype=np.int32)
    return describe(snapshot, projection, cut, topic=topic, **options)  # type: ignore[arg-type]


@dataclass
class MemoryHistories:
    """A CommunityHistoryStore that keeps the last history of each topic, or fails."""

    stored: dict[str, CommunityHistory] = field(default_factory=dict)
    writes: int = 0
    away: bool = False

    async def snapshots(self) -> dict[str, str]:
        if self.away:
            raise Unavailable("Neo4j is away")
        return {topic_id: history.snapshot.id for topic_id, history in self.stored.items()}

    async def replace(self, history: CommunityHistory, computed_at: datetime) -> None:
        self.stored[history.question.topic_id] = history
        self.writes += 1


@dataclass
class FixedSnapshot:
    """A SnapshotProvider of one snapshot, to be exchanged by the test."""

    snapshot: Snapshot | None

    def latest(self) -> Snapshot:
        if self.snapshot is None:
            raise Unavailable("none yet")
        return self.snapshot

    async def is_current(self, snapshot: Snapshot) -> bool:
        return snapshot is self.snapshot


@dataclass
class HereSearch:
    """A CommunitySearch in this very process that counts its runs and waits for leave to go on."""

    runs: int = 0
    leave: asyncio.Event | None = None

    async def leiden(self, projection: Projection, resolution: float) -> Membership:
        self.runs += 1
        if self.leave is not None:
            await self.leave.wait()
        return leiden(len(projection.people), projection.low, projection.high, projection.weight, resolution)


@dataclass
class MemoryStore:
    """A CommunityStore in memory; `away` makes it fail as if Neo4j were out of reach."""

    kept: dict[str, tuple[Community, ...]] = field(default_factory=dict)
    replaced: list[str] = field(default_factory=list)
    away: bool = False

    async def topics(self) -> tuple[StoredTopic, ...]:
        self._check()
        topics = []
        for topic_id, communities in sorted(self.kept.items()):
            ids = {community.snapshot_id for community in communities}
            if communities:
                oldest = min(community.computed_at for community in communities)
                topics.append(StoredTopic(topic_id, ids.pop() if len(ids) == 1 else None, oldest))
        return tuple(topics)

    async def former(self, topic_id: str) -> tuple[StoredCommunity, ...]:
        self._check()
        return tuple(
            StoredCommunity(
                community.id,
                community.snapshot_id,
                community.computed_at,
                "",
                frozenset(member.person_id for member in community.members if member.primary),
            )
            for community in self.kept.get(topic_id, ())
        )

    async def replace(
        self, topic_id: str, communities: Sequence[Community], modularity: float, former: Sequence[StoredCommunity]
    ) -> None:
        self._check()
        self.replaced.append(topic_id)
        self.kept[topic_id] = tuple(communities)

    def _check(self) -> None:
        if self.away:
            raise Unavailable("Neo4j is away")

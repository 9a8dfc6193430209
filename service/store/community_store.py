"""Communities in Neo4j: what is stored of them, and how it is replaced: in one transaction, or in bounded ones."""

import asyncio
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from service.domain.communities import Community
from service.ports.communities import StoredCommunity, StoredTopic
from service.store.database import Database, Row

T = TypeVar("T")

MOST_AT_ONCE = 50_000
"""Relationships written in one transaction, but for a community that has more by itself: a membership takes up to
4 KiB of the server's heap until it is committed."""


class Neo4jCommunityStore:
    """The CommunityStore of a database. A community's `digest` tells its content and how many relationships carry it,
    so that an unchanged one is left alone and a damaged one is written anew."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def topics(self) -> tuple[StoredTopic, ...]:
        rows = await self._database.fetch("stored_community_topics")
        return tuple(StoredTopic(row["topicId"], row["snapshotId"], row["computedAt"].to_native()) for row in rows)

    async def former(self, topic_id: str) -> tuple[StoredCommunity, ...]:
        rows = await self._database.fetch("stored_communities", topicId=topic_id)
        return tuple(_stored(row) for row in rows)

    async def replace(
        self, topic_id: str, communities: Sequence[Community], modularity: float, former: Sequence[StoredCommunity]
    ) -> None:
        # Off the event loop: a large topic has thousands of members.
        before = {community.id: community for community in former}
        digests = await asyncio.to_thread(lambda: {community.id: _digest(community) for community in communities})
        for change in _Replacement(communities, modularity, before, digests).transactions():
            rows = await asyncio.to_thread(change.parameters)
            await self._database.execute("replace_communities", {"topicId": topic_id, **rows})


@dataclass(frozen=True, slots=True)
class _Change:
    """What one transaction does: every community of the topic but `ids` goes, `told` get their properties, and of
    these `rewritten` their members and bridges."""

    ids: list[str]
    told: list[dict[str, Any]]
    rewritten: Sequence[Community] = ()

    def parameters(self) -> dict[str, Any]:
        return {
            "ids": self.ids,
            "rewrittenIds": [community.id for community in self.rewritten],
            "communities": self.told,
            "members": [row for community in self.rewritten for row in _members(community)],
            "bridges": [row for community in self.rewritten for row in _bridges(community)],
        }


@dataclass(frozen=True, slots=True)
class _Replacement:
    """From what is stored of a topic (`before`, by id) to what is to be; `digests` of the new communities by id."""

    communities: Sequence[Community]
    modularity: float
    before: Mapping[str, StoredCommunity]
    digests: Mapping[str, str]

    def transactions(self) -> Iterator[_Change]:
        """None where all is as it should be; one, so that nobody sees half of it; or, where that would be too much for
        the server, several, of which each replaces whole communities. Until the last, not all are of one snapshot."""
        rewritten = [c for c in self.communities if self._differs(c)]
        ended = [id_ for id_ in self.before if id_ not in self.digests]
        ids = [community.id for community in self.communities]
        same_snapshot = all(self.before[c.id].snapshot_id == c.snapshot_id for c in self.communities if not rewritten)
        if not rewritten and not ended and same_snapshot:
            return
        written = list(_batches(rewritten, lambda c: len(c.members) + len(c.bridges)))
        dropped = list(_batches(ended, lambda id_: len(self.before[id_].member_ids)))
        if len(written) <= 1 and len(dropped) <= 1:
            yield _Change(ids, [self._told(c) for c in self.communities], rewritten)
            return
        # Bridges need both their ends. Without a snapshot these do not pass for current, should it end here.
        new = [c for c in self.communities if c.id not in self.before]
        yield _Change([*ids, *ended], [self._node(c, snapshot_id="", digest="") for c in new])
        for batch in written:
            yield _Change([*ids, *ended], [self._told(c) for c in batch], batch)
        for place in range(1, len(dropped)):
            yield _Change([*ids, *(id_ for batch in dropped[place:] for id_ in batch)], [])
        yield _Change(ids, [self._told(c) for c in self.communities])

    def _differs(self, community: Community) -> bool:
        return community.id not in self.before or self.before[community.id].digest != self.digests[community.id]

    def _told(self, community: Community) -> dict[str, Any]:
        return self._node(community, snapshot_id=community.snapshot_id, digest=self.digests[community.id])

    def _node(self, community: Community, *, snapshot_id: str, digest: str) -> dict[str, Any]:
        return {
            "id": community.id,
            "properties": {
                "label": community.label,
                "size": community.size,
                "cohesion": community.cohesion,
                "conductance": community.conductance,
                "modularity": self.modularity,
                "computedAt": community.computed_at,
                "snapshotId": snapshot_id,
                "digest": digest,
            },
        }


def _batches(things: Sequence[T], relationships: Callable[[T], int]) -> Iterator[list[T]]:
    """In order, MOST_AT_ONCE relationships at most in each batch of more than one thing."""
    batch: list[T] = []
    total = 0
    for thing in things:
        own = relationships(thing)
        if batch and total + own > MOST_AT_ONCE:
            yield batch
            batch, total = [], 0
        batch.append(thing)
        total += own
    if batch:
        yield batch


def _stored(row: Row) -> StoredCommunity:
    intact = (row["digest"] or "").endswith(_counts(row["memberships"], row["bridges"]))
    return StoredCommunity(
        id=row["id"],
        snapshot_id=row["snapshotId"],
        computed_at=row["computedAt"].to_native(),
        digest=row["digest"] if intact else "",
        member_ids=frozenset(row["memberIds"]),
    )


def _digest(community: Community) -> str:
    content = (
        community.label,
        community.size,
        community.cohesion,
        community.conductance,
        [(m.person_id, m.share, m.rank, m.role.value, m.primary) for m in community.members],
        [(b.person_id, b.to_id, b.strength) for b in community.bridges],
    )
    digest = hashlib.blake2b(repr(content).encode(), digest_size=8).hexdigest()
    return digest + _counts(len(community.members), len(community.bridges))


def _counts(members: int, bridges: int) -> str:
    return f"/{members}/{bridges}"


def _members(community: Community) -> list[dict[str, Any]]:
    return [
        {
            "communityId": community.id,
            "personId": member.person_id,
            "share": member.share,
            "rank": member.rank,
            "role": member.role.value,
            "primary": member.primary,
        }
        for member in community.members
    ]


def _bridges(community: Community) -> list[dict[str, Any]]:
    return [
        {
            "personId": bridge.person_id,
            "fromId": community.id,
            "toId": bridge.to_id,
            "strength": bridge.strength,
        }
        for bridge in community.bridges
    ]

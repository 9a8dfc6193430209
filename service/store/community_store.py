"""Communities in Neo4j: what is stored of them, and how it is replaced without a reader seeing half of it."""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any

from service.domain.communities import Community
from service.ports.communities import StoredCommunity, StoredTopic
from service.store.database import Database, Row


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
        changes = await asyncio.to_thread(_changes, communities, modularity, former)
        if changes is not None:
            await self._database.execute("replace_communities", {"topicId": topic_id, **changes})


def _changes(
    communities: Sequence[Community], modularity: float, former: Sequence[StoredCommunity]
) -> dict[str, Any] | None:
    """Parameters of the write; None where all is as it should be."""
    before = {community.id: community for community in former}
    digests = {community.id: _digest(community) for community in communities}
    rewritten = [c for c in communities if c.id not in before or before[c.id].digest != digests[c.id]]
    same_ids = before.keys() == digests.keys()
    if same_ids and not rewritten and all(before[c.id].snapshot_id == c.snapshot_id for c in communities):
        return None
    return {
        "ids": list(digests),
        "rewrittenIds": [community.id for community in rewritten],
        "communities": [_node(community, modularity, digests[community.id]) for community in communities],
        "members": [row for community in rewritten for row in _members(community)],
        "bridges": [row for community in rewritten for row in _bridges(community)],
    }


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


def _node(community: Community, modularity: float, digest: str) -> dict[str, Any]:
    return {
        "id": community.id,
        "properties": {
            "label": community.label,
            "size": community.size,
            "cohesion": community.cohesion,
            "conductance": community.conductance,
            "modularity": modularity,
            "computedAt": community.computed_at,
            "snapshotId": community.snapshot_id,
            "digest": digest,
        },
    }


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

"""What the communities use case needs from outside: somewhere to keep them, and a hand with the search for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from service.domain.communities import Community

if TYPE_CHECKING:
    from service.graph.communities.leiden import Membership
    from service.graph.communities.projection import Projection

KeepingProgress = Callable[[int, int, str], None]
"""Called with (topics done, topics in all, name of the topic just done)."""


@dataclass(frozen=True, slots=True)
class StoredCommunity:
    """What the store holds of a community. `digest` tells its content, '' where that was changed by other hands."""

    id: str
    snapshot_id: str
    computed_at: datetime
    digest: str
    member_ids: frozenset[str]
    """Primary members."""


@dataclass(frozen=True, slots=True)
class StoredTopic:
    """A topic that has communities in the store. `snapshot_id` is that of all of them, None where they are of
    several snapshots; `computed_at` is when the oldest was computed."""

    id: str
    snapshot_id: str | None
    computed_at: datetime


class CommunityStore(Protocol):
    """The communities of stored questions, by topic. Every call raises Unavailable where Neo4j does not answer."""

    async def topics(self) -> tuple[StoredTopic, ...]:
        """Every topic with stored communities, by id."""
        ...

    async def former(self, topic_id: str) -> tuple[StoredCommunity, ...]:
        """The communities stored for a topic, by id."""
        ...

    async def replace(
        self, topic_id: str, communities: Sequence[Community], modularity: float, former: Sequence[StoredCommunity]
    ) -> None:
        """Make `communities` the stored ones of a topic, in one transaction. Writes only what differs from
        `former`, and nothing at all where nothing does."""
        ...


class CommunitySearch(Protocol):
    """Runs Leiden where it does not stall the event loop."""

    async def leiden(self, projection: "Projection", resolution: float) -> "Membership":
        """The community of every vertex; Unavailable where the worker died."""
        ...

"""Where histories of communities are kept for those who read the graph with Cypher."""

from datetime import datetime
from typing import Protocol

from service.domain.community_history import CommunityHistory


class CommunityHistoryStore(Protocol):
    """The last history of each topic, as stored. Calls raise Unavailable where Neo4j does not answer."""

    async def snapshots(self) -> dict[str, str]:
        """The id of the snapshot that each stored history is from, by topic."""
        ...

    async def replace(self, history: CommunityHistory, computed_at: datetime) -> None:
        """Store a history in place of the topic's former one, all at once."""
        ...

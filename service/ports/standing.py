"""Where standing is kept for those who read the graph with Cypher."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

import polars as pl

STANDING_SCHEMA = {
    "personId": pl.String(),
    "authority": pl.Float64(),
    "reach": pl.Int64(),
    "resonance": pl.Float64(),
    "relevance": pl.Float64(),
}


class StandingStore(Protocol):
    """The standing of people on topics, as stored. Calls raise Unavailable where Neo4j does not answer."""

    async def topics(self) -> list[str]:
        """Every topic on which somebody's standing is stored, by id."""
        ...

    async def stored(self, topic_id: str) -> pl.DataFrame:
        """STANDING_SCHEMA: what is stored for a topic, in no order."""
        ...

    async def replace(
        self,
        topic_id: str,
        rows: pl.DataFrame,
        gone: Collection[str],
        snapshot_id: str,
        computed_at: datetime,
    ) -> None:
        """Store rows of STANDING_SCHEMA, each in place of the person's former one, and remove those of people who are
        gone. In batches; nothing is written where there is nothing to do."""
        ...

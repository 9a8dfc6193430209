"""How active people were, month by month, as the graph holds it."""

from collections.abc import Collection
from typing import Protocol

import polars as pl

ACTIVITY_SCHEMA = {
    "personId": pl.String(),
    "topicId": pl.String(),
    "month": pl.Int32(),
    "given": pl.Int64(),
    "received": pl.Int64(),
    "posts": pl.Int64(),
}
"""One row a person, topic and month (a number like 202405): interactions from the person and to the person, and of
those given the posts. Rows are in the order of the first three columns."""

TOTALS_SCHEMA = {"personId": pl.String(), "interactions": pl.Int64()}


class ActivitySource(Protocol):
    """Reads activity. `until` is the last month that counts. Calls raise Unavailable where Neo4j does not answer."""

    async def on_topics(self, topic_ids: Collection[str], until: int) -> pl.DataFrame:
        """ACTIVITY_SCHEMA of everybody on the topics named."""
        ...

    async def of_person(self, person_id: str, until: int) -> pl.DataFrame:
        """ACTIVITY_SCHEMA of one person on all topics; no rows for a person nobody knows."""
        ...

    async def totals(self, topic_ids: Collection[str], until: int) -> pl.DataFrame:
        """TOTALS_SCHEMA: interactions given and received on all topics, of everybody who is active on those named."""
        ...

    async def totals_of(self, person_ids: Collection[str], until: int) -> pl.DataFrame:
        """TOTALS_SCHEMA: interactions given and received on all topics, of those named who have any."""
        ...

    async def total(self, until: int) -> int:
        """Interactions given and received by everybody on all topics: twice the number of interactions. It may be
        that of the moment when `version` last looked."""
        ...

    async def version(self, bookmark: str) -> int:
        """A number that changes when activity has, as far as anybody knows who knows the database's bookmark. Neo4j is
        asked only when the bookmark is another than the last time."""
        ...

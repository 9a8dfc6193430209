"""Standing in Neo4j: a relationship from each of a topic's people to the topic."""

import asyncio
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

import polars as pl

from service.ports.standing import STANDING_SCHEMA

if TYPE_CHECKING:
    from service.store.database import Database

BATCH = 10_000
"""Relationships written or removed in one transaction."""

_EVERYBODY = 2**31


class Neo4jStandingStore:
    """The StandingStore of a database."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    async def topics(self) -> list[str]:
        return [row["topicId"] for row in await self._database.fetch("stored_standing_topics")]

    async def stored(self, topic_id: str) -> pl.DataFrame:
        rows = await self._database.fetch_packed(
            "stored_standing", list(STANDING_SCHEMA), topicId=topic_id, first=_EVERYBODY
        )
        return await asyncio.to_thread(pl.DataFrame, rows, STANDING_SCHEMA)

    async def replace(
        self,
        topic_id: str,
        rows: pl.DataFrame,
        gone: Collection[str],
        snapshot_id: str,
        computed_at: datetime,
    ) -> None:
        told = {"topicId": topic_id, "snapshotId": snapshot_id, "computedAt": computed_at}
        for begin in range(0, max(len(rows), len(gone)), BATCH):
            batch = rows.slice(begin, BATCH).to_dicts()
            ended = list(gone)[begin : begin + BATCH]
            await self._database.execute("replace_standing", {**told, "rows": batch, "endedIds": ended})

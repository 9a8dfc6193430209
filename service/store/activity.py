"""Activity as Neo4j holds it: lists by person and topic, unfolded into a row a month."""

from collections.abc import Collection
from typing import TYPE_CHECKING

import polars as pl

from service.ports.activity import ACTIVITY_SCHEMA, TOTALS_SCHEMA

if TYPE_CHECKING:
    from service.store.database import Database, Row

_LISTS = ("months", "given", "received", "posts")


class Neo4jActivity:
    """The ActivitySource of a database."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    async def on_topics(self, topic_ids: Collection[str], until: int) -> pl.DataFrame:
        (columns,) = await self._database.fetch("activity_on_topics", topicIds=list(topic_ids))
        return _unfolded(columns, until)

    async def of_person(self, person_id: str, until: int) -> pl.DataFrame:
        (columns,) = await self._database.fetch("activity_of_person", personId=person_id)
        return _unfolded(columns, until)

    async def totals(self, topic_ids: Collection[str], until: int) -> pl.DataFrame:
        (columns,) = await self._database.fetch("activity_totals", topicIds=list(topic_ids), until=until)
        return pl.DataFrame(
            {"personId": columns["personIds"], "interactions": columns["interactions"]}, schema=TOTALS_SCHEMA
        )

    async def total(self, until: int) -> int:
        (row,) = await self._database.fetch("activity_total", until=until)
        return int(row["interactions"])


def _unfolded(columns: "Row", until: int) -> pl.DataFrame:
    lists = {name: pl.Series(columns[name], dtype=pl.List(pl.Int64)) for name in _LISTS}
    return (
        pl.DataFrame({"personId": columns["personIds"], "topicId": columns["topicIds"], **lists})
        .lazy()
        .explode(_LISTS)
        .rename({"months": "month"})
        .cast(ACTIVITY_SCHEMA)  # type: ignore[arg-type]
        .filter(pl.col("month") <= until)
        .sort("personId", "topicId", "month")
        .collect()
    )

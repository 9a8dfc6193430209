"""Activity as Neo4j holds it: lists by person and topic, unfolded into a row a month."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from service.ports.activity import ACTIVITY_SCHEMA, TOTALS_SCHEMA

if TYPE_CHECKING:
    from service.store.database import Database, Row

_LISTS = ("months", "given", "received", "posts")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was known of activity at a bookmark; `changed_until` is that of `service.store.snapshot_marks`."""

    bookmark: str
    changed_until: str
    relationships: int


class Neo4jActivity:
    """The ActivitySource of a database."""

    def __init__(self, database: "Database") -> None:
        self._database = database
        self._looking = asyncio.Lock()
        self._seen: _Seen | None = None
        self._version = 0
        self._total: tuple[tuple[int, int], int] | None = None

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

    async def totals_of(self, person_ids: Collection[str], until: int) -> pl.DataFrame:
        (columns,) = await self._database.fetch("activity_totals_of_people", personIds=list(person_ids), until=until)
        return pl.DataFrame(
            {"personId": columns["personIds"], "interactions": columns["interactions"]}, schema=TOTALS_SCHEMA
        )

    async def total(self, until: int) -> int:
        key = self._version, until
        if self._total is not None and self._total[0] == key:
            return self._total[1]
        (row,) = await self._database.fetch("activity_total", until=until)
        if self._seen is not None:
            # every topic asks for the same, and it takes a walk over all activity
            self._total = key, int(row["interactions"])
        return int(row["interactions"])

    async def version(self, bookmark: str) -> int:
        async with self._looking:
            if self._seen is None or self._seen.bookmark != bookmark:
                await self._look(bookmark)
            return self._version

    async def _look(self, bookmark: str) -> None:
        former = self._seen
        (clock,) = await self._database.fetch("snapshot_clock")
        since = clock["changedUntil"] if former is None else former.changed_until
        (row,) = await self._database.fetch("activity_changed", since=since)
        if former is not None and (row["changed"] or row["relationships"] != former.relationships):
            self._version += 1
        self._seen = _Seen(bookmark, clock["changedUntil"], row["relationships"])


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

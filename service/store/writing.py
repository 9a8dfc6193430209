"""Single writes to Neo4j: what use cases ask and write, each as one transaction."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import TypeVar

import polars as pl

from service.domain.errors import Unavailable
from service.domain.forgetting import Forgotten, Marks
from service.domain.model import Dataset
from service.ingest.evidence import KEY, STORED_SCHEMA
from service.ports.loading import GraphTable
from service.ports.writing import Between, GraphTransaction, Known
from service.store.database import Database, Transaction
from service.store.forgotten import read_forgotten
from service.store.snapshot_source import read_dataset
from service.store.upserts import upsert_of

T = TypeVar("T")

_ACTIVITY_SCHEMA = {
    "personId": pl.String(),
    "topicId": pl.String(),
    **dict.fromkeys(("months", "given", "received", "posts"), pl.List(pl.Int64)),
}


class Neo4jWritableGraph:
    """The WritableGraph of a database. `marks` recognise forgotten people."""

    def __init__(self, database: Database, marks: Marks | None) -> None:
        self._database = database
        self._marks = marks

    async def transact(self, doing: str, work: Callable[[GraphTransaction], Awaitable[T]]) -> tuple[T, str]:
        return await self._database.transact(doing, lambda tx: work(_Transaction(tx, self._marks)))


class _Transaction:
    """The GraphTransaction of one transaction."""

    def __init__(self, transaction: Transaction, marks: Marks | None) -> None:
        self._transaction = transaction
        self._marks = marks

    async def forgotten(self) -> Forgotten:
        return await read_forgotten(self._transaction, self._marks)

    async def lock(self, person_ids: Collection[str]) -> None:
        await self._transaction.fetch("lock_people", ids=sorted(set(person_ids)))

    async def known(self, people: Collection[str], brands: Collection[str], topics: Collection[str]) -> Known:
        (row,) = await self._transaction.fetch(
            "known_ids", personIds=list(people), brandIds=list(brands), topicIds=list(topics)
        )
        return Known(*(frozenset(row[kind]) for kind in ("people", "brands", "topics")))

    async def parents(self) -> Mapping[str, str | None]:
        (row,) = await self._transaction.fetch("snapshot_topics")
        return {topic: parent or None for topic, parent in zip(row["ids"], row["parentIds"], strict=True)}

    async def dataset(self) -> Dataset:
        return await read_dataset(self._transaction)

    async def between(self, keys: pl.DataFrame) -> Between:
        rows = await self._transaction.fetch("evidence_between", keys=keys.select(KEY).to_dicts())
        stated = frozenset((row["fromId"], row["toId"], row["topicId"]) for row in rows if row["isStated"])
        columns = {
            column: pl.Series([_native(row[column]) for row in rows if row["evidenceKinds"] is not None], dtype=dtype)
            for column, dtype in STORED_SCHEMA.items()
        }
        return Between(stated, pl.DataFrame(columns))

    async def activity(self, keys: pl.DataFrame) -> pl.DataFrame:
        rows = await self._transaction.fetch("activity_between", keys=keys.select("personId", "topicId").to_dicts())
        return pl.DataFrame(rows, schema=_ACTIVITY_SCHEMA, orient="row")

    async def upsert(self, table: GraphTable, rows: pl.DataFrame) -> list[str]:
        if rows.is_empty():
            return []
        if table is GraphTable.TOPIC_LINKS:
            await self._transaction.fetch("drop_stale_topic_links", rows=rows.to_dicts())
            rows = rows.drop_nulls("parentId")
        (row,) = await self._transaction.run(*upsert_of(table, rows, self._marks))
        if row["created"] + row["changed"] + row["unchanged"] != rows.height:
            raise Unavailable("Somebody was forgotten, or deleted, in this moment; try again.")
        return list(row.get("outcomes", ()))

    async def withdraw(self, keys: pl.DataFrame) -> set[tuple[str, str, str]]:
        (row,) = await self._transaction.fetch("withdraw_trust", keys=keys.select(KEY).to_dicts())
        return {tuple(key) for key in row["withdrawn"]}


def _native(value: object) -> object:
    """Dates as Python has them."""
    to_native = getattr(value, "to_native", None)
    return value if to_native is None else to_native()

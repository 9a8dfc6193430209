"""Writes checked rows to Neo4j: batches of upserts, each one statement in one managed transaction.

An upsert finds or creates, compares, and sets only what differs: a transaction that sets nothing commits nothing, so
that a second load leaves the bookmark where it was. Trust between people who have none yet is created without all that.
Every batch can be repeated and none undoes another, so a load that was killed is mended by running it again.
"""

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from service.ports.loading import GraphTable, Written
from service.store import lanes
from service.store.errors import StatementFailed
from service.store.forgotten import read_forgotten
from service.store.upserts import upsert_of
from service.store.write_params import by_pair

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from service.domain.forgetting import Forgotten, Marks
    from service.domain.model import Dataset
    from service.store.database import Database

BATCH_ROWS = 4000

_LANES: "dict[GraphTable, Callable[[pl.DataFrame], lanes.Rounds]]" = {
    GraphTable.PEOPLE: lanes.of_things,
    GraphTable.BRANDS: lanes.of_things,
    GraphTable.TOPICS: lanes.of_things,
    GraphTable.ROLES: partial(lanes.across, one="personId", other="brandId"),
    GraphTable.TRUST: lanes.between_people,
    GraphTable.DISTRUST: lanes.between_people,
    GraphTable.OVERRULED: lanes.between_people,
    GraphTable.ACTIVITY: partial(lanes.across, one="personId", other="topicId"),
}


class Neo4jGraphWriter:
    """The GraphWriter of `service.ports.loading`. The schema must have been applied: without the unique ids the
    upserts would be slow, and two loads at once could both create the same person.

    `marks` keep people who were forgotten from coming back, also while a load is under way; without them nobody who
    can load this database may have been forgotten.
    """

    def __init__(self, database: "Database", marks: "Marks | None" = None) -> None:
        self._database = database
        self._marks = marks

    async def forgotten(self) -> "Forgotten":
        return await read_forgotten(self._database, self._marks)

    async def write(self, table: GraphTable, rows: pl.DataFrame, advance: "Callable[[int], None]") -> Written:
        """Upsert all rows of a table; see the port. Raises Unavailable, StatementFailed; what was written until then
        stays."""
        if table is GraphTable.TOPIC_LINKS:
            return await self._write_topic_links(rows, advance)
        if table is GraphTable.TRUST:
            return await _in_rounds(_LANES[table](rows), lambda lane: self._write_trust(lane, advance))
        written = await _in_rounds(_LANES[table](rows), lambda lane: self._write_batches(table, lane, advance))
        return written + await self._drop_spent() if table is GraphTable.OVERRULED else written

    async def write_dataset(self, dataset: "Dataset") -> Written:
        """Upsert the one Dataset node."""
        fitted = dataset.likelihood
        params = {
            "name": dataset.name,
            "asOf": dataset.as_of,
            "saturation": dataset.saturation,
            "halfLifeDays": dataset.half_life_days,
            "likelihoodDays": None if fitted is None else fitted.days,
            "likelihoodStrengths": None if fitted is None else list(fitted.strengths),
            "likelihoodShares": None if fitted is None else list(fitted.shares),
            "weightKinds": list(dataset.weights),
            "weights": list(dataset.weights.values()),
            "contentKinds": list(dataset.content_kinds),
        }
        (row,) = await self._database.fetch("upsert_dataset", **params)
        return Written(**row)

    async def _write_topic_links(self, rows: pl.DataFrame, advance: "Callable[[int], None]") -> Written:
        """Former links go before new ones come, so that no moment shows a cycle."""
        written = Written()
        for batch in rows.iter_slices(BATCH_ROWS):
            (row,) = await self._database.fetch("drop_stale_topic_links", rows=batch.to_dicts())
            written += Written(removed=row["removed"])
        links = rows.filter(pl.col("parentId").is_not_null())
        advance(rows.height - links.height)
        return written + await self._write_batches(GraphTable.TOPIC_LINKS, links, advance)

    async def _drop_spent(self) -> Written:
        (row,) = await self._database.fetch("drop_spent_overruled")
        return Written(removed=row["removed"])

    async def _write_trust(self, rows: pl.DataFrame, advance: "Callable[[int], None]") -> Written:
        """Create what is between people who have nothing between them, and upsert the rest. Where a batch was all known
        the next ones will be too."""
        written, some_new = Written(), True
        for batch in _uncut_pairs(rows):
            rest = await self._create_trust(batch) if some_new else batch
            some_new = rest.height < batch.height
            advance(batch.height - rest.height)
            written += Written(created=batch.height - rest.height)
            written += await self._write_batches(GraphTable.TRUST, rest, advance)
        return written

    async def _create_trust(self, batch: pl.DataFrame) -> pl.DataFrame:
        """The rows that are still to be written."""
        (row,) = await self._database.fetch("create_trust", **by_pair(batch))
        ends = {end: batch.schema[end] for end in ("fromId", "toId")}
        known = pl.DataFrame(row["known"], schema=ends, orient="row")
        rest = batch.join(known, on=list(ends), how="semi", maintain_order="left")
        _require_all("create_trust", row["created"] + rest.height, batch)
        return rest

    async def _write_batches(self, table: GraphTable, rows: pl.DataFrame, advance: "Callable[[int], None]") -> Written:
        written = Written()
        for batch in rows.iter_slices(BATCH_ROWS):
            statement, params = upsert_of(table, batch, self._marks)
            outcome = await self._database.execute(statement, params)
            (row,) = outcome.rows
            removed = outcome.counters.relationships_deleted
            done = Written(row["created"], row["changed"], row["unchanged"], removed)
            _require_all(statement, done.created + done.changed + done.unchanged, batch)
            written += done
            advance(batch.height)
        return written


async def _in_rounds(rounds: lanes.Rounds, write: "Callable[[pl.DataFrame], Awaitable[Written]]") -> Written:
    """Write the frames of a round side by side, the rounds one after the other."""
    written = Written()
    for frames in rounds:
        # a failure waits for its neighbour: nothing may still be writing when the caller hears of it
        for outcome in await asyncio.gather(*map(write, frames), return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome
            written += outcome
    return written


def _require_all(statement: str, done: int, batch: pl.DataFrame) -> None:
    if done != batch.height:
        raise StatementFailed(f"{statement} found not all that its rows refer to: is somebody else deleting?")


def _uncut_pairs(rows: pl.DataFrame) -> "Iterator[pl.DataFrame]":
    """Batches that hold all rows or none of the same two people."""
    first_of_pair = pl.int_range(pl.len()).min().over("fromId", "toId")
    yield from rows.with_columns(batch=first_of_pair // BATCH_ROWS).partition_by(
        "batch", maintain_order=True, include_key=False
    )

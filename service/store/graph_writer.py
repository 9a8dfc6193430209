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
from service.store.write_params import as_rows, by_listener, by_pair, by_person, with_values

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from service.domain.model import Dataset
    from service.store.database import Database
    from service.store.write_params import Params

BATCH_ROWS = 4000

_UPSERTS: "dict[GraphTable, tuple[str, Callable[[pl.DataFrame], lanes.Rounds], Callable[[pl.DataFrame], Params]]]" = {
    GraphTable.PEOPLE: ("upsert_people", lanes.of_things, as_rows),
    GraphTable.BRANDS: ("upsert_brands", lanes.of_things, as_rows),
    GraphTable.TOPICS: ("upsert_topics", lanes.of_things, as_rows),
    GraphTable.ROLES: ("upsert_roles", partial(lanes.across, one="personId", other="brandId"), with_values),
    GraphTable.DISTRUST: ("upsert_distrust", lanes.between_people, by_listener),
    GraphTable.ACTIVITY: ("upsert_activity", partial(lanes.across, one="personId", other="topicId"), by_person),
}


class Neo4jGraphWriter:
    """The GraphWriter of `service.ports.loading`. The schema must have been applied: without the unique ids the
    upserts would be slow, and two loads at once could both create the same person."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    async def write(self, table: GraphTable, rows: pl.DataFrame, advance: "Callable[[int], None]") -> Written:
        """Upsert all rows of a table; see the port. Raises Unavailable, StatementFailed; what was written until then
        stays."""
        if table is GraphTable.TOPIC_LINKS:
            return await self._write_topic_links(rows, advance)
        if table is GraphTable.TRUST:
            return await _in_rounds(lanes.between_people(rows), lambda lane: self._write_trust(lane, advance))
        statement, split, params = _UPSERTS[table]
        return await _in_rounds(split(rows), lambda lane: self._write_batches(statement, lane, advance, params))

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
        return written + await self._write_batches("link_topics", links, advance)

    async def _write_trust(self, rows: pl.DataFrame, advance: "Callable[[int], None]") -> Written:
        """Create what is between people who have nothing between them, and upsert the rest. Where a batch was all known
        the next ones will be too."""
        written, some_new = Written(), True
        for batch in _uncut_pairs(rows):
            rest = await self._create_trust(batch) if some_new else batch
            some_new = rest.height < batch.height
            advance(batch.height - rest.height)
            written += Written(created=batch.height - rest.height)
            written += await self._write_batches("upsert_trust", rest, advance, by_listener)
        return written

    async def _create_trust(self, batch: pl.DataFrame) -> pl.DataFrame:
        """The rows that are still to be written."""
        (row,) = await self._database.fetch("create_trust", **by_pair(batch))
        ends = {end: batch.schema[end] for end in ("fromId", "toId")}
        known = pl.DataFrame(row["known"], schema=ends, orient="row")
        rest = batch.join(known, on=list(ends), how="semi", maintain_order="left")
        _require_all("create_trust", row["created"] + rest.height, batch)
        return rest

    async def _write_batches(
        self,
        statement: str,
        rows: pl.DataFrame,
        advance: "Callable[[int], None]",
        params: "Callable[[pl.DataFrame], Params]" = as_rows,
    ) -> Written:
        written = Written()
        for batch in rows.iter_slices(BATCH_ROWS):
            outcome = await self._database.execute(statement, params(batch))
            done = Written(**outcome.rows[0], removed=outcome.counters.relationships_deleted)
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

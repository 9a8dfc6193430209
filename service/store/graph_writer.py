"""Writes checked rows to Neo4j: batches of upserts, each one statement in one managed transaction.

An upsert finds or creates, compares, and sets only what differs: a transaction that sets nothing commits nothing, so
that a second load leaves the bookmark where it was. Every batch can be repeated and none undoes another, so a load
that was killed is mended by running it again.
"""

import asyncio
from typing import TYPE_CHECKING, Any

import polars as pl

from service.ports.loading import GraphTable, Written
from service.store.errors import StatementFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.domain.model import Dataset
    from service.store.database import Database

BATCH_ROWS = 4000
_PARTS = 4
_ROUNDS = (((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2)))
"""Every pair of the four parts once; the two pairs of a round have no part in common."""

_UPSERTS = {
    GraphTable.PEOPLE: "upsert_people",
    GraphTable.BRANDS: "upsert_brands",
    GraphTable.TOPICS: "upsert_topics",
}
_UPSERTS_BETWEEN_PEOPLE = {GraphTable.TRUST: "upsert_trust", GraphTable.DISTRUST: "upsert_distrust"}
_ROLE_KEY = ("personId", "brandId", "kind", "topicId", "since")


def _as_rows(batch: pl.DataFrame) -> dict[str, Any]:
    return {"rows": batch.to_dicts()}


class Neo4jGraphWriter:
    """The GraphWriter of `service.ports.loading`. The schema must have been applied: without the unique ids the
    upserts would be slow, and two loads at once could both create the same person."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    async def write(self, table: GraphTable, rows: pl.DataFrame, advance: "Callable[[int], None]") -> Written:
        """Upsert all rows of a table; see the port. Raises Unavailable, StatementFailed; what was written until then
        stays."""
        if table in _UPSERTS_BETWEEN_PEOPLE:
            return await self._write_between_people(_UPSERTS_BETWEEN_PEOPLE[table], rows, advance)
        if table is GraphTable.TOPIC_LINKS:
            return await self._write_topic_links(rows, advance)
        if table is GraphTable.ROLES:
            return await self._write_batches("upsert_roles", rows, advance, _with_values)
        if table is GraphTable.ACTIVITY:
            return await self._write_batches("upsert_activity", rows, advance, _by_person)
        return await self._write_batches(_UPSERTS[table], rows, advance)

    async def write_dataset(self, dataset: "Dataset") -> Written:
        """Upsert the one Dataset node."""
        params = {
            "name": dataset.name,
            "asOf": dataset.as_of,
            "saturation": dataset.saturation,
            "halfLifeDays": dataset.half_life_days,
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

    async def _write_between_people(
        self, statement: str, rows: pl.DataFrame, advance: "Callable[[int], None]"
    ) -> Written:
        """Two batches at a time that have no person in common, so that neither waits for the other's locks.

        People fall into four parts; a row between two parts goes with their pair, a row inside a part with the pair
        that the first round has for it. The pairs of a round run side by side, the rounds one after the other.
        """
        written = Written()
        lanes = rows.with_columns(lane=_lane()).partition_by("lane", as_dict=True, include_key=False)
        for pairs in _ROUNDS:
            frames = [lanes[key] for pair in pairs if (key := (pair[0] * _PARTS + pair[1],)) in lanes]
            tasks = [self._write_batches(statement, frame, advance, _by_listener) for frame in frames]
            # a failure waits for its neighbour: nothing may still be writing when the caller hears of it
            for outcome in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(outcome, BaseException):
                    raise outcome
                written += outcome
        return written

    async def _write_batches(
        self,
        statement: str,
        rows: pl.DataFrame,
        advance: "Callable[[int], None]",
        params: "Callable[[pl.DataFrame], dict[str, Any]]" = _as_rows,
    ) -> Written:
        written = Written()
        for batch in rows.iter_slices(BATCH_ROWS):
            outcome = await self._database.execute(statement, params(batch))
            done = Written(**outcome.rows[0], removed=outcome.counters.relationships_deleted)
            if done.created + done.changed + done.unchanged != batch.height:
                raise StatementFailed(f"{statement} found not all that its rows refer to: is somebody else deleting?")
            written += done
            advance(batch.height)
        return written


def _lane() -> pl.Expr:
    """Which pair of parts a row goes with, as `lower * _PARTS + higher`."""
    listener, speaker = (pl.col(column).hash() % _PARTS for column in ("fromId", "toId"))
    partner = listener + 1 - 2 * (listener % 2)
    other = pl.when(listener == speaker).then(partner).otherwise(speaker)
    return pl.min_horizontal(listener, other) * _PARTS + pl.max_horizontal(listener, other)


def _by_listener(batch: pl.DataFrame) -> dict[str, Any]:
    """Rows gathered by who trusts, so that the server looks for (and locks) each listener once. Days in a list of their
    own, rows with positions in it: a date costs the driver more than all the rest."""
    days = pl.concat([batch["since"], batch["lastSeen"]]).drop_nulls().unique().sort()
    positions = pl.Series(range(days.len()), dtype=pl.Int64)
    placed = [pl.col(column).replace_strict(days, positions, default=None) for column in ("since", "lastSeen")]
    rows = pl.struct(pl.exclude("fromId")).alias("rows")
    groups = batch.with_columns(placed).group_by("fromId", maintain_order=True).agg(rows)
    return {"days": days.to_list(), "groups": groups.to_dicts()}


def _by_person(batch: pl.DataFrame) -> dict[str, Any]:
    """Rows gathered by person, for the same reason."""
    rows = pl.struct(pl.exclude("personId")).alias("rows")
    return {"groups": batch.group_by("personId", maintain_order=True).agg(rows).to_dicts()}


def _with_values(batch: pl.DataFrame) -> dict[str, Any]:
    """A role's key flat, what the file says beyond it under `values`."""
    rows = []
    for values in batch.to_dicts():
        key = {column: values.pop(column) for column in _ROLE_KEY}
        rows.append(key | {"values": values})
    return {"rows": rows}

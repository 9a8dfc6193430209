"""Create people, brands and topics, or change them; what a row leaves out stays as it is."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from service.domain.writing import RowStatus, WriteOutcome
from service.ingest.given import as_given, given_table
from service.ingest.raw import LINE
from service.ingest.tables import BRANDS, PEOPLE, TOPICS, TableSpec
from service.ingest.things import check_things, without_forgotten
from service.ports.loading import GraphTable
from service.use_cases.writing.call import Judged, WriteCall
from service.use_cases.writing.rows import outcomes_of, statuses_of

if TYPE_CHECKING:
    from service.domain.caller import Caller
    from service.ingest.checks import CheckedTable
    from service.ports.writing import GraphTransaction

Rows = Sequence[Mapping[str, object]]


class UpsertThings:
    """`upsertPeople`, `upsertBrands`, `upsertTopics`: rows have the columns of the tables of a graph folder."""

    def __init__(self, call: WriteCall) -> None:
        self._call = call
        self._topics = asyncio.Lock()  # two calls at once could close a cycle that neither sees

    async def people(self, caller: "Caller", rows: Rows) -> WriteOutcome:
        async def work(transaction: "GraphTransaction") -> Judged:
            table = without_forgotten(check_things(given_table(PEOPLE, rows)), await transaction.forgotten())
            await transaction.lock(table.rows["id"])
            statuses = await _write(transaction, GraphTable.PEOPLE, PEOPLE, table, rows)
            return Judged(outcomes_of(table, statuses), people=_written(table, statuses))

        return await self._call(caller, "upsertPeople", len(rows), work)

    async def brands(self, caller: "Caller", rows: Rows) -> WriteOutcome:
        async def work(transaction: "GraphTransaction") -> Judged:
            table = check_things(given_table(BRANDS, rows))
            statuses = await _write(transaction, GraphTable.BRANDS, BRANDS, table, rows)
            return Judged(outcomes_of(table, statuses), things=_written(table, statuses))

        return await self._call(caller, "upsertBrands", len(rows), work)

    async def topics(self, caller: "Caller", rows: Rows) -> WriteOutcome:
        async def work(transaction: "GraphTransaction") -> Judged:
            forest = await transaction.parents()
            table = _checked_topics(rows, forest)
            statuses = await _write(transaction, GraphTable.TOPICS, TOPICS, table, rows)
            statuses |= await _link(transaction, table, rows, forest, statuses)
            return Judged(outcomes_of(table, statuses), things=_written(table, statuses))

        async with self._topics:
            return await self._call(caller, "upsertTopics", len(rows), work)


def _checked_topics(rows: Rows, forest: Mapping[str, str | None]) -> "CheckedTable":
    """Links are judged beside those that are there and stay."""
    raw = given_table(TOPICS, rows)
    taken = check_things(raw).rows
    moved = {id_ for line, id_ in taken.select(LINE, "id").iter_rows() if "parentId" in rows[line]}
    return check_things(raw, {topic: None if topic in moved else parent for topic, parent in forest.items()})


async def _write(
    transaction: "GraphTransaction", table: GraphTable, spec: TableSpec, checked: "CheckedTable", rows: Rows
) -> dict[int, RowStatus]:
    statuses: dict[int, RowStatus] = {}
    properties = checked.rows.drop("parentId", strict=False)
    for part in as_given(properties, rows, spec.optional):
        statuses |= statuses_of(part[LINE], await transaction.upsert(table, part.drop(LINE)))
    return statuses


async def _link(
    transaction: "GraphTransaction",
    checked: "CheckedTable",
    rows: Rows,
    forest: Mapping[str, str | None],
    statuses: Mapping[int, RowStatus],
) -> dict[int, RowStatus]:
    """Link the rows that name a parent or none; a link that was left out leaves the former one as it is."""
    if "parentId" not in checked.rows.columns:
        return {}
    left_out = {reject.line for reject in checked.rejects if reject.repaired}
    said = [line for line in checked.rows[LINE] if "parentId" in rows[line] and line not in left_out]
    links = checked.rows.filter(pl.col(LINE).is_in(said)).select(LINE, "id", "parentId")
    await transaction.upsert(GraphTable.TOPIC_LINKS, links.drop(LINE))
    return {
        line: RowStatus.UPDATED
        for line, topic, parent in links.iter_rows()
        if statuses[line] is RowStatus.UNCHANGED and forest.get(topic) != parent
    }


def _written(table: "CheckedTable", statuses: Mapping[int, RowStatus]) -> frozenset[str]:
    lines = [line for line, status in statuses.items() if status is not RowStatus.UNCHANGED]
    return frozenset(table.rows.filter(pl.col(LINE).is_in(lines))["id"])

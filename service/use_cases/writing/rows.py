"""From checked tables to the outcome of each row."""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

import polars as pl
from polars import selectors

from service.domain.writing import RowOutcome, RowStatus
from service.ingest.raw import LINE
from service.ingest.relations import KnownIds

if TYPE_CHECKING:
    from service.ingest.checks import CheckedTable
    from service.ingest.raw import RawTable
    from service.ports.writing import GraphTransaction

_STATUSES = {"created": RowStatus.CREATED, "changed": RowStatus.UPDATED, "unchanged": RowStatus.UNCHANGED}


def statuses_of(lines: Iterable[int], outcomes: Iterable[str]) -> dict[int, RowStatus]:
    """The store's words for rows, by their lines."""
    return {line: _STATUSES[outcome] for line, outcome in zip(lines, outcomes, strict=True)}


def outcomes_of(table: "CheckedTable", statuses: Mapping[int, RowStatus]) -> tuple[RowOutcome, ...]:
    """Every row's outcome. What was neither written nor rejected said again what an earlier row had said."""
    reasons = {reject.line: reject for reject in table.rejects}
    found = []
    for row in range(table.raw.read):
        reject = reasons.get(row)
        status = statuses.get(row, RowStatus.UNCHANGED)
        if reject is not None and not reject.repaired:
            status = RowStatus.REJECTED
        found.append(RowOutcome(row, status, None if reject is None else reject.reason))
    return tuple(found)


def ids_in(raw: "RawTable", *columns: str) -> set[str]:
    """What these columns refer to."""
    found: set[str] = set()
    for column in columns:
        if column in raw.rows.columns:
            found.update(raw.rows[column].drop_nulls())
    return found


async def known_to(raw: "RawTable", transaction: "GraphTransaction", people: Collection[str]) -> KnownIds:
    """Those of the ids that rows refer to that the graph has; `people` are those of persons."""
    known = await transaction.known(people, ids_in(raw, "brandId"), ids_in(raw, "topicId"))
    return KnownIds(*(pl.Series(sorted(ids), dtype=pl.String) for ids in (known.people, known.brands, known.topics)))


def as_text(rows: pl.DataFrame) -> pl.DataFrame:
    """Ids as text, to be joined with what the graph has."""
    return rows.with_columns(selectors.enum().cast(pl.String))


def lines_where(rows: pl.DataFrame, condition: pl.Expr) -> list[int]:
    """Lines of the rows for which it holds."""
    return rows.filter(condition)[LINE].to_list()

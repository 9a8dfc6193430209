"""Rows that somebody gives one by one, as the table that the checks of files take."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from service.ingest.raw import LINE, RawTable
from service.ingest.tables import TableSpec

_TYPES: Mapping[str, type[pl.DataType]] = {
    "optedOut": pl.Boolean,
    "paid": pl.Boolean,
    "strength": pl.Float64,
    "since": pl.Date,
    "lastSeen": pl.Date,
    "until": pl.Date,
}


def given_table(spec: TableSpec, rows: Sequence[Mapping[str, object]]) -> RawTable:
    """A table of these rows, whose lines count from 0. It has the columns that must be there, and those that any row
    gives: a row without one has a null there."""
    columns = [c for c in spec.columns if c in spec.required or any(c in row for row in rows)]
    given = {column: pl.Series([row.get(column) for row in rows], dtype=_type(column)) for column in columns}
    frame = pl.DataFrame({LINE: pl.Series(range(len(rows)), dtype=pl.Int64), **given})
    return RawTable(spec, spec.name, frame, (), (), len(rows))


def as_given(
    frame: pl.DataFrame, rows: Sequence[Mapping[str, object]], optional: Sequence[str]
) -> Iterator[pl.DataFrame]:
    """The checked rows (LINE among their columns) in parts that give the same of the optional columns, without the
    others, so that nobody takes what was left out for null."""
    named = [column for column in optional if column in frame.columns]
    given = [",".join(column for column in named if column in rows[line]) for line in frame[LINE]]
    for (names,), part in frame.with_columns(given=pl.Series(given, dtype=pl.String)).group_by(
        "given", maintain_order=True
    ):
        left_out = [column for column in named if column not in str(names).split(",")]
        yield part.drop("given", *left_out)


def _type(column: str) -> type[pl.DataType]:
    return _TYPES.get(column, pl.String)

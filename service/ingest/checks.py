"""Checks one table: cells, then what rows say together. What passes comes out typed, the rest as rejects."""

from dataclasses import dataclass, replace

import polars as pl

from service.ingest.cells import Cell, Fault
from service.ingest.raw import LINE, RawTable
from service.ingest.rejects import Reject

OTHER_CONTENT = "an earlier row has the same key and says something else"


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """`rows`: a column LINE and the typed columns of the rows that may be loaded. `duplicates` counts rows that
    said again what an earlier row had said."""

    raw: RawTable
    rows: pl.DataFrame
    rejects: tuple[Reject, ...]
    duplicates: int = 0

    def rejecting(self, lines: pl.DataFrame) -> "CheckedTable":
        """Without `lines` (columns LINE, reason), which become rejects."""
        if lines.is_empty():
            return self
        return replace(
            self,
            rows=self.rows.join(lines, on=LINE, how="anti", maintain_order="left"),
            rejects=(*self.rejects, *self.raw.rejected(lines)),
        )

    def repairing(self, lines: pl.DataFrame) -> "CheckedTable":
        """The same rows, with a word on `lines` (columns LINE, reason), that the caller has changed."""
        return replace(self, rejects=(*self.rejects, *self.raw.rejected(lines, repaired=True)))


def check_cells(raw: RawTable, cells: list[Cell], faults: list[Fault]) -> CheckedTable:
    """Type the columns; the first fault of a row, in the order of the cells and then of `faults` (which look at
    the typed columns), is the reason of its reject."""
    of_cells = [fault for cell in cells for fault in cell.faults]
    typed = raw.rows.select(LINE, *(cell.value for cell in cells), _reason(of_cells))
    judged = typed.with_columns(pl.coalesce("reason", _reason(faults)))
    return _split(CheckedTable(raw, judged, raw.rejects))


def check_keys(table: CheckedTable, key: list[str]) -> CheckedTable:
    """One row a key: a second one with the same content is counted and left out, with other content rejected."""
    repeated = table.rows.filter(pl.struct(key).is_duplicated())
    if repeated.is_empty():
        return table
    content = [column for column in table.rows.columns if column != LINE and column not in key]
    same = pl.all_horizontal(pl.lit(value=True), *(pl.col(c).eq_missing(pl.col(c).first().over(key)) for c in content))
    first = pl.col(LINE) == pl.col(LINE).first().over(key)
    judged = repeated.select(LINE, first=first, same=same)
    duplicates = judged.filter(~pl.col("first") & pl.col("same"))
    others = judged.filter(~pl.col("same")).select(LINE, reason=pl.lit(OTHER_CONTENT))
    kept = table.rows.join(duplicates, on=LINE, how="anti", maintain_order="left")
    return replace(table, rows=kept, duplicates=duplicates.height).rejecting(others)


def _reason(faults: list[Fault]) -> pl.Expr:
    reasons = (pl.when(fault.when).then(pl.lit(fault.reason)) for fault in faults)
    return pl.coalesce(*reasons, pl.lit(None, pl.String)).alias("reason")


def _split(judged: CheckedTable) -> CheckedTable:
    """Take the rows with a `reason` out."""
    lines = judged.rows.filter(pl.col("reason").is_not_null()).select(LINE, "reason")
    return replace(judged, rows=judged.rows.drop("reason")).rejecting(lines)

"""A file's rows before any check."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from service.ingest.rejects import Reject, as_csv

if TYPE_CHECKING:
    from service.ingest.tables import TableSpec

LINE = "#line"
UNKNOWN_PREFIX = "?"
"""Unknown columns stay to be shown with rejected rows, under names that clash with nothing."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """`rows`: a column `LINE`, then the file's columns in its order (text from CSV, typed from Parquet). `rejects`:
    what could not even be cut into cells. `read`: all rows that the file holds, those included."""

    spec: "TableSpec"
    file: str
    rows: pl.DataFrame
    rejects: tuple[Reject, ...]
    unknown: tuple[str, ...]
    read: int

    def rejected(self, lines: pl.DataFrame, *, repaired: bool = False) -> list[Reject]:
        """Rejects for `lines` (columns LINE, reason), with their rows as the file has them."""
        rows = lines.join(self.rows, on=LINE, how="left", maintain_order="left")
        columns = [column for column in self.rows.columns if column != LINE]
        texts = map(as_csv, rows.select(pl.col(columns).cast(pl.String)).iter_rows())
        found = zip(rows[LINE], rows["reason"], texts, strict=True)
        return [Reject(self.file, line, reason, text, repaired) for line, reason, text in found]


def stored_names(header: list[str], unknown: tuple[str, ...]) -> list[str]:
    """The header as a table's `rows` carry it."""
    return [UNKNOWN_PREFIX + column if column in unknown else column for column in header]

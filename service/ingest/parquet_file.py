"""Parquet to typed columns, read straight into the checks."""

from typing import TYPE_CHECKING

import polars as pl

from service.ingest.errors import NothingLoaded
from service.ingest.raw import LINE, RawTable
from service.ingest.tables import TableSpec, check_header

if TYPE_CHECKING:
    from pathlib import Path


def read_parquet(path: "Path", spec: TableSpec) -> RawTable:
    """Read the known columns. Row n (from 1) counts as line n + 1, as if a header stood above.

    Raises NothingLoaded where the columns do not do or the file cannot be read.
    """
    try:
        header = list(pl.read_parquet_schema(path))
        unknown = check_header(path.name, spec, header)
        known = [column for column in header if column in spec.columns]
        rows = pl.read_parquet(path, columns=known)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise NothingLoaded(f"{path.name} cannot be read as Parquet: {error}.") from error
    numbered = rows.with_row_index(LINE, 2).cast({LINE: pl.Int64})
    return RawTable(spec, path.name, numbered, (), unknown, numbered.height)

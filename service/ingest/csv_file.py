"""CSV to cells. Python's tokeniser, because it alone tells on which line a row begins."""

import csv
import gzip
import io
import zlib
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

import polars as pl

from service.ingest.errors import NothingLoaded
from service.ingest.raw import LINE, RawTable, stored_names
from service.ingest.rejects import Reject, as_csv, printable
from service.ingest.tables import TableSpec, check_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

CHUNK_ROWS = 65_536

_Row = tuple[int, list[str], str, str]


def read_csv(path: "Path", spec: TableSpec) -> RawTable:
    """Read a .csv or .csv.gz as text cells. Blank lines are no rows. Rows that are not UTF-8, have another number of
    cells than the header, or break the quoting are rejected one by one; an empty file is one reject.

    Raises NothingLoaded where the header does not do or the file cannot be read to its end.
    """
    with _opened(path) as stream:
        rows = _Rows(stream)
        first = next((row for row in rows if row[1] or row[2]), None)
        if first is None:
            return _empty(path.name, spec)
        _, header, problem, _ = first
        if problem:
            raise NothingLoaded(f"{path.name}: the header is broken: {problem}.")
        unknown = check_header(path.name, spec, header)
        names = stored_names(header, unknown)
        frame, rejects = _collect(rows, path.name, names)
    return RawTable(spec, path.name, frame, tuple(rejects), unknown, frame.height + len(rejects))


def _empty(file: str, spec: TableSpec) -> RawTable:
    rows = pl.DataFrame(schema={LINE: pl.Int64} | dict.fromkeys(spec.columns, pl.String))
    return RawTable(spec, file, rows, (Reject(file, 1, "the file is empty: no header", ""),), (), 0)


def _collect(rows: "_Rows", file: str, names: list[str]) -> tuple[pl.DataFrame, list[Reject]]:
    schema = {LINE: pl.Int64} | dict.fromkeys(names, pl.String)
    frames = [pl.DataFrame(schema=schema)]
    rejects: list[Reject] = []
    lines: list[int] = []
    rows_of_cells: list[list[str]] = []
    for line, cells, problem, text in rows:
        if len(cells) != len(names) or problem:
            if cells or problem:
                reason = problem or f"{'fewer' if len(cells) < len(names) else 'more'} cells than the header"
                rejects.append(Reject(file, line, reason, text or as_csv(cells)))
            continue
        lines.append(line)
        rows_of_cells.append(cells)
        if len(lines) == CHUNK_ROWS:
            frames.append(_frame(schema, lines, rows_of_cells))
            lines, rows_of_cells = [], []
    if lines:
        frames.append(_frame(schema, lines, rows_of_cells))
    return pl.concat(frames), rejects


def _frame(schema: "Mapping[str, type[pl.DataType]]", lines: list[int], cells: list[list[str]]) -> pl.DataFrame:
    return pl.DataFrame(dict(zip(schema, (lines, *zip(*cells, strict=True)), strict=True)), schema=schema)


@contextmanager
def _opened(path: "Path") -> "Iterator[io.TextIOWrapper]":
    """The file as text without its BOM; bytes that are no UTF-8 become surrogates, to be told row by row."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as binary:
            yield io.TextIOWrapper(binary, encoding="utf-8-sig", errors="surrogateescape", newline="")
    except (OSError, EOFError, zlib.error) as error:
        raise NothingLoaded(f"{path.name} cannot be read to its end: {error}.") from error


class _Rows:
    """Rows of a CSV stream, each as (line, cells, problem, text): where it begins, and what is wrong with it ('' if
    nothing), when `text` may be its line.

    A row that breaks the quoting (a quote that never closes, text after a closing quote) costs its first line
    only: reading goes on with the line after it, however far the tokeniser had run.
    """

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._lines = _Lines(stream)
        self._reader = csv.reader(self._lines, strict=True)

    def __iter__(self) -> "_Rows":
        return self

    def __next__(self) -> _Row:
        lines = self._lines
        line = lines.begin_row()
        try:
            cells = next(self._reader)
        except csv.Error as error:
            self._reader = csv.reader(lines, strict=True)
            text = lines.keep_first()
            return line, [], _meaning(str(error)), printable(text.rstrip("\r\n"))
        return line, cells, "" if lines.decodable else "not valid UTF-8", ""


def _meaning(error: str) -> str:
    if "unexpected end" in error:
        return "a quote opens here and does not close"
    if "field limit" in error:
        return f"a cell of over {csv.field_size_limit():,} characters, or a quote that does not close"
    return "text after a closing quote"


class _Lines:
    """Feeds physical lines to the tokeniser and remembers those of the row at hand."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._line = 1
        self.decodable = True
        """Whether the row's lines were UTF-8."""

    def begin_row(self) -> int:
        """Forget the last row; the number of the line that comes next."""
        self._line += len(self._row)
        self._row = []
        self.decodable = True
        return self._line

    def keep_first(self) -> str:
        """Take back all lines of the row but its first, which is returned."""
        first, *others = self._row
        self._again.extendleft(reversed(others))
        self._row = [first]
        return first

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._stream)
        self._row.append(line)
        if not line.isascii() and not _encodable(line):
            self.decodable = False
        return line


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

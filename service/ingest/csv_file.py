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


def read_csv(path: "Path", spec: TableSpec) -> RawTable:
    """Read a .csv or .csv.gz as text cells. Blank lines are no rows. Rows that are not UTF-8, have another number of
    cells than the header, or break the quoting are rejected one by one; an empty file is one reject.

    Raises NothingLoaded where the header does not do or the file cannot be read to its end.
    """
    with _opened(path) as stream:
        rows = _Rows(stream)
        header = next((row for row in rows if row.cells or row.problem), None)
        if header is None:
            return _empty(path.name, spec)
        if header.problem:
            raise NothingLoaded(f"{path.name}: the header is broken: {header.problem}.")
        unknown = check_header(path.name, spec, header.cells)
        names = stored_names(header.cells, unknown)
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
    cells: list[list[str]] = []
    for row in rows:
        problem = row.problem
        if not problem and len(row.cells) != len(names):
            if not row.cells:
                continue
            problem = f"{'fewer' if len(row.cells) < len(names) else 'more'} cells than the header"
        if problem:
            rejects.append(Reject(file, row.line, problem, row.text or as_csv(row.cells)))
            continue
        lines.append(row.line)
        cells.append(row.cells)
        if len(lines) == CHUNK_ROWS:
            frames.append(_frame(schema, lines, cells))
            lines, cells = [], []
    if lines:
        frames.append(_frame(schema, lines, cells))
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


class _Row:
    """One row: where it begins, its cells, or what is wrong (then `text` may be its line)."""

    __slots__ = ("cells", "line", "problem", "text")

    def __init__(self, line: int, cells: list[str], problem: str = "", text: str = "") -> None:
        self.line = line
        self.cells = cells
        self.problem = problem
        self.text = text


class _Rows:
    """Rows of a CSV stream with their line numbers.

    A row that breaks the quoting (a quote that never closes, text after a closing quote) costs its first line
    only: reading goes on with the line after it, however far the tokeniser had run.
    """

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._lines = _Lines(stream)
        self._reader = csv.reader(self._lines, strict=True)

    def __iter__(self) -> "_Rows":
        return self

    def __next__(self) -> _Row:
        line = self._lines.begin_row()
        try:
            cells = next(self._reader)
        except csv.Error as error:
            self._reader = csv.reader(self._lines, strict=True)
            text = self._lines.keep_first()
            return _Row(line, [], _meaning(str(error)), printable(text.rstrip("\r\n")))
        return _Row(line, cells, "" if self._lines.decodable() else "not valid UTF-8")


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

    def begin_row(self) -> int:
        """Forget the last row; the number of the line that comes next."""
        self._line += len(self._row)
        self._row = []
        return self._line

    def keep_first(self) -> str:
        """Take back all lines of the row but its first, which is returned."""
        first, *others = self._row
        self._again.extendleft(reversed(others))
        self._row = [first]
        return first

    def decodable(self) -> bool:
        """Whether the row's lines were UTF-8."""
        return all(line.isascii() or _encodable(line) for line in self._row)

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._stream)
        self._row.append(line)
        return line


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

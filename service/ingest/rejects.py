"""Rows that were not taken, each with where it begins and why."""

import csv
import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from service.domain.forgetting import Forgotten


@dataclass(frozen=True, slots=True)
class Reject:
    """`line` is where the row begins, the header being line 1; `row` its cells as CSV. A `repaired` row is in the
    graph, though not with all it said."""

    file: str
    line: int
    reason: str
    row: str
    repaired: bool = False


def as_csv(cells: "Iterable[object]") -> str:
    """One row as CSV without its line end; bytes that were no UTF-8 show as \\xNN."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow(["" if cell is None else cell for cell in cells])
    return printable(buffer.getvalue().removesuffix("\r\n"))


def printable(text: str) -> str:
    """Text read with surrogateescape, as text that can be written."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def withheld(reject: Reject, forgotten: "Forgotten") -> Reject:
    """The reject without its row where that names somebody who was forgotten."""
    if not forgotten.marks:
        return reject
    return replace(reject, row="") if forgotten.among(_cells_of(reject.row)) else reject


def blank_rejects(path: "Path", texts: "Collection[str]") -> None:
    """Take the rows in a rejects file away that have one of these texts as a cell; that there was one stays."""
    path.with_name(f"{path.name}.part").unlink(missing_ok=True)
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        found = [Reject(row["file"], int(row["line"]), row["reason"], row["row"]) for row in csv.DictReader(file)]
    left = [replace(each, row="") if not _cells_of(each.row).isdisjoint(texts) else each for each in found]
    if left != found:
        write_rejects(path, left)


def _cells_of(row: str) -> set[str]:
    """What may be the cells of a row, which need not be sound CSV."""
    try:
        cells = {cell for cells in csv.reader(io.StringIO(row, newline="")) for cell in cells}
    except csv.Error:
        cells = set()
    return cells | set(re.split(r'[,"\r\n]+', row))


def write_rejects(path: "Path", rejects: "Iterable[Reject]") -> None:
    """Write `file,line,reason,row`; with nothing to say the file holds its header only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.part")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        file.write("file,line,reason,row\n")
        # texts are always quoted: the module would leave a lone carriage return bare
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        writer.writerows((reject.file, reject.line, reject.reason, reject.row) for reject in rejects)
    unfinished.replace(path)

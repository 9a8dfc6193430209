"""Loads a graph folder: read, check, derive, write. Loading it twice changes nothing."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from service.domain.errors import RainmakerError
from service.ingest.errors import NothingLoaded
from service.ingest.folder import CheckedFolder, read_folder, require_people
from service.ingest.raw import LINE
from service.ingest.rejects import withheld, write_rejects
from service.ingest.tables import TABLES
from service.ports.loading import GraphTable, Written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from service.domain.forgetting import Forgotten
    from service.ingest.checks import CheckedTable
    from service.ports.loading import GraphWriter, LoadProgress

__all__ = ["FileReport", "LoadReport", "NothingLoaded", "load_folder"]

_LINKS = {"id": pl.String, "parentId": pl.String}


@dataclass(frozen=True, slots=True)
class FileReport:
    """What a file held: all rows `read`; `rejected` and `repaired` rows by reason; `duplicates` said again what an
    earlier row had said."""

    file: str
    read: int
    rejected: "Mapping[str, int]"
    repaired: "Mapping[str, int]"
    duplicates: int


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The end of a load: file by file, then what that made of the graph."""

    dataset: str
    files: tuple[FileReport, ...]
    written: "Mapping[GraphTable, Written]"
    notes: tuple[str, ...]
    rejects: "Path"

    @property
    def rejected(self) -> int:
        """Rows that are listed in the rejects file, repaired ones included."""
        return sum(sum(file.rejected.values()) + sum(file.repaired.values()) for file in self.files)

    @property
    def exit_status(self) -> int:
        """0: all is in. 1: some rows are not, or not with all they said. (NothingLoaded stands for 2.)"""
        return 1 if self.rejected else 0


class _Silence:
    def stage(self, name: str, total: int) -> None:
        """Nobody listens."""

    def advance(self, steps: int) -> None:
        """Nobody listens."""


async def load_folder(
    folder: "Path", writer: "GraphWriter", *, rejects: "Path", progress: "LoadProgress | None" = None
) -> LoadReport:
    """Load a graph folder (docs/graph-folder.md). Rows that cannot be taken go to the file `rejects`, which is
    written in any case, and before anything reaches the graph.

    Who was forgotten does not come back, also while the load is under way.

    Raises NothingLoaded where the folder as a whole will not do (nothing is written then), KeyLost where nobody could
    tell who was forgotten, Unavailable and StatementFailed where Neo4j fails on the way: load again, and the graph ends
    as if nothing had happened.
    """
    progress = progress or _Silence()
    forgotten = await writer.forgotten()
    while True:
        try:
            return await _load(folder, writer, forgotten, rejects, progress)
        except RainmakerError:
            meanwhile = await writer.forgotten()
            if meanwhile == forgotten:
                raise
            forgotten = meanwhile  # all that this load is still to say goes in without them


async def _load(
    folder: "Path", writer: "GraphWriter", forgotten: "Forgotten", rejects: "Path", progress: "LoadProgress"
) -> LoadReport:
    progress.stage("reading", len(TABLES))
    checked = await asyncio.to_thread(read_folder, folder, lambda: progress.advance(1), forgotten)
    await asyncio.to_thread(_report_rejects, checked, forgotten, rejects)
    require_people(checked)
    written = {}
    for table, rows in _tables(checked).items():
        if rows.height:
            progress.stage(f"writing {table}", rows.height)
        written[table] = await writer.write(table, rows, progress.advance)
    written[GraphTable.DATASET] = await writer.write_dataset(checked.dataset)
    meanwhile = await writer.forgotten()
    if meanwhile != forgotten:
        await asyncio.to_thread(_report_rejects, checked, meanwhile, rejects)
    files = tuple(_file_report(table) for table in checked.tables.values())
    return LoadReport(checked.dataset.name, files, written, checked.notes, rejects)


def _report_rejects(checked: CheckedFolder, forgotten: "Forgotten", path: "Path") -> None:
    found = (
        withheld(reject, forgotten)
        for table in checked.tables.values()
        for reject in sorted(table.rejects, key=lambda reject: (reject.line, reject.reason))
    )
    try:
        write_rejects(path, found)
    except OSError as error:
        raise NothingLoaded(f"The file for rejected rows cannot be written: {error}.") from error


def _tables(checked: CheckedFolder) -> dict[GraphTable, pl.DataFrame]:
    rows = {name: table.rows.drop(LINE) for name, table in checked.tables.items()}
    topics = rows["topics"]
    # without the column there is nothing to say about links: those in the graph stay
    links = topics.select("id", "parentId") if "parentId" in topics.columns else pl.DataFrame(schema=_LINKS)
    return {
        GraphTable.PEOPLE: rows["people"],
        GraphTable.BRANDS: rows["brands"],
        GraphTable.TOPICS: topics.drop("parentId", strict=False),
        GraphTable.TOPIC_LINKS: links,
        GraphTable.ROLES: rows["roles"],
        GraphTable.TRUST: checked.trust.trust,
        GraphTable.DISTRUST: checked.trust.distrust,
        GraphTable.OVERRULED: checked.trust.overruled,
        GraphTable.ACTIVITY: checked.activity,
    }


def _file_report(table: "CheckedTable") -> FileReport:
    return FileReport(
        file=table.raw.file,
        read=table.raw.read,
        rejected=Counter(reject.reason for reject in table.rejects if not reject.repaired),
        repaired=Counter(reject.reason for reject in table.rejects if reject.repaired),
        duplicates=table.duplicates,
    )

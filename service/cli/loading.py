"""Loading a graph folder, as `load` and `up` do it."""

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from service.cli.screen import done, messages, progress_bar, say, summary_table
from service.cli.state import State
from service.cli.trail import told
from service.domain.writing import RowStatus
from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import Database, connected
from service.store.graph_writer import Neo4jGraphWriter
from service.store.mark_key import marks_of
from service.store.schema import apply_schema
from service.use_cases.load_folder import LoadReport, NothingLoaded, load_folder

if TYPE_CHECKING:
    from rich.progress import TaskID


class Bars:
    """A bar for each stage of a load; where there is no terminal, a line for each."""

    def __init__(self) -> None:
        self._progress = progress_bar()
        self._task: TaskID | None = None

    def __enter__(self) -> "Bars":
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def stage(self, name: str, total: int) -> None:
        """A stage begins; the one before is done."""
        if self._progress.disable:
            say(f"{name} ({total:,}) …")
        if self._task is not None:
            self._progress.update(self._task, total=self._progress.tasks[self._task].completed)
        self._task = self._progress.add_task(name, total=total)

    def advance(self, steps: int) -> None:
        """So many more steps of the stage are done."""
        if self._task is not None:
            self._progress.advance(self._task, steps)


async def prepare(settings: Settings, folder: Path | None, place: State) -> None:
    """Schema and data for `up`: `folder` is loaded into an empty database, and a load that was cut short is redone."""
    async with connected(settings, Catalog.load(CYPHER)) as database:
        await apply_schema(database)
        cut_short = place.interrupted_load()
        if cut_short is not None:
            say(f"The load of {cut_short} was cut short: loading it again.")
            await load_into(database, cut_short, place)
        elif folder is not None and await is_empty(database):
            await load_into(database, folder, place)


async def load_into(database: Database, folder: Path, place: State) -> LoadReport:
    """Load a folder and tell the outcome; raises NothingLoaded where nothing was."""
    place.begin_load(folder)
    writer = Neo4jGraphWriter(database, marks_of(place.forget_key))
    try:
        with told(place, "load", str(folder), undone_by=(NothingLoaded,)) as rows, Bars() as bars:
            report = await load_folder(folder, writer, rejects=place.rejects, progress=bars)
            rows.update(outcomes(report))
    except NothingLoaded:
        place.end_load()
        raise
    place.end_load()
    tell(report)
    return report


def outcomes(report: LoadReport) -> dict[str, int]:
    """What became of the rows of a load."""
    written = list(report.written.values())
    counts = {
        RowStatus.CREATED: sum(each.created for each in written),
        RowStatus.UPDATED: sum(each.changed for each in written),
        RowStatus.UNCHANGED: sum(each.unchanged for each in written),
        RowStatus.REMOVED: sum(each.removed for each in written),
        RowStatus.REJECTED: sum(sum(file.rejected.values()) for file in report.files),
    }
    return {status.value: count for status, count in counts.items() if count}


async def is_empty(database: Database) -> bool:
    """True if the database holds no person."""
    return not await database.fetch("people_page", afterName="", afterId="", limit=1, withOptedOut=True)


def tell(report: LoadReport) -> None:
    """What was read, and what that changed."""
    files = summary_table("file", "rows read", "said twice", "repaired", "rejected")
    for file in report.files:
        counts = (file.read, file.duplicates, sum(file.repaired.values()), sum(file.rejected.values()))
        files.add_row(file.file, *(f"{count:,}" for count in counts))
    messages.print(files)
    graph = summary_table("in the graph", "created", "changed", "unchanged", "removed")
    for table, written in report.written.items():
        counts = (written.created, written.changed, written.unchanged, written.removed)
        graph.add_row(str(table), *(f"{count:,}" for count in counts))
    messages.print(graph)
    for note in report.notes:
        say(note)
    for file in report.files:
        for what, reasons in (("rejected", file.rejected), ("repaired", file.repaired)):
            for reason, count in sorted(reasons.items()):
                say(f"{file.file}: {count:,} {what}: {reason}")
    if report.rejected:
        say(f"Rows not taken as they were, with line and reason: {report.rejects}")
    done(f"Loaded {report.dataset}.")

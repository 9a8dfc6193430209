"""`load --bulk`: an empty database filled by Neo4j's own importer."""

import asyncio
import shutil
from pathlib import Path

from service.cli.loading import Bars, outcomes, tell
from service.cli.neo4j import neo4j_of, settings_for
from service.cli.state import State
from service.cli.trail import told
from service.domain.forgetting import NOBODY, Forgotten
from service.local.connection import Connection
from service.local.errors import LocalProblem
from service.local.import_files import ImportFiles
from service.local.importer import new_home, replace_home, run_importer
from service.local.server import LocalNeo4j
from service.ports.loading import LoadProgress
from service.settings import CYPHER
from service.store.catalog import Catalog
from service.store.database import connected
from service.store.forgotten import read_forgotten
from service.store.mark_key import marks_of
from service.store.schema import apply_schema
from service.use_cases.load_folder import LoadReport, NothingLoaded, load_folder

IMPORTING = "importing"
"""The stage that is the importer's own."""

ONLY_OWN = (
    "--bulk fills only the Neo4j that Rainmaker itself runs on this machine, because the importer writes the "
    "database's files while no server has them open. Load without --bulk: the graph will be the same."
)


def load_in_bulk(folder: Path, place: State) -> LoadReport:
    """Fill the empty database of a state; LocalProblem where it is not empty, or not Rainmaker's own."""
    neo4j = neo4j_of(place)
    if not isinstance(neo4j, LocalNeo4j):
        raise LocalProblem(ONLY_OWN)
    with Bars() as bars:
        report = fill(neo4j, folder, place, bars)
    tell(report)
    return report


def fill(neo4j: LocalNeo4j, folder: Path, place: State, progress: LoadProgress) -> LoadReport:
    """Read, check and derive as `load` does, have all of it imported, start the server and apply the schema.

    Killed at any moment, it leaves an empty database or a full one.
    """
    forgotten = NOBODY

    def check(connection: Connection) -> None:
        nonlocal forgotten
        forgotten = _forgotten_in_empty(connection, place)

    with neo4j.standing_still(check) as (java, lib, home):
        new = new_home(neo4j.folder)
        nothing_done = NothingLoaded, LocalProblem
        try:
            with told(place, "load --bulk", str(folder), undone_by=nothing_done) as rows:
                report = _import(folder, place, forgotten, java, lib, new, progress)
                replace_home(home, new)
                rows.update(outcomes(report))
        finally:
            shutil.rmtree(new, ignore_errors=True)
    progress.stage("building the indexes", 1)
    with neo4j.in_use() as connection:
        asyncio.run(_apply_schema(connection, place))
    progress.advance(1)
    return report


def _import(
    folder: Path, place: State, forgotten: Forgotten, java: str, lib: Path, home: Path, progress: LoadProgress
) -> LoadReport:
    scratch = home / "import-files"
    scratch.mkdir()
    files = ImportFiles(scratch, forgotten)
    report = asyncio.run(load_folder(folder, files, rejects=place.rejects, progress=progress))
    progress.stage(IMPORTING, 1)
    run_importer(java, lib, home, scratch, files.words)
    progress.advance(1)
    shutil.rmtree(scratch)
    return report


def _forgotten_in_empty(connection: Connection, place: State) -> Forgotten:
    """All that a database remembers if it is empty; LocalProblem if it is not."""

    async def look() -> tuple[int, Forgotten]:
        async with connected(settings_for(connection, place), Catalog.load(CYPHER)) as database:
            (row,) = await database.fetch("nodes_count")
            return int(row["nodes"]), await read_forgotten(database, marks_of(place.forget_key))

    nodes, forgotten = asyncio.run(look())
    if nodes:
        raise LocalProblem("The database is not empty, and --bulk can only fill an empty one. Load without --bulk.")
    return forgotten


async def _apply_schema(connection: Connection, place: State) -> None:
    async with connected(settings_for(connection, place), Catalog.load(CYPHER)) as database:
        await apply_schema(database)

"""`load`: a graph folder into the state's Neo4j."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.neo4j import neo4j_in_use
from service.cli.state import DEFAULT_STATE, State, StateOption
from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import connected
from service.store.schema import apply_schema

if TYPE_CHECKING:
    from service.use_cases.load_folder import LoadReport


def load(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A graph folder: people.csv and what goes with it.")],
    state: StateOption = DEFAULT_STATE,
    bulk: Annotated[
        bool, typer.Option("--bulk", help="Fill an empty database by Neo4j's importer: far faster, same graph.")
    ] = False,
) -> None:
    """Load a graph folder; what is there stays. Exit status 0: all in, 1: some rows rejected, 2: nothing loaded."""
    place = State(state)
    if bulk:
        from service.cli.bulk import load_in_bulk  # heavy, and only for this option

        raise typer.Exit(load_in_bulk(folder.resolve(), place).exit_status)
    with neo4j_in_use(place) as settings:
        report = asyncio.run(_load(settings, folder.resolve(), place))
    raise typer.Exit(report.exit_status)


async def _load(settings: Settings, folder: Path, place: State) -> "LoadReport":
    from service.cli.loading import load_into  # heavy, and only for this command

    async with connected(settings, Catalog.load(CYPHER)) as database:
        await apply_schema(database)
        return await load_into(database, folder, place)

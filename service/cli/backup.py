"""`backup` and `restore`: the database as one file."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from service.cli.neo4j import neo4j_of
from service.cli.screen import done, say, working
from service.cli.state import DEFAULT_STATE, State, StateOption
from service.cli.trail import told
from service.domain.errors import InvalidInput
from service.local import dumps
from service.local.connection import Connection
from service.local.errors import LocalProblem
from service.local.importer import new_home, replace_home
from service.local.server import LocalNeo4j

ONLY_OWN = (
    "This works on the Neo4j that Rainmaker itself runs on this machine from its jars. For one in Docker, and for "
    "others, docs/operations.md says how."
)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the dump goes; must not be there yet.")],
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Write the whole database into FILE, by Neo4j's own dump. The service must not run meanwhile (`down`)."""
    if file.exists():
        raise InvalidInput("FILE", f"{file} is there already.")
    if not file.absolute().parent.is_dir():
        raise InvalidInput("FILE", f"{file.absolute().parent} is no folder.")
    neo4j = _own_neo4j(State(state))
    with working("Writing the database"), neo4j.standing_still(_fine) as (java, lib, home):
        dumps.dump(java, lib, home, file.absolute())
    done(f"{file} holds the database ({file.stat().st_size / 1e6:,.1f} MB).")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A dump that `backup` wrote, or neo4j-admin.")],
    yes: Annotated[bool, typer.Option("--yes", help="Replace whatever the database holds.")] = False,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Put the database of FILE in place of the present one. The service must not run meanwhile (`down`)."""
    if not file.is_file():
        raise InvalidInput("FILE", f"{file} is no file.")
    if not yes:
        say("Everything in the database would be replaced. Say --yes if you mean it.")
        raise typer.Exit(2)
    place = State(state)
    neo4j = _own_neo4j(place)
    reading = working("Reading the database")
    in_trail = told(place, "restore", str(file.absolute()), undone_by=(LocalProblem,))
    with in_trail, reading, neo4j.standing_still(_fine) as (java, lib, home):
        new = new_home(neo4j.folder)
        try:
            dumps.load(java, lib, new, file)
            replace_home(home, new)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    # it is of the former database, and the next start reads the graph anyway
    shutil.rmtree(place.snapshot_folder, ignore_errors=True)
    done(f"The database is that of {file}.")


def _own_neo4j(place: State) -> LocalNeo4j:
    neo4j = neo4j_of(place)
    if not isinstance(neo4j, LocalNeo4j):
        raise LocalProblem(ONLY_OWN)
    return neo4j


def _fine(_: Connection) -> None:
    """Whatever it holds."""

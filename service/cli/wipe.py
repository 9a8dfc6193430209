"""`wipe`: empty the database."""

import asyncio
from typing import Annotated

import typer

from service.cli.neo4j import neo4j_in_use
from service.cli.screen import done, say, working
from service.cli.state import DEFAULT_STATE, State, StateOption
from service.cli.trail import told
from service.domain.writing import RowStatus
from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import connected

BATCH = 20_000


def wipe(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Delete every node and relationship. Constraints and indexes stay. Asks first."""
    place = State(state)
    with neo4j_in_use(place) as settings:
        if not yes:
            typer.confirm(f"Delete everything in the database at {settings.neo4j_uri}?", abort=True, err=True)
        with told(place, "wipe") as rows, working("Deleting"):
            nodes = asyncio.run(_wipe(settings))
            rows[RowStatus.REMOVED.value] = nodes
    place.end_load()
    done(f"Deleted {nodes:,} nodes and all their relationships.")
    say("`./rainmaker load FOLDER` or the next `./rainmaker up` fills it again.")


async def _wipe(settings: Settings) -> int:
    """Relationships first, and in batches, so that a large graph does not have to fit into one transaction."""
    async with connected(settings, Catalog.load(CYPHER)) as database:
        deleted = {}
        for statement in ("wipe_relationships", "wipe_nodes"):
            deleted[statement] = 0
            while count := (await database.fetch(statement, batch=BATCH))[0]["deleted"]:
                deleted[statement] += count
    return deleted["wipe_nodes"]

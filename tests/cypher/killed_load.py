"""Loads a folder and says so batch by batch, to be killed by its parent: killed_load.py FOLDER (settings from the
environment)."""

import asyncio
import sys
from pathlib import Path

from service.settings import CYPHER, Settings
from service.store import graph_writer
from service.store.catalog import Catalog
from service.store.database import connected
from service.store.graph_writer import Neo4jGraphWriter
from service.use_cases.load_folder import load_folder


class Speaking:
    """Progress on standard output, a line at a time."""

    def stage(self, name: str, total: int) -> None:
        print(f"{name} {total}", flush=True)  # noqa: T201

    def advance(self, steps: int) -> None:
        print(f"+{steps}", flush=True)  # noqa: T201


async def main() -> None:
    folder = Path(sys.argv[1])
    graph_writer.BATCH_ROWS = 60
    async with connected(Settings(), Catalog.load(CYPHER)) as database:
        await load_folder(folder, Neo4jGraphWriter(database), rejects=folder / "rejects.csv", progress=Speaking())


if __name__ == "__main__":
    asyncio.run(main())

"""Rows a second of loading a graph folder through Bolt, stage by stage, into an empty database and again.

    NEO4J_URI=… NEO4J_PASSWORD=… .venv/bin/python -m bench.load data/review-trust

Refuses a database that holds people.
"""

import argparse
import asyncio
import tempfile
from pathlib import Path
from time import perf_counter

from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import connected
from service.store.graph_writer import Neo4jGraphWriter
from service.store.schema import apply_schema
from service.use_cases.load_folder import load_folder


class Stages:
    """Remembers when each stage began, and how much it had to do."""

    def __init__(self) -> None:
        self.began: list[tuple[str, int, float]] = []

    def stage(self, name: str, total: int) -> None:
        """A stage begins."""
        self.began.append((name, total, perf_counter()))

    def advance(self, steps: int) -> None:
        """Only beginnings matter here."""

    def report(self) -> None:
        """One line a stage."""
        ends = [*(at for _, _, at in self.began[1:]), perf_counter()]
        for (name, total, at), end in zip(self.began, ends, strict=True):
            seconds = end - at
            print(f"  {name:32} {total:>9,} rows {seconds:7.2f} s {total / seconds if seconds else 0:>11,.0f} rows/s")


async def run(folder: Path) -> None:
    """Load twice."""
    async with connected(Settings(), Catalog.load(CYPHER)) as database:
        await apply_schema(database)
        if await database.fetch("people_page", afterName="", afterId="", limit=1):
            raise SystemExit("This database holds people already; measure with an empty one.")
        with tempfile.TemporaryDirectory() as scratch:
            for which in ("into an empty database", "again, with nothing to change"):
                stages, began = Stages(), perf_counter()
                rejects = Path(scratch) / "rejects.csv"
                await load_folder(folder, Neo4jGraphWriter(database), rejects=rejects, progress=stages)
                print(f"{folder} {which}: {perf_counter() - began:.1f} s")
                stages.report()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    asyncio.run(run(parser.parse_args().folder))


if __name__ == "__main__":
    main()

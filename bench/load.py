"""Rows a second of loading a graph folder through Bolt, stage by stage, into an empty database and again.

    ./rainmaker bench load --size M
    NEO4J_URI=… NEO4J_PASSWORD=… .venv/bin/python -m bench.load data/review-trust

The second form refuses a database that holds people.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from bench.ground import Ground
from bench.naive_load import trust_a_second
from bench.registry import Benchmark, Figure
from service.ingest.folder import read_folder
from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import connected
from service.store.graph_writer import Neo4jGraphWriter
from service.store.schema import apply_schema
from service.use_cases.load_folder import load_folder

LEAST = 25_000
"""Trust relationships a second that a load is to reach, reading and checking included."""


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


async def run(settings: Settings, folder: Path) -> list[float]:
    """Load twice: seconds of each."""
    took = []
    async with connected(settings, Catalog.load(CYPHER)) as database:
        await apply_schema(database)
        if await database.fetch("people_page", afterName="", afterId="", limit=1):
            raise SystemExit("This database holds people already; measure with an empty one.")
        with tempfile.TemporaryDirectory() as scratch:
            for which in ("into an empty database", "again, with nothing to change"):
                stages, began = Stages(), perf_counter()
                rejects = Path(scratch) / "rejects.csv"
                await load_folder(folder, Neo4jGraphWriter(database), rejects=rejects, progress=stages)
                took.append(perf_counter() - began)
                print(f"{folder} {which}: {took[-1]:.1f} s")
                stages.report()
    return took


def measure(ground: Ground) -> Iterator[Figure]:
    """Both loads of a size, and the naive one into another empty database."""
    with ground.empty_neo4j() as settings:
        first, again = asyncio.run(run(settings, ground.folder))
    with ground.empty_neo4j() as settings:
        naive = trust_a_second(settings, read_folder(ground.folder, lambda: None))
    unit, peer = "relationships/s", "UNWIND + MERGE, nothing checked or read"
    yield Figure("load through Bolt", first, "s")
    yield Figure("load through Bolt, all of it", ground.trust / first, unit, None, LEAST, peer, naive)
    yield Figure("load again, nothing to change", ground.trust / again, unit)


BENCHMARK = Benchmark("load", "a graph folder through Bolt, into an empty database and again", measure)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    asyncio.run(run(Settings(), parser.parse_args().folder))


if __name__ == "__main__":
    main()

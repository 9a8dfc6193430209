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
from bench.stages import Stages
from service.ingest.folder import read_folder
from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import connected
from service.store.graph_writer import Neo4jGraphWriter
from service.store.schema import apply_schema
from service.use_cases.load_folder import load_folder

LEAST = 25_000
"""Trust relationships a second that a load is to reach, reading and checking included."""


async def run(settings: Settings, folder: Path) -> list[float]:
    """Load twice: seconds of each."""
    took = []
    async with connected(settings, Catalog.load(CYPHER)) as database:
        await apply_schema(database)
        if await database.fetch("people_page", afterName="", afterId="", limit=1, withOptedOut=True):
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

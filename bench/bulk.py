"""Rows a second of `load --bulk`: a graph folder into an empty database by Neo4j's own importer, end to end.

    ./rainmaker bench bulk --size L

From reading the folder to the last index being there; the peer is the importer's own part of that.
"""

from collections.abc import Iterator
from time import perf_counter

from bench.ground import Ground
from bench.registry import Benchmark, Figure
from bench.stages import Stages
from service.cli.bulk import IMPORTING, fill

LEAST = {"L": 120_000}


def measure(ground: Ground) -> Iterator[Figure]:
    """One load, the server's jars being there already."""
    folder, stages = ground.folder, Stages()
    with ground.no_neo4j() as (state, server):
        server.install()
        began = perf_counter()
        fill(server, folder, state, stages)
        seconds = perf_counter() - began
        stages.report()
    alone = next(took for name, _, took in stages.seconds() if name == IMPORTING)
    unit, peer = "relationships/s", "the importer alone, from files made and checked before"
    yield Figure("load --bulk", seconds, "s")
    yield Figure(
        "load --bulk, all of it", ground.trust / seconds, unit, None, LEAST.get(ground.size), peer,
        ground.trust / alone,
    )  # fmt: skip


BENCHMARK = Benchmark("bulk", "a graph folder into an empty database by Neo4j's own importer", measure)

"""How soon a service answers again: started anew with nothing changed, and after writes of another tool.

./rainmaker bench freshness --size L
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import httpx
from neo4j import Driver, GraphDatabase

from bench.ground import Ground
from bench.registry import Benchmark, Figure
from bench.serving import ServiceProcess, service_process

CHANGES = 1_000
STARTS = 3
ROUNDS = 10
PATIENCE_SECONDS = 60
REST_SECONDS = 5
"""Between two writes, so that none waits for what the service grants its machine after the refresh before."""

WRITES = {
    "changed": """
        MATCH (p:Person) WHERE p.id > '' WITH p ORDER BY p.id SKIP 500 LIMIT $many
        CALL (p) { MATCH (p)-[r:TRUSTS]->() RETURN r LIMIT 1 }
        SET r.cost = r.cost + $step, r.updatedAt = datetime()""",
    "added": """
        MATCH (p:Person) WHERE p.id > '' WITH p ORDER BY p.id SKIP 500 LIMIT $many
        WITH collect(p) AS people UNWIND range(1, size(people) - 1) AS at
        WITH people[at - 1] AS a, people[at] AS b
        CREATE (a)-[:TRUSTS {topicId: '', strength: 0.5, cost: 693147, bench: true, updatedAt: datetime()}]->(b)""",
    "deleted": """
        MATCH (p:Person) WHERE p.id > '' WITH p ORDER BY p.id SKIP 500 LIMIT $many
        MATCH (p)-[r:TRUSTS {bench: true}]->() DELETE r""",
}
"""What is added is what is deleted, and what is changed is changed back: the graph ends as it was."""


def measure(ground: Ground) -> Iterator[Figure]:
    """Starts first, then writes while it runs."""
    with ground.neo4j() as settings, tempfile.TemporaryDirectory(dir=ground.folder.parent) as folder:
        with service_process(settings, Path(folder)) as first:
            yield Figure("first start, snapshot read", first.ready_seconds, "s")
        ready = []
        for _ in range(STARTS):
            with service_process(settings, Path(folder)) as again:
                ready.append(again.ready_seconds)
        yield Figure("start again with nothing changed", sorted(ready)[STARTS // 2], "s", at_most=3)
        connection = (settings.neo4j_user, settings.neo4j_password.get_secret_value())
        with (
            service_process(settings, Path(folder)) as service,
            GraphDatabase.driver(settings.neo4j_uri or "", auth=connection) as driver,
        ):
            yield Figure("memory of the service, started", service.memory(), "MiB", at_most=1.2 * 1024)
            rounds = [
                {what: _seconds_until_answered(driver, service, what, step) for what in WRITES}
                for step in (1, -1) * (ROUNDS // 2)
            ]
            for what in WRITES:
                seconds = sorted(each[what] for each in rounds)
                yield Figure(
                    f"{CHANGES:,} relationships {what}: answered from a new snapshot after",
                    median(seconds),
                    "s",
                    at_most=2,
                    note=f"slowest of {ROUNDS}: {seconds[-1]:.2f} s",
                )
            yield Figure("memory of the service, most ever, refreshes included", service.memory("VmHWM"), "MiB")


def _seconds_until_answered(driver: Driver, service: ServiceProcess, what: str, step: int) -> float:
    """Seconds from the commit until a new snapshot answers."""
    with httpx.Client(base_url=service.url, timeout=60) as client:
        sleep(REST_SECONDS)
        before = _snapshot(client, "id")
        driver.execute_query(WRITES[what], many=CHANGES, step=step)
        began = perf_counter()
        # Whether it is current is asked of Neo4j, which has enough to do meanwhile: only where it is another.
        while _snapshot(client, "id") == before or not _snapshot(client, "id current")["current"]:
            if perf_counter() - began > PATIENCE_SECONDS:
                raise SystemExit(f"What was {what} did not show within {PATIENCE_SECONDS} s.")
            sleep(0.02)
        return perf_counter() - began


def _snapshot(client: httpx.Client, fields: str) -> dict[str, object]:
    answer = client.post("/graphql", json={"query": f"{{ snapshot {{ {fields} }} }}"}).raise_for_status().json()
    snapshot: dict[str, object] = answer["data"]["snapshot"]
    return snapshot


BENCHMARK = Benchmark("freshness", "starting again, and answering after writes", measure)

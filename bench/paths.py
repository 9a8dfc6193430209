"""Latency of random brand → decision-maker questions: in the kernel, and through HTTP against a running service.

    ./rainmaker up --detach
    .venv/bin/python -m bench.paths --url http://127.0.0.1:8000

Reads the same Neo4j as the service (NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD) for the kernel's side.
"""

import argparse
import asyncio
from collections.abc import Sequence
from time import perf_counter

import httpx
import numpy as np

from bench.questions import BrandToDecisionMaker, brand_to_decision_maker
from service.domain.paths import Party, TrustedPathsQuestion
from service.graph.snapshot import Snapshot
from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import connected
from service.store.snapshot_source import read_snapshot
from service.use_cases.find_trusted_paths import answer
from service.use_cases.warm_up import warm_up

DOCUMENT = """
query Paths($input: TrustedPathsInput!) {
  trustedPaths(input: $input) {
    complete examinedRelationships
    paths {
      strength cost hops explanation people { id name }
      steps { strength topic { name } evidence { kind count } }
    }
  }
}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="where the service answers")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    snapshot = asyncio.run(_snapshot())
    questions = brand_to_decision_maker(snapshot, arguments.questions, arguments.seed)
    kernel = _in_the_kernel(snapshot, questions)
    http = _through_http(arguments.url, questions)
    print(
        f"{len(questions)} questions on {snapshot.info.people:,} people, {snapshot.info.relationships:,} relationships"
    )
    for name, seconds in (("kernel and its telling", kernel), ("through HTTP", http)):
        p50, p99, most = np.percentile(seconds, [50, 99, 100]) * 1000
        print(f"{name:24} p50 {p50:7.2f} ms   p99 {p99:7.2f} ms   max {most:7.2f} ms")


async def _snapshot() -> Snapshot:
    async with connected(Settings(), Catalog.load(CYPHER)) as database:
        return await read_snapshot(database)


def _in_the_kernel(snapshot: Snapshot, questions: Sequence[BrandToDecisionMaker]) -> list[float]:
    warm_up()
    seconds = []
    for asked in questions:
        question = TrustedPathsQuestion(Party(brand_id=asked.brand_id), Party(asked.person_id), asked.topic_id)
        began = perf_counter()
        answer(snapshot, question, np.zeros(1, dtype=np.uint8))
        seconds.append(perf_counter() - began)
    return seconds


def _through_http(url: str, questions: Sequence[BrandToDecisionMaker]) -> list[float]:
    seconds = []
    with httpx.Client(base_url=url, timeout=60) as client:
        for asked in questions:
            variables = {
                "input": {
                    "from": {"brandId": asked.brand_id},
                    "to": {"personId": asked.person_id},
                    "topicId": asked.topic_id,
                }
            }
            began = perf_counter()
            response = client.post("/graphql", json={"query": DOCUMENT, "variables": variables})
            seconds.append(perf_counter() - began)
            body = response.raise_for_status().json()
            if "errors" in body or not body["data"]["trustedPaths"]["complete"]:
                raise SystemExit(f"no complete answer to {asked}: {body}")
    return seconds


if __name__ == "__main__":
    main()

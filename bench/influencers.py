"""Latency of `topic.influencers` with the paths of 50 people, against one trusted-paths question, both through HTTP.

    ./rainmaker up --detach
    .venv/bin/python -m bench.influencers --url http://127.0.0.1:8000

Both are asked in turn, for the same brands and topics. The first answer about a brand and topic, which computes
standing and what reaching everybody costs, is measured apart.
"""

import argparse
import asyncio
from time import perf_counter
from typing import Any

import httpx
import numpy as np

from bench.paths import DOCUMENT as ONE_QUESTION
from bench.questions import brand_to_decision_maker
from service.graph.snapshot import Snapshot
from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import connected
from service.store.snapshot_source import read_snapshot

PAGE = """
query Page($topicId: ID!, $brandId: ID!) {
  topic(id: $topicId) {
    influencers(brandId: $brandId, orderBy: AUTHORITY, first: 50) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node {
        person { id name }
        standing { reach { value percentile } resonance { value percentile } relevance { value percentile }
                   authority { value percentile } }
        stance
        reachableAuthority { value }
        path { strength cost hops explanation people { id name } }
      } }
    }
  }
}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="where the service answers")
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    questions = brand_to_decision_maker(asyncio.run(_snapshot()), 2 * arguments.questions, arguments.seed)
    questions = [asked for asked in questions if asked.topic_id is not None]
    firsts, pages, singles, people = [], [], [], []
    with httpx.Client(base_url=arguments.url, timeout=60) as client:
        for asked in questions:
            page = {"topicId": asked.topic_id, "brandId": asked.brand_id}
            parties = {"from": {"brandId": asked.brand_id}, "to": {"personId": asked.person_id}}
            single = {"input": {**parties, "topicId": asked.topic_id}}
            seconds, body = _asked(client, PAGE, page)
            firsts.append(seconds)
            people.append(len(body["topic"]["influencers"]["edges"]))
            _asked(client, ONE_QUESTION, single)
            for _ in range(arguments.rounds):
                pages.append(_asked(client, PAGE, page)[0])
                singles.append(_asked(client, ONE_QUESTION, single)[0])
    print(f"{len(questions)} brands and topics, {np.mean(people):.0f} people a page in the mean")
    for name, measured in (("first page asked", firsts), ("page of 50 with paths", pages), ("one question", singles)):
        p50, p99, most = np.percentile(measured, [50, 99, 100]) * 1000
        print(f"{name:24} p50 {p50:7.2f} ms   p99 {p99:7.2f} ms   max {most:7.2f} ms")
    p50, p99 = (np.percentile(pages, at) / np.percentile(singles, at) for at in (50, 99))
    print(f"{'page / one question':24} p50 {p50:7.2f} ×    p99 {p99:7.2f} ×")


async def _snapshot() -> Snapshot:
    async with connected(Settings(), Catalog.load(CYPHER)) as database:
        return await read_snapshot(database)


def _asked(client: httpx.Client, query: str, variables: dict[str, Any]) -> tuple[float, dict[str, Any]]:
    began = perf_counter()
    response = client.post("/graphql", json={"query": query, "variables": variables})
    seconds = perf_counter() - began
    body = response.raise_for_status().json()
    if "errors" in body:
        raise SystemExit(f"no answer to {variables}: {body['errors']}")
    return seconds, body["data"]


if __name__ == "__main__":
    main()

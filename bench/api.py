"""The API against @neo4j/graphql on Apollo Server, over the same Neo4j in the same run: answers compared, then time
alone and requests a second with 16 clients. And what HTTP adds to a question for paths.

    NEO4J_URI=… NEO4J_PASSWORD=… .venv/bin/python -m bench.api        # a Neo4j that holds a graph, such as the demo's

Each side is one process and is measured in turn, in many short rounds, since other work on the machine comes and goes;
the medians count.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Any

import httpx
import numpy as np

from bench.api_sides import Side, ours_on, peer_on
from bench.ground import Ground
from bench.paths import DOCUMENT as PATHS
from bench.questions import brand_to_decision_maker
from bench.registry import Benchmark, Figure
from service.domain.paths import Party, TrustedPathsQuestion
from service.graph.snapshot import Snapshot
from service.settings import CYPHER, PROJECT, Settings
from service.store.catalog import Catalog
from service.store.database import connected
from service.store.snapshot_source import read_snapshot
from service.use_cases.find_trusted_paths import answer
from service.use_cases.warm_up import warm_up

CLIENTS = 16
ROUNDS = 9
SECONDS = 1.0
PATH_ROUNDS = 3
PATH_SECONDS = 4.0
"""Long enough to ask every question once."""

PERSON = "query($id: ID!) { person(id: $id) { id name %s } }"
PEER_PERSON = "query($id: ID!) { people(where: { id: { eq: $id } }) { id name %s } }"
PAGE = """{ people(first: 50) { edges { node { id name
  roles(first: 100) { edges { node { brand { id name } } } }
  trusts(first: 10) { edges { node { cost person { id name } } } } } } } }"""
PEER_PAGE = """{ people(limit: 50, sort: [{ name: ASC }, { id: ASC }]) { id name
  rolesConnection(sort: [{ node: { id: ASC } }]) { edges { node { id name } } }
  trustsConnection(first: 10, sort: [{ edge: { cost: ASC } }, { node: { id: ASC } }, { edge: { topicId: ASC } }]) {
    edges { properties { cost } node { id name } } } } }"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians over the rounds: milliseconds alone, requests/s with all clients, processor milliseconds a request."""

    alone: float
    rate: float
    processor: float


def main() -> None:
    for figure in figures(Settings()):
        peer = f"   {figure.peer}: {figure.peer_value:,.2f}" if figure.peer_value is not None else ""
        target = {True: "   met", False: "   MISSED", None: ""}[figure.met]
        print(f"{figure.what:44} {figure.value:>10,.2f} {figure.unit:12}{peer}{target}")


def measure(ground: Ground) -> Iterator[Figure]:
    """On a generated graph."""
    with ground.neo4j() as settings:
        yield from figures(settings)


def figures(settings: Settings) -> Iterator[Figure]:
    """All figures of the API on the graph of a Neo4j."""
    snapshot = asyncio.run(_snapshot(settings))
    ids = [snapshot.people.index.ids[v] for v in range(0, len(snapshot.people.index), 11)]
    with ours_on(settings) as ours:
        with peer_on(settings) as peer:
            _same_answers(ours, peer, ids[:50])
            for what, field in (
                ("person by id, from the snapshot", "optedOut"),
                ("person by id, one field in Neo4j", "headline"),
            ):
                mine, theirs = _bodies(PERSON % field, ids), _bodies(PEER_PERSON % field, ids)
                yield from _compared(what, ours, mine, peer, theirs, 1.2, 1.0)
            yield from _compared("page of 50", ours, _bodies(PAGE), peer, _bodies(PEER_PAGE), 2.5, 0.4)
        yield from _paths(snapshot, ours)


def _compared(
    what: str,
    ours: Side,
    bodies: list[str],
    peer: Side,
    peer_bodies: list[str],
    least_rate: float,
    most_alone: float,
) -> Iterator[Figure]:
    rounds = [(_measured(ours, bodies), _measured(peer, peer_bodies)) for _ in range(ROUNDS)]
    mine, theirs = (_medians([both[side] for both in rounds]) for side in (0, 1))
    name = "@neo4j/graphql"
    yield Figure(f"{what}: alone", mine.alone, "ms", peer=name, peer_value=theirs.alone)
    yield Figure(f"{what}: {CLIENTS} clients", mine.rate, "requests/s", peer=name, peer_value=theirs.rate)
    yield Figure(f"{what}: processor", mine.processor, "ms/request", peer=name, peer_value=theirs.processor)
    yield Figure(f"{what}: alone, against the peer", mine.alone / theirs.alone, "×", at_most=most_alone)
    yield Figure(f"{what}: rate, against the peer", mine.rate / theirs.rate, "×", at_least=least_rate)


def _paths(snapshot: Snapshot, ours: Side) -> Iterator[Figure]:
    """The same questions in the kernel and through HTTP, in turn; in time, and in processor time, which says more on a
    busy machine."""
    warm_up()
    asked = brand_to_decision_maker(snapshot, 200, seed=1)
    bodies = [
        json.dumps(
            {
                "query": PATHS,
                "variables": {
                    "input": {
                        "from": {"brandId": each.brand_id},
                        "to": {"personId": each.person_id},
                        "topicId": each.topic_id,
                    }
                },
            }
        )
        for each in asked
    ]
    kernel, through, used, used_through = [], [], [], []
    for _ in range(PATH_ROUNDS):
        seconds, before = [], process_time()
        for each in asked:
            question = TrustedPathsQuestion(Party(brand_id=each.brand_id), Party(each.person_id), each.topic_id)
            began = perf_counter()
            answer(snapshot, question, np.zeros(1, dtype=np.uint8))
            seconds.append(perf_counter() - began)
        kernel.append(median(seconds) * 1000)
        used.append((process_time() - before) / len(asked) * 1000)
        before = ours.processor_seconds()
        found = _load(ours, bodies, 1, PATH_SECONDS)
        through.append(found["p50"])
        used_through.append((ours.processor_seconds() - before) / found["requests"] * 1000)
    yield Figure("paths: kernel and telling, p50", median(kernel), "ms")
    yield Figure("paths: through HTTP, p50", median(through), "ms")
    yield Figure("paths: what HTTP adds", median(through) - median(kernel), "ms", at_most=3)
    yield Figure("paths: processor, kernel and telling, mean", median(used), "ms")
    yield Figure("paths: processor, through HTTP, mean", median(used_through), "ms")


def _measured(side: Side, bodies: list[str]) -> Measured:
    alone = _load(side, bodies, 1)["p50"]
    before = side.processor_seconds()
    found = _load(side, bodies, CLIENTS)
    used = side.processor_seconds() - before
    return Measured(alone, found["requests"] / found["seconds"], used / found["requests"] * 1000)


def _medians(rounds: list[Measured]) -> Measured:
    return Measured(*(median(getattr(each, name) for each in rounds) for name in ("alone", "rate", "processor")))


def _load(side: Side, bodies: list[str], clients: int, seconds: float = SECONDS) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.http_load", side.url, str(clients), str(seconds)]
    done = subprocess.run(command, input="\n".join(bodies), capture_output=True, text=True, cwd=PROJECT, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _bodies(query: str, ids: list[str] | None = None) -> list[str]:
    if ids is None:
        return [json.dumps({"query": query})]
    return [json.dumps({"query": query, "variables": {"id": id_}}) for id_ in ids]


def _same_answers(ours: Side, peer: Side, ids: list[str]) -> None:
    """Both sides say the same, or nothing is measured."""
    with httpx.Client(timeout=60) as client:

        def ask(side: Side, query: str, **variables: str) -> Any:  # noqa: ANN401
            return (
                client.post(side.url, json={"query": query, "variables": variables}).raise_for_status().json()["data"]
            )

        for id_ in ids:
            mine, theirs = ask(ours, PERSON % "headline", id=id_), ask(peer, PEER_PERSON % "headline", id=id_)
            if [mine["person"]] != theirs["people"]:
                raise SystemExit(f"different answers: {mine} and {theirs}")
        page = [edge["node"] for edge in ask(ours, PAGE)["people"]["edges"]]
        mine_page = [
            {
                "id": person["id"],
                "name": person["name"],
                "brands": sorted(edge["node"]["brand"]["id"] for edge in person["roles"]["edges"]),
                "trusts": [(edge["node"]["cost"], edge["node"]["person"]) for edge in person["trusts"]["edges"]],
            }
            for person in page
        ]
        peer_page = [
            {
                "id": person["id"],
                "name": person["name"],
                "brands": sorted(edge["node"]["id"] for edge in person["rolesConnection"]["edges"]),
                "trusts": [(edge["properties"]["cost"], edge["node"]) for edge in person["trustsConnection"]["edges"]],
            }
            for person in ask(peer, PEER_PAGE)["people"]
        ]
        if mine_page != peer_page:
            raise SystemExit(f"different pages:\n{mine_page}\n{peer_page}")


async def _snapshot(settings: Settings) -> Snapshot:
    async with connected(settings, Catalog.load(CYPHER)) as database:
        return await read_snapshot(database)


BENCHMARK = Benchmark("api", "GraphQL over HTTP against @neo4j/graphql; what HTTP adds to paths", measure, sizes=("S",))


if __name__ == "__main__":
    main()

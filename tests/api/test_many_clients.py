"""Two hundred clients at once for a minute: every answer is the right one, and whoever is turned away is told when to
come back."""

import asyncio
import json
import random
from dataclasses import dataclass, field
from time import monotonic

import httpx
import numpy as np
import pytest
from rich.console import Console

from bench.serving import service_process
from service.settings import Settings
from service.store.database import Database

CLIENTS = 200
SECONDS = 60

PATHS = """query ($from: ID!, $to: ID!, $topic: ID) {
  trustedPaths(input: {from: {brandId: $from}, to: {personId: $to}, topicId: $topic, deadlineMs: 30000}) {
    complete paths { cost people { id name } steps { topic { name } evidence { kind count } } } } }"""
PEOPLE = """query ($first: Int!) {
  people(first: $first) { edges { node { id name roles { edges { node { kind brand { name } } } } } } } }"""
PERSON = "query ($id: ID!) { person(id: $id) { name trusts(first: 5) { edges { node { person { name } } } } } }"


@dataclass
class Tally:
    """What all clients saw."""

    seconds: list[float] = field(default_factory=list)
    turned_away: int = 0
    wrong: list[str] = field(default_factory=list)


async def questions(demo: Database, client: httpx.AsyncClient) -> list[tuple[dict[str, object], object]]:
    """Questions of several kinds, each with the answer it gets when nobody else asks."""
    deciders = await demo.fetch("snapshot_role_holders")
    people, rng = sorted(deciders[0]["ids"]), random.Random(1)
    brands = ["google.com", "3mdeb.com", "intel.com", "redhat.com"]
    asked: list[dict[str, object]] = []
    for _ in range(40):
        asked.append({"query": PERSON, "variables": {"id": rng.choice(people)}})
        asked.append({"query": PEOPLE, "variables": {"first": rng.randint(1, 30)}})
        variables = {"from": rng.choice(brands), "to": rng.choice(people)}
        asked.append({"query": PATHS, "variables": variables})
    answers = []
    for each in asked:
        answer = (await client.post("/graphql", json=each)).json()
        assert "errors" not in answer, answer
        assert answer["data"].get("trustedPaths", {"complete": True})["complete"]
        answers.append((each, answer))
    return answers


async def visit(
    client: httpx.AsyncClient, known: list[tuple[dict[str, object], object]], tally: Tally, number: int
) -> None:
    rng, until = random.Random(number), monotonic() + SECONDS
    while monotonic() < until:
        question, expected = rng.choice(known)
        began = monotonic()
        answer = await client.post("/graphql", json=question)
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            tally.turned_away += 1
            await asyncio.sleep(float(answer.headers["Retry-After"]) * rng.random())
            continue
        tally.seconds.append(monotonic() - began)
        if answer.status_code != httpx.codes.OK or answer.json() != expected:
            tally.wrong.append(f"{json.dumps(question)[:200]} → {answer.status_code} {answer.text[:300]}")


async def test_two_hundred_clients(
    demo: Database,
    demo_settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # as it is served, not as it is measured
    everybody = httpx.Limits(max_connections=None)
    with service_process(demo_settings) as service:
        async with httpx.AsyncClient(base_url=service.url, timeout=120, limits=everybody) as client:
            known = await questions(demo, client)
            assert len(known) == 120
            tally = Tally()
            await asyncio.gather(*(visit(client, known, tally, number) for number in range(CLIENTS)))
    p50, p99 = np.percentile(tally.seconds, [50, 99]) * 1000
    with capsys.disabled():
        Console().print(
            f"\n{CLIENTS} clients, {SECONDS} s: {len(tally.seconds):,} answers, p50 {p50:.0f} ms, p99 {p99:.0f} ms; "
            f"{tally.turned_away:,} times turned away"
        )
    assert tally.wrong == []
    assert len(tally.seconds) > CLIENTS

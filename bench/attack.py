"""Attacks a running service through HTTP: documents made to be expensive, then many made at random.

    ./rainmaker up --detach
    .venv/bin/python -m bench.attack --requests 20000

Mutations are among the documents, if the service lets this caller write: point it at a database that may change.
Exits 1 where an answer was INTERNAL, no GraphQL at all, or later than the longest deadline that a question may have.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from time import perf_counter

import httpx
import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings

from bench.fuzz_documents import fuzz_documents, with_hostile_texts
from bench.hostile_documents import Body, hostile_documents
from service.domain.errors import RainmakerError
from service.settings import PROJECT

SCHEMA = PROJECT / "schema.graphql"

MOST_SECONDS = 30
"""The longest `deadlineMs` that a question may ask for."""

VARIANTS = 4
"""Requests made of one random document: to make it takes ten times as long as to answer it."""

SAID_EVERY = 1_000
TIMES = 5
KNOWN = " ".join(f"{what}(first: 5) {{ edges {{ node {{ id }} }} }}" for what in ("people", "brands", "topics"))


@dataclass
class Toll:
    """What a run of requests came to."""

    codes: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, codes: Iterable[str], seconds: float, body: Body) -> None:
        """One answer more."""
        told = sorted(set(codes)) or ["answered"]
        self.codes.update(told)
        self.seconds.append(seconds)
        if RainmakerError.code in told or NO_GRAPHQL in told or seconds > MOST_SECONDS:
            self.faults.append(f"{', '.join(told)} after {seconds:.1f} s: {str(body)[:2000]}")


NO_GRAPHQL = "no GraphQL"


def codes_of(response: httpx.Response) -> Iterator[str]:
    """The codes of an answer's errors, NO_GRAPHQL where it is none."""
    try:
        body = response.json()
        if not isinstance(body, dict) or not body.keys() & {"data", "errors"}:
            yield NO_GRAPHQL
            return
        for error in body.get("errors") or ():
            yield error["extensions"]["code"]
    except (ValueError, KeyError):
        yield NO_GRAPHQL


def fuzz(client: httpx.Client, requests: int, first_seed: int) -> Toll:
    """Put so many random documents to a service."""
    toll, rng = Toll(), Random(first_seed)
    known = _known_ids(client)

    @seed(first_seed)
    @settings(
        max_examples=-(-requests // VARIANTS),
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(fuzz_documents(SCHEMA.read_text(encoding="utf-8")))
    def ask(document: str) -> None:
        for _ in range(VARIANTS):
            body: Body = {"query": with_hostile_texts(document, known, rng)}
            began = perf_counter()
            response = client.post("/graphql", json=body)
            toll.add(codes_of(response), perf_counter() - began, body)
            if len(toll.seconds) % SAID_EVERY == 0:
                print(f"{len(toll.seconds):,} asked, {len(toll.faults)} faults", file=sys.stderr)

    ask()
    return toll


def _known_ids(client: httpx.Client) -> list[str]:
    data = client.post("/graphql", json={"query": f"{{ {KNOWN} }}"}).raise_for_status().json()["data"]
    return [edge["node"]["id"] for connection in data.values() for edge in connection["edges"]]


def attack_with_hostile_documents(client: httpx.Client) -> Toll:
    """Each a few times; prints the quickest and the slowest."""
    toll = Toll()
    for name, body in hostile_documents().items():
        one = Toll()
        for _ in range(TIMES):
            began = perf_counter()
            response = client.post("/graphql", json=body)
            one.add(codes_of(response), perf_counter() - began, {"document": name})
        quickest, slowest = (f"{end(one.seconds) * 1000:7.1f}" for end in (min, max))
        print(f"{name:45} {', '.join(one.codes):28} {quickest} to {slowest} ms")

        toll.faults += one.faults
    return toll


def main() -> None:
    """Both attacks, and what they came to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    key = os.environ.get("RAINMAKER_KEY")  # in no command line, where everybody could read it
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    with httpx.Client(base_url=words.url, timeout=2 * MOST_SECONDS, headers=headers) as client:
        faults = attack_with_hostile_documents(client).faults
        toll = fuzz(client, words.requests, words.seed)
    middle, late = np.percentile(toll.seconds, (50, 99)) * 1000
    print(
        f"{len(toll.seconds):,} random requests: p50 {middle:.1f} ms, p99 {late:.1f}, slowest {max(toll.seconds):.2f} s"
    )
    for code, count in toll.codes.most_common():
        print(f"  {code:28} {count:7,}")
    faults += toll.faults
    print("\n".join(faults) or "Nothing was INTERNAL, no answer was late.")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()

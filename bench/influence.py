"""Latency of every page of influence through HTTP, and of `topic.influencers` with the paths of 50 people against one
trusted-paths question.

    ./rainmaker up --detach
    .venv/bin/python -m bench.influence --url http://127.0.0.1:8000

Reads the same Neo4j as the service (NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD) to choose brands, people and topics. What
was asked once is remembered by the service in part, so the first time is measured apart from the times after it.
"""

import argparse
import asyncio
import random
from time import perf_counter

import httpx
import numpy as np

from bench.paths import DOCUMENT as ONE_QUESTION
from bench.questions import BrandToDecisionMaker, brand_to_decision_maker
from service.graph.snapshot import Snapshot
from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import connected
from service.store.snapshot_source import read_snapshot

STANDING = (
    "reach { value percentile } resonance { value percentile } relevance { value percentile } "
    "authority { value percentile }"
)
BY_BRAND = f"""{{ totalCount edges {{ node {{
  person {{ id name }} standing {{ {STANDING} }} stance reachableAuthority {{ value }}
  path {{ strength cost hops explanation people {{ id name }} }}
}} }} }}"""

ON_TOPIC = {
    "standings(first: 50)": f"{{ totalCount edges {{ node {{ person {{ id name }} {STANDING} }} }} }}",
    "peerInfluence": "{ impressions { gini fewestPeople lorenz { people amount } } posts { gini } "
    "massConnectors { people(first: 50) { edges { node { person { id name } impressions posts } } } } }",
    "currents(interval: QUARTER)": "{ intervals { start interactions activePeople newcomers newTrust } "
    "momentum { slope low high } changes { points { start } } "
    "risingPeople(first: 50) { edges { node { rise person { id name } } } } }",
    "communityHistory(every: YEAR)": "{ stages { day communities(first: 20) { edges { node { lineId size } } } } "
    "events(first: 50) { edges { node { day change } } } }",
    "influencers(brandId: $brandId, first: 50)": BY_BRAND,
    "rainmakers(brandId: $brandId, first: 50)": BY_BRAND,
    "untapped(brandId: $brandId, first: 50)": "{ totalCount edges { node { person { id name } "
    "listeners { value evidence { what amount } } newListeners { value } } } }",
}
OF_PERSON = {
    "standing(topicId: $topicId)": f"{{ {STANDING} }}",
    "history(topicId: $topicId, interval: YEAR)": "{ intervals { start given received posts trustGained trustGiven } }",
}
ASKED_ALONE = {
    "influencersOf(personId: $personId, topicId: $topicId, first: 50)": "{ totalCount edges { node { "
    "person { id name } strength ways path { explanation } } } }",
    "leverage(audience: { personIds: $audience }, topicId: $topicId, contacts: 10)": "{ audience reachable "
    "contacts { person { id name } reaches gain together } }",
    "nextRelationships(brandId: $brandId, targets: { personIds: [$personId] }, topicId: $topicId, first: 50)": "{ "
    "totalCount edges { node { contact { id name } brandPerson { id name } opened strengthened strengthGained } } }",
}
AUDIENCE = 1_000
"""People of the audience of `leverage`."""

TYPES = {"topicId": "ID!", "brandId": "ID!", "personId": "ID!", "audience": "[ID!]!", "input": "TrustedPathsInput!"}

Variables = dict[str, object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="where the service answers")
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    snapshot = asyncio.run(_snapshot())
    asked = brand_to_decision_maker(snapshot, 2 * arguments.questions, arguments.seed)
    questions = [_variables(snapshot, each, arguments.seed) for each in asked if each.topic_id is not None]
    print(f"{len(questions)} brands, people and topics, each asked {1 + arguments.rounds} times; milliseconds")
    print(f"{'page':16} {'first p50':>10} {'first p99':>10} {'then p50':>10} {'then p99':>10}")
    thens = {}
    with httpx.Client(base_url=arguments.url, timeout=60) as client:
        for name, document in _documents().items():
            first = [_seconds(client, document, variables) for variables in questions]
            thens[name] = [
                _seconds(client, document, variables) for variables in questions for _ in range(arguments.rounds)
            ]
            figures = [np.percentile(each, at) * 1000 for each in (first, thens[name]) for at in (50, 99)]
            print(f"{name:16}" + "".join(f" {figure:10.2f}" for figure in figures))
    p50, p99 = (np.percentile(thens["influencers"], at) / np.percentile(thens["trustedPaths"], at) for at in (50, 99))
    print(f"influencers with 50 paths / one trustedPaths: p50 {p50:.2f} ×, p99 {p99:.2f} ×")


def _documents() -> dict[str, str]:
    """Every page by the name of its field."""
    fields = {f"topic(id: $topicId) {{ {field} {selection} }}": field for field, selection in ON_TOPIC.items()}
    fields |= {f"person(id: $personId) {{ {field} {selection} }}": field for field, selection in OF_PERSON.items()}
    fields |= {f"{field} {selection}": field for field, selection in ASKED_ALONE.items()}
    return {field.partition("(")[0]: _document(text) for text, field in fields.items()} | {"trustedPaths": ONE_QUESTION}


def _document(text: str) -> str:
    used = ", ".join(f"${name}: {kind}" for name, kind in TYPES.items() if f"${name}" in text)
    return f"query Page({used}) {{ {text} }}"


def _variables(snapshot: Snapshot, asked: BrandToDecisionMaker, seed: int) -> Variables:
    people = snapshot.people.index.ids
    audience = random.Random(f"{seed}/{asked.person_id}").sample(range(len(people)), AUDIENCE)
    parties = {"from": {"brandId": asked.brand_id}, "to": {"personId": asked.person_id}}
    return {
        "topicId": asked.topic_id,
        "brandId": asked.brand_id,
        "personId": asked.person_id,
        "audience": [people[at] for at in audience],
        "input": {**parties, "topicId": asked.topic_id},
    }


async def _snapshot() -> Snapshot:
    async with connected(Settings(), Catalog.load(CYPHER)) as database:
        return await read_snapshot(database)


def _seconds(client: httpx.Client, document: str, variables: Variables) -> float:
    used = {name: value for name, value in variables.items() if f"${name}" in document}
    began = perf_counter()
    response = client.post("/graphql", json={"query": document, "variables": used})
    seconds = perf_counter() - began
    body = response.raise_for_status().json()
    if "errors" in body:
        raise SystemExit(f"no answer to {document} with {used}: {body['errors']}")
    return seconds


if __name__ == "__main__":
    main()

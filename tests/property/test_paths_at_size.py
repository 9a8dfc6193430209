"""The path kernels on a generated graph of 10,000 people and 100,000 relationships, against trying every path."""

import math
import random
from collections import Counter
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from service.domain.errors import NotFound
from service.domain.model import Role, Topic
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import RoleKind, TrustDirection
from service.generate.folder import generate_folder
from service.generate.graph import Wish
from service.graph.paths.path_search import FINISHED
from service.graph.paths.trusted_paths import FoundPaths, PathSearch, search_together
from service.graph.snapshot import Snapshot
from service.ingest.folder import CheckedFolder, read_folder
from service.settings import DEMO_DATA
from tests.brute_force import Answer, trusted_paths
from tests.scenario import Scenario, Tie

Graph = tuple[Scenario, Snapshot]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("size-s") / "graph"
    generate_folder(DEMO_DATA, folder, Wish(10_000, 100_000, 1), 0.25, folder / "shape.png")
    scenario = scenario_of(read_folder(folder, lambda: None))
    return scenario, scenario.snapshot()


def scenario_of(folder: CheckedFolder) -> Scenario:
    """What a folder holds, in plain values."""
    rows = {name: table.rows.to_dicts() for name, table in folder.tables.items() if name != "interactions"}
    return Scenario(
        people=tuple(row["id"] for row in rows["people"]),
        trust=ties_of(folder.trust.trust.select(*TIE, "channel", "paid")),
        distrust=ties_of(folder.trust.distrust.select(TIE)),
        roles=tuple(
            Role(
                row["personId"],
                row["brandId"],
                RoleKind(row["kind"]),
                row["topicId"],
                strength=row.get("strength"),
                since=row["since"],
                until=row.get("until"),
            )
            for row in rows["roles"]
        ),
        brands=tuple(row["id"] for row in rows["brands"]),
        topics=tuple(Topic(row["id"], row["name"], row["parentId"]) for row in rows["topics"]),
        opted_out=frozenset(row["id"] for row in rows["people"] if row.get("optedOut")),
        dataset=folder.dataset,
    )


TIE = ("fromId", "toId", "strength", "topicId", "since", "lastSeen")


def ties_of(rows: pl.DataFrame) -> tuple[Tie, ...]:
    return tuple(Tie(*row) for row in rows.iter_rows())


def of_kernel(snapshot: Snapshot, question: TrustedPathsQuestion) -> Answer:
    return shown(snapshot, PathSearch(snapshot, question).run(np.zeros(1, dtype=np.uint8)))


def shown(snapshot: Snapshot, found: FoundPaths | NotFound) -> Answer:
    assert isinstance(found, FoundPaths)
    assert found.ending == FINISHED
    ids = snapshot.people.index.ids
    return [(path.cost, len(path.steps), tuple(ids[v] for v in path.people)) for path in found.paths]


def questions(scenario: Scenario, count: int) -> list[TrustedPathsQuestion]:
    """From people and from brands, to people and to brands, on topics and on none, in all directions."""
    rng = random.Random(3)
    deciding = [role for role in scenario.roles if role.kind is RoleKind.DECISION_MAKER]
    drawn = []
    for number in range(count):
        decider = rng.choice(deciding)
        employee = rng.choice(scenario.roles)
        drawn.append(
            TrustedPathsQuestion(
                rng.choice((Party(brand_id=employee.brand_id), Party(person_id=employee.person_id))),
                rng.choice((Party(brand_id=decider.brand_id), Party(person_id=decider.person_id))),
                decider.topic_id or None if number % 2 else None,
                direction=rng.choice(list(TrustDirection)),
            )
        )
    return drawn


def test_every_path_of_up_to_two_hops(graph: Graph) -> None:
    scenario, snapshot = graph
    lengths = set()
    for question in (replace(each, max_hops=2, first=100) for each in questions(scenario, 30)):
        expected = trusted_paths(scenario, question)
        assert of_kernel(snapshot, question) == expected, question
        lengths |= {hops for _, hops, _ in expected}
    assert {1, 2} <= lengths


def test_no_path_is_better_than_those_of_the_kernel(graph: Graph) -> None:
    """Of up to six hops: every path that costs no more than the kernel's last is tried."""
    scenario, snapshot = graph
    long = 0
    for question in questions(scenario, 40):
        found = of_kernel(snapshot, question)
        if len(found) < question.first or found[-1][0] > 3_000_000:
            continue  # more to try than a test has time for
        bounded = replace(question, min_strength=math.exp(-found[-1][0] / 1e6))
        assert trusted_paths(scenario, bounded) == found, question
        long += max(hops for _, hops, _ in found) > 2
    assert long >= 3


@pytest.mark.parametrize("shared", ["from_", "to"])
@pytest.mark.parametrize("direction", TrustDirection)
def test_a_batch_answers_what_each_question_is_answered_alone(
    graph: Graph, shared: str, direction: TrustDirection
) -> None:
    """From the largest employer, or to the brand where most decide; people of that brand are among the other ends."""
    scenario, snapshot = graph
    kind, other = (RoleKind.EMPLOYEE, "to") if shared == "from_" else (RoleKind.DECISION_MAKER, "from_")
    ((brand_id, _),) = Counter(role.brand_id for role in scenario.roles if role.kind is kind).most_common(1)
    staff = [Party(role.person_id) for role in scenario.roles if role.brand_id == brand_id and role.kind is kind]
    parties = [*(getattr(each, other) for each in questions(scenario, 60)), *staff[:30]]
    asked = [
        TrustedPathsQuestion(**{shared: Party(brand_id=brand_id), other: party}, direction=direction)
        for party in parties
    ]
    together = search_together(snapshot, asked, np.zeros(1, dtype=np.uint8))
    found = [shown(snapshot, each) for each in together]
    assert found == [of_kernel(snapshot, each) for each in asked]
    assert sum(map(bool, found)) > 10

"""Three engines, one answer: a brute force, the kernel on a snapshot read from Neo4j, and the Cypher twin in Neo4j.

Each random graph is written to a real database; the kernel and the twin both start from there.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from neo4j import AsyncDriver

from service.domain.paths import TrustedPathsQuestion
from service.graph.paths.path_search import FINISHED
from service.graph.paths.trusted_paths import PathSearch
from service.graph.snapshot import Snapshot
from service.store.database import Database
from service.store.snapshot_source import read_snapshot
from tests import brute_force
from tests.brute_force import Answer
from tests.differential.database_of import write
from tests.scenario import Scenario
from tests.strategies import cases


def alike(values: Iterable[str], *nobody: str) -> list[str]:
    """The same set as a list of two or more, unless it is empty.

    Neo4j plans anew for each size class of a list (none, one, a few), which takes longer than answering.
    """
    listed = [*values, *nobody]
    return listed * 2


def twin_params(question: TrustedPathsQuestion) -> dict[str, Any]:
    """The question as the Cypher twin takes it: excluding ids that nobody has changes nothing there."""
    return {
        "fromPersonId": question.from_.person_id,
        "fromBrandId": question.from_.brand_id,
        "toPersonId": question.to.person_id,
        "toBrandId": question.to.brand_id,
        "topicId": question.topic_id,
        "scope": question.scope.value,
        "direction": question.direction.value,
        "first": question.first,
        "maxHops": question.max_hops,
        "minStrength": question.min_strength,
        "introducerStrength": question.introducer_strength,
        "asOf": question.as_of,
        "viaRoles": alike(kind.value for kind in question.via_roles),
        "excludePersonIds": alike(question.exclude_person_ids, "nobody"),
        "excludeBrandIds": alike(question.exclude_brand_ids, "nobody"),
        "paid": question.paid.value,
        "channels": None if question.channels is None else alike(question.channels),
        "stages": None if question.stages is None else alike(question.stages),
        "seenFrom": question.seen_from,
        "seenTo": question.seen_to,
        "distinctIntroducers": question.distinct_introducers,
    }


async def twin_answer(driver: AsyncDriver, twin: str, question: TrustedPathsQuestion) -> Answer:
    # Every example's graph has other statistics; planning anew for each would take most of the time.
    records, _, _ = await driver.execute_query("CYPHER replan=skip " + twin, twin_params(question))
    return [(row["cost"], row["hops"], tuple(row["personIds"])) for row in records]


def kernel_answer(snapshot: Snapshot, question: TrustedPathsQuestion) -> Answer:
    found = PathSearch(snapshot, question).run(np.zeros(1, dtype=np.uint8))
    assert found.ending == FINISHED
    ids = snapshot.people.index.ids
    return [(path.cost, len(path.steps), tuple(ids[person] for person in path.people)) for path in found.paths]


@pytest.mark.timeout(1200)
@given(case=cases())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
async def test_brute_force_kernel_and_twin_agree(
    case: tuple[Scenario, TrustedPathsQuestion], scratch: Database, scratch_driver: AsyncDriver
) -> None:
    scenario, question = case
    expected = brute_force.trusted_paths(scenario, question)
    await write(scratch_driver, scenario)
    snapshot = await read_snapshot(scratch)
    assert snapshot.info.id == scenario.snapshot().info.id, "what was read is not what was written"
    assert kernel_answer(snapshot, question) == expected, "the kernel differs"
    twin = scratch.catalog["trusted_paths"].text
    assert await twin_answer(scratch_driver, twin, question) == expected, "the twin differs"

"""Influencers, leverage and next relationships: the kernels on a snapshot read from Neo4j, and the Cypher twins there.

(`tests/property/test_contacts_against_brute_force.py` compares the kernels with brute force.)
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from neo4j import AsyncDriver

from service.domain.contacts import InfluencersQuestion, LeverageQuestion, NextQuestion
from service.graph.influence.influencers_of import paths_question, ranked_influencers, ways_to
from service.graph.snapshot import Snapshot
from service.ports.browsing import Slice
from service.store.database import Database
from service.store.snapshot_source import read_snapshot
from service.use_cases.find_leverage import answer as leverage_answer
from service.use_cases.find_next_relationships import answer as next_answer
from tests.contact_cases import about_influencers, about_leverage, about_next
from tests.differential.database_of import write
from tests.differential.test_trusted_paths import alike
from tests.scenario import Scenario

GO_ON = np.zeros(1, dtype=np.uint8)
EXAMPLES = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

pytestmark = pytest.mark.timeout(1200)


class Both:
    """A graph in Neo4j, asked by the twin and by the kernels on a snapshot read from there."""

    def __init__(self, database: Database, driver: AsyncDriver) -> None:
        self._database = database
        self._driver = driver

    async def holds(self, scenario: Scenario) -> Snapshot:
        await write(self._driver, scenario)
        return await read_snapshot(self._database)

    async def twin(self, name: str, **params: Any) -> list[dict[str, Any]]:
        statement = self._database.catalog[name]
        assert params.keys() == statement.params.keys()
        # Every example's graph has other statistics; planning anew for each would take most of the time.
        records, _, _ = await self._driver.execute_query("CYPHER replan=skip " + statement.text, params)
        return [dict(record) for record in records]


@pytest.fixture
def both(scratch: Database, scratch_driver: AsyncDriver) -> Both:
    return Both(scratch, scratch_driver)


@given(case=about_influencers())
@EXAMPLES
async def test_influencers(case: tuple[Scenario, InfluencersQuestion], both: Both) -> None:
    scenario, question = case
    snapshot = await both.holds(scenario)
    asked = paths_question(question)
    ranked = ranked_influencers(snapshot, asked, GO_ON)
    ids = snapshot.people.index.ids
    kernel = [
        (path.cost, [ids[person] for person in path.people], ways)
        for _, path, ways in ways_to(snapshot, asked, ranked.people, GO_ON)
    ]
    situation = question.situation
    twin = await both.twin(
        "influencers_of",
        personId=question.person_id,
        topicId=question.topic_id,
        scope=question.scope.value,
        asOf=question.as_of,
        channels=None if situation.channels is None else alike(situation.channels),
        stages=None if situation.stages is None else alike(situation.stages),
        seenFrom=situation.seen_from,
        seenTo=situation.seen_to,
        location=None,
        communityId=None,
        first=100,
    )
    assert [(row["cost"], row["personIds"], row["ways"]) for row in twin] == kernel
    assert [(row["personId"], row["hops"]) for row in twin] == [
        (people[-1], len(people) - 1) for _, people, _ in kernel
    ]


@given(case=about_leverage())
@EXAMPLES
async def test_leverage(case: tuple[Scenario, LeverageQuestion], both: Both) -> None:
    scenario, question = case
    question = replace(question, max_hops=min(question.max_hops, 2))
    found = leverage_answer(await both.holds(scenario), question, question.audience.person_ids, GO_ON)
    people = question.audience.person_ids
    twin = await both.twin(
        "leverage",
        brandId=question.audience.brand_id,
        communityId=None,
        personIds=None if people is None else alike(people, "nobody"),
        contacts=question.contacts,
        topicId=question.topic_id,
        scope=question.scope.value,
        asOf=question.as_of,
        minStrength=question.min_strength,
        maxHops=question.max_hops,
    )
    columns = ("personId", "inAudience", "reaches", "gain", "together", "adds")
    assert [tuple(row[column] for column in columns) for row in twin] == [
        (
            each.person_id,
            each.in_audience,
            each.reaches,
            len(each.adds),
            each.together,
            sorted(one.person_id for one in each.adds),
        )
        for each in found.contacts
    ]
    assert {row["audience"] for row in twin} <= {found.audience}


@given(case=about_next())
@EXAMPLES
async def test_next_relationships(case: tuple[Scenario, NextQuestion], both: Both) -> None:
    scenario, question = case
    listed = next_answer(await both.holds(scenario), question, Slice(100), GO_ON)
    people = question.targets.person_ids
    twin = await both.twin(
        "next_relationships",
        brandId=question.brand_id,
        targetBrandId=question.targets.brand_id,
        targetPersonIds=None if people is None else alike(people, "nobody"),
        topicId=question.topic_id,
        scope=question.scope.value,
        asOf=question.as_of,
        assumedStrength=question.assumed_strength,
        minStrength=question.min_strength,
        maxHops=question.max_hops,
        orderBy=question.order_by.value,
        first=100,
    )
    columns = ("contactId", "brandPersonId", "opened", "strengthened", "gained", "gains")
    assert [tuple(row[column] for column in columns) for row in twin] == [
        (
            each.contact_id,
            each.brand_person_id,
            each.opened,
            each.strengthened,
            each.gained,
            [[gain.person_id, gain.before, gain.after] for gain in each.gains],
        )
        for each in listed.page.items
    ]

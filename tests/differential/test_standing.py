"""Standing by the kernels, on what was read from Neo4j, and by the Cypher twin in Neo4j: the same numbers."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import AsyncDriver

from service.domain.model import Evidence, Topic
from service.domain.standing import StandingQuestion
from service.domain.vocabulary import StandingMeasure, TopicScope
from service.store.activity import Neo4jActivity
from service.store.database import Database
from service.store.snapshot_source import read_snapshot
from service.use_cases.find_standing import FindStanding, TopicStandings
from tests.communities import FixedSnapshot
from tests.differential.database_of import write
from tests.influence import Act, activities, write_activity
from tests.scenario import AS_OF, Scenario, Tie
from tests.strategies import TOPIC_IDS, scenarios

SMALL = (Topic("net", "Networks"), Topic("art", "Art"))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Scenario, list[Act], StandingQuestion]:
    scenario = draw(scenarios())
    evidence = st.sampled_from(((), (Evidence("REVIEW", 2),), (Evidence("ACK", 0),)))
    scenario = replace(scenario, trust=tuple(replace(tie, evidence=draw(evidence)) for tie in scenario.trust))
    question = StandingQuestion(
        draw(st.sampled_from(TOPIC_IDS[1:])),
        draw(st.sampled_from(TopicScope)),
        draw(st.none() | st.integers(-900, 400).map(lambda offset: AS_OF + timedelta(days=offset))),
    )
    return scenario, draw(activities(scenario.people)), question


def told(found: TopicStandings) -> dict[str, dict[str, Any]]:
    rows = {}
    for place in range(len(found.everybody.people)):
        columns = found.everybody.columns
        engagement = found.engagement_of(found.id_of(place))
        assert engagement is not None
        rows[found.id_of(place)] = {
            "reach": int(columns[StandingMeasure.REACH].value[place]),
            "resonance": pytest.approx(columns[StandingMeasure.RESONANCE].value[place], rel=1e-12),
            "relevance": pytest.approx(columns[StandingMeasure.RELEVANCE].value[place], rel=1e-12),
            "given": engagement.given,
            "received": engagement.received,
            "everywhere": int(found.everybody.everywhere[place]),
            "engagedBy": engagement.engaged_by,
            "answered": engagement.answered,
            "reciprocity": engagement.reciprocity,
            "class": engagement.kind,
        }
    return rows


async def twin(
    driver: AsyncDriver, scratch: Database, question: StandingQuestion, order_by: str
) -> list[dict[str, Any]]:
    params = {
        "topicId": question.topic_id,
        "scope": question.scope.value,
        "asOf": question.as_of,
        "orderBy": order_by,
        "first": 100,
    }
    records, _, _ = await driver.execute_query("CYPHER replan=skip " + scratch.catalog["standing"].text, params)
    return [record.data() for record in records]


@pytest.mark.timeout(900)
@given(case=cases())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
async def test_kernels_and_twin_agree(
    case: tuple[Scenario, list[Act], StandingQuestion], scratch: Database, scratch_driver: AsyncDriver
) -> None:
    scenario, acts, question = case
    await write(scratch_driver, scenario)
    await write_activity(scratch_driver, acts)
    found = await FindStanding(FixedSnapshot(await read_snapshot(scratch)), Neo4jActivity(scratch))(question)
    rows = await twin(scratch_driver, scratch, question, "RESONANCE")
    assert {row.pop("personId"): {**row} for row in rows if row.pop("name")} == told(found)


async def test_the_order_is_the_one_asked_for(scratch: Database, scratch_driver: AsyncDriver) -> None:
    """By hand: b and c trust a at 0.5 and 0.4, d trusts b at 0.9; c is the one most at home here."""
    scenario = Scenario(
        people=("a", "b", "c", "d"),
        trust=(Tie("b", "a", 0.5, "net"), Tie("c", "a", 0.4, "net"), Tie("d", "b", 0.95, "net")),
        topics=SMALL,
    )
    await write(scratch_driver, scenario)
    acts = [
        Act("a", "net", 202512, 10),
        Act("a", "net", 202602, 90),
        Act("a", "art", 202512, 10, 10),
        Act("c", "net", 202511, 0, 30),
        Act("d", "art", 202511, 0, 20),
    ]
    await write_activity(scratch_driver, acts)
    question = StandingQuestion("net", as_of=date(2026, 1, 31))
    share = 40 / 80
    by_hand = {
        "a": (3, 0.9, (10 + 10 * share) / (30 + 10)),
        "b": (1, 0.95, share),
        "c": (0, 0.0, (30 + 10 * share) / (30 + 10)),
        "d": (0, 0.0, (0 + 10 * share) / (20 + 10)),
    }
    for place, (order_by, ids) in enumerate(
        {"REACH": ["a", "b", "c", "d"], "RESONANCE": ["b", "a", "c", "d"], "RELEVANCE": ["c", "b", "a", "d"]}.items()
    ):
        rows = await twin(scratch_driver, scratch, question, order_by)
        assert [row["personId"] for row in rows] == ids
        measured = [row[order_by.lower()] for row in rows]
        assert measured == pytest.approx([by_hand[id_][place] for id_ in ids], rel=2e-6)

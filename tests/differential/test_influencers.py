"""Influencers, rainmakers and untapped: the kernels on a snapshot read from Neo4j, and the Cypher twins there, which
take the standing that was written back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import AsyncDriver

from service.domain.influencers import BrandOnTopicQuestion
from service.domain.model import Role, Topic
from service.domain.vocabulary import InfluencerOrder, RoleKind, Stance, StandingMeasure
from service.graph.influence import brand_evidence
from service.ports.standing import STANDING_SCHEMA
from service.store.activity import Neo4jActivity
from service.store.database import Database
from service.store.snapshot_source import read_snapshot
from service.store.standing_store import Neo4jStandingStore
from service.use_cases.find_brand_on_topic import FindBrandOnTopic, TopicInfluencers
from service.use_cases.find_standing import FindStanding
from service.use_cases.kernel_runs import KernelRuns
from tests.brand_cases import about_brands
from tests.communities import FixedSnapshot
from tests.differential.database_of import write
from tests.scenario import Scenario, Tie

EXAMPLES = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

pytestmark = pytest.mark.timeout(1200)


class Both:
    """A graph in Neo4j with its standing, asked by the twins and by the kernels on a snapshot read from there."""

    def __init__(self, database: Database, driver: AsyncDriver, threads: ThreadPoolExecutor) -> None:
        self._database = database
        self._driver = driver
        self._threads = threads

    async def holds(self, scenario: Scenario, question: BrandOnTopicQuestion) -> TopicInfluencers:
        await write(self._driver, scenario)
        snapshots = FixedSnapshot(await read_snapshot(self._database))
        standing = FindStanding(snapshots, Neo4jActivity(self._database))
        self._find = FindBrandOnTopic(standing, KernelRuns(self._threads, deadline_seconds=600))
        found = await self._find(question)
        columns = found.brand.standings.columns
        rows = pl.DataFrame(
            {
                "personId": [found.standings.id_of(place) for place in range(len(found.brand.standings.people))],
                **{measure.lower(): columns[measure].value for measure in StandingMeasure},
            }
        ).cast({"personId": pl.String, "reach": pl.Int64})
        store = Neo4jStandingStore(self._database)
        await store.replace(question.topic_id, rows.select(*STANDING_SCHEMA), [], "s", datetime(2026, 1, 1, tzinfo=UTC))
        return found

    async def way(self, found: TopicInfluencers, place: int) -> dict[str, Any]:
        """What both say of one person's path and stance."""
        path = await self._find.paths(found, [place]).of(place)
        person = int(found.brand.standings.people[place])
        against = found.brand.circle.against(person)
        assert against == bool(brand_evidence.stance_grounds(found.brand, place))
        return {
            "personId": found.standings.id_of(place),
            "cost": None if path is None else path.cost,
            "hops": None if path is None else path.hops,
            "personIds": None if path is None else list(path.person_ids),
            "stance": Stance.DETRACTOR if against else Stance.NEUTRAL,
        }

    async def twin(self, name: str, question: BrandOnTopicQuestion, **params: Any) -> list[dict[str, Any]]:
        statement = self._database.catalog[name]
        params |= {"topicId": question.topic_id, "brandId": question.brand_id, "scope": "RELATED", "asOf": None}
        assert {*params, "first"} == statement.params.keys()
        # Every example's graph has other statistics; planning anew for each would take most of the time.
        records, _, _ = await self._driver.execute_query("CYPHER replan=skip " + statement.text, first=100, **params)
        return [dict(record) for record in records]


@pytest.fixture
def both(scratch: Database, scratch_driver: AsyncDriver) -> Any:
    with ThreadPoolExecutor(1) as threads:
        yield Both(scratch, scratch_driver, threads)


def only(row: dict[str, Any], columns: dict[str, Any]) -> dict[str, Any]:
    return {column: row[column] for column in columns}


@given(case=about_brands(), order=st.sampled_from(InfluencerOrder))
@EXAMPLES
async def test_influencers(case: tuple[Scenario, BrandOnTopicQuestion], order: InfluencerOrder, both: Both) -> None:
    scenario, question = case
    found = await both.holds(scenario, question)
    rows = await both.twin("influencers", question, maxHops=question.max_hops, personIds=None, orderBy=order.value)
    ways = [await both.way(found, place) for place in range(len(found.brand.standings.people))]
    by_id = {row["personId"]: row for row in rows}
    assert [only(by_id[way["personId"]], way) for way in ways] == ways
    assert len(rows) == len(ways)
    column = found.brand.column(order)
    name = "reachableAuthority" if order is InfluencerOrder.REACHABLE_AUTHORITY else order.lower()
    # The order is that of the numbers; where two of them differ in their last bits only, either may come first.
    assert [row[name] for row in rows] == pytest.approx(column.value[column.order].tolist(), rel=1e-12)
    values = {found.standings.id_of(place): float(column.value[place]) for place in range(len(ways))}
    assert {row["personId"]: row[name] for row in rows} == pytest.approx(values, rel=1e-12)


@given(case=about_brands())
@EXAMPLES
async def test_rainmakers(case: tuple[Scenario, BrandOnTopicQuestion], both: Both) -> None:
    scenario, question = case
    found = await both.holds(scenario, question)
    rows = await both.twin("rainmakers", question, maxHops=question.max_hops)
    ways = [await both.way(found, place) for place in found.brand.rainmakers().tolist()]
    assert [only(row, way) for row, way in zip(rows, ways, strict=True)] == ways


@given(case=about_brands())
@EXAMPLES
async def test_untapped(case: tuple[Scenario, BrandOnTopicQuestion], both: Both) -> None:
    scenario, question = case
    found = await both.holds(scenario, question)
    rows = await both.twin("untapped", question)
    authority = found.brand.standings.columns[StandingMeasure.AUTHORITY]
    assert [{key: row[key] for key in row if key != "name"} for row in rows] == [
        {
            "personId": found.standings.id_of(place),
            "authority": authority.value[place],
            "percentile": authority.percentile[place],
            "kinds": sorted({role.kind for role in brand_evidence.roles_at_brand(found.brand, place)}),
            "listeners": brand_evidence.listeners(found.brand, place).value,
            "newListeners": brand_evidence.new_listeners(found.brand, place).value,
        }
        for place in found.brand.untapped().tolist()
    ]


async def test_all_three_by_hand(both: Both) -> None:
    """e of acme is heard by m, who is heard by r; n, who knows nobody, distrusts e. e is an employee without a voice, v
    advocates on every topic, and k hears both."""
    scenario = Scenario(
        people=tuple("ekmnrv"),
        trust=(
            Tie("m", "e", 0.9, "net"),
            Tie("k", "e", 0.5, "net"),
            Tie("k", "v", 0.5, "net"),
            Tie("r", "m", 0.5, "net"),
            Tie("m", "r", 0.5, "net"),
            Tie("r", "n", 0.9, "net"),
        ),
        distrust=(Tie("n", "e", 0.9, "net"),),
        roles=(Role("e", "acme", RoleKind.EMPLOYEE), Role("v", "acme", RoleKind.ADVOCATE)),
        brands=("acme",),
        topics=(Topic("net", "Networks"),),
    )
    question = BrandOnTopicQuestion("net", "acme")
    await both.holds(scenario, question)
    rows = await both.twin("rainmakers", question, maxHops=6)
    assert {row["personId"]: (row["cost"], row["personIds"], row["stance"]) for row in rows} == {
        "r": (105361 + 223144 + 693147, ["e", "m", "r"], "NEUTRAL"),
        "n": (None, None, "DETRACTOR"),
    }
    rows = await both.twin("untapped", question)
    assert [(row["personId"], row["kinds"], row["listeners"], row["newListeners"]) for row in rows] == [
        ("e", ["EMPLOYEE"], 2, 1)
    ]
    rows = await both.twin("influencers", question, maxHops=1, personIds=["r", "m", "v"], orderBy="REACH")
    assert {row["personId"]: (row["hops"], row["personIds"]) for row in rows} == {
        "m": (1, ["e", "m"]),
        "r": (None, None),
        "v": (0, ["v"]),
    }
    nobody = BrandOnTopicQuestion("net", "nobody")
    assert await both.twin("rainmakers", nobody, maxHops=6) == []

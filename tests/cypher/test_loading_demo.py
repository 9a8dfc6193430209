"""The demo data, as loaded: what is in it, and that loading it again changes nothing."""

from typing import Any

import pytest
from neo4j import AsyncGraphDatabase, RoutingControl

from service.ports.loading import GraphTable, Written
from service.settings import Settings
from service.store.database import Database
from service.store.graph_writer import Neo4jGraphWriter
from service.use_cases.load_folder import LoadReport, load_folder
from tests.conftest import DEMO_DATA


async def ask(settings: Settings, question: str) -> dict[str, Any]:
    """One row of plain Cypher, read only."""
    auth = (settings.neo4j_user, settings.neo4j_password.get_secret_value())
    async with AsyncGraphDatabase.driver(settings.neo4j_uri or "", auth=auth) as driver:
        result = await driver.execute_query(question, routing_=RoutingControl.READ)
        return result.records[0].data()


@pytest.fixture(scope="module")
async def again(demo: Database, tmp_path_factory: pytest.TempPathFactory) -> tuple[LoadReport, bool]:
    """The report of one more load, and whether it moved the bookmark."""
    rejects = tmp_path_factory.mktemp("again") / "rejects.csv"
    bookmark = await demo.bookmark()
    report = await load_folder(DEMO_DATA, Neo4jGraphWriter(demo), rejects=rejects)
    return report, await demo.bookmark() != bookmark


async def test_another_load_finds_all_in_place(again: tuple[LoadReport, bool]) -> None:
    report, moved = again
    assert not moved
    assert report.exit_status == 0
    assert report.notes == ()
    assert [(file.file, file.read, file.duplicates) for file in report.files] == [
        ("people.csv", 7504, 0),
        ("brands.csv", 284, 0),
        ("topics.csv", 1000, 0),
        ("roles.csv", 6959, 0),
        ("interactions.csv.gz", 344_092, 0),
        ("trust.csv", 0, 0),
    ]
    assert report.written == {
        GraphTable.PEOPLE: Written(unchanged=7504),
        GraphTable.BRANDS: Written(unchanged=284),
        GraphTable.TOPICS: Written(unchanged=1000),
        GraphTable.TOPIC_LINKS: Written(unchanged=995),
        GraphTable.ROLES: Written(unchanged=6959),
        GraphTable.TRUST: Written(unchanged=114_503),
        GraphTable.DISTRUST: Written(),
        GraphTable.OVERRULED: Written(),
        GraphTable.ACTIVITY: Written(unchanged=50_718),
        GraphTable.DATASET: Written(unchanged=1),
    }


async def test_every_interaction_is_evidence(again: tuple[LoadReport, bool], demo_settings: Settings) -> None:
    found = await ask(
        demo_settings,
        "MATCH ()-[r:TRUSTS]->() UNWIND r.evidenceCounts AS n "
        "RETURN sum(n) AS interactions, toString(min(r.since)) AS since, toString(max(r.lastSeen)) AS lastSeen",
    )
    assert found == {"interactions": 344_092, "since": "2006-04-19", "lastSeen": "2026-08-18"}


async def test_cypher_derives_the_same_numbers(again: tuple[LoadReport, bool], demo_settings: Settings) -> None:
    """Strength and cost of every relationship, computed a second time by Neo4j from the evidence beside them."""
    found = await ask(
        demo_settings,
        """
        MATCH (d:Dataset)
        MATCH ()-[r:TRUSTS]->()
        WITH d, r, reduce(evidence = 0.0, i IN range(0, size(r.evidenceKinds) - 1) |
          evidence + r.evidenceCounts[i] * d.weights[reduce(at = 0, j IN range(0, size(d.weightKinds) - 1) |
            CASE d.weightKinds[j] WHEN r.evidenceKinds[i] THEN j ELSE at END)]) AS evidence
        WITH r, 1 - exp(-evidence / d.saturation) AS raw
        WITH r, CASE WHEN raw < 0.001 THEN 0.001 WHEN raw > 0.99 THEN 0.99 ELSE raw END AS strength
        WITH r, strength, toInteger(round(-log(strength) * 1000000)) AS cost
        RETURN count(*) AS rows, max(abs(r.strength - strength)) < 1e-14 AS same, max(abs(r.cost - cost)) AS apart
        """,
    )
    assert found == {"rows": 114_503, "same": True, "apart": 0}

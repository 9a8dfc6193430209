"""The catalogue against a real server: all of it is sound, and every kind of disagreement is found."""

import asyncio
import re
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from service.domain.errors import Unavailable
from service.settings import Settings
from service.store import catalog_check
from service.store.catalog import Catalog, CatalogError
from service.store.catalog_check import check_catalog, checked_meanwhile
from service.store.database import Database, connected

ONE_OF_EVERYTHING = """
CREATE (p:Person {id: 'p', name: 'P', headline: '', location: '', optedOut: false, updatedAt: datetime()})
CREATE (q:Person {id: 'q', name: 'Q'})
CREATE (b:Brand {id: 'b', name: 'B', domain: ''})
CREATE (t:Topic {id: 't', name: 'T', description: ''})-[:PART_OF]->(:Topic {id: 'u', name: 'U'})
CREATE (c:Community {id: 'c', topicId: 't', label: '', size: 1, cohesion: 0.0, conductance: 0.0, modularity: 0.0,
                     computedAt: datetime(), snapshotId: '', digest: ''})-[:ABOUT]->(t)
CREATE (:CommunityMoment {id: 'm', topicId: 't', day: date(), lineId: '', communityId: '', label: '', size: 1,
                          born: true, endedBy: date()})-[:BECAME {change: ''}]->(m:CommunityMoment {id: 'n'})
CREATE (m)-[:SEEN_AT]->(:CommunityStage {id: 's', topicId: 't', day: date(), people: 1, modularity: 0.0,
                                         snapshotId: '', computedAt: datetime()})
CREATE (:Dataset {name: '', asOf: date(), saturation: 1.0, halfLifeDays: 1.0, weightKinds: [''], weights: [1.0],
                  contentKinds: [''],
                  likelihoodDays: 1, likelihoodStrengths: [0.5], likelihoodShares: [0.5],
                  updatedAt: datetime()})
CREATE (p)-[:TRUSTS {topicId: '', strength: 0.5, cost: 1, since: date(), lastSeen: date(), channel: '', stages: [''],
                     paid: false, evidenceKinds: [''], evidenceCounts: [1], paidCounts: [1], channels: [''],
                     channelCounts: [1], refs: [1], updatedAt: datetime()}]->(q)
CREATE (p)-[:OVERRULED {topicId: ''}]->(q)
CREATE (:Forgotten {mark: '', keyId: ''})
CREATE (q)-[:DISTRUSTS {topicId: '', strength: 0.5, since: date(), lastSeen: date(), updatedAt: datetime()}]->(p)
CREATE (p)-[:HAS_ROLE {kind: '', topicId: '', title: '', strength: 1.0, since: date(), until: date(),
                       updatedAt: datetime()}]->(b)
CREATE (p)-[:ACTIVE_IN {months: [202401], given: [1], received: [0], posts: [1], updatedAt: datetime()}]->(t)
CREATE (p)-[:STANDS_ON {authority: 1.0, reach: 1, resonance: 1.0, relevance: 1.0, snapshotId: '',
                        computedAt: datetime()}]->(t)
CREATE (p)-[:MEMBER_OF {share: 1.0, rank: 1.0, role: '', primary: true}]->(c)
CREATE (q)-[:BRIDGES {fromId: '', strength: 1.0}]->(c)
"""


async def test_the_whole_catalogue_is_sound(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    await scratch_driver.execute_query(ONE_OF_EVERYTHING)
    await check_catalog(empty_scratch, drift=True)


def written(folder: Path, **files: str) -> None:
    for name, statement in files.items():
        path = folder / "read" / f"{name}.cypher"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"// {name}: a test.\n/*\n{statement}", encoding="utf-8")


async def complaints(settings: Settings, folder: Path, *, drift: bool = False, **files: str) -> list[str]:
    written(folder, **files)
    async with connected(settings, Catalog.load(folder)) as database:
        try:
            await check_catalog(database, drift=drift)
        except CatalogError as error:
            return str(error).splitlines()
        return []


def statement(cypher: str, *, params: str = "none", returns: str = "n: INTEGER", access: str = "read") -> str:
    return f"access: {access}\nparams: {params}\nreturns: {returns}\norder: n\ntimeout: 5 s\n*/\n{cypher};\n"


async def test_every_disagreement_is_named_with_its_file(scratch_settings: Settings, tmp_path: Path) -> None:
    assert await complaints(
        scratch_settings,
        tmp_path,
        a_sound=statement("RETURN $x AS n ORDER BY n", params="x: INTEGER"),
        b_unused=statement("RETURN 1 AS n // $y", params="x: INTEGER; y: INTEGER"),
        c_unnamed=statement("RETURN $x + $y AS n", params="x: INTEGER"),
        d_columns=statement("RETURN 1 AS m, 2 AS n", returns="n: INTEGER; m: INTEGER"),
        e_none=statement("CREATE ()", access="write"),
        f_access=statement("MATCH (p:Person) SET p.name = '' RETURN 1 AS n"),
        g_access=statement("RETURN 1 AS n", access="write"),
        h_schema=statement("CREATE INDEX never IF NOT EXISTS FOR (p:Person) ON (p.never)", returns="none"),
        i_both=statement("RETURN 1 AS m", params="x: INTEGER"),
    ) == [
        "cypher/read/b_unused.cypher: the header names parameters that the statement does not use: x, y.",
        "cypher/read/c_unnamed.cypher: the header lacks the parameters y.",
        "cypher/read/d_columns.cypher: the header returns ['n', 'm'], the statement ['m', 'n'].",
        "cypher/read/e_none.cypher: the header returns ['n'], the statement [].",
        "cypher/read/f_access.cypher: the header says access: read, the planner write.",
        "cypher/read/g_access.cypher: the header says access: write, the planner read.",
        "cypher/read/h_schema.cypher: the header says access: read, the planner schema.",
        "cypher/read/i_both.cypher: the header names parameters that the statement does not use: x.",
        "cypher/read/i_both.cypher: the header returns ['n'], the statement ['m'].",
    ]


async def test_a_statement_that_does_not_parse_is_a_complaint_among_others(
    scratch_settings: Settings, tmp_path: Path
) -> None:
    (first, second) = await complaints(
        scratch_settings, tmp_path, a_wrong=statement("RETURN AS n"), b_wrong=statement("RETURN 1 AS m")
    )
    assert re.match(r"cypher/read/a_wrong\.cypher: Neo4j refused .* planning a_wrong: Invalid input", first)
    assert second.startswith("cypher/read/b_wrong.cypher: the header returns")


async def test_drift_names_what_the_database_does_not_know(scratch_settings: Settings, tmp_path: Path) -> None:
    drifted = statement("MATCH (:Persom)-[:WORK_AT]->(b) RETURN count(b.nick) AS n")
    assert await complaints(scratch_settings, tmp_path, work=drifted) == []
    found = await complaints(scratch_settings, tmp_path, drift=True, work=drifted)
    assert sorted(re.findall(r"work\.cypher: ([\w ]+) not in the database: .*`(\w+)`", "\n".join(found))) == [
        ("label", "Persom"),
        ("property", "nick"),
        ("relationship type", "WORK_AT"),
    ]


async def test_planning_runs_nothing(empty_scratch: Database) -> None:
    before = await empty_scratch.bookmark()
    plan = await empty_scratch.explain("wipe_nodes")
    assert (plan.query_type, plan.columns, plan.notices) == ("rw", ["deleted"], [])
    assert await empty_scratch.bookmark() == before


async def test_no_server_is_no_complaint_about_the_files(tmp_path: Path) -> None:
    nowhere = Settings(neo4j_uri="bolt://127.0.0.1:1")
    with pytest.raises(Unavailable):
        await complaints(nowhere, tmp_path, a=statement("RETURN 1 AS n"))


async def test_in_the_background_what_disagrees_is_logged(
    scratch_settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_check, "SETTLING_SECONDS", 0.1)
    written(tmp_path, a=statement("RETURN 1 AS m"))
    async with connected(scratch_settings, Catalog.load(tmp_path)) as database, checked_meanwhile(database):
        while not caplog.records:
            await asyncio.sleep(0.01)
    assert "a.cypher: the header returns ['n'], the statement ['m']." in caplog.text


async def test_the_background_check_ends_with_its_block(scratch: Database) -> None:
    async with checked_meanwhile(scratch):
        pass
    assert "catalogue check" not in {task.get_name() for task in asyncio.all_tasks()}

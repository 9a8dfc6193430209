"""Every check of data_quality stays silent on sound data and finds what is planted."""

import pytest
from neo4j import AsyncDriver

from service.domain.model import Evidence, Role, Topic
from service.domain.vocabulary import RoleKind
from service.store.database import Database
from tests.differential.database_of import write
from tests.scenario import AS_OF, Scenario, Tie

SOUND = Scenario(
    ("a", "b", "c"),
    (
        Tie("a", "b", 0.5, "t", AS_OF, AS_OF, evidence=(Evidence("REVIEW", 2),)),
        Tie("a", "b", 0.99),
        Tie("b", "a", 0.001, "u"),
    ),
    (Tie("b", "a", 0.5, "t"), Tie("a", "c")),
    (Role("a", "x", RoleKind.EMPLOYEE, "t", strength=1.0, since=AS_OF, until=AS_OF), Role("b", "x", RoleKind.CREATOR)),
    ("x",),
    (Topic("t", "T"), Topic("u", "U", "t"), Topic("v", "V", "u")),
)
FIRST = "MATCH (a:Person {id: 'a'})-[r:TRUSTS {topicId: 't'}]->(b:Person {id: 'b'}) "
DISTRUST = "MATCH (:Person {id: 'a'})-[r:DISTRUSTS]->(:Person {id: 'c'}) "
ROLE = "MATCH (:Person {id: 'a'})-[r:HAS_ROLE]->(:Brand {id: 'x'}) "
TOPICS = "MATCH (t:Topic {id: 't'}), (v:Topic {id: 'v'}) "
ON_T, AT_X = "a -> b on t", "a at x as EMPLOYEE"

PLANTED = [
    ("trust: topic is not in the database", FIRST + "SET r.topicId = 'nope'", ["a -> b on nope"]),
    ("trust: topic is not in the database", DISTRUST + "SET r.topicId = 'nope'", ["a -> c on nope"]),
    (
        "trust: no topicId (an empty one is trust in general)",
        FIRST + "REMOVE r.topicId",
        ["a -> b on no topic"],
    ),
    (
        "trust: in oneself",
        "MATCH (b:Person {id: 'b'}) " + FIRST + "CREATE (b)-[s:TRUSTS]->(b) SET s = r",
        ["b -> b on t"],
    ),
    ("trust: strength is not in (0, 0.99]", DISTRUST + "SET r.strength = 1.0", ["a -> c on "]),
    ("trust: strength is not in (0, 0.99]", DISTRUST + "SET r.strength = 0.0", ["a -> c on "]),
    ("trust: strength is not in (0, 0.99]", DISTRUST + "REMOVE r.strength", ["a -> c on "]),
    ("trust: strength is not in (0, 0.99]", DISTRUST + "SET r.strength = 'strong'", ["a -> c on "]),
    ("trust: cost is not round(-ln(strength) * 1000000)", FIRST + "SET r.cost = r.cost + 1", [ON_T]),
    ("trust: cost is not round(-ln(strength) * 1000000)", FIRST + "REMOVE r.cost", [ON_T]),
    ("trust: no updatedAt", DISTRUST + "REMOVE r.updatedAt", ["a -> c on "]),
    ("trust: since or lastSeen is no DATE", FIRST + "SET r.since = '2026-01-01'", [ON_T]),
    ("trust: since or lastSeen is no DATE", FIRST + "SET r.lastSeen = datetime()", [ON_T]),
    ("trust: lastSeen before since", FIRST + "SET r.lastSeen = date('2025-12-31')", [ON_T]),
    ("trust: evidence kinds and counts do not match", FIRST + "SET r.evidenceCounts = [1, 2]", [ON_T]),
    ("trust: evidence kinds and counts do not match", FIRST + "REMOVE r.evidenceKinds", [ON_T]),
    ("trust: more than one for the same people and topic", FIRST + "CREATE (a)-[s:TRUSTS]->(b) SET s = r", [ON_T]),
    (
        "trust: distrust on the same topic beside it",
        FIRST + "CREATE (a)-[s:DISTRUSTS]->(b) SET s = {topicId: 't', strength: 0.5, updatedAt: datetime()}",
        [ON_T],
    ),
    ("roles: kind is unknown", ROLE + "SET r.kind = 'BOSS'", ["a at x as BOSS"]),
    ("roles: kind is unknown", ROLE + "REMOVE r.kind", ["a at x as no kind"]),
    ("roles: topic is not in the database", ROLE + "SET r.topicId = 'nope'", [AT_X]),
    ("roles: strength is not in (0, 1]", ROLE + "SET r.strength = 1.1", [AT_X]),
    ("roles: since or until is no DATE", ROLE + "SET r.until = 'soon'", [AT_X]),
    ("roles: until before since", ROLE + "SET r.until = date('2025-12-31')", [AT_X]),
    (
        "topics: in a cycle",
        TOPICS + "CREATE (t)-[:PART_OF]->(v)",
        ["t", "u", "v"],
    ),
    (
        "topics: several broader topics",
        TOPICS + "CREATE (v)-[:PART_OF]->(t)",
        ["v"],
    ),
    ("people: no name", "MATCH (p:Person {id: 'a'}) SET p.name = ''", ["a"]),
    ("people: no name", "MATCH (p:Person {id: 'a'}) REMOVE p.name", ["a"]),
    ("nodes: no id", "CREATE (:Brand {name: 'nameless'})", ["Brand"]),
    ("dataset: more than one", "CREATE (:Dataset {name: 'another'})", ["another", "scenario"]),
]


async def found(database: Database) -> dict[str, list[str]]:
    return {r["check"]: r["examples"] for r in await database.fetch("data_quality") if r["found"]}


async def test_sound_data_pass_every_check(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    await write(scratch_driver, SOUND)
    rows = await empty_scratch.fetch("data_quality")
    assert {row["check"] for row in rows} == {check for check, _, _ in PLANTED}
    assert [row["check"] for row in rows] == sorted(row["check"] for row in rows)
    assert {(row["found"], tuple(row["examples"])) for row in rows} == {(0, ())}


@pytest.mark.parametrize(("check", "plant", "examples"), PLANTED, ids=lambda value: str(value)[-40:])
async def test_what_is_planted_is_found_and_nothing_else(
    scratch: Database, scratch_driver: AsyncDriver, check: str, plant: str, examples: list[str]
) -> None:
    await write(scratch_driver, SOUND)
    await scratch_driver.execute_query(plant)
    assert await found(scratch) == {check: examples}


async def test_examples_are_few_and_the_count_is_whole(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    ties = tuple(Tie("a", f"p{i}", topic_id="nope") for i in range(7))
    await write(scratch_driver, Scenario(("a", *(f"p{i}" for i in range(7))), ties))
    (row,) = [row for row in await empty_scratch.fetch("data_quality") if row["found"]]
    assert row["found"] == 7
    assert row["examples"] == [f"a -> p{i} on nope" for i in range(5)]

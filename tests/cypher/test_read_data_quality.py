"""Every check of data_quality stays silent on sound data and finds what is planted, and only that."""

from collections import defaultdict

from neo4j import AsyncDriver

from service.domain.model import Evidence, Role, Topic
from service.domain.vocabulary import PurchaseStage, RoleKind
from service.store.database import Database
from tests.differential.database_of import write
from tests.scenario import AS_OF, Scenario, Tie

TRUST = "MATCH (a:Person {id: $a})-[r:TRUSTS]->(b) "
DISTRUST = "MATCH (b:Person {id: $b})-[r:DISTRUSTS]->(a) "
ROLE = "MATCH (a:Person {id: $a})-[r:HAS_ROLE]->(x) "
PERSON = "MATCH (a:Person {id: $a}) "
TOPICS = "MATCH (t:Topic {id: 't'}), (v:Topic {id: 'v'}) "
ACTIVE = "MATCH (a:Person {id: $a}), (t:Topic {id: 't'}) CREATE (a)-[:ACTIVE_IN "
TWICE_ACTIVE = ACTIVE + "$counts]->(t), (a)-[:ACTIVE_IN $counts]->(t)"
EVIDENCE, STAGES = (Evidence("ACK", 2),), (PurchaseStage.CONSIDERATION, PurchaseStage.DECISION)
COUNTS = {"months": [202601], "given": [1], "received": [0], "posts": [0]}
ACTIVE_ON_T = "{a} on t"
ON_T, BACK_ON_U, AT_X = "{a} -> {b} on t", "{b} -> {a} on u", "{a} at x as EMPLOYEE"

# Each is planted on a pair of people of its own: $a trusts $b on t, $b distrusts $a on u, $a has a role at x.
PLANTED = [
    ("trust: topic is not in the database", TRUST + "SET r.topicId = 'nope'", "{a} -> {b} on nope"),
    ("trust: topic is not in the database", DISTRUST + "SET r.topicId = 'nope'", "{b} -> {a} on nope"),
    ("trust: no topicId (an empty one is trust in general)", TRUST + "REMOVE r.topicId", "{a} -> {b} on no topic"),
    ("trust: in oneself", TRUST + "CREATE (b)-[s:TRUSTS]->(b) SET s = r", "{b} -> {b} on t"),
    ("trust: strength is not in (0, 0.99]", DISTRUST + "SET r.strength = 1.0", BACK_ON_U),
    ("trust: strength is not in (0, 0.99]", DISTRUST + "SET r.strength = 0.0", BACK_ON_U),
    ("trust: strength is not in (0, 0.99]", DISTRUST + "REMOVE r.strength", BACK_ON_U),
    ("trust: strength is not in (0, 0.99]", DISTRUST + "SET r.strength = 'strong'", BACK_ON_U),
    ("trust: cost is not round(-ln(strength) * 1000000)", TRUST + "SET r.cost = r.cost + 1", ON_T),
    ("trust: cost is not round(-ln(strength) * 1000000)", TRUST + "REMOVE r.cost", ON_T),
    ("trust: no updatedAt", DISTRUST + "REMOVE r.updatedAt", BACK_ON_U),
    ("trust: since or lastSeen is no DATE", TRUST + "SET r.since = '2026-01-01'", ON_T),
    ("trust: since or lastSeen is no DATE", TRUST + "SET r.lastSeen = datetime()", ON_T),
    ("trust: lastSeen before since", TRUST + "SET r.lastSeen = date('2025-12-31')", ON_T),
    ("trust: evidence kinds and counts do not match", TRUST + "SET r.evidenceCounts = [1, 2]", ON_T),
    ("trust: evidence kinds and counts do not match", TRUST + "REMOVE r.evidenceKinds", ON_T),
    ("trust: stages are not of the path to purchase", TRUST + "SET r.stages = ['DECISION', 'BUYING']", ON_T),
    ("trust: stages are not of the path to purchase", TRUST + "SET r.stages = 'DECISION'", ON_T),
    ("trust: more than one for the same people and topic", TRUST + "CREATE (a)-[s:TRUSTS]->(b) SET s = r", ON_T),
    (
        "trust: distrust on the same topic beside it",
        TRUST + "CREATE (a)-[s:DISTRUSTS]->(b) SET s = {topicId: 't', strength: 0.5, updatedAt: datetime()}",
        ON_T,
    ),
    ("roles: kind is unknown", ROLE + "SET r.kind = 'BOSS'", "{a} at x as BOSS"),
    ("roles: kind is unknown", ROLE + "REMOVE r.kind", "{a} at x as no kind"),
    ("roles: topic is not in the database", ROLE + "SET r.topicId = 'nope'", AT_X),
    ("roles: strength is not in (0, 1]", ROLE + "SET r.strength = 1.1", AT_X),
    ("roles: since or until is no DATE", ROLE + "SET r.until = 'soon'", AT_X),
    ("roles: until before since", ROLE + "SET r.until = date('2025-12-31')", AT_X),
    (
        "activity: lists do not match",
        ACTIVE + "{months: [202601], given: [1, 2], received: [0], posts: [0]}]->(t)",
        ACTIVE_ON_T,
    ),
    ("activity: lists do not match", ACTIVE + "{months: [202601], given: [1], received: [0]}]->(t)", ACTIVE_ON_T),
    ("activity: more than one for the same person and topic", TWICE_ACTIVE, ACTIVE_ON_T),
    ("people: no name", PERSON + "SET a.name = ''", "{a}"),
    ("people: no name", PERSON + "REMOVE a.name", "{a}"),
    ("nodes: no id", "CREATE (:Brand {name: 'nameless'})", "Brand"),
    ("dataset: more than one", "CREATE (:Dataset {name: 'another'})", "another"),
    ("dataset: more than one", "RETURN 1", "scenario"),
    ("topics: in a cycle", TOPICS + "CREATE (t)-[:PART_OF]->(v)", "t"),
    ("topics: in a cycle", "RETURN 1", "u"),
    ("topics: in a cycle", "RETURN 1", "v"),
    ("topics: several broader topics", "MATCH (t:Topic {id: 't'}) CREATE (:Topic {id: 'w'})-[:PART_OF]->(t)", "w"),
    ("topics: several broader topics", "MATCH (w:Topic {id: 'w'}) CREATE (w)-[:PART_OF]->(:Topic {id: 'x'})", ""),
]


def pair(place: int) -> dict[str, str]:
    return {"a": f"a{place:02}", "b": f"b{place:02}"}


def sound() -> Scenario:
    pairs = [pair(place) for place in range(len(PLANTED))]
    return Scenario(
        tuple(person for both in pairs for person in both.values()),
        tuple(Tie(p["a"], p["b"], 0.5, "t", AS_OF, AS_OF, evidence=EVIDENCE, stages=STAGES) for p in pairs),
        tuple(Tie(p["b"], p["a"], 0.99, "u") for p in pairs),
        tuple(Role(p["a"], "x", RoleKind.EMPLOYEE, "t", None, 1.0, AS_OF, AS_OF) for p in pairs),
        ("x",),
        (Topic("t", "T"), Topic("u", "U", "t"), Topic("v", "V", "u")),
    )


async def test_sound_data_pass_every_check(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    await write(scratch_driver, sound())
    rows = await empty_scratch.fetch("data_quality")
    assert {row["check"] for row in rows} == {check for check, _, _ in PLANTED}
    assert [row["check"] for row in rows] == sorted(row["check"] for row in rows)
    assert {(row["found"], tuple(row["examples"])) for row in rows} == {(0, ())}


async def test_what_is_planted_is_found_and_nothing_else(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    await write(scratch_driver, sound())
    expected: dict[str, list[str]] = defaultdict(list)
    for place, (check, plant, example) in enumerate(PLANTED):
        await scratch_driver.execute_query(plant, {"counts": COUNTS} | pair(place))
        if example:
            expected[check].append(example.format(**pair(place)))
    rows = await empty_scratch.fetch("data_quality")
    assert {row["check"]: row["examples"] for row in rows} == {k: sorted(v) for k, v in expected.items()}
    assert {row["check"]: row["found"] for row in rows} == {k: len(v) for k, v in expected.items()}


async def test_examples_are_few_and_the_count_is_whole(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    ties = tuple(Tie("a", f"p{i}", topic_id="nope") for i in range(7))
    await write(scratch_driver, Scenario(("a", *(f"p{i}" for i in range(7))), ties))
    (row,) = [row for row in await empty_scratch.fetch("data_quality") if row["found"]]
    assert row["found"] == 7
    assert row["examples"] == [f"a -> p{i} on nope" for i in range(5)]

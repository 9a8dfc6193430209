"""The data engineers' queries, each on a small graph with the exact answer."""

from datetime import date
from typing import Any

import pytest
from neo4j import AsyncDriver

from service.domain.model import Evidence, Role, Topic
from service.domain.vocabulary import PurchaseStage, RoleKind
from service.graph.costs import cost_of
from service.settings import CYPHER
from service.store.catalog import Catalog, Statement
from service.store.database import Database
from tests.differential.database_of import write
from tests.scenario import Scenario, Tie

TOPICS = (Topic("t", "T"), Topic("u", "U", "t"), Topic("v", "V", "u"), Topic("w", "W", "v"))
YEAR_OLD = date(2025, 1, 1)  # the data set's day is 2026-01-01, its half-life a year
DECIDES = RoleKind.DECISION_MAKER
STAGES = (PurchaseStage.AWARENESS, PurchaseStage.LOYALTY)


def evidence(**counts: int) -> tuple[Evidence, ...]:
    return tuple(Evidence(kind, count) for kind, count in counts.items())


async def test_summary_counts_also_what_is_not_there(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    assert {row["count"] for row in await empty_scratch.fetch("dataset_summary")} == {0}
    await write(scratch_driver, Scenario(("a", "b"), (Tie("a", "b"),), topics=TOPICS))
    rows = [(row["kind"], row["name"], row["count"]) for row in await empty_scratch.fetch("dataset_summary")]
    assert rows == [
        ("node", "Brand", 0),
        ("node", "Community", 0),
        ("node", "CommunityMoment", 0),
        ("node", "CommunityStage", 0),
        ("node", "Dataset", 1),
        ("node", "Forgotten", 0),
        ("node", "Person", 2),
        ("node", "Topic", 4),
        ("relationship", "ABOUT", 0),
        ("relationship", "ACTIVE_IN", 0),
        ("relationship", "BECAME", 0),
        ("relationship", "BRIDGES", 0),
        ("relationship", "DISTRUSTS", 0),
        ("relationship", "HAS_ROLE", 0),
        ("relationship", "MEMBER_OF", 0),
        ("relationship", "OVERRULED", 0),
        ("relationship", "PART_OF", 3),
        ("relationship", "SEEN_AT", 0),
        ("relationship", "STANDS_ON", 0),
        ("relationship", "TRUSTS", 1),
    ]
    (settings,) = await empty_scratch.fetch("dataset_settings")
    assert (settings["name"], settings["asOf"].to_native(), settings["halfLifeDays"]) == (
        "scenario",
        date(2026, 1, 1),
        365,
    )


async def test_trust_between_two_people(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    seen = Tie("a", "b", 0.5, "t", YEAR_OLD, YEAR_OLD, "online", True, evidence(ACK=1, REVIEW=2), STAGES)
    trust = (seen, Tie("a", "b", 0.9, "gone"), Tie("b", "a", 0.25), Tie("a", "c", 0.9))
    await write(scratch_driver, Scenario(("a", "b", "c"), trust, (Tie("a", "b", 0.7, "u"),), topics=TOPICS))
    rows = await empty_scratch.fetch("trust_between", personId="b", otherId="a")
    assert [(r["fromId"], r["toId"], r["kind"], r["topicId"], r["topic"], r["strength"], r["cost"]) for r in rows] == [
        ("a", "b", "DISTRUSTS", "u", "U", 0.7, None),
        ("a", "b", "TRUSTS", "gone", None, 0.9, cost_of(0.9)),
        ("a", "b", "TRUSTS", "t", "T", 0.5, cost_of(0.5)),
        ("b", "a", "TRUSTS", "", None, 0.25, cost_of(0.25)),
    ]
    full = rows[2]
    assert (full["since"].to_native(), full["lastSeen"].to_native()) == (YEAR_OLD, YEAR_OLD)
    assert (full["channel"], full["stages"], full["paid"]) == ("online", ["AWARENESS", "LOYALTY"], True)
    assert [row["stages"] for row in rows] == [None, [], ["AWARENESS", "LOYALTY"], []]
    assert (full["evidenceKinds"], full["evidenceCounts"]) == (["ACK", "REVIEW"], [1, 2])
    assert await empty_scratch.fetch("trust_between", personId="b", otherId="c") == []


async def test_evidence_of_a_person(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    early, late = date(2024, 1, 1), date(2025, 6, 1)
    trust = (
        Tie("a", "p", 0.5, "t", early, YEAR_OLD, evidence=evidence(ACK=1, REVIEW=5)),
        Tie("b", "p", 0.5, "t", YEAR_OLD, late, evidence=evidence(REVIEW=2)),
        Tie("b", "p", 0.5, "", evidence=evidence(ACK=1)),
        Tie("b", "p", 0.5, "u"),
        Tie("p", "a", 0.5, "t", evidence=evidence(REVIEW=99)),
    )
    await write(scratch_driver, Scenario(("a", "b", "p"), trust, topics=TOPICS))
    rows = await empty_scratch.fetch("evidence_of_person", personId="p", first=9)
    assert [(r["topicId"], r["topic"], r["kind"], r["interactions"], r["people"]) for r in rows] == [
        ("t", "T", "REVIEW", 7, 2),
        ("", None, "ACK", 1, 1),
        ("t", "T", "ACK", 1, 1),
    ]
    assert (rows[0]["since"].to_native(), rows[0]["lastSeen"].to_native()) == (early, late)
    assert rows[1]["since"] is None
    assert len(await empty_scratch.fetch("evidence_of_person", personId="p", first=1)) == 1


async def test_strongest_trust_counts_age(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    trust = (
        Tie("p", "a", 0.9, "t", last_seen=YEAR_OLD),
        Tie("p", "b", 0.5, "", last_seen=date(2026, 2, 1)),
        Tie("c", "p", 0.6),
        Tie("p", "d", 0.99, since=date(2026, 1, 2)),
    )
    await write(scratch_driver, Scenario(tuple("abcdp"), trust, topics=TOPICS))

    async def ask(direction: str, **more: object) -> list[tuple[str, str, float, int]]:
        asked = {"personId": "p", "direction": direction, "asOf": None, "first": 9, **more}
        rows = await empty_scratch.fetch("strongest_trust_of_person", **asked)
        return [(r["fromId"], r["toId"], round(r["agedStrength"], 3), r["days"]) for r in rows]

    to_a, to_b, from_c = ("p", "a", 0.45, 365), ("p", "b", 0.5, 0), ("c", "p", 0.6, 0)
    assert await ask("TRUST") == [to_b, to_a]
    assert await ask("INFLUENCE") == [from_c]
    assert await ask("EITHER") == [from_c, to_b, to_a]
    assert await ask("EITHER", first=1) == [from_c]
    assert await ask("TRUST", asOf=date(2026, 1, 2)) == [("p", "d", 0.99, 0), to_b, ("p", "a", 0.449, 366)]


async def test_decision_makers_of_a_brand(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    roles = (
        Role("a", "x", DECIDES, "t", "Chair"),
        Role("b", "x", DECIDES, "v", since=date(2025, 1, 1)),
        Role("c", "x", DECIDES, "w"),
        Role("d", "x", DECIDES, until=date(2025, 12, 31)),
        Role("e", "x", DECIDES),
        Role("f", "x", RoleKind.EMPLOYEE, "t"),
        Role("g", "y", DECIDES, "t"),
    )
    await write(scratch_driver, Scenario(tuple("abcdefg"), roles=roles, brands=("x", "y"), topics=TOPICS))

    async def ask(topic: str | None, scope: str = "RELATED", as_of: date | None = None) -> str:
        asked = {"brandId": "x", "topicId": topic, "scope": scope, "asOf": as_of}
        return "".join(row["personId"] for row in await empty_scratch.fetch("decision_makers_of_brand", **asked))

    assert await ask(None) == "abce"
    assert await ask("t") == "abe"
    assert await ask("t", "EXACT") == "ae"
    assert await ask("t", "ANY") == "abce"
    assert await ask("t", as_of=date(2024, 12, 31)) == "ade"
    first = (await empty_scratch.fetch("decision_makers_of_brand", brandId="x", topicId="t", scope="EXACT", asOf=None))[
        0
    ]
    assert (first["name"], first["title"], first["topicId"], first["topic"]) == ("Name of a", "Chair", "t", "T")


async def test_brokers_stand_between_two_brands(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    """m and n listen to people of x and are heard by people of y; everybody else lacks something."""
    trust = (
        *(Tie("m", "x1", 0.9, "t"), Tie("m", "x2", 0.5), Tie("y1", "m", 0.5), Tie("y2", "m", 0.25, last_seen=YEAR_OLD)),
        *(Tie("n", "x1", 0.5, "t"), Tie("y1", "n", 0.5, "t")),
        *(Tie("only", "x1", 0.9), Tie("heard", "y1", 0.9), Tie("y1", "heard", 0.9)),
        *(Tie("out", "x1", 0.9), Tie("y1", "out", 0.9)),
        *(Tie("shunned", "x1", 0.9), Tie("y1", "shunned", 0.9)),
        *(Tie("both", "x1", 0.9), Tie("y1", "both", 0.9), Tie("x2", "x1", 0.9), Tie("y1", "x2", 0.9)),
    )
    people = ("m", "n", "only", "heard", "out", "shunned", "both", "x1", "x2", "y1", "y2", "left")
    roles = (
        *(Role("x1", "x", RoleKind.EMPLOYEE), Role("x2", "x", RoleKind.ADVOCATE)),
        *(Role("y1", "y", DECIDES), Role("y2", "y", RoleKind.CUSTOMER)),
        *(Role("both", "x", RoleKind.CUSTOMER), Role("both", "y", RoleKind.CUSTOMER)),
        Role("m", "x", RoleKind.EMPLOYEE, until=date(2025, 12, 31)),
    )
    await write(
        scratch_driver,
        Scenario(people, trust, (Tie("y1", "shunned"),), roles, ("x", "y"), TOPICS, frozenset({"out"})),
    )

    async def ask(topic: str | None, as_of: date | None = None) -> list[tuple[Any, ...]]:
        asked = {"fromBrandId": "x", "toBrandId": "y", "topicId": topic, "asOf": as_of, "first": 9}
        rows = await empty_scratch.fetch("brokers_between_brands", **asked)
        columns = ("personId", "listensTo", "heardBy", "fromId", "toId", "cost")
        return [tuple(row[column] for column in columns) for row in rows]

    assert await ask(None) == [
        ("m", 2, 2, "x1", "y1", cost_of(0.9) + cost_of(0.5)),
        ("n", 1, 1, "x1", "y1", 2 * cost_of(0.5)),
    ]
    assert await ask("t") == [("n", 1, 1, "x1", "y1", 2 * cost_of(0.5))]
    assert await ask(None, date(2025, 12, 31)) == [("n", 1, 1, "x1", "y1", 2 * cost_of(0.5))]


async def test_stale_trust(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    trust = (
        Tie("a", "b", 0.9, "t", last_seen=YEAR_OLD),
        Tie("a", "c", 0.9, "t", last_seen=date(2024, 1, 1)),
        Tie("b", "c", 0.99, last_seen=date(2025, 1, 2)),
        Tie("c", "a", 0.5),
    )
    await write(scratch_driver, Scenario(tuple("abc"), trust, topics=TOPICS))

    async def ask(days: int, as_of: date | None = None) -> list[tuple[str, str, int]]:
        rows = await empty_scratch.fetch("stale_trust", olderThanDays=days, asOf=as_of, first=9)
        return [(row["fromId"], row["toId"], row["days"]) for row in rows]

    assert await ask(365) == [("a", "c", 731)]
    assert await ask(364) == [("a", "c", 731), ("a", "b", 365)]
    assert await ask(364, date(2026, 1, 2)) == [("b", "c", 365), ("a", "c", 732), ("a", "b", 366)]
    (row,) = await empty_scratch.fetch("stale_trust", olderThanDays=730, asOf=None, first=9)
    assert (row["strength"], round(row["agedStrength"], 3)) == (0.9, 0.225)


async def test_contested_people_and_orphans(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    trust = (Tie("a", "p", topic_id="t"), Tie("a", "p"), Tie("b", "p"), Tie("a", "q"), Tie("a", "r"))
    distrust = (Tie("c", "p"), Tie("d", "p"), Tie("d", "p", topic_id="t"), Tie("c", "q"), Tie("c", "s"))
    roles = (Role("lone", "x", DECIDES), Role("lone", "x", RoleKind.EMPLOYEE))
    people = (*"abcdpqrs", "lone", "alone")
    await write(scratch_driver, Scenario(people, trust, distrust, roles, ("x",), TOPICS))
    contested = await empty_scratch.fetch("contested_people", first=9)
    assert [(r["personId"], r["trustedBy"], r["distrustedBy"], r["dividedBy"]) for r in contested] == [
        ("p", 2, 2, 2),
        ("q", 1, 1, 1),
    ]
    orphans = await empty_scratch.fetch("orphans", first=9)
    assert [(r["personId"], r["name"], r["roles"]) for r in orphans] == [
        ("alone", "Name of alone", 0),
        ("lone", "Name of lone", 2),
    ]


async def test_topics_and_brands_by_how_much_there_is(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    trust = (Tie("a", "b", topic_id="t"), Tie("a", "c", topic_id="t", last_seen=YEAR_OLD), Tie("a", "b"))
    roles = (
        *(Role("a", "x", DECIDES, "t"), Role("a", "x", DECIDES, "u"), Role("b", "x", RoleKind.EMPLOYEE)),
        *(Role("a", "y", RoleKind.CREATOR), Role("b", "y", RoleKind.CUSTOMER, until=date(2025, 12, 31))),
    )
    await write(scratch_driver, Scenario(tuple("abc"), trust, (), roles, ("x", "y", "z"), TOPICS))
    topics = await empty_scratch.fetch("topics_by_trust", first=9)
    assert [(r["topicId"], r["topic"], r["relationships"], r["listeners"], r["speakers"]) for r in topics] == [
        ("t", "T", 2, 1, 2),
        ("", None, 1, 1, 1),
    ]
    assert topics[0]["lastSeen"].to_native() == YEAR_OLD
    brands = await empty_scratch.fetch("brands_by_people", asOf=None, first=9)
    assert [list(row.values()) for row in brands] == [
        ["x", "Brand x", 2, 1, 1, 0, 0, 0, 0],
        ["y", "Brand y", 1, 0, 0, 0, 0, 1, 0],
    ]


async def test_movers_beyond_a_brand(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    trust = (
        *(Tie("a", "m", 0.5, "t"), Tie("b", "m", 0.9, "t", last_seen=YEAR_OLD), Tie("c", "m", 0.9, "u")),
        *(Tie("a", "knows", 0.9, "t"), Tie("knows", "staff", 0.2)),
        *(Tie("a", "staff", 0.9, "t"), Tie("a", "out", 0.9, "t"), Tie("a", "n", 0.9, "t"), Tie("n", "former", 0.9)),
    )
    roles = (Role("staff", "x", RoleKind.EMPLOYEE), Role("former", "x", RoleKind.EMPLOYEE, until=YEAR_OLD))
    people = ("a", "b", "c", "m", "n", "knows", "staff", "out", "former")
    await write(scratch_driver, Scenario(people, trust, (), roles, ("x",), TOPICS, frozenset({"out"})))
    rows = await empty_scratch.fetch("movers_beyond_brand", brandId="x", topicId="t", asOf=None, first=9)
    assert [(r["personId"], r["trustedBy"], round(r["trust"], 3), r["strongestFromId"]) for r in rows] == [
        ("m", 2, 0.95, "a"),
        ("n", 1, 0.9, "a"),
    ]


async def test_changed_trust(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    await write(scratch_driver, Scenario(tuple("abc"), (Tie("a", "b"), Tie("b", "c")), (Tie("c", "a"),), topics=TOPICS))
    await scratch_driver.execute_query(
        "MATCH (p)-[r:TRUSTS|DISTRUSTS]->() SET r.updatedAt = datetime('2025-01-0' + {a: '1', b: '2', c: '3'}[p.id])"
    )
    since = (await scratch_driver.execute_query("RETURN datetime('2025-01-01T12:00Z') AS t")).records[0]["t"]
    rows = await empty_scratch.fetch("changed_trust", since=since, first=9)
    assert [(r["kind"], r["fromId"], r["toId"]) for r in rows] == [("DISTRUSTS", "c", "a"), ("TRUSTS", "b", "c")]


READ = [statement for statement in Catalog.load(CYPHER) if statement.folder == "read"]


@pytest.mark.parametrize("statement", READ, ids=lambda statement: statement.name)
async def test_every_example_runs(scratch: Database, scratch_driver: AsyncDriver, statement: Statement) -> None:
    found = await scratch_driver.execute_query(f"RETURN {statement.example} AS params")
    params = found.records[0]["params"]
    assert params.keys() == statement.params.keys()
    await scratch.fetch(statement.name, **params)

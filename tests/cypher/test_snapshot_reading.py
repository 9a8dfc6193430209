"""What leaves people, read in spans and by name, whatever other tools have written there."""

from collections.abc import Iterable
from datetime import date
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from neo4j import AsyncDriver

from service.domain.model import Dataset, Evidence, Person, Role
from service.domain.vocabulary import PurchaseStage, RoleKind
from service.graph.builder import SnapshotBuilder
from service.graph.snapshot import NO_DAY, Snapshot, day_number, day_of
from service.graph.stages import stages_of
from service.graph.texts import Texts
from service.store import snapshot_reading
from service.store.database import Database
from service.store.snapshot_pages import _days
from service.store.snapshot_reading import _by_node, _Spans, add_relationships_of, read_people, read_people_of
from service.store.snapshot_source import read_snapshot
from tests.differential.database_of import write
from tests.scenario import Scenario, Tie

IDS = ("a", "b", "c", "Ä", "𝄞")
GRAPH = Scenario(
    people=IDS,
    trust=(
        *(
            Tie(x, y, 0.5, t, date(2020, 1, 1), None, "ONLINE", x < y, (Evidence("ACK", 2),))
            for x, y in permutations(IDS, 2)
            for t in ("", "t")
        ),
        Tie("a", "b", 0.25, "u", None, date(1, 1, 1)),
        Tie(
            "b",
            "a",
            0.25,
            "u",
            date(9999, 12, 31),
            date(2024, 2, 29),
            evidence=(Evidence("A", 1), Evidence("B", 2)),
            stages=(PurchaseStage.LOYALTY,),
        ),
    ),
    distrust=(Tie("a", "b", since=date(1969, 12, 31)), Tie("c", "a", topic_id="t")),
    roles=(
        Role("a", "x", RoleKind.EMPLOYEE, "t", None, 0.5, date(2020, 12, 31), date(2021, 1, 1)),
        Role("b", "x", RoleKind.DECISION_MAKER),
    ),
    brands=("x",),
    opted_out=frozenset("c"),
)


def trust_of(snapshot: Snapshot) -> set[tuple[str, str, str, int, date | None, date | None]]:
    """Listener, speaker, topic, cost, since, last seen of every row."""
    trust, ids = snapshot.trust, snapshot.people.index.ids
    owners = np.repeat(np.arange(len(ids)), np.diff(trust.out_offsets))
    return {
        (
            ids[owner],
            ids[to],
            snapshot.topics.index.ids[terms["topic"]],
            int(terms["cost"]),
            day_of(int(trust.days[terms["since"]])),
            day_of(int(trust.days[terms["last_seen"]])),
        )
        for owner, to, terms in zip(owners.tolist(), trust.to.tolist(), trust.terms, strict=True)
    }


@pytest.mark.parametrize(("people", "rows"), [(1, 20_000), (3, 1), (10_000, 20_000)])
async def test_spans_of_any_width_give_the_same(
    empty_scratch: Database, scratch_driver: AsyncDriver, monkeypatch: pytest.MonkeyPatch, people: int, rows: int
) -> None:
    monkeypatch.setattr(snapshot_reading, "PEOPLE_A_PAGE", people)
    monkeypatch.setattr(snapshot_reading, "ROWS_A_PAGE", rows)
    await write(scratch_driver, GRAPH)
    snapshot = await read_snapshot(empty_scratch)
    assert trust_of(snapshot) == trust_of(GRAPH.snapshot())
    assert snapshot.info.id == GRAPH.snapshot().info.id


async def test_people_named_are_read_as_everybody_is(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    await write(scratch_driver, GRAPH)
    everybody, _ = await read_people(empty_scratch)
    named = {person.id: person for person in await read_people_of(empty_scratch, ["c", "nobody", "a"])}
    assert named == {"a": Person("a", "Name of a"), "c": Person("c", "Name of c", opted_out=True)}
    builder = SnapshotBuilder(Dataset(""), everybody, [], [])
    await add_relationships_of(empty_scratch, builder, ["a", "c", "nobody"])
    read = builder.build("")
    assert trust_of(read) == {row for row in trust_of(GRAPH.snapshot()) if row[0] in "ac"}
    assert read.distrust.to.tolist() == [everybody.index.of("b"), everybody.index.of("a")]


async def test_what_other_tools_wrote_neither_breaks_nor_shifts_anything(
    empty_scratch: Database, scratch_driver: AsyncDriver
) -> None:
    """A day is a DATE's or a DATETIME's own; anything else is none. Trust needs a whole cost and a topicId."""
    await scratch_driver.execute_query(
        """
        CREATE (a:Person {id: 'a', name: 7, optedOut: 'true'}), (b:Person {id: 'b'}), (c:Person {id: 'c'})
        CREATE (a)-[:TRUSTS {topicId: 'day', cost: 1, since: datetime('2024-05-01T23:30:00-08:00'),
                             lastSeen: localdatetime('2024-05-02T00:00:00')}]->(b)
        CREATE (a)-[:TRUSTS {topicId: 'text', cost: 2, since: '2024-05-01', lastSeen: 7, channel: 5, paid: 'yes',
                             stages: 'DECISION', evidenceKinds: 'ACK', evidenceCounts: [1.5]}]->(b)
        CREATE (a)-[:TRUSTS {topicId: 'far', cost: 3, since: date('+12024-05-01'), lastSeen: date('-0001-01-01')}]->(b)
        CREATE (a)-[:TRUSTS {topicId: 'uneven', cost: 4, stages: [2], evidenceKinds: ['ACK'],
                             evidenceCounts: [1, 2]}]->(b)
        CREATE (a)-[:TRUSTS {topicId: 'good', cost: 5, since: date('2024-05-01'), evidenceKinds: ['ACK'],
                             evidenceCounts: [1], stages: ['LOYALTY', 'BUYING', 'DECISION', 'DECISION']}]->(c)
        CREATE (a)-[:TRUSTS {topicId: 'no cost'}]->(b), (a)-[:TRUSTS {cost: 1}]->(b),
               (a)-[:TRUSTS {topicId: 1, cost: 1}]->(b), (a)-[:TRUSTS {topicId: 'text cost', cost: '1'}]->(b),
               (a)-[:TRUSTS {topicId: 'vast', cost: 4294967297}]->(b)
        CREATE (a)-[:TRUSTS {topicId: 'no person', cost: 1}]->(:Brand {id: 'b', name: 'B'})
        CREATE (b)-[:DISTRUSTS {since: 'ever'}]->(c), (b)-[:DISTRUSTS {topicId: 'x', since: date('2024-05-01')}]->(a)
        CREATE (a)-[:HAS_ROLE {kind: 'EMPLOYEE', strength: 'high', since: 'once', until: datetime('2024-05-01T00:00Z')}]
               ->(:Brand {id: 'c', name: 'C'})
        """
    )
    snapshot = await read_snapshot(empty_scratch)
    assert trust_of(snapshot) == {
        ("a", "b", "day", 1, date(2024, 5, 1), date(2024, 5, 2)),
        ("a", "b", "text", 2, None, None),
        ("a", "b", "far", 3, None, None),
        ("a", "b", "uneven", 4, None, None),
        ("a", "c", "good", 5, date(2024, 5, 1), None),
    }
    assert snapshot.people.names[0] == "7"
    assert not snapshot.people.opted_out.any()
    assert snapshot.distrust.since.tolist() == [day_number(date(2024, 5, 1)), NO_DAY]
    assert (snapshot.roles.cost.tolist(), snapshot.roles.since.tolist()) == ([0], [NO_DAY])
    assert snapshot.roles.until.tolist() == [day_number(date(2024, 5, 1))]
    grounds = snapshot.trust.grounds
    assert {stages_of(bits) for bits in grounds.stages.tolist()} == {
        (),
        (PurchaseStage.DECISION, PurchaseStage.LOYALTY),
    }
    named = SnapshotBuilder(Dataset(""), snapshot.people, [], [])
    await add_relationships_of(empty_scratch, named, ["a", "b", "c"])
    assert trust_of(named.build("")) == trust_of(snapshot)


@given(st.lists(st.dates()))
def test_every_day_survives_its_packing(days: list[date]) -> None:
    packed = [day.year * 512 + day.timetuple().tm_yday for day in days]
    assert _days(np.array([*packed, 0], dtype=np.int64)).tolist() == [*map(day_number, days), NO_DAY]


@given(st.lists(st.integers(0, 500), unique=True), st.lists(st.integers(0, 600)))
def test_nodes_are_found_where_their_people_are(nodes: list[int], asked: list[int]) -> None:
    """Small lists of large numbers are searched, the others looked up in a table."""
    places = _by_node(np.array(nodes, dtype=np.int64))
    assert places(asked).tolist() == [nodes.index(node) if node in nodes else -1 for node in asked]


@settings(max_examples=50)
@given(st.lists(st.integers(0, 60_000), max_size=300))
def test_spans_cover_everybody_once(rows_of: list[int]) -> None:
    """Whatever each person holds; and no span grows past twice the last."""
    ids = Texts.of(_names(len(rows_of)))
    spans, covered, last = _Spans(ids), list[str](), 100
    while (span := spans.take()) is not None:
        after, up_to, people = span
        covered += [id_ for id_ in ids if after < id_ <= up_to]
        assert people <= max(1, last * 2)
        spans.held(people, sum(rows_of[len(covered) - people : len(covered)]))
        last = people
    assert covered == list(ids)


def _names(count: int) -> Iterable[str]:
    return (f"p{number:05}" for number in range(count))

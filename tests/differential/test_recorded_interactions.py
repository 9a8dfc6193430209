"""Interactions recorded call by call, statements made and withdrawn between them, part of it all loaded before: the
graph ends as if one folder had said what there is to say in the end. On a real Neo4j."""

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from neo4j import AsyncDriver

from service.domain.caller import LOCAL
from service.domain.writing import RowStatus
from service.store.audit_file import AuditFile
from service.store.database import Database
from service.store.graph_writer import Neo4jGraphWriter
from service.store.writing import Neo4jWritableGraph
from service.use_cases.load_folder import load_folder
from service.use_cases.writing.call import WriteCall
from service.use_cases.writing.record_interactions import RecordInteractions
from service.use_cases.writing.state_trust import StateTrust, WithdrawTrust
from tests.conftest import wipe
from tests.graph_folders import make

Row = dict[str, Any]

PEOPLE = ["a", "b", "c", "é"]
DATASET = '[trust]\nsaturation = 2.5\n[trust.weights]\nREVIEW = 1\nACK = 0.3\n[activity]\ncontent = ["ACK"]\n'
PAIRS = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)).filter(lambda pair: pair[0] != pair[1])
KEYS = st.builds(
    lambda pair, topic: {"fromId": pair[0], "toId": pair[1], "topicId": topic}, PAIRS, st.sampled_from(["", "t", "u"])
)
INTERACTIONS = st.builds(
    lambda key, day, kind, channel, stage, paid, named: {
        **key, "at": f"2024-{day:02}-05", "kind": kind, "channel": channel, "stage": stage, "paid": paid, "ref": named,
    },
    KEYS,
    st.integers(1, 12),
    st.sampled_from(["REVIEW", "ACK", "TALK"]),
    st.sampled_from([None, "mail", "phone", "\U0001f600"]),
    st.sampled_from([None, "AWARENESS", "DECISION"]),
    st.booleans(),
    st.booleans(),
)  # fmt: skip
STATEMENTS = st.builds(lambda key, strength: {**key, "strength": strength}, KEYS, st.sampled_from([0.5, 1.0, -0.7]))
CALLS = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.lists(INTERACTIONS, min_size=1, max_size=6)),
        st.tuples(st.just("state"), st.lists(STATEMENTS, min_size=1, max_size=2, unique_by=lambda row: _key(row))),
        st.tuples(st.just("withdraw"), st.lists(KEYS, min_size=1, max_size=4, unique_by=lambda row: _key(row))),
    ),
    min_size=1,
    max_size=7,
)


def _key(row: Row) -> tuple[str, str, str]:
    return row["fromId"], row["toId"], row["topicId"]


@settings(max_examples=12)
@given(calls=CALLS, loaded=st.integers(0, 2))
async def test_call_by_call_ends_like_one_folder(
    calls: list[tuple[str, list[Row]]],
    loaded: int,
    tmp_path_factory: pytest.TempPathFactory,
    scratch: Database,
    scratch_driver: AsyncDriver,
) -> None:
    calls = _with_refs(calls)
    await wipe(scratch_driver)
    begin, rest = calls[:loaded], calls[loaded:]
    await _load(tmp_path_factory.mktemp("begin"), scratch, begin)
    call = WriteCall(Neo4jWritableGraph(scratch, None), AuditFile(None), None)
    for kind, rows in rest:
        if kind == "record":
            await _record(call, rows)
        elif kind == "state":
            await StateTrust(call)(LOCAL, rows)
        else:
            await WithdrawTrust(call)(LOCAL, rows)
    for kind, rows in calls:
        if kind == "record":  # sent once more, only what has no name counts again, so that is left out
            again = await RecordInteractions(call)(LOCAL, [row for row in rows if row["ref"] is not None])
            assert {row.status for row in again.rows} <= {RowStatus.UNCHANGED}
    one_by_one = await _relationships(scratch_driver)
    await wipe(scratch_driver)
    await _load(tmp_path_factory.mktemp("whole"), scratch, calls)
    assert one_by_one == await _relationships(scratch_driver)


def _with_refs(calls: list[tuple[str, list[Row]]]) -> list[tuple[str, list[Row]]]:
    """Some interactions with a name of their own, the others without."""
    number = 0
    found = []
    for kind, rows in calls:
        if kind == "record":
            rows = [row | {"ref": f"r{number + place}" if row["ref"] else None} for place, row in enumerate(rows)]
            number += len(rows)
        found.append((kind, rows))
    return found


async def _record(call: WriteCall, rows: list[Row]) -> None:
    """Half of them one by one, the others at once."""
    half = len(rows) // 2
    for some in (*([row] for row in rows[:half]), rows[half:]):
        outcome = await RecordInteractions(call)(LOCAL, some)
        assert [row.status for row in outcome.rows] == [RowStatus.CREATED] * len(some)


async def _load(folder: Path, database: Database, calls: list[tuple[str, list[Row]]]) -> None:
    """A folder of all interactions of the calls, and of the statements that stand in the end."""
    interactions = [row for kind, rows in calls if kind == "record" for row in rows]
    standing: dict[tuple[str, str, str], Row] = {}
    for kind, rows in calls:
        for row in rows:
            if kind == "state":
                standing[_key(row)] = row
            elif kind == "withdraw":
                standing.pop(_key(row), None)
    people = "id,name\n" + "".join(f"{id_},{id_}\n" for id_ in PEOPLE)
    make(folder, people=people, dataset_toml=DATASET)
    columns = ["at", "fromId", "toId", "kind", "topicId", "channel", "stage", "paid", "ref"]
    _write(folder / "interactions.csv", columns, [row | {"paid": str(row["paid"]).lower()} for row in interactions])
    _write(folder / "trust.csv", ["fromId", "toId", "strength", "topicId"], list(standing.values()))
    report = await load_folder(folder, Neo4jGraphWriter(database), rejects=folder / "rejects.csv")
    assert report.rejected == 0


def _write(path: Path, columns: list[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


async def _relationships(driver: AsyncDriver) -> list[tuple[str, str, str, Row]]:
    """Everything between people, and between people and topics, to the bit."""
    result = await driver.execute_query(
        "MATCH (a:Person)-[r]->(b) RETURN type(r) AS type, a.id AS source, b.id AS target, properties(r) AS it "
        "ORDER BY type, source, target, r.topicId"
    )
    return [
        (row["type"], row["source"], row["target"], {k: v for k, v in row["it"].items() if k != "updatedAt"})
        for row in result.records
    ]

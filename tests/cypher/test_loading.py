"""Loading into a real Neo4j: what is written, and that nothing else is."""

import asyncio
import hashlib
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from neo4j import AsyncDriver

from service.ingest.errors import NothingLoaded
from service.ports.loading import GraphTable, Written
from service.settings import PROJECT, Settings
from service.store import graph_writer
from service.store.database import Database
from service.store.errors import StatementFailed
from service.store.graph_writer import Neo4jGraphWriter
from service.use_cases.load_folder import LoadReport, load_folder
from tests.conftest import wipe
from tests.graph_folders import PEOPLE, listed, make, read

Node = tuple[str, dict[str, Any]]
Relationship = tuple[str, str, str, dict[str, Any]]

FOLDER = {
    "people": "id,name,headline,location,optedOut\na,Ada,Countess,London,\nb,Ben,,,true\nc,Cy,,,false\n",
    "brands": "id,name,domain\nx,Xeno,x.example\ny,Yeti,\n",
    "topics": "id,name,parentId,description\nt,Tea,,Leaves\nu,Oolong,t,\nv,Jasmine,t,\n",
    "roles": (
        "personId,brandId,kind,topicId,title,strength,since,until\n"
        "a,x,EMPLOYEE,,Head of tea,0.5,2020-01-01,2021-12-31\n"
        "a,x,EMPLOYEE,,,,,\n"
        "b,y,DECISION_MAKER,u,,1,,\n"
    ),
    "interactions": (
        "at,fromId,toId,kind,topicId,channel,stage,paid,ref\n"
        "2024-01-01T00:30:00+01:00,a,b,REVIEW,u,mail,DECISION,,r1\n"
        "2024-02-01,a,b,ACK,u,mail,AWARENESS,true,r2\n"
        "2024-02-02,a,c,REVIEW,,,,,r3\n"
    ),
    "trust": (
        "fromId,toId,strength,topicId,since,lastSeen,channel,paid\n"
        "b,a,0.5,t,2019-01-01,2024-01-01,stage,true\n"
        "c,a,-0.25,t,2024-01-01,,,\n"
    ),
    "dataset_toml": (
        'name = "Tea"\nas_of = 2024-06-01\n[trust]\nsaturation = 2\n[trust.weights]\nREVIEW = 1\nACK = 0.5\n'
        '[activity]\ncontent = ["REVIEW"]\n'
    ),
}


def number(kind: str, ref: str) -> int:
    """What stands for an interaction that has a ref."""
    return int.from_bytes(hashlib.blake2b(f"{kind}\0{ref}".encode(), digest_size=8).digest(), signed=True)


async def load(folder: Path, database: Database) -> LoadReport:
    return await load_folder(folder, Neo4jGraphWriter(database), rejects=folder / "rejects.csv")


async def nodes(driver: AsyncDriver, *, updated: bool = False) -> list[Node]:
    result = await driver.execute_query(
        "MATCH (n) RETURN labels(n)[0] AS label, properties(n) AS it ORDER BY label, n.id"
    )
    return [(row["label"], _plain(row["it"], updated=updated)) for row in result.records]


async def relationships(driver: AsyncDriver, *, updated: bool = False) -> list[Relationship]:
    result = await driver.execute_query(
        "MATCH (a)-[r]->(b) RETURN a.id AS source, type(r) AS type, b.id AS target, properties(r) AS it "
        "ORDER BY type, source, target, r.topicId, r.kind, r.since"
    )
    return [(row["source"], row["type"], row["target"], _plain(row["it"], updated=updated)) for row in result.records]


def _plain(properties: dict[str, Any], *, updated: bool) -> dict[str, Any]:
    assert "updatedAt" in properties
    kept = {key: value for key, value in properties.items() if updated or key != "updatedAt"}
    return {key: getattr(value, "to_native", lambda value=value: value)() for key, value in kept.items()}


async def test_the_graph_of_a_folder(tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    report = await load(make(tmp_path, **FOLDER), empty_scratch)
    assert report.exit_status == 0
    assert report.rejected == 0
    assert report.notes == ()
    assert report.dataset == "Tea"
    assert report.written == {
        GraphTable.PEOPLE: Written(3),
        GraphTable.BRANDS: Written(2),
        GraphTable.TOPICS: Written(3),
        GraphTable.TOPIC_LINKS: Written(2),
        GraphTable.ROLES: Written(3),
        GraphTable.TRUST: Written(3),
        GraphTable.DISTRUST: Written(1),
        GraphTable.OVERRULED: Written(),
        GraphTable.ACTIVITY: Written(2),
        GraphTable.DATASET: Written(1),
    }
    assert await nodes(scratch_driver) == [
        ("Brand", {"id": "x", "name": "Xeno", "domain": "x.example"}),
        ("Brand", {"id": "y", "name": "Yeti"}),
        (
            "Dataset",
            {
                "name": "Tea", "asOf": date(2024, 6, 1), "saturation": 2.0, "halfLifeDays": 730.0,
                "weightKinds": ["ACK", "REVIEW"], "weights": [0.5, 1.0], "contentKinds": ["REVIEW"],
            },
        ),
        ("Person", {"id": "a", "name": "Ada", "headline": "Countess", "location": "London", "optedOut": False}),
        ("Person", {"id": "b", "name": "Ben", "optedOut": True}),
        ("Person", {"id": "c", "name": "Cy", "optedOut": False}),
        ("Topic", {"id": "t", "name": "Tea", "description": "Leaves"}),
        ("Topic", {"id": "u", "name": "Oolong"}),
        ("Topic", {"id": "v", "name": "Jasmine"}),
    ]  # fmt: skip
    found = await relationships(scratch_driver)
    strength = found[8][3].pop("strength")
    assert strength == pytest.approx(0.46473857148100896, rel=1e-14)  # 1 − exp(−1.25 / 2)
    assert found == [
        ("a", "ACTIVE_IN", "u", {"months": [202312, 202402], "given": [1, 1], "received": [0, 0], "posts": [1, 0]}),
        ("b", "ACTIVE_IN", "u", {"months": [202312, 202402], "given": [0, 0], "received": [1, 1], "posts": [0, 0]}),
        ("c", "DISTRUSTS", "a", {"topicId": "t", "strength": 0.25, "since": date(2024, 1, 1)}),
        (
            "a", "HAS_ROLE", "x",
            {
                "kind": "EMPLOYEE", "topicId": "", "title": "Head of tea", "strength": 0.5,
                "since": date(2020, 1, 1), "until": date(2021, 12, 31),
            },
        ),
        ("a", "HAS_ROLE", "x", {"kind": "EMPLOYEE", "topicId": ""}),
        ("b", "HAS_ROLE", "y", {"kind": "DECISION_MAKER", "topicId": "u", "strength": 1.0}),
        ("u", "PART_OF", "t", {}),
        ("v", "PART_OF", "t", {}),
        (
            "a", "TRUSTS", "b",
            {
                "topicId": "u", "cost": 766_280, "since": date(2023, 12, 31), "lastSeen": date(2024, 2, 1),
                "channel": "mail", "stages": ["AWARENESS", "DECISION"], "paid": True,
                "evidenceKinds": ["ACK", "REVIEW"], "evidenceCounts": [1, 1], "paidCounts": [1, 0],
                "refs": sorted([number("REVIEW", "r1"), number("ACK", "r2")]),
            },
        ),
        (
            "a", "TRUSTS", "c",
            {
                "topicId": "", "strength": pytest.approx(0.3934693402873666), "cost": 932_752,
                "since": date(2024, 2, 2), "lastSeen": date(2024, 2, 2), "paid": False,
                "evidenceKinds": ["REVIEW"], "evidenceCounts": [1], "refs": [number("REVIEW", "r3")],
            },
        ),
        (
            "b", "TRUSTS", "a",
            {
                "topicId": "t", "strength": 0.5, "cost": 693_147, "since": date(2019, 1, 1),
                "lastSeen": date(2024, 1, 1), "channel": "stage", "paid": True,
            },
        ),
    ]  # fmt: skip


async def test_a_second_load_commits_nothing(
    tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver
) -> None:
    first = await load(make(tmp_path, **FOLDER), empty_scratch)
    before = (await nodes(scratch_driver, updated=True), await relationships(scratch_driver, updated=True))
    bookmark = await empty_scratch.bookmark()
    second = await load(tmp_path, empty_scratch)
    assert await empty_scratch.bookmark() == bookmark
    assert (await nodes(scratch_driver, updated=True), await relationships(scratch_driver, updated=True)) == before
    assert second.written == {table: Written(unchanged=done.created) for table, done in first.written.items()}


async def test_only_what_differs_is_touched(
    tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver
) -> None:
    await load(make(tmp_path, **FOLDER), empty_scratch)
    nodes_before = await nodes(scratch_driver, updated=True)
    relationships_before = await relationships(scratch_driver, updated=True)
    changed = {
        "people": "id,name,headline,location,optedOut\na,Ada,,London,\nb,Benno,,,true\nc,Cy,,,false\nd,Dee,,,\n",
        "brands": "id,name,domain\nx,Xeno,\ny,Yeti,y.example\n",
        "roles": FOLDER["roles"]
        .replace("Head of tea,0.5", "Head of tea,0.75")
        .replace("DECISION_MAKER,u,,1", "CREATOR,u,,1"),
        "interactions": FOLDER["interactions"] + "2024-03-01,a,b,ACK,u,mail,AWARENESS,,r4\n",
        "dataset_toml": FOLDER["dataset_toml"].replace("2024-06-01", "2024-06-02"),
    }
    report = await load(make(tmp_path, **(FOLDER | changed)), empty_scratch)
    assert report.written == {
        GraphTable.PEOPLE: Written(created=1, changed=2, unchanged=1),
        GraphTable.BRANDS: Written(changed=2),
        GraphTable.TOPICS: Written(unchanged=3),
        GraphTable.TOPIC_LINKS: Written(unchanged=2),
        GraphTable.ROLES: Written(created=1, changed=1, unchanged=1),
        GraphTable.TRUST: Written(changed=1, unchanged=2),
        GraphTable.DISTRUST: Written(unchanged=1),
        GraphTable.OVERRULED: Written(),
        GraphTable.ACTIVITY: Written(changed=2),
        GraphTable.DATASET: Written(changed=1),
    }
    fresh_nodes = [node for node in await nodes(scratch_driver, updated=True) if node not in nodes_before]
    assert [(label, it.get("id")) for label, it in fresh_nodes] == [
        ("Brand", "x"), ("Brand", "y"), ("Dataset", None), ("Person", "a"), ("Person", "b"), ("Person", "d"),
    ]  # fmt: skip
    ada = fresh_nodes[3][1]
    assert "headline" not in ada
    assert all(node[1]["updatedAt"] > ada_before["updatedAt"] for node in fresh_nodes for _, ada_before in nodes_before)
    fresh = [r for r in await relationships(scratch_driver, updated=True) if r not in relationships_before]
    assert [(source, kind, target) for source, kind, target, _ in fresh] == [
        ("a", "ACTIVE_IN", "u"), ("b", "ACTIVE_IN", "u"),
        ("a", "HAS_ROLE", "x"), ("b", "HAS_ROLE", "y"), ("a", "TRUSTS", "b"),
    ]  # fmt: skip
    assert fresh[4][3]["evidenceCounts"] == [2, 1]
    assert fresh[4][3]["lastSeen"] == date(2024, 3, 1)


async def test_stages_come_and_go(tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    """The same interactions, at other stages: nothing else of the relationship changes, and none is no property."""

    async def loaded(first: str, second: str) -> tuple[Written, dict[str, Any]]:
        header = "at,fromId,toId,kind,stage\n"
        rows = f"2024-01-01,a,b,REVIEW,{first}\n2024-01-01,a,b,REVIEW,{second}\n"
        report = await load(make(tmp_path, interactions=header + rows), empty_scratch)
        trust = [it for _, kind, _, it in await relationships(scratch_driver) if kind == "TRUSTS"]
        assert len(trust) == 1
        return report.written[GraphTable.TRUST], trust[0]

    written, plain = await loaded("", "")
    assert (written, "stages" in plain) == (Written(created=1), False)
    assert await loaded("LOYALTY", "AWARENESS") == (
        Written(changed=1),
        plain | {"stages": ["AWARENESS", "LOYALTY"]},
    )
    assert (await loaded("AWARENESS", "LOYALTY"))[0] == Written(unchanged=1)
    assert await loaded("AWARENESS", "") == (Written(changed=1), plain | {"stages": ["AWARENESS"]})
    assert await loaded("", "") == (Written(changed=1), plain)


async def test_a_column_that_is_not_there_leaves_the_property(
    tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver
) -> None:
    await load(make(tmp_path / "all", **FOLDER), empty_scratch)
    before = (await nodes(scratch_driver, updated=True), await relationships(scratch_driver, updated=True))
    less = {
        "people": "id,name\na,Ada\nb,Ben\nc,Cy\n",
        "brands": "id,name\nx,Xeno\ny,Yeti\n",
        "topics": "id,name\nt,Tea\nu,Oolong\nv,Jasmine\n",
        "roles": "personId,brandId,kind,since\na,x,EMPLOYEE,2020-01-01\n",
    }
    await load(make(tmp_path / "less", **(FOLDER | less)), empty_scratch)
    assert (await nodes(scratch_driver, updated=True), await relationships(scratch_driver, updated=True)) == before


async def test_a_change_of_sign_leaves_one_relationship(
    tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver
) -> None:
    header = "fromId,toId,strength,topicId\n"
    await load(make(tmp_path, trust=header + "a,b,0.5,t\na,b,0.5,u\na,c,-0.5,t\n"), empty_scratch)
    report = await load(make(tmp_path, trust=header + "a,b,-0.5,t\na,b,0.5,u\na,c,0.5,t\n"), empty_scratch)
    assert report.written[GraphTable.TRUST] == Written(created=1, unchanged=1, removed=1)
    assert report.written[GraphTable.DISTRUST] == Written(created=1, removed=1)
    found = [(a, kind, b, it["topicId"]) for a, kind, b, it in await relationships(scratch_driver) if kind != "PART_OF"]
    assert found == [("a", "DISTRUSTS", "b", "t"), ("a", "TRUSTS", "b", "u"), ("a", "TRUSTS", "c", "t")]


async def test_distrust_stated_ends_trust_derived_before(
    tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver
) -> None:
    await load(make(tmp_path, **FOLDER), empty_scratch)
    trust = FOLDER["trust"] + "a,b,-1,u,,,,\n"
    report = await load(make(tmp_path, **(FOLDER | {"trust": trust})), empty_scratch)
    assert report.written[GraphTable.DISTRUST] == Written(created=1, unchanged=1, removed=1)
    assert [r[:3] for r in await relationships(scratch_driver) if r[1].endswith("TRUSTS") and r[0] == "a"] == [
        ("a", "DISTRUSTS", "b"), ("a", "TRUSTS", "c"),
    ]  # fmt: skip


async def test_new_trust_beside_what_is_there(
    tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batches of pairs that are all new, all known, and mixed: nothing twice, nothing left out."""
    monkeypatch.setattr(graph_writer, "BATCH_ROWS", 3)
    header = "fromId,toId,strength,topicId\n"
    topics = {"topics": "id,name\nt,Tea\nu,Oolong\n"}
    first = header + "a,b,0.5,t\na,b,0.4,u\nb,a,-0.5,t\n"
    await load(make(tmp_path, trust=first, **topics), empty_scratch)
    second = header + "a,b,0.5,\na,b,0.5,t\na,b,0.3,u\na,c,0.5,t\na,c,0.5,u\nb,a,0.5,t\nb,c,0.5,t\nc,a,0.5,u\n"
    report = await load(make(tmp_path, trust=second, **topics), empty_scratch)
    assert report.written[GraphTable.TRUST] == Written(created=6, changed=1, unchanged=1, removed=1)
    found = [(a, b, it["topicId"], it["strength"]) for a, kind, b, it in await relationships(scratch_driver)]
    assert sorted(found) == [
        ("a", "b", "", 0.5), ("a", "b", "t", 0.5), ("a", "b", "u", 0.3), ("a", "c", "t", 0.5), ("a", "c", "u", 0.5),
        ("b", "a", "t", 0.5), ("b", "c", "t", 0.5), ("c", "a", "u", 0.5),
    ]  # fmt: skip


async def test_topics_move(tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    header = "id,name,parentId\n"
    await load(make(tmp_path, topics=header + "a,A,\nb,B,a\nc,C,b\nd,D,a\n"), empty_scratch)
    report = await load(make(tmp_path, topics=header + "a,A,c\nb,B,\nc,C,b\nd,D,\n"), empty_scratch)
    assert report.written[GraphTable.TOPIC_LINKS] == Written(created=1, unchanged=1, removed=2)
    assert [r[:3] for r in await relationships(scratch_driver)] == [("a", "PART_OF", "c"), ("c", "PART_OF", "b")]


async def test_rejects_and_repairs(tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    folder = make(
        tmp_path,
        people=PEOPLE + "d\n,Nobody\na,Ada\na,Other\n",
        topics="id,name,parentId\nt,Tea,nowhere\n",
        trust="fromId,toId,strength\na,a,1\nb,z,1\nb,c,0\n",
    )
    report = await load(folder, empty_scratch)
    assert report.exit_status == 1
    assert report.rejected == 7
    people, _, topics, _, _, trust = report.files
    assert (people.file, people.read, people.duplicates, people.repaired) == ("people.csv", 7, 1, {})
    assert people.rejected == {
        "fewer cells than the header": 1,
        "id is empty": 1,
        "an earlier row has the same key and says something else": 1,
    }
    assert topics.rejected == {}
    assert topics.repaired == {"there is no topic with this parentId: the topic stays without the link": 1}
    assert sum(trust.rejected.values()) == trust.read == 3
    assert [(row["file"], row["line"], row["row"]) for row in listed(report.rejects)] == [
        ("people.csv", "5", "d"),
        ("people.csv", "6", ",Nobody"),
        ("people.csv", "8", "a,Other"),
        ("topics.csv", "2", "t,Tea,nowhere"),
        ("trust.csv", "2", "a,a,1"),
        ("trust.csv", "3", "b,z,1"),
        ("trust.csv", "4", "b,c,0"),
    ]
    assert [it["id"] for label, it in await nodes(scratch_driver) if label in ("Person", "Topic")] == [
        "a",
        "b",
        "c",
        "t",
    ]


async def test_a_repair_alone_is_told_by_the_exit_status(tmp_path: Path, empty_scratch: Database) -> None:
    report = await load(make(tmp_path, topics="id,name,parentId\nt,Tea,t\n"), empty_scratch)
    assert report.exit_status == 1


@pytest.mark.parametrize(
    "broken",
    [{"people": ""}, {"people": "id,name\n,Nobody\n"}, {"dataset_toml": "as_of = 1"}, {"roles": "personId\n"}],
)
async def test_nothing_loaded_writes_nothing(
    tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver, broken: dict[str, str]
) -> None:
    bookmark = await empty_scratch.bookmark()
    with pytest.raises(NothingLoaded):
        await load(make(tmp_path, **broken), empty_scratch)
    assert await nodes(scratch_driver) == []
    assert await empty_scratch.bookmark() == bookmark


async def test_rejects_that_cannot_be_written_stop_the_load(
    tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NothingLoaded, match="The file for rejected rows cannot be written"):
        await load_folder(
            make(tmp_path / "data"), Neo4jGraphWriter(empty_scratch), rejects=tmp_path / "file" / "rejects.csv"
        )
    assert await nodes(scratch_driver) == []


class Heard:
    """Keeps what a load says of its progress."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, int]] = []
        self.steps: dict[str, int] = {}

    def stage(self, name: str, total: int) -> None:
        self.stages.append((name, total))
        self.steps[name] = 0

    def advance(self, steps: int) -> None:
        self.steps[self.stages[-1][0]] += steps


async def test_progress_adds_up(tmp_path: Path, empty_scratch: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph_writer, "BATCH_ROWS", 2)
    heard = Heard()
    folder = make(tmp_path, **FOLDER)
    await load_folder(folder, Neo4jGraphWriter(empty_scratch), rejects=tmp_path / "rejects.csv", progress=heard)
    assert heard.stages == [
        ("reading", 6), ("writing people", 3), ("writing brands", 2), ("writing topics", 3),
        ("writing topic links", 3), ("writing roles", 3), ("writing trust", 3), ("writing distrust", 1),
        ("writing activity", 2),
    ]  # fmt: skip
    assert heard.steps == dict(heard.stages)


async def test_two_loads_at_once_end_as_one(
    tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_writer, "BATCH_ROWS", 50)
    folder = crowd(tmp_path, people=60, trust=600)
    reports = await asyncio.gather(load(folder, empty_scratch), load(folder, empty_scratch))
    for table in (GraphTable.PEOPLE, GraphTable.ROLES, GraphTable.TRUST, GraphTable.DISTRUST):
        rows = reports[0].written[table]
        assert sum(report.written[table].created for report in reports) == rows.created + rows.unchanged, table
    found = [r for r in await relationships(scratch_driver) if r[1] != "PART_OF"]
    keys = [(a, b, kind, it["topicId"], it.get("kind"), it.get("since")) for a, kind, b, it in found]
    assert len(keys) == len(set(map(str, keys))) == 120 + 600


async def test_rows_that_refer_to_nobody_are_not_lost_in_silence(empty_scratch: Database) -> None:
    rows = pl.DataFrame({"id": ["t"], "parentId": ["nowhere"]})
    with pytest.raises(StatementFailed, match="link_topics found not all"):
        await Neo4jGraphWriter(empty_scratch).write(GraphTable.TOPIC_LINKS, rows, lambda _: None)


async def test_a_failure_waits_for_the_batch_beside_it(
    tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_writer, "BATCH_ROWS", 20)
    folder = crowd(tmp_path, people=60, trust=600)
    trust = read(folder).trust.trust
    await load(make(tmp_path / "people", people=(folder / "people.csv").read_bytes()), empty_scratch)
    await scratch_driver.execute_query("MATCH (p:Person {id: 'p00007'}) DELETE p")
    with pytest.raises(StatementFailed, match="create_trust found not all"):
        await Neo4jGraphWriter(empty_scratch).write(GraphTable.TRUST, trust, lambda _: None)
    bookmark = await empty_scratch.bookmark()
    await asyncio.sleep(0.5)
    assert await empty_scratch.bookmark() == bookmark


def crowd(folder: Path, *, people: int, trust: int) -> Path:
    """Many people in a ring, each with two roles, one of them without `since`; one trust row in ten is negative."""
    ids = [f"p{n:05}" for n in range(people)]
    roles = [f"{i},x,CREATOR,{day}" for i in ids for day in ("", "2020-01-01")]
    pairs = [(ids[n % people], ids[(n % people + 1 + n // people) % people]) for n in range(trust)]
    strengths = [f"{'-' if n % 10 == 9 else ''}0.{n % 9 + 1}" for n in range(trust)]
    return make(
        folder,
        people="\n".join(["id,name", *(f"{i},N{i}" for i in ids)]),
        roles="\n".join(["personId,brandId,kind,since", *roles]),
        trust="\n".join(
            ["fromId,toId,strength", *(f"{a},{b},{s}" for (a, b), s in zip(pairs, strengths, strict=True))]
        ),
    )


async def test_a_killed_load_is_mended_by_another(
    tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver, scratch_settings: Settings
) -> None:
    folder = crowd(tmp_path, people=300, trust=1800)
    await load(folder, empty_scratch)
    uninterrupted = (await nodes(scratch_driver), await relationships(scratch_driver))
    assert (len(uninterrupted[0]), len(uninterrupted[1])) == (300 + 1 + 2 + 1, 1 + 600 + 1800)
    for table in (GraphTable.PEOPLE, GraphTable.ROLES, GraphTable.TRUST):
        await wipe(scratch_driver)
        await asyncio.to_thread(_load_and_kill, folder, scratch_settings, f"writing {table}")
        assert not [node for node in await nodes(scratch_driver) if node[0] == "Dataset"], "the load came to its end"
        mended = await load(folder, empty_scratch)
        assert mended.written[table].unchanged > 0, "nothing had been written before the kill"
        assert mended.written[table].created > 0, "the stage was over before the kill"
        assert (await nodes(scratch_driver), await relationships(scratch_driver)) == uninterrupted


def _load_and_kill(folder: Path, settings: Settings, after: str) -> None:
    """Let a process load until the first batch of a stage is in, then kill it."""
    environment = os.environ | {
        "PYTHONPATH": str(PROJECT),
        "NEO4J_URI": settings.neo4j_uri or "",
        "NEO4J_USER": settings.neo4j_user,
        "NEO4J_PASSWORD": settings.neo4j_password.get_secret_value(),
    }
    command = [sys.executable, str(Path(__file__).with_name("killed_load.py")), str(folder)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        assert process.stdout is not None
        begun = False
        for line in process.stdout:
            begun = begun or line.startswith(after)
            if begun and line.startswith("+"):
                process.send_signal(signal.SIGKILL)
                break
    assert process.returncode == -signal.SIGKILL

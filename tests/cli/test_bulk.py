"""`load --bulk` gives the graph that `load` gives, or none."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from service.local.connection import Connection
from service.local.machine import free_port
from service.local.processes import Mark
from service.store.mark_key import marks_of
from tests.cli.conftest import Instance, server
from tests.graph_folders import listed, make

# one of every thing that could come out otherwise: quotes, line ends, delimiters, empty and missing values, ids that
# people and brands share, the first and the last day, a kind with separators in it, evidence and statements, rejects
NASTY: dict[str, str | bytes] = {
    "people": (
        'id,name,headline,location\na,"A ""da"", B\n2",it\'s; \\" |\x1f, spaces \nx,Ä𝄞,,\n'
        'c,Cy\\,"\t",\n d ,D,,\nc,Other,,\n'
    ),
    "brands": "id,name,domain\nx,Xeno,x.example\na,Ada,\n",
    "topics": "id,name,parentId,description\nt,Tea,,\nu,Oolong,t,Leaves\nv,V,nobody,\n",
    "roles": (
        "personId,brandId,kind,topicId,title,strength,since,until\n"
        'a,x,EMPLOYEE,,"Head, of ""tea""",0.1,0001-01-01,9999-12-31\n'
        "a,x,EMPLOYEE,,,,2020-01-01,\nx,a,DECISION_MAKER,u,,1,,\nx,a,KING,u,,1,,\n"
    ),
    "interactions": (
        "at,fromId,toId,kind,topicId,channel,paid,ref,stage\n"
        "2024-01-01T00:30:00+01:00,a,x,REVIEW,u,mail,,r1,LOYALTY\n2024-02-01,a,x,A;B|\x1f,u,mail,true,r2,AWARENESS\n"
        "2024-02-02,a,c,REVIEW,,,,r3,\n2024-02-02, d ,c,REVIEW,t,\"e\nf\",,r3,DECISION\n"
        "2024-02-02,a,nobody,REVIEW,,,,r3,\n"
    ),
    "trust": (
        "fromId,toId,strength,topicId,since,lastSeen,channel,paid\n"
        "x,a,0.3333333333333333,t,2019-01-01,2024-01-01,stage,true\nx,a,1e-9,u,,,,\n"
        "c,a,-0.25,t,2024-01-01,,,\na,a,0.5,,,,,\na,c,0.5,,,,,\n"
    ),
    "dataset_toml": (
        'name = "Tea; \\"x\\""\nas_of = 2024-06-01\n'
        '[trust]\nsaturation = 3\n[trust.weights]\nREVIEW = 1\n"A;B|" = 0.1\n[activity]\ncontent = ["A;B|"]\n'
    ),
}  # fmt: skip


@pytest.fixture
def instances(tmp_path: Path) -> Iterator[list[Instance]]:
    """Three states with nothing in them, and the nasty data."""
    data = make(tmp_path / "data, with (odd) name", **NASTY)
    made = [Instance(tmp_path / f"state, {number}", free_port(), data) for number in range(2)]
    yield made
    for one in made:
        one.call("down")


def everything(at: Connection) -> tuple[list[str], list[str], list[str]]:
    """Nodes and relationships with their properties and types, `updatedAt` by its type alone; and the schema."""
    with GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver:
        nodes, relationships, indexes = (
            sorted(repr([_canonical(value) for value in record]) for record in driver.execute_query(query).records)
            for query in (
                "MATCH (n) RETURN labels(n), properties(n), [k IN keys(n) | k + valueType(n[k])]",
                "MATCH (a)-[r]->(b) RETURN labels(a), a.id, type(r), labels(b), b.id, properties(r), "
                "[k IN keys(r) | k + valueType(r[k])]",
                "SHOW INDEXES YIELD name, state, type, labelsOrTypes, properties WHERE type <> 'LOOKUP' "
                "RETURN name, state, type, labelsOrTypes, properties",
            )
        )
    return nodes, relationships, indexes


def _canonical(value: object) -> object:
    """Maps and lists in one order; `updatedAt` has its type beside it, and no other reason to agree."""
    if isinstance(value, dict):
        return sorted((key, repr(each)) for key, each in value.items() if key != "updatedAt")
    return sorted(value) if isinstance(value, list) else value


@pytest.mark.timeout(1200)
def test_the_same_graph_both_ways(instances: list[Instance]) -> None:
    by_bolt, in_bulk = instances
    with server(by_bolt).in_use() as at:
        assert by_bolt.run("load", str(by_bolt.data))[0] == 1
        expected = everything(at)
    assert (len(expected[0]), len(expected[1])) == (4 + 2 + 3 + 1, 1 + 3 + 5 + 1 + 4 + 1)
    status, _, said = in_bulk.run("load", str(in_bulk.data), "--bulk")
    assert status == 1, said
    rejects = [listed(one.state / "rejects.csv") for one in instances]
    assert rejects[0] == rejects[1]
    assert len(rejects[0]) == 5
    with server(in_bulk).in_use() as at:
        assert everything(at) == expected
        # a load through Bolt finds nothing to change, and one in bulk is refused while somebody uses the server
        status, _, said = in_bulk.run("load", str(in_bulk.data))
        graph = [line.split()[-4:] for line in said.partition("in the graph")[2].splitlines()[1:11]]
        assert [(created, changed) for created, changed, _, _ in graph] == [("0", "0")] * 10
        status, _, said = in_bulk.run("load", str(in_bulk.data), "--bulk")
        assert (status, "in use" in said) == (2, True)
    before = in_bulk.trail()
    status, _, said = in_bulk.run("load", str(in_bulk.data), "--bulk")
    assert (status, "not empty" in said) == (2, True)
    assert in_bulk.trail() == before, "nothing was done, so nothing is told"
    (by_load, loaded), (by_importer, imported, *_) = (one.trail() for one in instances)
    assert (by_load["operation"], by_importer["operation"]) == ("load", "load --bulk")
    assert loaded["rows"] == imported["rows"]
    assert loaded["rows"]["REJECTED"] == 4


@pytest.mark.timeout(600)
def test_killed_it_leaves_nothing_half_done(instances: list[Instance]) -> None:
    one, _ = instances
    with one.start("load", str(one.data), "--bulk") as process:
        assert process.stderr is not None
        next(line for line in process.stderr if "importing" in line)
        while not (mark := importer(one)):
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert not (one.state / "neo4j" / "home").exists()
    status, _, said = one.run("load", str(one.data), "--bulk")
    assert status == 1, said
    assert not mark.alive(), "the importer of the killed load was left running"
    assert not list((one.state / "neo4j").glob("home.*"))
    with server(one).in_use() as at:
        nodes, relationships, _ = everything(at)
    assert (len(nodes), len(relationships)) == (4 + 2 + 3 + 1, 1 + 3 + 5 + 1 + 4 + 1)


@pytest.mark.timeout(600)
def test_who_was_forgotten_does_not_come_back_in_bulk(instances: list[Instance]) -> None:
    """Neither now nor with the next load, though the importer makes a new store."""
    one, _ = instances
    marks = marks_of(one.state / "forget.key")
    with server(one).in_use() as at, GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver:
        driver.execute_query("CREATE (:Forgotten {mark: $mark, keyId: $key})", mark=marks.of("x"), key=marks.key_id)
    status, _, said = one.run("load", str(one.data), "--bulk")
    assert status == 1, said
    withheld = [row for row in listed(one.state / "rejects.csv") if row["file"] == "people.csv"]
    assert {(row["reason"], row["row"]) for row in withheld} >= {("this row is not taken", "")}
    assert "Ä𝄞" not in (one.state / "rejects.csv").read_text(encoding="utf-8")
    with server(one).in_use() as at:
        assert one.run("load", str(one.data))[0] == 1
        nodes, _, _ = everything(at)
    assert [node for node in nodes if "Ä𝄞" in node] == []
    assert len([node for node in nodes if marks.of("x") in node]) == 1


def importer(instance: Instance) -> Mark | None:
    """The importer at work for an instance."""
    for file in (instance.state / "neo4j").glob("home.partial-*/importer"):
        return Mark.parse(file.read_text("utf-8"))
    return None


def test_a_neo4j_of_somebody_else_is_left_alone(instances: list[Instance], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    result = instances[0].call("load", str(instances[0].data), "--bulk")
    assert result.exit_code == 2
    assert "without --bulk" in result.stderr

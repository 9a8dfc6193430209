"""One instance from `up` to `down`, with a real Neo4j and real processes. The tests build on each other."""

import json
import os
import re
import signal
import time
from pathlib import Path

import pytest

from service.cli.neo4j import probe
from service.cli.state import State
from service.cli.status import get
from service.local.server import LocalNeo4j
from tests.cli.conftest import Instance, make_data
from tests.graph_folders import make


@pytest.fixture(scope="module")
def up(instance: Instance) -> Instance:
    """The instance, running in the background on the tiny data."""
    status, out, err = instance.run("up", "--data", str(instance.data), "--port", str(instance.port), "--detach")
    assert status == 0, err
    assert out.strip() == "{ topics(first: 5) { totalCount edges { node { id name } } } }"
    for words in (f"{instance.url}/graphql", "bolt://127.0.0.1:", "password in", "down"):
        assert words in err
    return instance


def neo4j(instance: Instance) -> LocalNeo4j:
    return LocalNeo4j(instance.state, probe=probe)


def cypher(instance: Instance, name: str, *params: str) -> list[dict[str, object]]:
    words = [word for param in params for word in ("--param", param)]
    done = instance.call("cypher", name, *words, "--format", "json")
    assert done.exit_code == 0, done.stderr
    rows: list[dict[str, object]] = json.loads(done.stdout)
    return rows


def test_the_example_has_an_answer(up: Instance) -> None:
    service = State(up.state).service()
    assert service is not None
    status, answer = get(f"{up.url}/graphql", service.example)
    assert status == 200
    assert answer["data"]["topics"] == {"totalCount": 1, "edges": [{"node": {"id": "t", "name": "Tea"}}]}


def test_second_up_says_where_it_runs(up: Instance) -> None:
    done = up.call("up", "--port", str(up.port + 1))
    assert done.exit_code == 0
    assert re.search(rf"Already running: {up.url}/graphql, process \d+", done.stderr)


def test_status_tells_what_runs_on_which_data(up: Instance) -> None:
    done = up.call("status")
    assert done.exit_code == 0
    lines = dict(re.findall(r"^(\S.*?)  +(.*?) *$", done.stdout, re.MULTILINE))
    assert lines["state"] == str(up.state)
    assert re.fullmatch(rf"{up.url}/graphql, process \d+, ready", lines["service"])
    assert re.fullmatch(r"\w+, 4 people, 6 relationships, built .*, current", lines["snapshot"])
    assert re.fullmatch(r"bolt://127.0.0.1:\d+, online", lines["Neo4j"])
    assert lines["data set"] == "Tea trade, as of 2026-01-01"
    assert f"password in {up.state / 'neo4j' / 'password'}" in done.stdout


def test_secrets_and_records_are_where_they_belong(up: Instance) -> None:
    record = (up.state / "service.json").read_text()
    password = (up.state / "neo4j" / "password").read_text()
    log = (up.state / "logs" / "service.log").read_text()
    assert password not in record + log
    assert password not in "".join(up.call("status").output)


def test_cypher_formats(up: Instance) -> None:
    people = cypher(up, "people_page", "afterName=", "afterId=", "limit=2", "withOptedOut=true")
    assert [row["id"] for row in people] == ["a", "b"]
    (dataset,) = cypher(up, "snapshot_dataset")
    assert (dataset["name"], dataset["asOf"]) == ("Tea trade", "2026-01-01")
    words = ["--param", "afterName=Cy", "--param", "afterId=", "--param", "limit=1", "--param", "withOptedOut=true"]
    done = up.call("cypher", "people_page", *words, "--format", "csv")
    assert done.stdout == "id,name,headline,location,optedOut\nc,Cy,,,false\n"
    done = up.call("cypher", "people_page", *words)
    assert "Cy" in done.stdout
    assert "1 row\n" in done.stderr


def test_paths_in_the_terminal(up: Instance) -> None:
    done = up.call("paths", "x", "y", "--topic", "t", "--first", "1", "--introducer-strength", "1")
    assert done.exit_code == 0, done.stderr
    cells = [[cell.strip() for cell in line.split("│")] for line in done.stdout.splitlines() if "│" in line]
    # 0.9 · 0.8 · 0.9; the direct step b → d at 0.05 is weaker
    assert cells[0][1:4] == ["1", "0.648", "3"]
    assert "Ada (a) → Ben (b) → Cy (c) → Dot (d)" in " ".join(row[4] for row in cells)
    nothing = up.call("paths", "person:a", "brand:y", "--max-hops", "1")
    assert nothing.exit_code == 0
    assert nothing.stdout.strip() == "No path."
    cut_short = up.call("paths", "x", "y", "--deadline-ms", "0")
    assert cut_short.exit_code in (0, 2)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["paths", "x", "nobody"], "There is no person or brand with the id 'nobody'"),
        (["paths", "person:nobody", "y"], "There is no person with the id 'nobody'"),
        (["paths", "x", "y", "--max-hops", "9"], "maxHops"),
        (["communities", "nothing"], "There is no topic with the id 'nothing'"),
        (["standing", "nothing"], "There is no topic with the id 'nothing'"),
        (["influencers", "nothing", "x"], "There is no topic with the id 'nothing'"),
        (["rainmakers", "t", "nothing"], "There is no brand with the id 'nothing'"),
        (["untapped", "t", "nothing"], "There is no brand with the id 'nothing'"),
        (["influencers", "t", "x", "--max-hops", "9"], "maxHops"),
    ],
)
def test_questions_that_cannot_be_answered(up: Instance, words: list[str], problem: str) -> None:
    done = up.call(*words)
    assert done.exit_code == 2
    assert problem in done.stderr
    assert "Traceback" not in done.output


def test_communities_in_the_terminal(up: Instance) -> None:
    done = up.call("communities", "t", "--min-size", "2")
    assert done.exit_code == 0, done.stderr
    assert "modularity" in done.stderr
    assert "Ada (a)" in done.stdout
    assert "of 4 people" in done.stderr
    none = up.call("communities", "t", "--min-size", "5")
    assert none.stdout.strip() == "No community: 4 people trust each other on this topic."


def test_standing_in_the_terminal(up: Instance) -> None:
    done = up.call("standing", "t", "--by", "reach", "--first", "2")
    assert done.exit_code == 0, done.stderr
    assert "first of 4 people by reach" in done.stderr
    assert len(re.findall(r"\(([abcd])\)", done.stdout)) == 2


def test_peer_influence_in_the_terminal(up: Instance) -> None:
    done = up.call("peer-influence", "t")
    assert done.exit_code == 0, done.output
    # impressions, interactions, listeners, answered, posts
    assert re.search(r"mass connectors \(2\) *│ Ben \(b\) *│ 6 +│ 2 +│ 3 +│ 2 +│ 1 ", done.stdout)
    assert re.search(r"│ +│ Cy \(c\) *│ 2 +│ 1 +│ 2 +│ 1 +│ 1 ", done.stdout)
    assert "3 people gave 3 interactions until 2026-01-01." in done.stderr
    assert "Impressions (interactions × listeners): 8; 2 people (66.7%) make 80 %, Gini 0.500." in done.stderr
    nothing = up.call("peer-influence", "t", "--as-of", "2025-02-28")
    assert "Posts (interactions of content kinds): none." in nothing.stderr


def test_currents_in_the_terminal(up: Instance) -> None:
    done = up.call("currents", "t", "--interval", "MONTH", "--from", "2025-02-01", "--to", "2025-05-31")
    assert done.exit_code == 0, done.output
    assert re.findall(r"(2025-\d\d) *│ (\d) +│ (\d) +│ (\d) +│ (\d) ", done.stdout) == [
        ("2025-02", "0", "0", "0", "0"),
        ("2025-03", "1", "2", "2", "0"),
        ("2025-04", "1", "2", "0", "0"),
        ("2025-05", "1", "2", "1", "0"),
    ]
    assert re.search(r"people *│ Cy \(c\) *│ 1\.\d\d *│ 1 +│ 0 ", done.stdout)
    assert "over 4 complete intervals" in done.stderr
    assert "No change of level." in done.stderr
    year = up.call("currents", "t", "--interval", "year", "--from", "2025-01-01")
    assert re.search(r"2026 … *│ 0 ", year.stdout)
    assert "too few complete intervals" in year.stderr


def test_the_history_of_communities_in_the_terminal(up: Instance) -> None:
    done = up.call("community-history", "t", "--from", "2025-01-01")
    assert done.exit_code == 0, done.output
    # modularity is greatest, 0.121, with Ada and Ben, and Cy and Dot, apart: too few for communities
    assert re.findall(r"(20\d\d-\d\d-\d\d) *│ (\d) +│ (\d) ", done.stdout) == [
        ("2025-12-31", "4", "0"),
        ("2026-01-01", "4", "0"),
    ]


def test_who_matters_to_a_brand_in_the_terminal(up: Instance) -> None:
    """a, who is of x, is heard by b alone; c hears b, and d hears both of them."""
    done = up.call("influencers", "t", "x", "--by", "reachable_authority", "--first", "3")
    assert done.exit_code == 0, done.stderr
    assert "first of 4 people" in done.stderr
    assert "Ada is at" in done.stdout
    done = up.call("rainmakers", "t", "x")
    assert "first of 2 people" in done.stderr
    assert set(re.findall(r"\w+ \(([abcd])\)", done.stdout)) == {"c", "d"}
    assert up.call("rainmakers", "t", "y").stdout.strip() != "Nobody."
    done = up.call("untapped", "t", "y")
    assert done.stdout.strip() == "Nobody.", "d decides there"


def test_load_tells_by_its_exit_status(up: Instance, tmp_path: Path) -> None:
    again = up.call("load", str(up.data))
    assert again.exit_code == 0
    assert re.search(r"^trust +0 +0 +6 +0$", again.stderr, re.MULTILINE), again.stderr
    some = make_data(tmp_path / "some")
    (some / "trust.csv").write_text("fromId,toId,strength\nd,a,0.3\nd,nobody,0.5\n")
    partly = up.call("load", str(some))
    assert partly.exit_code == 1
    assert "rejects.csv" in partly.stderr
    assert '"trust.csv",3,"there is no person' in (up.state / "rejects.csv").read_text()
    nothing = make(tmp_path / "none")
    (nothing / "people.csv").unlink()
    refused = up.call("load", str(nothing))
    assert refused.exit_code == 2
    assert "people" in refused.stderr
    assert up.call("load", "/nowhere").exit_code == 2
    # whatever was refused is no load cut short
    assert State(up.state).interrupted_load() is None


def test_killed_service_leaves_its_neo4j_to_the_next_up(up: Instance) -> None:
    service = State(up.state).service()
    server = neo4j(up).process()
    assert service is not None
    assert server is not None
    os.kill(service.pid, signal.SIGKILL)
    while service.mark.alive():
        time.sleep(0.01)
    assert re.search("^service +not running", up.call("status").stdout, re.MULTILINE)
    status, _, err = up.run("up", "--data", "none", "--port", str(up.port), "--detach")
    assert status == 0, err
    assert neo4j(up).process() == server
    assert get(f"{up.url}/readyz")[0] == 200


def test_wipe_asks_first(up: Instance) -> None:
    refused = up.call("wipe", say="n\n")
    assert refused.exit_code == 1
    assert len(cypher(up, "people_page", "afterName=", "afterId=", "limit=9", "withOptedOut=true")) == 4
    done = up.call("wipe", "--yes")
    assert done.exit_code == 0
    assert re.search(r"Deleted \d+ nodes", done.stderr)
    assert cypher(up, "people_page", "afterName=", "afterId=", "limit=9", "withOptedOut=true") == []
    assert "none: the database is empty" in up.call("status").stdout


def test_down_stops_all_and_only_what_is_its_own(up: Instance) -> None:
    service, server = State(up.state).service(), neo4j(up).process()
    assert service is not None
    done = up.call("down")
    assert done.exit_code == 0
    assert f"Stopped the service at {up.url}" in done.stderr
    assert not service.mark.alive()
    assert server is not None
    assert neo4j(up).process() is None
    assert not (up.state / "service.json").exists()
    again = up.call("down")
    assert "was running" in again.stderr
    # a record that names somebody else's process, this one, stops nobody
    (up.state / "service.json").write_text(
        json.dumps(
            {
                "pid": os.getpid(),
                "began": "once",
                "host": "127.0.0.1",
                "port": 1,
                "bolt": "",
                "bolt_user": "",
                "password_place": "",
                "neo4j_is_given": False,
            }
        )
    )
    assert "was running" in up.call("down").stderr


def test_detached_up_that_fails_shows_the_end_of_its_log(up: Instance) -> None:
    (up.state / "neo4j" / "password").rename(up.state / "neo4j" / "hidden")
    try:
        status, out, err = up.run("up", "--port", str(up.port), "--detach")
    finally:
        (up.state / "neo4j" / "hidden").rename(up.state / "neo4j" / "password")
    assert status == 2
    assert out == ""
    assert "ended before it was ready" in err
    assert "Put it back" in err

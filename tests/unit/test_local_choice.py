"""Which Neo4j: the given one, the one used before, Docker's, the machine's own; else three ways out."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from service.local.choice import Neo4j, choose
from service.local.compose import ComposeNeo4j, engine_answers
from service.local.connection import Connection
from service.local.errors import LocalProblem
from service.local.given import GivenNeo4j
from service.local.server import LocalNeo4j

GIVEN = Connection("bolt://somewhere:7687", "neo4j", "secret")

FAKE_DOCKER = """#!/bin/sh
here=$(dirname "$0")
echo "$NEO4J_PASSWORD|$RAINMAKER_BOLT_PORT|$*" >> "$here/calls"
case "$*" in
    info) exit $(cat "$here/engine") ;;
    "compose version") exit 0 ;;
    *" up "*) [ -f "$here/broken" ] && { echo "no such image" >&2; exit 1; }; touch "$here/runs" ;;
    *" ps "*) [ -f "$here/runs" ] && echo 0123456789ab ;;
    *" stop "*) [ -f "$here/stuck" ] && { echo "it will not" >&2; exit 1; }; rm "$here/runs" ;;
esac
exit 0
"""


def online(_: Connection) -> str | None:
    return None


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with what a shell script needs and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "cat", "dirname", "touch", "rm", "sleep"):
        (folder / name).symlink_to(
            next(path for path in (Path("/usr/bin") / name, Path("/bin") / name) if path.exists())
        )
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("RAINMAKER_NEO4J_LIB", raising=False)
    return folder


@pytest.fixture
def docker(tools: Path) -> Path:
    """A pretended Docker whose engine answers."""
    script(tools / "docker", FAKE_DOCKER)
    (tools / "engine").write_text("0")
    return tools


def script(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def chosen(state: Path, given: Connection | None = None) -> Neo4j:
    return choose(state, given, probe=online, compose_file=Path("docker-compose.yml"))


def test_the_given_one_comes_first(tmp_path: Path, docker: Path) -> None:
    neo4j = chosen(tmp_path / "state", GIVEN)
    assert isinstance(neo4j, GivenNeo4j)
    assert neo4j.running() == GIVEN
    with neo4j.in_use() as connection:
        assert connection == GIVEN
    assert not neo4j.stop()
    assert "secret" not in repr(connection)


def test_given_one_that_does_not_answer_is_named(tmp_path: Path) -> None:
    told: list[str] = []
    neo4j = GivenNeo4j(GIVEN, probe=lambda _: "refused", say=told.append, patience_seconds=0)
    with (
        pytest.raises(LocalProblem, match=r"NEO4J_URI \(bolt://somewhere:7687\) did not answer in 0 s: refused"),
        neo4j.in_use(),
    ):
        pass


def test_given_one_may_be_late(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["not yet", None])
    told: list[str] = []
    monkeypatch.setattr(time, "sleep", lambda _: None)
    with GivenNeo4j(GIVEN, probe=lambda _: next(answers), say=told.append).in_use() as connection:
        assert connection == GIVEN
    assert told == ["Waiting for Neo4j at bolt://somewhere:7687"]


def test_docker_where_its_engine_answers(tmp_path: Path, docker: Path) -> None:
    assert isinstance(chosen(tmp_path / "state"), ComposeNeo4j)


def test_own_server_where_the_state_has_used_it_before(tmp_path: Path, docker: Path) -> None:
    (tmp_path / "state" / "neo4j" / "home" / "data" / "databases" / "system").mkdir(parents=True)
    assert isinstance(chosen(tmp_path / "state"), LocalNeo4j)


def test_java_and_maven_where_no_engine_answers(tmp_path: Path, docker: Path) -> None:
    (docker / "engine").write_text("1")
    script(docker / "java", "#!/bin/sh\necho 'openjdk version \"17.0.1\"' >&2")
    script(docker / "mvn", "#!/bin/sh\nexit 1")
    assert isinstance(chosen(tmp_path / "state"), LocalNeo4j)


@pytest.mark.parametrize("java", [None, "11.0.2", "17.0.1"])
def test_three_ways_out_where_there_is_none(tmp_path: Path, tools: Path, java: str | None) -> None:
    if java:  # and no Maven
        script(tools / "java", f"#!/bin/sh\necho 'openjdk version \"{java}\"' >&2")
    with pytest.raises(LocalProblem) as problem:
        chosen(tmp_path / "state")
    for way in ("NEO4J_URI", "Docker", "Java 17", "Maven", "doctor"):
        assert way in str(problem.value)


def test_data_in_a_container_are_not_forgotten_when_the_engine_is_down(tmp_path: Path, docker: Path) -> None:
    compose = chosen(tmp_path / "state")
    assert isinstance(compose, ComposeNeo4j)
    compose.ensure_running()
    (docker / "engine").write_text("1")
    with pytest.raises(LocalProblem, match="Start Docker"):
        chosen(tmp_path / "state")


def test_hanging_engine_does_not_hold_us(tools: Path) -> None:
    script(tools / "docker", "#!/bin/sh\nexec sleep 30")
    began = time.monotonic()
    assert not engine_answers(patience_seconds=0.2)
    assert time.monotonic() - began < 5


def test_no_docker_at_all(tools: Path) -> None:
    assert not engine_answers()


def test_compose_starts_once_with_a_private_password_and_is_stopped_by_the_last(tmp_path: Path, docker: Path) -> None:
    state = tmp_path / "state"
    told: list[str] = []
    neo4j = ComposeNeo4j(state, Path("compose.yml"), told.append)
    assert neo4j.running() is None
    assert not neo4j.stop()
    with neo4j.in_use() as first, ComposeNeo4j(state, Path("compose.yml")).in_use() as second:
        assert first == second == neo4j.running()
        port = json.loads((state / "compose" / "port.json").read_text())
        assert first.uri == f"bolt://127.0.0.1:{port}"
        assert oct((state / "compose" / "password").stat().st_mode & 0o777) == "0o600"
        assert first.password == (state / "compose" / "password").read_text()
    assert neo4j.running() is None
    assert told == ["Starting Neo4j by Docker Compose", "Stopping Neo4j"]
    calls = (docker / "calls").read_text().splitlines()
    ups = [call for call in calls if " up " in call]
    assert ups == [
        f"{first.password}|{port}|compose --file compose.yml --project-name {neo4j.project} up --detach --wait neo4j"
    ]
    # an address given once stays good
    assert neo4j.ensure_running().uri == first.uri
    assert neo4j.stop()


def test_two_states_are_two_projects(tmp_path: Path) -> None:
    projects = {ComposeNeo4j(tmp_path / name, Path("compose.yml")).project for name in ("one", "two")}
    assert len(projects) == 2
    assert all(project.startswith("rainmaker-") for project in projects)


@pytest.mark.parametrize(
    ("flag", "act", "words"),
    [
        ("broken", lambda neo4j: neo4j.ensure_running(), "no such image"),
        ("stuck", lambda neo4j: (neo4j.ensure_running(), neo4j.stop()), "it will not"),
    ],
)
def test_what_docker_says_is_passed_on(
    tmp_path: Path, docker: Path, flag: str, act: Callable[[ComposeNeo4j], object], words: str
) -> None:
    (docker / flag).touch()
    with pytest.raises(LocalProblem, match=words):
        act(ComposeNeo4j(tmp_path / "state", Path("compose.yml")))

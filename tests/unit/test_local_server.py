"""A Neo4j of one's own, with real servers: started once, reused, recognised, replaced after a crash, stopped."""

import json
import os
import signal
import socket
import stat
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.cli.neo4j import probe
from service.domain.errors import Unavailable
from service.local import jars, machine
from service.local.errors import LocalProblem
from service.local.server import LocalNeo4j
from service.store.probe import what_is_missing
from tests.local_neo4j import neo4j_jars

pytestmark = pytest.mark.usefixtures("lib")


@pytest.fixture(scope="module")
def lib() -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        folder = neo4j_jars()
        patch.setenv("RAINMAKER_NEO4J_LIB", str(folder))
        yield folder


def local(state: Path, **options: object) -> LocalNeo4j:
    return LocalNeo4j(state, probe=probe, **options)  # type: ignore[arg-type]


def test_a_life(tmp_path: Path) -> None:
    state = tmp_path / "a state"
    told: list[str] = []
    neo4j = local(state, say=told.append)
    assert neo4j.running() is None
    assert not neo4j.stop()

    # two first uses at once start one server
    with ThreadPoolExecutor(2) as both:
        first, second = both.map(lambda each: each.ensure_running(), [neo4j, local(state)])
    assert first == second == neo4j.running()
    assert told in (["Starting Neo4j"], [])
    assert probe(first) is None
    with pytest.raises(Unavailable, match="refused the password"):
        what_is_missing(first.uri, first.user, "wrong", first.database)
    missing = what_is_missing(first.uri, first.user, first.password, "nothere")
    assert missing is not None
    assert "nothere" in missing

    # private, on loopback, with nothing but Bolt
    assert stat.S_IMODE(neo4j.password_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(neo4j.folder.stat().st_mode) == 0o700
    pid = neo4j.process()
    assert pid is not None
    command = Path(f"/proc/{pid}/cmdline").read_bytes() if Path("/proc").exists() else b""
    assert first.password.encode() not in command
    assert os.getsid(pid) != os.getsid(0)
    conf = (neo4j.folder / "conf" / "neo4j.conf").read_text()
    assert "server.http.enabled=false" in conf
    assert f"server.bolt.listen_address={first.uri.removeprefix('bolt://')}" in conf

    # used by two, it stays until both have left; killed, it is seen to be gone; started again, it has the old address
    with neo4j.in_use():
        with local(state).in_use() as connection:
            assert connection == first
        assert neo4j.process() == pid
        os.kill(pid, signal.SIGKILL)
        while neo4j.running() is not None:
            time.sleep(0.01)
        assert local(state).ensure_running() == first
        assert neo4j.process() != pid
    assert neo4j.running() is None

    # its data without its password are of no use, and it says so
    neo4j.password_file.unlink()
    with pytest.raises(LocalProblem, match="Put it back"):
        neo4j.ensure_running()


def test_record_of_another_process_is_not_believed(tmp_path: Path) -> None:
    neo4j = local(tmp_path)
    neo4j.folder.mkdir()
    for record in (
        json.dumps({"pid": os.getpid(), "began": "long ago", "port": 7687}),
        json.dumps({"pid": os.getpid()}),
        json.dumps([1, 2]),
        "{",
    ):
        (neo4j.folder / "server.json").write_text(record)
        assert neo4j.running() is None
        assert not neo4j.stop()


def test_taken_port_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        neo4j = local(tmp_path, port=port)
        with pytest.raises(LocalProblem, match=f"Port {port} is taken"):
            neo4j.ensure_running()
    assert neo4j.process() is None


def test_server_that_dies_or_dawdles_is_told_with_its_last_words(
    tmp_path: Path, lib: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    monkeypatch.setenv("PATH", f"{java.parent}:{os.environ['PATH']}")
    monkeypatch.delenv("JAVA_HOME", raising=False)

    def pretend(server: str) -> None:
        version, admin = "-version) echo 'openjdk version \"99\"' >&2", "*AdminTool*) true"
        java.write_text(f'#!/bin/sh\ncase "$*" in {version};; {admin};; *) {server};; esac\n')
        java.chmod(0o755)

    pretend("echo no room; sleep 0.3; exit 1")
    with pytest.raises(LocalProblem, match=r"(?s)ended.*no room"):
        local(tmp_path / "one").ensure_running()
    pretend("echo thinking; exec sleep 60")
    slow = local(tmp_path / "two", patience_seconds=0.5)
    try:
        with pytest.raises(LocalProblem, match=r"(?s)not ready after 0 s \(nothing listens.*thinking"):
            slow.ensure_running()
        assert slow.process() is not None
    finally:
        assert slow.stop()
    java.write_text('#!/bin/sh\ncase "$*" in -version) echo \'version "99"\';; *) echo broken; exit 3;; esac\n')
    with pytest.raises(LocalProblem, match="did not take its first password: broken"):
        local(tmp_path / "three").ensure_running()
    java.write_text("#!/bin/sh\necho 'version \"11\"'\n")
    monkeypatch.setenv("PATH", f"{java.parent}:/bin")
    with pytest.raises(LocalProblem, match=r"Java 17 or newer, but .*/java is Java 11"):
        local(tmp_path / "four").ensure_running()


def test_jars_are_linked_and_complete_or_replaced(tmp_path: Path, lib: Path) -> None:
    copy = tmp_path / "lib"
    jars.install(copy, [tmp_path / "nowhere", lib], None, lambda _: None)
    assert jars.is_complete(copy)
    jar = next(copy.glob("neo4j-kernel-5*.jar"))
    assert jar.stat().st_ino == (lib / jar.name).stat().st_ino
    jar.unlink()
    assert not jars.is_complete(copy)
    (tmp_path / "lib.partial-left").mkdir()
    jars.install(copy, [lib], None, lambda _: None)
    assert jars.is_complete(copy)
    assert [path.name for path in tmp_path.iterdir()] == ["lib"]


def test_jars_are_copied_where_they_cannot_be_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.jar").write_bytes(b"jar")
    (source / "CONTENTS").write_text(f"neo4j {jars.NEO4J_VERSION}\n3 a.jar\n")

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    jars.install(tmp_path / "lib", [source], None, lambda _: None)
    assert (tmp_path / "lib" / "a.jar").read_bytes() == b"jar"


PRETENDED_MAVEN = """#!{python}
import sys, pathlib
if "-o" in sys.argv:
    sys.exit("not known offline")
out = next(word.partition("=")[2] for word in sys.argv if word.startswith("-DoutputDirectory="))
assert "<artifactId>neo4j-server</artifactId>" in pathlib.Path(sys.argv[sys.argv.index("-f") + 1]).read_text()
{act}
"""


def pretended_maven(folder: Path, act: str) -> str:
    path = folder / "mvn"
    path.write_text(PRETENDED_MAVEN.format(python=sys.executable, act=act))
    path.chmod(0o755)
    return str(path)


def test_maven_brings_them_when_nobody_has_them(tmp_path: Path) -> None:
    said: list[str] = []
    act = f'pathlib.Path(out, "neo4j-server-{jars.NEO4J_VERSION}.jar").write_bytes(b"12345")'
    lib = tmp_path / "neo4j" / "lib"
    jars.install(lib, [], pretended_maven(tmp_path, act), said.append)
    assert jars.is_complete(lib)
    assert (lib / "CONTENTS").read_text().splitlines()[1:] == [f"5 neo4j-server-{jars.NEO4J_VERSION}.jar"]
    assert not (lib / "pom.xml").exists()
    assert "Maven" in said[0]


@pytest.mark.parametrize(
    ("act", "words"),
    [('sys.exit("no network")', "(?s)could not get Neo4j.*no network"), ("pass", "brought no neo4j-server")],
)
def test_maven_that_fails_leaves_nothing(tmp_path: Path, act: str, words: str) -> None:
    lib = tmp_path / "neo4j" / "lib"
    with pytest.raises(LocalProblem, match=words):
        jars.install(lib, [], pretended_maven(tmp_path, act), lambda _: None)
    assert [path.name for path in lib.parent.iterdir()] == ["maven.log"]


def test_neither_jars_nor_maven(tmp_path: Path) -> None:
    with pytest.raises(LocalProblem, match="Maven is missing"):
        jars.install(tmp_path / "lib", [], None, lambda _: None)


def test_probe_tells_waiting_from_hopeless() -> None:
    port = machine.free_port()
    missing = what_is_missing(f"bolt://127.0.0.1:{port}", "neo4j", "x", "neo4j")
    assert missing is not None
    assert missing.startswith("ServiceUnavailable")
    with pytest.raises(Unavailable, match="is no address"):
        what_is_missing("nonsense://x", "neo4j", "x", "neo4j")

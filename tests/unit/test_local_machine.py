"""What the machine has, asked and not guessed."""

import socket
import threading
from pathlib import Path

import pytest

from service.local import machine
from service.local.machine import Java


def executable(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("says", "version"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('java version "1.8.0_292"', 8),
        ('openjdk version "21" 2023-09-19', 21),
        ('openjdk version "25-ea" 2025-09-16', 25),
    ],
)
def test_java_is_asked_for_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str, version: int
) -> None:
    java = executable(tmp_path / "java", f"echo '{says}' >&2")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert machine.find_java() == Java(str(java), version)


def test_newest_java_wins_and_broken_ones_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = executable(tmp_path / "home" / "bin" / "java", "echo 'openjdk version \"21.0.1\"' >&2")
    executable(tmp_path / "path" / "java", "echo 'openjdk version \"17.0.1\"' >&2")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "home"))
    assert machine.find_java() == Java(str(home), 21)
    executable(home, "exit 1")
    assert machine.find_java() == Java(str(tmp_path / "path" / "java"), 17)
    executable(tmp_path / "path" / "java", "echo nonsense")
    assert machine.find_java() is None


def test_no_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    assert machine.find_java() is None
    assert machine.find_maven() is None


def test_ports() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not machine.port_is_free(port)
    assert machine.port_is_free(port)
    assert machine.port_is_free(machine.free_port())


def test_memory_is_some() -> None:
    assert machine.memory_bytes() > 256 * 1024 * 1024


def test_a_port_that_somebody_else_keeps_is_not_waited_for_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert not machine.port_gets_free(port, 0.2)
        threading.Timer(0.2, taken.close).start()
        assert machine.port_gets_free(port, 10)

"""A service that asks for keys, from its start to its end, as an operator runs it."""

import contextlib
import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from service.cli.state import State
from service.cli.status import KEY
from tests.cli.conftest import Instance
from tests.state_files import contents

NAME = {"query": 'query Named { person(id: "a") { name } }'}
ANSWER = {"data": {"person": {"name": "Ada"}}}


@pytest.fixture(scope="module")
def guarded(instance: Instance) -> Instance:
    words = ["--data", str(instance.data), "--port", str(instance.port), "--auth", "keys", "--detach"]
    status, _, err = instance.run("up", *words)
    assert status == 0, err
    assert "keys create" in err
    return instance


@pytest.fixture(scope="module")
def key(guarded: Instance) -> str:
    """Made while the service runs."""
    return guarded.call("keys", "create", "crm").stdout.strip()


def ask(instance: Instance, text: str) -> httpx.Response:
    headers = {"authorization": f"Bearer {text}"}
    return httpx.post(f"{instance.url}/graphql", json=NAME, headers=headers, timeout=30)


def test_a_key_made_meanwhile_lets_in_until_it_is_revoked(guarded: Instance, key: str) -> None:
    assert httpx.post(f"{guarded.url}/graphql", json=NAME).status_code == 401
    assert ask(guarded, key).json() == ANSWER
    other = guarded.call("keys", "create", "other").stdout.strip()
    assert ask(guarded, other).status_code == 200
    assert guarded.call("keys", "revoke", "other").exit_code == 0
    assert ask(guarded, other).status_code == 401
    assert ask(guarded, key).status_code == 200


def test_status_shows_a_key_where_it_has_one(guarded: Instance, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    without = guarded.call("status")
    assert without.exit_code == 0
    assert f"put one into {KEY}" in without.stdout
    monkeypatch.setenv(KEY, key)
    assert "4 people" in guarded.call("status").stdout


def everybody_can_read() -> Iterator[str]:
    """The command lines of all processes, as `ps` shows them."""
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            yield place.read_bytes().replace(b"\0", b" ").decode(errors="replace")


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
def test_no_secret_in_command_lines_logs_and_files(guarded: Instance, key: str) -> None:
    secret = key.split("_", 2)[2]
    password = (guarded.state / "neo4j" / "password").read_text()
    ask(guarded, key[:-1])
    ask(guarded, key)
    for line in everybody_can_read():
        assert secret not in line
        assert password not in line
    for file, content in contents(guarded.state, without="lib"):
        assert secret.encode() not in content, file
        assert password.encode() not in content or file.name == "password", file
    assert (guarded.state / "keys.json").stat().st_mode & 0o777 == 0o600


def test_the_log_is_lines_of_json(guarded: Instance, key: str) -> None:
    ask(guarded, key)
    lines = State(guarded.state).log.read_text().splitlines()
    told = [json.loads(line) for line in lines if line.startswith('{"')]
    mine = [line for line in told if line.get("operation") == "Named" and line.get("caller") == "crm"]
    assert mine
    assert mine[-1]["status"] == 200
    assert mine[-1]["role"] == "READER"


def test_the_end_answers_what_is_under_way(guarded: Instance, key: str) -> None:
    """SIGTERM while a request is still coming in: it is answered, another gets 503, and then the service is gone."""
    service = State(guarded.state).service()
    assert service is not None
    body = json.dumps(NAME).encode()
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", guarded.port), timeout=30) as slow:
        slow.sendall(head.encode() + body[:10])
        time.sleep(0.5)
        os.kill(service.pid, signal.SIGTERM)
        time.sleep(0.5)
        refused = ask(guarded, key)
        assert (refused.status_code, int(refused.headers["retry-after"]) >= 1) == (503, True)
        assert httpx.get(f"{guarded.url}/readyz").status_code == 503
        assert httpx.get(f"{guarded.url}/healthz").status_code == 200
        slow.sendall(body[10:])
        answer = b""
        while ANSWER["data"]["person"]["name"].encode() not in answer:
            piece = slow.recv(4096)
            assert piece, answer
            answer += piece
    assert answer.startswith(b"HTTP/1.1 200")
    until = time.monotonic() + 60
    while service.mark.alive():
        assert time.monotonic() < until
        time.sleep(0.1)
    with pytest.raises(httpx.ConnectError):
        ask(guarded, key)

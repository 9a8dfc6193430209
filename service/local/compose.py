"""Neo4j by Docker Compose, one project a state folder, so that several live side by side."""

import hashlib
import json
import os
import secrets
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from service.local.connection import Connection
from service.local.errors import LocalProblem
from service.local.files import alone, create_private, write_whole
from service.local.lease import leased
from service.local.machine import free_port, port_is_free


def engine_answers(patience_seconds: float = 5) -> bool:
    """True if a Docker engine is there and Compose can speak to it. Never waits longer than asked."""
    return all(_succeeds(["docker", *words], patience_seconds) for words in (["info"], ["compose", "version"]))


class ComposeNeo4j:
    """The `neo4j` service of docker-compose.yml, with the password and the port of one state folder."""

    def __init__(self, state: Path, compose_file: Path, say: Callable[[str], None] = lambda _: None) -> None:
        self.folder = state.resolve() / "compose"
        self.password_file = self.folder / "password"
        self.project = f"rainmaker-{hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:10]}"
        self._compose_file = compose_file
        self._say = say

    def has_data(self) -> bool:
        """True if this state's container was ever started."""
        return self.password_file.exists()

    def running(self) -> Connection | None:
        """How to reach the container if it runs."""
        if not self.has_data() or not self._compose("ps", "--status", "running", "-q", "neo4j").stdout.strip():
            return None
        return self._connection()

    def ensure_running(self) -> Connection:
        """Find the container or start it; Compose waits until it is healthy."""
        with alone(self._private_folder() / "change.lock"):
            return self._ensure_running()

    def in_use(self) -> AbstractContextManager[Connection]:
        """A running container for a block; stopped at its end unless somebody else uses it too."""
        return leased(self._private_folder(), self._ensure_running, self._stop)

    def stop(self) -> bool:
        """Stop the container, whoever uses it; its data stay. False if none was running."""
        if not self.has_data():
            return False
        with alone(self._private_folder() / "change.lock"):
            return self._stop()

    def _ensure_running(self) -> Connection:
        if not self.password_file.exists():
            create_private(self.password_file, secrets.token_hex(16))
        running = self.running()
        if running is not None:
            return running
        self._choose_port()
        self._say("Starting Neo4j by Docker Compose")
        done = self._compose("up", "--detach", "--wait", "neo4j")
        if done.returncode != 0:
            raise LocalProblem(f"Docker Compose could not start Neo4j:\n{(done.stderr or done.stdout).strip()[-2000:]}")
        return self._connection()

    def _stop(self) -> bool:
        if self.running() is None:
            return False
        self._say("Stopping Neo4j")
        done = self._compose("stop", "neo4j")
        if done.returncode != 0:
            raise LocalProblem(f"Docker Compose could not stop Neo4j:\n{done.stderr.strip()[-2000:]}")
        return True

    def _connection(self) -> Connection:
        return Connection(f"bolt://127.0.0.1:{self._port()}", "neo4j", self._password())

    def _password(self) -> str:
        return self.password_file.read_text(encoding="utf-8")

    def _private_folder(self) -> Path:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            self.folder.mkdir(mode=0o700)
        return self.folder

    def _port(self) -> int:
        return int(json.loads((self.folder / "port.json").read_text(encoding="utf-8")))

    def _choose_port(self) -> None:
        with suppress(FileNotFoundError, ValueError, TypeError):
            if port_is_free(self._port()):
                return
        write_whole(self.folder / "port.json", json.dumps(free_port()))

    def _compose(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = ["docker", "compose", "--file", str(self._compose_file), "--project-name", self.project, *words]
        port = {}
        with suppress(FileNotFoundError, ValueError, TypeError):
            port = {"RAINMAKER_BOLT_PORT": str(self._port())}
        environment = os.environ | {"NEO4J_PASSWORD": self._password()} | port
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _succeeds(command: list[str], patience_seconds: float) -> bool:
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=patience_seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0

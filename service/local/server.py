"""A Neo4j of one's own, started from jars under a state folder, on loopback, with a password only the owner can read.

`<state>/neo4j/` holds `lib` (the jars), `conf`, `home` (the data), `password`, `output.log`, and while it runs
`server.json` (which process, which port).
"""

import json
import os
import secrets
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from service.local import jars, machine
from service.local.commands import configuration, serve, set_password
from service.local.connection import Connection
from service.local.errors import LocalProblem
from service.local.files import Lock, alone, create_private, tail, write_whole
from service.local.lease import leased
from service.local.processes import Mark, signals_held_back, spawn

Probe = Callable[[Connection], str | None]
"""Asks a Neo4j whether its database is online: None if so, else what is still missing. Raises if it never will be."""

_USER = "neo4j"

_LINGERING_SECONDS = 3.0
"""How long threads of a server that was killed may still hold its port."""


class LocalNeo4j:
    """The Neo4j of one state folder. Every method may be called from several processes at once.

    `jar_sources` are folders with the same jars, to link to instead of fetching them again; the environment's
    RAINMAKER_NEO4J_LIB comes before them. `say` is told what takes long.
    """

    def __init__(
        self,
        state: Path,
        *,
        probe: Probe,
        port: int | None = None,
        jar_sources: Sequence[Path] = (),
        say: Callable[[str], None] = lambda _: None,
        patience_seconds: float = 180,
    ) -> None:
        self.folder = state.resolve() / "neo4j"
        self.password_file = self.folder / "password"
        self.log = self.folder / "home" / "logs" / "neo4j.log"
        self._output = self.folder / "output.log"  # what the process says before its own log is open
        self._home = self.folder / "home"
        self._conf = self.folder / "conf"
        self._lib = self.folder / "lib"
        self._record = self.folder / "server.json"
        self._probe = probe
        self._port = port
        self._jar_sources = tuple(jar_sources)
        self._say = say
        self._patience = patience_seconds

    def running(self) -> Connection | None:
        """How to reach the server if its process lives, ready or not."""
        recorded = self._recorded()
        return None if recorded is None else self._connection(recorded[1])

    def process(self) -> int | None:
        """The pid of the running server."""
        recorded = self._recorded()
        return None if recorded is None else recorded[0].pid

    def ensure_running(self) -> Connection:
        """Find the server or start it, and wait until its database is online.

        Raises LocalProblem with the end of the log if it does not come up.
        """
        with self._changing():
            return self._ensure_running()

    def in_use(self) -> AbstractContextManager[Connection]:
        """A running server for a block; stopped at its end unless somebody else uses it too."""
        return leased(self._private_folder(), self._ensure_running, self._stop)

    def stop(self) -> bool:
        """Stop the server, whoever uses it. False if none was running."""
        with self._changing():
            return self._stop()

    def install(self) -> None:
        """Have the jars, without starting anything."""
        with self._changing():
            self._install()

    def has_data(self) -> bool:
        """True if a server of this state ever ran."""
        return (self._home / "data" / "databases" / "system").exists()

    def has_jars(self) -> bool:
        """True if the server can be had without Maven."""
        return any(jars.is_complete(folder) for folder in (self._lib, *self._sources()))

    @contextmanager
    def standing_still(self, check: Callable[[Connection], None]) -> Iterator[tuple[str, Path, Path]]:
        """Nobody uses or starts the server for a block: gives java, the jars, and the home, which may be replaced.
        Where there is a database `check` is asked first, and may raise. LocalProblem if it is in use."""
        users = Lock(self._private_folder() / "users.lock")
        try:
            with self._changing():
                if not users.try_exclusive():
                    raise LocalProblem("This Neo4j is in use: stop what uses it first (`./rainmaker down`).")
                if (self._home / "data" / "databases").exists():
                    try:
                        check(self._ensure_running())
                    finally:
                        self._stop()
                java = self._java()
                self._install()
                yield java, self._lib, self._home
        finally:
            users.close()

    def _changing(self) -> AbstractContextManager[None]:
        return alone(self._private_folder() / "change.lock")

    def _private_folder(self) -> Path:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            self.folder.mkdir(mode=0o700)
        return self.folder

    def _recorded(self) -> tuple[Mark, int] | None:
        try:
            record = json.loads(self._record.read_text(encoding="utf-8"))
            mark, port = Mark(int(record["pid"]), str(record["began"])), int(record["port"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        return (mark, port) if mark.alive() else None

    def _connection(self, port: int) -> Connection:
        return Connection(f"bolt://127.0.0.1:{port}", _USER, self.password_file.read_text(encoding="utf-8"))

    def _ensure_running(self) -> Connection:
        recorded = self._recorded()
        if recorded is None:
            java = self._java()
            self._install()
            self._set_password(java)
            self._say("Starting Neo4j")
            recorded = self._start(java)
        mark, port = recorded
        connection = self._connection(port)
        self._wait_until_online(mark, connection)
        return connection

    def _java(self) -> str:
        java = machine.find_java()
        if java is None or java.version < machine.JAVA_NEEDED:
            has = "there is none" if java is None else f"{java.executable} is Java {java.version}"
            raise LocalProblem(f"Neo4j needs Java {machine.JAVA_NEEDED} or newer, but {has}. See `./rainmaker doctor`.")
        return java.executable

    def _install(self) -> None:
        if jars.is_complete(self._lib):
            return
        jars.install(self._lib, self._sources(), machine.find_maven(), self._say)

    def _sources(self) -> list[Path]:
        named = os.environ.get("RAINMAKER_NEO4J_LIB")
        return [*([Path(named)] if named else []), *self._jar_sources]

    def _set_password(self, java: str) -> None:
        """Only a store that never ran takes a first password."""
        if self.has_data():
            if not self.password_file.exists():
                raise LocalProblem(
                    f"{self.password_file} is gone, so nobody can speak to the data beside it. Put it back, or "
                    f"delete {self._home} and load again."
                )
            return
        self._lay_out()
        if not self.password_file.exists():
            create_private(self.password_file, secrets.token_hex(16))
        done = subprocess.run(
            set_password(java, self._lib, self.password_file),
            env=os.environ | {"NEO4J_HOME": str(self._home), "NEO4J_CONF": str(self._conf)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise LocalProblem(f"Neo4j did not take its first password: {(done.stderr or done.stdout).strip()}")

    def _start(self, java: str) -> tuple[Mark, int]:
        port = self._choose_port()
        self._lay_out()
        write_whole(self._conf / "neo4j.conf", configuration(port))
        command = serve(java, self._lib, self._home, self._conf)
        self._output.unlink(missing_ok=True)
        with signals_held_back():
            mark = spawn(command, self._output)
            if mark is None:
                raise LocalProblem(f"Neo4j ended at once. {self._last_words()}")
            write_whole(self._record, json.dumps({"pid": mark.pid, "began": mark.began, "port": port}))
        return mark, port

    def _lay_out(self) -> None:
        self._conf.mkdir(exist_ok=True)
        self._home.mkdir(exist_ok=True)

    def _choose_port(self) -> int:
        """The one asked for; else the one of last time, so that a Bolt address stays good; else any."""
        if self._port is not None:
            if not machine.port_gets_free(self._port, _LINGERING_SECONDS):
                raise LocalProblem(f"Port {self._port} is taken, so Neo4j cannot listen there.")
            return self._port
        with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
            last = int(json.loads(self._record.read_text(encoding="utf-8"))["port"])
            if machine.port_gets_free(last, _LINGERING_SECONDS):
                return last
        return machine.free_port()

    def _wait_until_online(self, mark: Mark, connection: Connection) -> None:
        until = time.monotonic() + self._patience
        port = int(connection.uri.rpartition(":")[2])
        while True:
            missing = self._probe(connection) if _listens(port) else f"nothing listens on port {port} yet"
            if missing is None:
                return
            if not mark.alive():
                raise LocalProblem(f"Neo4j ended while it started. {self._last_words()}")
            if time.monotonic() > until:
                late = f"Neo4j was not ready after {self._patience:.0f} s ({missing})."
                raise LocalProblem(f"{late} {self._last_words()}")
            time.sleep(0.1)

    def _last_words(self) -> str:
        return f"The end of {self.log}:\n{tail(self.log, 15)}\n{tail(self._output, 15)}".rstrip()

    def _stop(self) -> bool:
        recorded = self._recorded()
        if recorded is None:
            return False
        self._say("Stopping Neo4j")
        recorded[0].stop()
        return True


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0

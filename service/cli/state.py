"""A state folder: everything one instance keeps. Several live side by side.

`neo4j/` or `compose/` is its Neo4j's, `logs/` the service's, `snapshot/` what the next start maps; `up.lock` is held by
a running `up`, `service.json` says which process that is and where it listens, `loading.json` that a load has begun
and not ended; `keys.json` holds digests of the keys that callers show, `audit.jsonl` who changed what, `forget.key`
what marks of forgotten people are made with. The environment may name other files for the last three, and for
`rejects.csv`.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from service.local.files import write_whole
from service.local.processes import Mark
from service.settings import PROJECT, Settings

DEFAULT_STATE = PROJECT / ".rainmaker"

StateOption = Annotated[
    Path,
    typer.Option("--state", metavar="DIR", envvar="RAINMAKER_STATE", help="The folder of everything it keeps."),
]


@dataclass(frozen=True, slots=True)
class RunningService:
    """What a running `up` says of itself."""

    pid: int
    began: str
    host: str
    port: int
    bolt: str
    bolt_user: str
    password_place: str
    """Where the password is, never the password."""
    neo4j_is_given: bool
    """True if NEO4J_URI named the Neo4j."""
    auth: str = "none"
    """What callers show."""
    example: str = ""
    """A question to begin with, once there is a graph to ask."""

    @property
    def mark(self) -> Mark:
        return Mark(self.pid, self.began)

    @property
    def url(self) -> str:
        return f"http://{'127.0.0.1' if self.host == '0.0.0.0' else self.host}:{self.port}"  # noqa: S104


class State:
    """One state folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.lock_file = self.folder / "up.lock"
        self.log = self.folder / "logs" / "service.log"
        self._service = self.folder / "service.json"
        self._loading = self.folder / "loading.json"
        self.snapshot_folder = self.folder / "snapshot"
        named = Settings()
        self.rejects = named.rejects_file or self.folder / "rejects.csv"
        self.key_file = named.key_file or self.folder / "keys.json"
        self.audit_file = named.audit_file or self.folder / "audit.jsonl"
        self.forget_key = named.forget_key or self.folder / "forget.key"

    def service(self) -> RunningService | None:
        """The `up` that runs on this state, ready or not."""
        try:
            service = RunningService(**json.loads(self._service.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        return service if service.mark.alive() else None

    def announce(self, service: RunningService) -> None:
        """Tell other commands about this process."""
        write_whole(self._service, json.dumps(asdict(service), indent=2) + "\n")

    def withdraw(self) -> None:
        """The opposite."""
        self._service.unlink(missing_ok=True)

    def begin_load(self, folder: Path) -> None:
        """Note that a load is under way, so that the next `up` can tell a half-loaded database from a loaded one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(self._loading, json.dumps({"folder": str(folder.resolve())}))

    def end_load(self) -> None:
        """The load came to its end."""
        self._loading.unlink(missing_ok=True)

    def interrupted_load(self) -> Path | None:
        """The folder of a load that began and never ended."""
        try:
            return Path(json.loads(self._loading.read_text(encoding="utf-8"))["folder"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

"""Runs Neo4j's own importer (`neo4j-admin database import full`), which writes a store that no server has open."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from service.local.commands import import_all
from service.local.errors import LocalProblem
from service.local.files import tail, write_whole
from service.local.processes import Mark

_PARTIAL = "home.partial-"
_RUNNING = "importer"


def new_home(folder: Path) -> Path:
    """An empty folder for a server's home, beside the present one; what killed imports left is cleared away, and an
    importer that outlived its command is stopped first."""
    for left_behind in folder.glob(f"{_PARTIAL}*"):
        mark = Mark.parse((left_behind / _RUNNING).read_text("utf-8")) if (left_behind / _RUNNING).exists() else None
        if mark is not None and mark.alive():
            mark.stop()
        shutil.rmtree(left_behind)
    return Path(tempfile.mkdtemp(dir=folder, prefix=_PARTIAL))


def replace_home(home: Path, new: Path) -> None:
    """Put a new home in place of an empty database's. Killed in the middle there is none, and the next start makes an
    empty one."""
    former = home.with_name("home.former")
    shutil.rmtree(former, ignore_errors=True)
    if home.exists():
        home.rename(former)
    new.rename(home)
    shutil.rmtree(former, ignore_errors=True)


def run_importer(java: str, lib: Path, home: Path, files: Path, words: list[str]) -> None:
    """Import `files` into the database of a new home; LocalProblem with the importer's own words if it fails.

    Everything has been checked, so the importer tolerates nothing.
    """
    conf, log = home / "import-conf", home / "import.log"
    conf.mkdir()
    environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(conf)}
    arguments = home / "import.arguments"
    arguments.write_text("".join(f"{_quoted(word)}\n" for word in words), encoding="utf-8")
    command = import_all(java, lib, arguments, home / "import.report")
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(command, cwd=files, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            mark = Mark.of(process.pid)
            write_whole(home / _RUNNING, str(mark) if mark else "")
            status = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
    if status != 0:
        raise LocalProblem(f"Neo4j's importer failed. The end of its log:\n{tail(log)}")
    for scratch in (conf, log, arguments, home / "import.report", home / _RUNNING):
        shutil.rmtree(scratch) if scratch.is_dir() else scratch.unlink(missing_ok=True)


def _quoted(word: str) -> str:
    """An argument as picocli reads it from a file."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'

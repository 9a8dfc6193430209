"""A database as one file, written and read by Neo4j's own tool (`neo4j-admin database dump` and `load`) while no server
has it open."""

import os
import subprocess
import tempfile
from pathlib import Path

from service.local.commands import database_tool
from service.local.errors import LocalProblem

DUMPED = "neo4j.dump"
"""What the tool calls the dump of the database `neo4j`."""


def dump(java: str, lib: Path, home: Path, file: Path) -> None:
    """Write the database of a home into a file, whole or not at all. LocalProblem with the tool's own words."""
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=f".{file.name}.") as folder:
        _run(java, lib, home, "dump", "neo4j", f"--to-path={folder}")
        (Path(folder) / DUMPED).replace(file)


def load(java: str, lib: Path, home: Path, file: Path) -> None:
    """Put the database of a file into a home that has none: the tool empties one before it finds a file damaged.
    LocalProblem with the tool's own words."""
    with tempfile.TemporaryDirectory(dir=home) as folder:
        (Path(folder) / DUMPED).symlink_to(file.resolve())
        _run(java, lib, home, "load", "neo4j", f"--from-path={folder}")


def _run(java: str, lib: Path, home: Path, *words: str) -> None:
    with tempfile.TemporaryDirectory() as conf:
        environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": conf}
        command = database_tool(java, lib, *words)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise LocalProblem(f"Neo4j's {words[0]} failed: {(done.stderr or done.stdout).strip()}")

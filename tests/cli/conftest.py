"""The commands, called as people call them, each instance with a state of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from service.cli.main import app
from service.cli.neo4j import probe
from service.local.machine import free_port
from service.local.server import LocalNeo4j
from service.settings import PROJECT
from tests.graph_folders import make
from tests.local_neo4j import neo4j_jars

# b listens to a, c to b, d to c: so a, of brand x, reaches d, who decides at y, in three steps
PEOPLE = "id,name\na,Ada\nb,Ben\nc,Cy\nd,Dot\n"
BRANDS = "id,name\nx,Xeno\ny,Yarn\n"
TOPICS = "id,name\nt,Tea\n"
ROLES = "personId,brandId,kind\na,x,EMPLOYEE\nd,y,DECISION_MAKER\n"
TRUST = "fromId,toId,strength,topicId\nb,a,0.9,t\nc,b,0.8,t\nd,c,0.9,t\na,b,0.5,t\nb,c,0.5,t\nd,b,0.05,t\n"
# Trust is stated where somebody interacted, so these make activity only.
INTERACTIONS = "at,fromId,toId,kind,topicId\n2025-03-01,b,a,REVIEW,t\n2025-04-01,b,a,CALL,t\n2025-05-01,c,b,REVIEW,t\n"
DATASET = 'name = "Tea trade"\nas_of = 2026-01-01\n[activity]\ncontent = ["REVIEW"]\n'


def make_data(folder: Path) -> Path:
    return make(
        folder,
        people=PEOPLE,
        brands=BRANDS,
        topics=TOPICS,
        roles=ROLES,
        interactions=INTERACTIONS,
        trust=TRUST,
        dataset_toml=DATASET,
    )


@dataclass
class Instance:
    """One state folder and the port of its service."""

    state: Path
    port: int
    data: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def trail(self) -> list[dict[str, Any]]:
        """Every line of the audit trail."""
        return [json.loads(line) for line in (self.state / "audit.jsonl").read_text(encoding="utf-8").splitlines()]

    def call(self, *words: str, say: str | None = None) -> Result:
        """A command in this process."""
        return CliRunner().invoke(app, [*words, "--state", str(self.state)], input=say)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """A command in a process of its own."""
        command = [sys.executable, "-m", "service", *words, "--state", str(self.state)]
        return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *words: str) -> tuple[int, str, str]:
        """Exit status, stdout and stderr of a command in a process of its own."""
        with self.start(*words) as process:
            out, err = process.communicate(timeout=240)
            return process.returncode, out, err


def server(instance: Instance) -> LocalNeo4j:
    """The Neo4j of an instance. While it is in use commands need not start one each."""
    return LocalNeo4j(instance.state, probe=probe)


@pytest.fixture(scope="session", autouse=True)
def _own_neo4j() -> Iterator[None]:
    """Never the Neo4j of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("NEO4J_") or name == "RAINMAKER_STATE"]:
            patch.delenv(name)
        patch.setenv("RAINMAKER_NEO4J_LIB", str(neo4j_jars()))
        patch.setenv("COLUMNS", "180")
        yield


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """An instance with nothing in it; whatever runs of it at the end is stopped."""
    folder = tmp_path_factory.mktemp("instance")
    one = Instance(folder / "state", free_port(), make_data(folder / "data"))
    yield one
    one.call("down")

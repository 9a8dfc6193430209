"""Which Neo4j a state uses."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from service.local import machine
from service.local.compose import ComposeNeo4j, engine_answers
from service.local.connection import Connection
from service.local.errors import LocalProblem
from service.local.given import GivenNeo4j
from service.local.server import LocalNeo4j, Probe

NO_WAY = """There is no Neo4j, and no way to start one. Any of these three helps:
  1. Name one that runs:  NEO4J_URI=bolt://… NEO4J_USER=neo4j NEO4J_PASSWORD=… ./rainmaker up
  2. Start Docker (with Compose), then try again: the server comes from docker-compose.yml.
  3. Install Java 17 or newer and Maven, then try again: the server is started from its jars.
`./rainmaker doctor` tells what is missing."""


class Neo4j(Protocol):
    """A Neo4j that a command can use for a while."""

    def running(self) -> Connection | None:
        """How to reach it if it runs."""

    def in_use(self) -> AbstractContextManager[Connection]:
        """Running for a block; what the block started is stopped, unless somebody else uses it too."""

    def stop(self) -> bool:
        """Stop what belongs to the state. False if there was nothing to stop."""


def choose(
    state: Path,
    given: Connection | None,
    *,
    probe: Probe,
    compose_file: Path,
    jar_sources: Sequence[Path] = (),
    say: Callable[[str], None] = lambda _: None,
) -> Neo4j:
    """The one given; else what this state used before; else Docker Compose if an engine answers; else Java and Maven.

    Staying with what was used before keeps data from vanishing when an engine is started one day.
    Raises LocalProblem with the three ways out.
    """
    if given is not None:
        return GivenNeo4j(given, probe=probe, say=say)
    local = LocalNeo4j(state, probe=probe, jar_sources=jar_sources, say=say)
    if local.has_data():
        return local
    compose = ComposeNeo4j(state, compose_file, say)
    if engine_answers():
        return compose
    if compose.has_data():
        raise LocalProblem(
            "This state's Neo4j runs in Docker, whose engine does not answer. Start Docker, then try again."
        )
    java = machine.find_java()
    if java is None or java.version < machine.JAVA_NEEDED or not (local.has_jars() or machine.find_maven()):
        raise LocalProblem(NO_WAY)
    return local

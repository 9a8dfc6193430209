"""The Neo4j of a state, chosen, and used for the time of a command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import SecretStr

from service.cli.screen import say
from service.cli.state import DEFAULT_STATE, State
from service.domain.errors import RainmakerError
from service.local.choice import Neo4j, choose
from service.local.compose import ComposeNeo4j
from service.local.connection import Connection
from service.local.server import LocalNeo4j
from service.settings import PROJECT, Settings
from service.store.probe import what_is_missing

COMPOSE_FILE = PROJECT / "docker-compose.yml"


def probe(connection: Connection) -> str | None:
    """None if the database answers; else what is missing."""
    return what_is_missing(connection.uri, connection.user, connection.password, connection.database)


def neo4j_of(state: State) -> Neo4j:
    """The Neo4j that a state uses; LocalProblem where there is no way to have one."""
    return choose(
        state.folder,
        given_connection(),
        probe=probe,
        compose_file=COMPOSE_FILE,
        jar_sources=[DEFAULT_STATE / "neo4j" / "lib"],
        say=say,
    )


def given_connection() -> Connection | None:
    """What NEO4J_URI and its companions name."""
    settings = Settings()
    if not settings.neo4j_uri:
        return None
    return Connection(
        settings.neo4j_uri,
        settings.neo4j_user,
        settings.neo4j_password.get_secret_value(),
        settings.neo4j_database,
    )


def settings_for(connection: Connection, state: State) -> Settings:
    """The environment's settings, with the Neo4j that was found or started, and the state's saved snapshot and keys."""
    settings = Settings()
    return settings.model_copy(
        update={
            "neo4j_uri": connection.uri,
            "neo4j_user": connection.user,
            "neo4j_password": SecretStr(connection.password),
            "neo4j_database": connection.database,
            "snapshot_folder": settings.snapshot_folder or state.snapshot_folder,
            "key_file": state.key_file,
            "audit_file": state.audit_file,
            "forget_key": state.forget_key,
            "rejects_file": state.rejects,
        }
    )


def own_neo4js(state: State) -> list[LocalNeo4j | ComposeNeo4j]:
    """What may run that belongs to the state: a Neo4j that NEO4J_URI names does not."""
    return [LocalNeo4j(state.folder, probe=probe, say=say), ComposeNeo4j(state.folder, COMPOSE_FILE, say)]


def stop_neo4j(state: State) -> bool:
    """Stop the state's own Neo4j, whoever uses it. False if none was running."""
    stopped = [neo4j.stop() for neo4j in own_neo4js(state) if neo4j.has_data()]
    return any(stopped)


@contextmanager
def neo4j_in_use(state: State) -> Iterator[Settings]:
    """Settings for a running Neo4j; started if need be, and then stopped again when the block ends."""
    service = state.service()
    given = given_connection()
    if service is not None and service.neo4j_is_given and (given is None or given.uri != service.bolt):
        raise RainmakerError(
            f"The service of this state uses the Neo4j at {service.bolt}. "
            f"Say so with NEO4J_URI={service.bolt} and NEO4J_PASSWORD."
        )
    with neo4j_of(state).in_use() as connection:
        yield settings_for(connection, state)


def password_place(state: State) -> str:
    """Where a person finds the password."""
    if os.environ.get("NEO4J_URI"):
        return "NEO4J_PASSWORD"
    places = [state.folder / kind / "password" for kind in ("neo4j", "compose")]
    return str(next((place for place in places if place.exists()), places[0]))

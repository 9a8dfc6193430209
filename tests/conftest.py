"""Two real Neo4j servers for the whole run: `scratch`, to do with as one likes, and `demo`, which holds the demo data.

They are the project's own (`service.local`), kept under `.rainmaker/` from run to run, unless the environment
names others: RAINMAKER_TEST_NEO4J_URI, RAINMAKER_TEST_DEMO_URI, RAINMAKER_TEST_NEO4J_PASSWORD. Both are written to
and wiped, so NEO4J_URI, which may name somebody's real database, is never looked at.
"""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest
import pytest_asyncio
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from neo4j import AsyncDriver, AsyncGraphDatabase
from pydantic import SecretStr

from service.local.connection import Connection
from service.local.server import LocalNeo4j
from service.settings import CYPHER, PROJECT, Settings
from service.store.catalog import Catalog
from service.store.database import Database, connected
from service.store.graph_writer import Neo4jGraphWriter
from service.store.probe import what_is_missing
from service.store.schema import apply_schema
from service.use_cases.load_folder import load_folder

DEMO_DATA = PROJECT / "data" / "review-trust"

CALM_SECONDS = 0.2
"""Tests wait for what is stored: a service of theirs follows the graph sooner than usual."""

hypothesis_settings.register_profile(
    "rainmaker", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
hypothesis_settings.load_profile("rainmaker")


@contextmanager
def server(name: str, variable: str) -> Iterator[Settings]:
    """Settings of the server that the environment names, else of one started for the time of the run."""
    uri = os.environ.get(variable)
    if uri is not None:
        password = os.environ.get("RAINMAKER_TEST_NEO4J_PASSWORD", "")
        yield Settings(neo4j_uri=uri, neo4j_password=SecretStr(password), calm_seconds=CALM_SECONDS)
        return
    states = PROJECT / ".rainmaker"
    sources = [states / other / "neo4j" / "lib" for other in ("test-scratch", "test-demo")]
    local = LocalNeo4j(states / name, probe=_probe, jar_sources=[PROJECT / ".rainmaker" / "neo4j" / "lib", *sources])
    connection = local.ensure_running()
    try:
        yield Settings(
            neo4j_uri=connection.uri,
            neo4j_user=connection.user,
            neo4j_password=SecretStr(connection.password),
            neo4j_database=connection.database,
            calm_seconds=CALM_SECONDS,
        )
    finally:
        local.stop()


def _probe(connection: Connection) -> str | None:
    return what_is_missing(connection.uri, connection.user, connection.password, connection.database)


@pytest.fixture(scope="session")
def scratch_settings() -> Iterator[Settings]:
    """How to reach the scratch server."""
    with server("test-scratch", "RAINMAKER_TEST_NEO4J_URI") as settings:
        yield settings


@pytest.fixture(scope="session")
def demo_settings() -> Iterator[Settings]:
    """How to reach the server with the demo data. Only its largest topics' communities are kept: all take a minute."""
    with server("test-demo", "RAINMAKER_TEST_DEMO_URI") as settings:
        yield settings.model_copy(update={"communities_min_relationships": 4_000})


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def scratch(scratch_settings: Settings) -> AsyncIterator[Database]:
    """The scratch database, schema applied; whatever the last test left is in it."""
    async with connected(scratch_settings, Catalog.load(CYPHER)) as database:
        await apply_schema(database)
        yield database


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def scratch_driver(scratch_settings: Settings, scratch: Database) -> AsyncIterator[AsyncDriver]:
    """A driver of some other tool's on the scratch database, for what the catalogue has no statement for."""
    async with AsyncGraphDatabase.driver(
        scratch_settings.neo4j_uri or "",
        auth=(scratch_settings.neo4j_user, scratch_settings.neo4j_password.get_secret_value()),
        notifications_min_severity="OFF",
    ) as driver:
        yield driver


@pytest_asyncio.fixture(loop_scope="session")
async def empty_scratch(scratch: Database, scratch_driver: AsyncDriver) -> Database:
    """The scratch database with nothing in it but the schema."""
    await wipe(scratch_driver)
    return scratch


async def wipe(driver: AsyncDriver) -> None:
    """Delete everything, a few thousand nodes at a time."""
    async with driver.session() as session:
        result = await session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")
        await result.consume()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def demo(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """The database with the demo data, loaded by the project's own loader. Only read it."""
    async with connected(demo_settings, Catalog.load(CYPHER)) as database:
        await apply_schema(database)
        rejects = tmp_path_factory.mktemp("demo") / "rejects.csv"
        await load_folder(DEMO_DATA, Neo4jGraphWriter(database), rejects=rejects)
        yield database

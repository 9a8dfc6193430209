"""A Neo4j to be killed and frozen, and a service on it, in this process, on a socket."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pytest_asyncio
import uvicorn
from neo4j import AsyncDriver, AsyncGraphDatabase
from pydantic import SecretStr

from service.app import KEEP_ALIVE_SECONDS, create_app
from service.cli.neo4j import probe
from service.local.connection import Connection
from service.local.machine import free_port
from service.local.server import LocalNeo4j
from service.settings import CYPHER, PROJECT, Settings
from service.store.catalog import Catalog
from service.store.database import connected
from service.store.schema import apply_schema
from tests.conftest import wipe
from tests.differential.database_of import write
from tests.local_neo4j import neo4j_jars
from tests.scenario import Scenario, Tie

CHAIN = Scenario(("a", "b", "c", "d"), trust=(Tie("b", "a"), Tie("c", "b"), Tie("d", "c")))


@dataclass(frozen=True)
class Victim:
    """A server that always listens on the same port, so that its clients find it again."""

    neo4j: LocalNeo4j
    connection: Connection

    @property
    def settings(self) -> Settings:
        return Settings(
            neo4j_uri=self.connection.uri,
            neo4j_user=self.connection.user,
            neo4j_password=SecretStr(self.connection.password),
            refresh_seconds=0.1,
        )

    def signal(self, number: int) -> None:
        pid = self.neo4j.process()
        assert pid is not None
        os.kill(pid, number)

    async def kill(self) -> None:
        """As the kernel does when memory runs out."""
        self.signal(signal.SIGKILL)
        while self.neo4j.process() is not None:
            await asyncio.sleep(0.05)

    async def start(self) -> None:
        await asyncio.to_thread(self.neo4j.ensure_running)

    @asynccontextmanager
    async def frozen(self) -> AsyncIterator[None]:
        """Alive, and deaf."""
        self.signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.signal(signal.SIGCONT)


@pytest.fixture(scope="session")
def victim() -> Iterator[Victim]:
    states = PROJECT / ".rainmaker"
    neo4j = LocalNeo4j(states / "test-victim", probe=probe, port=free_port(), jar_sources=[neo4j_jars()])
    yield Victim(neo4j, neo4j.ensure_running())
    neo4j.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def driver(victim: Victim) -> AsyncIterator[AsyncDriver]:
    """Another tool's driver on the victim, which holds a chain of trust and the schema."""
    await victim.start()
    connection = victim.connection
    async with (
        AsyncGraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver,
        connected(victim.settings, Catalog.load(CYPHER)) as database,
    ):
        await wipe(driver)
        await apply_schema(database)
        await write(driver, CHAIN)
        yield driver


@dataclass(frozen=True)
class Client:
    """Asks a service as a frontend would."""

    http: httpx.AsyncClient

    async def ask(self, query: str) -> Any:
        """The whole body of the answer."""
        return (await self.http.post("/graphql", json={"query": query})).json()

    async def hops(self) -> int:
        """Of the only path from a to d."""
        paths = '{ trustedPaths(input: {from: {personId: "a"}, to: {personId: "d"}}) { paths { hops } } }'
        (path,) = (await self.ask(paths))["data"]["trustedPaths"]["paths"]
        hops: int = path["hops"]
        return hops

    async def current(self) -> bool:
        current: bool = (await self.ask("{ snapshot { current } }"))["data"]["snapshot"]["current"]
        return current

    async def ready(self) -> tuple[int, Any]:
        answer = await self.http.get("/readyz")
        return answer.status_code, answer.json()

    async def until_current(self) -> None:
        async with asyncio.timeout(90):
            while not await self.current():
                await asyncio.sleep(0.1)


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[Client]:
    """The app on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(settings),
                log_level="warning",
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=1,
            )
        )
        running = asyncio.create_task(server.serve([listener]))
        while not server.started:
            await asyncio.sleep(0.05)
            assert not running.done()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        limits = httpx.Limits(max_connections=None)
        try:
            async with httpx.AsyncClient(base_url=address, timeout=120, limits=limits) as http:
                yield Client(http)
        finally:
            server.should_exit = True
            await running

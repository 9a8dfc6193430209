"""A real server on a socket: a long search does not keep others waiting."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import uvicorn

from service.app import create_app
from service.settings import Settings
from service.store.database import Database

# A hundred disjoint paths of up to eight hops, in either direction: more than a second of searching.
LONG = """{ trustedPaths(input: { from: { brandId: "google.com" }, to: { brandId: "u-boot-project" }, direction: EITHER,
  first: 100, maxHops: 8, distinctIntroducers: true, viaRoles: [EMPLOYEE], deadlineMs: 1500 }) {
  complete stoppedBecause paths { cost } } }"""


@asynccontextmanager
async def listening(settings: Settings) -> AsyncIterator[str]:
    """The app on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning"))
        serving = asyncio.create_task(server.serve([listener]))
        while not server.started:
            await asyncio.sleep(0.05)
            assert not serving.done()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await serving


async def test_health_answers_under_long_searches(demo: Database, demo_settings: Settings) -> None:
    assert demo.name == demo_settings.neo4j_database
    async with listening(demo_settings) as address, httpx.AsyncClient(base_url=address, timeout=60) as client:
        searches = [asyncio.create_task(client.post("/graphql", json={"query": LONG})) for _ in range(2)]
        await asyncio.sleep(0.2)
        waits = []
        while not all(search.done() for search in searches):
            began = time.monotonic()
            assert (await client.get("/healthz")).status_code == 200
            waits.append(time.monotonic() - began)
            await asyncio.sleep(0.02)
        answers = [(await search).json() for search in searches]
    for answer in answers:
        assert answer["data"]["trustedPaths"]["complete"] is False
        assert "1500 ms" in answer["data"]["trustedPaths"]["stoppedBecause"]
    # Were the event loop held up, health would be told only as the searches end.
    assert len(waits) >= 3
    assert max(waits) < 1

"""A real server on a socket: a long search does not keep others waiting."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import uvicorn

from service.app import KEEP_ALIVE_SECONDS, create_app
from service.settings import Settings
from service.store.database import Database

# Two hundred times a hundred disjoint paths of up to eight hops, in either direction: many seconds of searching on any
# machine, however fast its kernels.
LONG = """query ($inputs: [TrustedPathsInput!]!, $deadlineMs: Int) {
  trustedPathsBatch(inputs: $inputs, deadlineMs: $deadlineMs) {
    answer { complete stoppedBecause } } }"""
INPUTS = [
    {
        "from": {"brandId": "google.com"},
        "to": {"personId": f"p{person:05}"},
        "direction": "EITHER",
        "first": 100,
        "maxHops": 8,
        "distinctIntroducers": True,
    }
    for person in range(1, 201)
]


def long_search(deadline_ms: int) -> dict[str, object]:
    """A request that keeps a worker busy until its deadline."""
    return {"query": LONG, "variables": {"inputs": INPUTS, "deadlineMs": deadline_ms}}


@asynccontextmanager
async def listening(settings: Settings) -> AsyncIterator[str]:
    """The app on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(
            uvicorn.Config(create_app(settings), log_level="warning", timeout_keep_alive=KEEP_ALIVE_SECONDS)
        )
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
        searches = [asyncio.create_task(client.post("/graphql", json=long_search(1500))) for _ in range(2)]
        await asyncio.sleep(0.2)
        answered = 0
        while not all(search.done() for search in searches):
            assert (await client.get("/healthz")).status_code == 200
            answered += 1
            await asyncio.sleep(0.02)
        answers = [(await search).json() for search in searches]
    for answer in answers:
        last = answer["data"]["trustedPathsBatch"][-1]["answer"]
        assert last["complete"] is False
        assert "1500 ms" in last["stoppedBecause"]
    # Were the event loop held up, health would be told once, as the searches end.
    assert answered >= 3


async def test_overload_is_refused_and_never_queued(demo: Database, demo_settings: Settings) -> None:
    """Forty long searches where there is room for two and four more: the others hear so at once."""
    assert demo.name
    settings = demo_settings.model_copy(update={"path_workers": 2, "max_waiting_searches": 4})
    async with listening(settings) as address, httpx.AsyncClient(base_url=address, timeout=60) as client:

        async def ask() -> tuple[httpx.Response, float]:
            began = time.monotonic()
            return await client.post("/graphql", json=long_search(1500)), time.monotonic() - began

        answers = await asyncio.gather(*(ask() for _ in range(40)))
        refused = [(response, took) for response, took in answers if response.status_code == 503]
        answered = [
            response.json()["data"]["trustedPathsBatch"] for response, _ in answers if response.status_code == 200
        ]
        assert len(answered) == 6
        assert len(refused) == 34
        for response, _ in refused:
            assert int(response.headers["retry-after"]) >= 1
            assert response.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}
        # Those that waited for a worker had a deadline too.
        assert all("1500 ms" in outcomes[-1]["answer"]["stoppedBecause"] for outcomes in answered)
        assert (await client.post("/graphql", json=long_search(1500))).status_code == 200


async def test_too_many_requests_are_refused(demo: Database, demo_settings: Settings) -> None:
    assert demo.name
    settings = demo_settings.model_copy(update={"max_requests": 3})
    async with listening(settings) as address, httpx.AsyncClient(base_url=address, timeout=60) as client:
        searches = [asyncio.create_task(client.post("/graphql", json=long_search(1500))) for _ in range(3)]
        await asyncio.sleep(0.3)
        response = await client.post("/graphql", json={"query": "{ snapshot { id } }"})
        assert response.status_code == 503
        assert "retry-after" in response.headers
        assert (await client.get("/healthz")).status_code == 200
        assert {(await search).status_code for search in searches} == {200}
        assert (await client.post("/graphql", json={"query": "{ snapshot { id } }"})).status_code == 200


async def test_a_search_ends_when_its_caller_is_gone(demo: Database, demo_settings: Settings) -> None:
    """One worker, a search of half a minute, its client cut off: the next is answered long before."""
    assert demo.name
    settings = demo_settings.model_copy(update={"path_workers": 1})
    quick = '{ trustedPaths(input: { from: { personId: "p00001" }, to: { personId: "p00003" } }) { complete } }'
    async with listening(settings) as address, httpx.AsyncClient(base_url=address, timeout=60) as client:
        body = json.dumps(long_search(30_000)).encode()
        _, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        head = f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\nContent-Type: application/json\r\n"
        writer.write(head.encode() + b"\r\n" + body)
        await writer.drain()
        await asyncio.sleep(0.5)
        waiting = asyncio.create_task(client.post("/graphql", json={"query": quick}))
        await asyncio.sleep(0.3)
        assert not waiting.done(), "the slow search keeps the only worker"
        writer.close()
        began = time.monotonic()
        assert (await waiting).json()["data"]["trustedPaths"]
        assert time.monotonic() - began < 3


async def test_large_answers_are_compressed(demo: Database, demo_settings: Settings) -> None:
    assert demo.name
    large = {"query": "{ people(first: 100) { edges { cursor node { id name } } } }"}
    async with listening(demo_settings) as address, httpx.AsyncClient(base_url=address, timeout=60) as client:
        packed = await client.post("/graphql", json=large)
        assert packed.headers["content-encoding"] == "gzip"
        plain = await client.post("/graphql", json=large, headers={"accept-encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert packed.json() == plain.json()
        assert int(packed.headers["content-length"]) < len(plain.content) / 2
        small = await client.post("/graphql", json={"query": "{ snapshot { id } }"})
        assert "content-encoding" not in small.headers

"""What stands before the API: headers for browsers, other sites, sizes, times, and the end of the service."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import pytest_asyncio
import uvicorn
from fastapi import FastAPI

from service.app import KEEP_ALIVE_SECONDS, create_app
from service.settings import Settings
from service.store.database import Database
from service.web.headers import POLICY
from tests.api.client import Api, serving
from tests.api.test_server import long_search

SITE = "https://app.example"
NAME = {"query": '{ person(id: "ada") { name } }'}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def protected(api: Api, scratch_settings: Settings) -> AsyncIterator[Api]:
    """With small limits, and one site whose pages may ask."""
    assert await api.ids("people", "{ people { edges { node { id } } } }")
    changes = {"origins": (SITE,), "max_body_bytes": 2_000, "body_seconds": 0.3}
    async with serving(scratch_settings.model_copy(update=changes)) as served:
        yield served


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/", "/nothing", "/graphql", "/graphiql/start.js", "/metrics"])
async def test_every_answer_protects_its_reader(protected: Api, path: str) -> None:
    answer = await protected.http.get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["content-security-policy"] == POLICY
    assert "strict-transport-security" not in answer.headers


async def test_the_policy_lets_in_nothing_from_elsewhere(protected: Api) -> None:
    directives = dict(part.strip().split(" ", 1) for part in POLICY.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == directives["connect-src"] == "'self'"
    assert directives["frame-ancestors"] == directives["base-uri"] == directives["form-action"] == "'none'"
    assert "unsafe" not in POLICY
    page = await protected.http.get("/graphql", headers={"accept": "text/html"})
    own = page.headers.get_list("content-security-policy")
    assert len(own) == 1
    assert "script-src" not in own[0] or "unsafe" not in own[0].partition("script-src")[2].partition(";")[0]


async def test_https_is_remembered(protected: Api) -> None:
    answer = await protected.http.get("https://rainmaker/healthz")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


async def test_other_sites_may_ask_if_they_are_listed(protected: Api) -> None:
    asks = {"access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type"}
    preflight = await protected.http.options("/graphql", headers={"origin": SITE, **asks})
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == SITE
    assert "access-control-allow-credentials" not in preflight.headers
    answer = await protected.http.post("/graphql", json=NAME, headers={"origin": SITE})
    assert answer.headers["access-control-allow-origin"] == SITE
    assert "Retry-After" in answer.headers["access-control-expose-headers"]
    for other in ("https://evil.example", "null", SITE + ".evil.example", SITE.replace("https", "http")):
        refused = await protected.http.options("/graphql", headers={"origin": other, **asks})
        assert refused.status_code == 400
        assert "access-control-allow-origin" not in refused.headers
        unread = await protected.http.post("/graphql", json=NAME, headers={"origin": other})
        assert "access-control-allow-origin" not in unread.headers


async def test_without_a_list_no_other_site_may(api: Api) -> None:
    refused = await api.http.options("/graphql", headers={"origin": SITE, "access-control-request-method": "POST"})
    assert refused.status_code >= 400
    assert "access-control-allow-origin" not in refused.headers


def code(answer: httpx.Response) -> str:
    return str(answer.json()["errors"][0]["extensions"]["code"])


async def test_large_requests_are_refused(protected: Api) -> None:
    body = json.dumps(NAME | {"extensions": {"padding": "x" * 3_000}}).encode()
    kind = {"content-type": "application/json"}
    said = await protected.http.post("/graphql", content=body, headers=kind)
    assert (said.status_code, code(said)) == (413, "TOO_COMPLEX")

    async def in_pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(body), 500):
            yield body[at : at + 500]

    unsaid = await protected.http.post("/graphql", content=in_pieces(), headers=kind)
    assert (unsaid.status_code, code(unsaid)) == (413, "TOO_COMPLEX")
    lying = await protected.http.post("/graphql", content=in_pieces(), headers=kind | {"content-length": "10"})
    assert lying.status_code in (400, 413)
    assert (await protected.http.post("/graphql", json=NAME)).json() == {"data": {"person": {"name": "Ada Lind"}}}


async def test_slow_requests_are_refused(protected: Api) -> None:
    async def trickling() -> AsyncIterator[bytes]:
        yield b'{"query": '
        await asyncio.sleep(5)
        yield b'"{ snapshot { id } }"}'

    late = await protected.http.post("/graphql", content=trickling(), headers={"content-type": "application/json"})
    assert (late.status_code, code(late)) == (408, "REQUEST_TIMEOUT")


async def test_answers_end_in_time(demo: Database, demo_settings: Settings) -> None:
    assert demo.name
    async with serving(demo_settings.model_copy(update={"max_seconds": 0.2})) as served:
        late = await served.http.post("/graphql", json=long_search(20_000))
        assert (late.status_code, code(late)) == (503, "UNAVAILABLE")
        assert "0.2 s" in late.json()["errors"][0]["message"]
        assert (await served.http.post("/graphql", json={"query": "{ snapshot { id } }"})).status_code == 200


@asynccontextmanager
async def listening(app: FastAPI) -> AsyncIterator[tuple[str, uvicorn.Server]]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_keep_alive=KEEP_ALIVE_SECONDS))
        running = asyncio.create_task(server.serve([listener]))
        while not server.started:
            await asyncio.sleep(0.05)
            assert not running.done()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", server
        server.should_exit = True
        await running


async def test_the_end_answers_what_is_under_way(demo: Database, demo_settings: Settings) -> None:
    assert demo.name
    app = create_app(demo_settings)
    async with listening(app) as (address, _), httpx.AsyncClient(base_url=address, timeout=60) as client:
        under_way = [asyncio.create_task(client.post("/graphql", json=long_search(1500))) for _ in range(2)]
        await asyncio.sleep(0.3)
        closing = asyncio.create_task(app.state.doors.close(30))
        await asyncio.sleep(0.05)
        for path in ("/graphql", "/readyz"):
            refused = await client.post(path, json=NAME)
            assert (refused.status_code, code(refused)) == (503, "UNAVAILABLE")
            assert int(refused.headers["retry-after"]) >= 1
            assert refused.headers["connection"] == "close"
        assert (await client.get("/healthz")).status_code == 200
        assert not closing.done()
        answers = [await each for each in under_way]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert all("trustedPathsBatch" in answer.json()["data"] for answer in answers)
        assert await closing is True


async def test_the_end_does_not_wait_for_ever(demo: Database, demo_settings: Settings) -> None:
    assert demo.name
    app = create_app(demo_settings)
    async with listening(app) as (address, _), httpx.AsyncClient(base_url=address, timeout=60) as client:
        slow = asyncio.create_task(client.post("/graphql", json=long_search(2000)))
        await asyncio.sleep(0.3)
        assert await app.state.doors.close(0.1) is False
        await slow


def test_settings_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAINMAKER_ORIGINS", f"{SITE}, https://other.example,")
    assert Settings().origins == (SITE, "https://other.example")


def test_no_docs_page_of_other_peoples_scripts() -> None:
    app: Any = create_app(Settings())
    assert (app.docs_url, app.redoc_url) == (None, None)

"""Alive and ready: two questions with two answers."""

import asyncio
import json

import httpx
import pytest
from fastapi import FastAPI, Request

from service.api import health
from service.domain.errors import RainmakerError, Unavailable
from tests.api.client import Api


async def fine() -> None:
    return None


async def down() -> None:
    raise Unavailable("Neo4j did not answer while comparing bookmarks.")


async def broken() -> None:
    raise RainmakerError("MATCH (secret) …")


async def hanging() -> None:
    await asyncio.sleep(60)


async def asked(path: str, **checks: health.Check) -> httpx.Response:
    def given(_: Request) -> dict[str, health.Check]:
        return checks

    app = FastAPI()
    app.include_router(health.health_router(given))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://rainmaker") as client:
        return await client.get(path)


async def test_ready(api: Api) -> None:
    response = await api.http.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ready"})
    response = await api.http.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "alive"})


async def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.05)
    response = await asked("/readyz", neo4j=down, snapshot=fine, store=broken, disk=hanging)
    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "missing": {
            "neo4j": "Neo4j did not answer while comparing bookmarks.",
            "store": "It failed; the log says how.",
            "disk": "No answer within 0.05 s.",
        },
    }


async def test_alive_asks_nobody() -> None:
    assert (await asked("/healthz", neo4j=down)).status_code == 200


async def test_without_a_snapshot_it_is_not_ready(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.app.state.running.snapshots, "_held", None)
    response = await api.http.get("/readyz")
    assert response.status_code == 503
    assert response.json()["missing"] == {
        "snapshot": "No snapshot of the graph has been built yet; try again in a moment."
    }
    error = await api.error("{ snapshot { id } }")
    assert error["code"] == "UNAVAILABLE"


async def test_graphiql(api: Api) -> None:
    page = await api.http.get("/graphql", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "GraphiQL" in page.text
    assert "default-src 'self'" in page.headers["content-security-policy"]


async def test_queries_come_as_json_by_post(api: Api) -> None:
    """Nothing that somebody else's page can have a browser send without asking (test_trusted_documents: by GET, what
    is known here)."""
    query = '{ person(id: "ada") { name } }'
    by_get = await api.http.get("/graphql", params={"query": query})
    assert (by_get.status_code, by_get.headers["allow"]) == (405, "POST")
    body = json.dumps({"query": query}).encode()
    for kind in ("text/plain", "text/plain; application/json", "application/x-www-form-urlencoded", None):
        headers = {} if kind is None else {"content-type": kind}
        refused = await api.http.post("/graphql", content=body, headers=headers)
        assert refused.status_code == 415, kind
        assert refused.json()["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}
    for kind in ("application/json", "Application/JSON; charset=utf-8"):
        answer = await api.http.post("/graphql", content=body, headers={"content-type": kind})
        assert answer.json() == {"data": {"person": {"name": "Ada Lind"}}}

"""GraphQL over HTTP, as a client would ask."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any
from unittest.mock import patch

import httpx
from fastapi import FastAPI

from service.app import create_app
from service.settings import Settings


class Api:
    """One running app. `answer` insists on success, `error` on exactly one failure."""

    def __init__(self, http: httpx.AsyncClient, app: FastAPI) -> None:
        self.http = http
        self.app = app

    async def post(self, query: str, **variables: object) -> dict[str, Any]:
        response = await self.http.post("/graphql", json={"query": query, "variables": variables})
        assert response.status_code == 200, response.text
        body: dict[str, Any] = response.json()
        return body

    async def answer(self, query: str, **variables: object) -> Any:
        body = await self.post(query, **variables)
        assert "errors" not in body, body["errors"]
        return body["data"]

    async def error(self, query: str, **variables: object) -> dict[str, Any]:
        body = await self.post(query, **variables)
        assert "errors" in body, body
        (error,) = body["errors"]
        return {"message": error["message"], **error["extensions"]}

    async def ids(self, path: str, query: str, **variables: object) -> list[str]:
        """The ids of a connection's nodes; `path` leads to it by dots."""
        found = await self.answer(query, **variables)
        for step in path.split("."):
            found = found[step]
        return [edge["node"]["id"] for edge in found["edges"]]


def shown(key: str | None) -> dict[str, str]:
    """The headers of whoever has this key or token."""
    return {} if key is None else {"authorization": f"Bearer {key}"}


@asynccontextmanager
async def serving(settings: Settings, key: str | None = None) -> AsyncIterator[Api]:
    """An app on real services, without a socket in between. `key` is shown with every request.

    It does not check the catalogue: every app would have the server plan every statement, which has its own tests.
    """
    app = create_app(settings)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    with patch("service.app.checked_meanwhile", nullcontext):
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://rainmaker", timeout=60, headers=shown(key)) as http,
        ):
            yield Api(http, app)

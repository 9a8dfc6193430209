"""GraphQL over HTTP, at /graphql."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from cross_web import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse
from strawberry.fastapi import GraphQLRouter

from service.api import graphiql
from service.api.context import ApiServices, RequestContext
from service.api.schema import make_schema
from service.settings import Settings

BAD_REQUEST = "BAD_REQUEST"

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class RainmakerRouter(GraphQLRouter[RequestContext, None]):
    """Strawberry's router with GraphiQL from our own files."""

    async def render_graphql_ide(self, request: Request) -> HTMLResponse:
        return graphiql.page()

    async def run(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (its overloads are Strawberry's own affair)
        """What is no GraphQL request at all is told in JSON, too, so that clients need not expect plain text."""
        try:
            return await super().run(*args, **kwargs)
        except HTTPException as error:
            told = {"message": error.reason, "extensions": {"code": BAD_REQUEST}}
            return JSONResponse({"data": None, "errors": [told]}, status_code=error.status_code)

    def decode_json(self, data: str | bytes) -> object:
        """What nests too deeply, or is no text that a database could store (half a surrogate pair), is no JSON."""
        try:
            text = data if isinstance(data, str) else data.decode()
            value = super().decode_json(text)
            if _SURROGATE.search(text):
                json.dumps(value, ensure_ascii=False).encode()
        except (RecursionError, UnicodeError) as error:
            raise json.JSONDecodeError("Not readable", "", 0) from error
        return value


def graphql_router(settings: Settings, services: Callable[[HTTPConnection], ApiServices]) -> RainmakerRouter:
    """`services` finds the running services of the app that a request came to."""

    async def context(connection: HTTPConnection) -> RequestContext:
        return RequestContext(services(connection), settings.max_page)

    getter: Callable[[HTTPConnection], Awaitable[RequestContext]] = context
    return RainmakerRouter(
        make_schema(settings),
        path="/graphql",
        context_getter=getter,
        subscription_protocols=(),
    )

"""GraphQL over HTTP, at /graphql: one ASGI application, without the web framework's machinery around each request."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from cross_web import AsyncHTTPRequestAdapter, HTTPException
from pydantic_core import to_json
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.http.base import BaseRequestProtocol
from strawberry.types import ExecutionResult

from service.api import graphiql
from service.api.context import ApiServices, RequestContext
from service.api.refusals import refusal, told
from service.api.request_size import check_request
from service.api.schema import RainmakerSchema
from service.api.trusted_documents import NAMES, REQUIRED, Refused, with_text
from service.domain.errors import Overloaded, TooComplex, TooMany, Unavailable
from service.settings import Settings
from service.use_cases.writing.wait_for_write import FIELD

BAD_REQUEST = "BAD_REQUEST"

PROMPT_SECONDS = 0.05
"""An answer that takes longer is worth watching whether its caller is still there."""

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class GraphQLOverHttp(GraphQL[RequestContext, None]):
    """Strawberry's ASGI view, with GraphiQL from our own files, trusted documents, a limit to what is under way, and
    an end to what nobody waits for any more. `services` finds the services of the app that a request came to."""

    def __init__(
        self,
        settings: Settings,
        schema: RainmakerSchema,
        services: Callable[[HTTPConnection], ApiServices],
        trusted: Mapping[str, str] | None,
    ) -> None:
        super().__init__(schema, subscription_protocols=())
        self._settings = settings
        self._services = services
        self._trusted = trusted
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if asks_for_page(scope):
            await self._page()(scope, receive, send)
            return
        if self._under_way >= self._settings.max_requests:
            await refusal(Overloaded("requests"))(scope, receive, send)
            return
        self._under_way += 1
        try:
            response = await self._unless_gone(request)
        finally:
            self._under_way -= 1
        if response is not None:
            await response(scope, receive, send)

    async def _unless_gone(self, request: Request) -> Response | None:
        """The answer; None where the caller has gone away, and with them all that was done for it."""
        await request.body()
        answering = asyncio.ensure_future(self.run(request))
        watching: asyncio.Future[None] | None = None
        try:
            done, _ = await asyncio.wait({answering}, timeout=PROMPT_SECONDS)
            if not done:
                watching = asyncio.ensure_future(_gone(request))
                most, waited = self._settings.max_seconds, {answering, watching}
                done, _ = await asyncio.wait(waited, timeout=most, return_when=asyncio.FIRST_COMPLETED)
                if not done:
                    return refusal(Unavailable(f"This took more than {most:g} s; ask for less."))
            return answering.result() if answering.done() else None
        finally:
            for task in (answering, watching):
                if task is not None and not task.done():
                    task.cancel()

    async def run(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (its overloads are Strawberry's own affair)
        """What is no GraphQL request at all is told in JSON, too, so that clients need not expect plain text."""
        try:
            return await super().run(*args, **kwargs)
        except HTTPException as error:
            allowed = {"Allow": "POST"} if error.status_code == 405 else None
            return told(error.status_code, BAD_REQUEST, error.reason, allowed)
        except Refused as error:
            return told(400, error.code, str(error))
        except TooComplex as error:
            return told(413, error.code, str(error))
        except (Overloaded, TooMany) as error:
            return refusal(error)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> RequestContext:
        # who comes by no guard has no caller, and gets no further
        return RequestContext(
            self._services(request),
            self._settings.max_page,
            request.scope["caller"],
            request.scope["charge"],
            request.headers.get(FIELD),
        )

    def should_render_graphql_ide(self, request: BaseRequestProtocol) -> bool:
        return False  # whoever wants the page has got it by now

    def _page(self) -> Response:
        if self._trusted is not None:
            return told(404, REQUIRED, "This service answers only documents that it knows, by their id.")
        return graphiql.page()

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        """JSON by POST; by GET only documents that are known here. What a form, a link or an image on somebody else's
        page can send without asking is not among these."""
        if request.method == "GET":
            if self._trusted is None:
                raise HTTPException(405, "Send the query as JSON, by POST.")
            data: object = self.parse_query_params(request.query_params)
        elif (request.content_type or "").partition(";")[0].strip().lower() == "application/json":
            data = self.parse_json(await request.get_body())
        else:
            raise HTTPException(415, "Send the request as application/json.")
        if not isinstance(data, Mapping):
            raise HTTPException(400, "A request is a JSON object; several at once are not answered.")
        for name, kind in (("query", str), ("variables", dict), ("extensions", dict), ("operationName", str)):
            if not isinstance(data.get(name), kind | None):
                raise HTTPException(400, f"The request's `{name}` is of the wrong type.")
        data = with_text(data, self._trusted)
        check_request(self._settings, data.get("query"), data.get("variables"))
        return GraphQLRequestData(
            query=data.get("query"),
            variables=data.get("variables"),
            operation_name=data.get("operationName"),
            extensions=data.get("extensions"),
            protocol="http",
        )

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        for error in result.errors or ():
            if isinstance(error.original_error, Overloaded | TooMany):
                raise error.original_error
        return await super().process_result(request, result)

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        return Response()

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        return Response(self.encode_json(response_data), media_type="application/json")

    def encode_json(self, data: object) -> bytes:
        """Three to four times as quick as the standard library, which took a third of a wide answer's time."""
        return to_json(data)

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


def asks_for_page(scope: Scope) -> bool:
    """Whether a browser opens GraphiQL, rather than a client asking something. Whoever names a document asks, whatever
    they accept."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    connection = HTTPConnection(scope)
    return "text/html" in connection.headers.get("accept", "") and not any(
        map(connection.query_params.get, ("query", *NAMES))
    )


async def _gone(request: Request) -> None:
    """Until the caller has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass

"""GraphQL subscriptions over WebSocket (graphql-transport-ws), at /graphql beside HTTP."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Protocol

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.status import WS_1013_TRY_AGAIN_LATER
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketClose
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.subscriptions.protocols.graphql_transport_ws.types import SubscribeMessage
from strawberry.types.unset import UnsetType

from service.api.context import ApiServices, Charge, RequestContext
from service.api.request_size import check_request
from service.api.schema import RainmakerSchema
from service.api.trusted_documents import Refused, with_text
from service.domain.caller import Caller, CallerRole
from service.domain.errors import Forbidden, RainmakerError, Unauthenticated, Unavailable
from service.settings import Settings

log = logging.getLogger("rainmaker.requests")


class Door(Protocol):
    """Where callers show an `Authorization`."""

    async def let_in(self, authorization: str | None, address: str) -> tuple[Caller, Charge]:
        """Who they are, and how they are charged; raises for who is not let in."""
        ...

    async def look_again(self, authorization: str | None) -> None:
        """Raises Unauthenticated or Forbidden for who was let in and would not be any more."""
        ...


GREETING_SECONDS = 10
"""In which a client must say hello, and show what it has to show."""

LOOK_AGAIN_SECONDS = 5
"""How often it is looked whether a caller's key or token still holds."""

_NOBODY = Caller("nobody", CallerRole.READER)
"""Who has not said hello yet, and can ask nothing until then."""

_FORBIDDEN = 4403
"""The protocol's code of closing for a caller who may not."""


class _Handler(BaseGraphQLTransportWSHandler[RequestContext, None]):
    """Strawberry's, with the limits and the documents that hold for HTTP."""

    view: "GraphQLOverSockets"

    async def handle(self) -> None:
        watching = asyncio.create_task(self._watch())
        try:
            await super().handle()
        finally:
            watching.cancel()

    async def _watch(self) -> None:
        """Close the socket when its caller's key is revoked, or their token ends."""
        while True:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            try:
                if self.connection_acknowledged:
                    await self.view.look_again(self.context)
            except (Unauthenticated, Forbidden):
                await self.websocket.close(_FORBIDDEN, "Forbidden")
                return
            except Unavailable as error:
                log.warning("Whether the caller of a socket is still let in cannot be told: %s", error)

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        try:
            payload = self.view.checked(message["payload"])
        except (RainmakerError, Refused) as error:
            payload_of_error = {"message": str(error), "extensions": {"code": error.code}}
            await self.websocket.send_json({"id": message["id"], "type": "error", "payload": [payload_of_error]})
            return
        caller = self.context.caller
        told = {"caller": caller.name, "role": caller.role, "operation": payload.get("operationName")}
        log.info("SUBSCRIBE /graphql", extra={"told": told})
        await super().handle_subscribe({**message, "payload": payload})  # type: ignore[typeddict-item]


class GraphQLOverSockets(GraphQL[RequestContext, None]):
    """Strawberry's ASGI view for WebSockets alone. Browsers cannot send headers with them, so that callers may show
    their key in the first message, as `authorization`. `origins` are pages elsewhere that may open one: unlike HTTP,
    browsers let every page try."""

    graphql_transport_ws_handler_class = _Handler

    def __init__(
        self,
        settings: Settings,
        schema: RainmakerSchema,
        services: Callable[[HTTPConnection], ApiServices],
        door: Door,
        trusted: Mapping[str, str] | None,
    ) -> None:
        super().__init__(
            schema,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=timedelta(seconds=GREETING_SECONDS),
            max_subscriptions_per_connection=settings.max_subscriptions_a_socket,
        )
        self._settings = settings
        self._services = services
        self._door = door
        self._trusted = trusted
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._open >= self._settings.max_sockets:
            await WebSocketClose(WS_1013_TRY_AGAIN_LATER)(scope, receive, send)
            return
        self._open += 1
        try:
            await self.run(WebSocket(scope, receive, send))
        finally:
            self._open -= 1

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> RequestContext:
        context = RequestContext(self._services(request), self._settings.max_page, _NOBODY)
        context.authorization = request.headers.get("authorization")
        context.address = request.client.host if request.client else ""
        return context

    async def on_ws_connect(self, context: RequestContext) -> UnsetType | dict[str, object] | None:
        """The first message has come: let its sender in, or close with 4403."""
        first = context.connection_params
        shown = next((value for name, value in (first or {}).items() if name.lower() == "authorization"), None)
        if isinstance(shown, str):
            context.authorization = shown
        try:
            caller, charge = await self._door.let_in(context.authorization, context.address)
        except RainmakerError as error:
            raise ConnectionRejectionError from error
        context.let_in(caller, charge)
        return await super().on_ws_connect(context)

    async def look_again(self, context: RequestContext) -> None:
        """Raises where the caller would not be let in any more."""
        await self._door.look_again(context.authorization)

    def checked(self, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """A request with the text of the document that it names; raises for what is too much or not known here."""
        request = with_text(payload, self._trusted)
        check_request(self._settings, request.get("query"), request.get("variables"))
        return request

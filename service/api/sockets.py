"""GraphQL subscriptions over WebSocket (graphql-transport-ws), at /graphql beside HTTP."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
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
from service.domain.errors import RainmakerError
from service.settings import Settings

Admit = Callable[[str | None], Awaitable[tuple[Caller, Charge]]]
"""Who shows this `Authorization`, and how they are charged; raises for who is not let in."""

GREETING_SECONDS = 10
"""In which a client must say hello, and show what it has to show."""

_NOBODY = Caller("nobody", CallerRole.READER)
"""Who has not said hello yet, and can ask nothing until then."""

_LATER = 1013
"""The code of closing that says: not now."""


class _Handler(BaseGraphQLTransportWSHandler[RequestContext, None]):
    """Strawberry's, with the limits and the documents that hold for HTTP."""

    view: "GraphQLOverSockets"

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        try:
            payload = self.view.checked(message["payload"])
        except (RainmakerError, Refused) as error:
            payload_of_error = {"message": str(error), "extensions": {"code": error.code}}
            await self.websocket.send_json({"id": message["id"], "type": "error", "payload": [payload_of_error]})
            return
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
        admit: Admit,
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
        self._admit = admit
        self._trusted = trusted
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._open >= self._settings.max_sockets:
            await receive()
            await send({"type": "websocket.close", "code": _LATER})
            return
        self._open += 1
        try:
            await self.run(WebSocket(scope, receive, send))
        finally:
            self._open -= 1

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> RequestContext:
        context = RequestContext(self._services(request), self._settings.max_page, _NOBODY)
        context.authorization = request.headers.get("authorization")
        return context

    async def on_ws_connect(self, context: RequestContext) -> UnsetType | dict[str, object] | None:
        """The first message has come: let its sender in, or close with 4403."""
        first = context.connection_params
        shown = next((value for name, value in (first or {}).items() if name.lower() == "authorization"), None)
        try:
            caller, charge = await self._admit(shown if isinstance(shown, str) else context.authorization)
        except RainmakerError as error:
            raise ConnectionRejectionError from error
        context.let_in(caller, charge)
        return await super().on_ws_connect(context)

    def checked(self, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """A request with the text of the document that it names; raises for what is too much or not known here."""
        request = with_text(payload, self._trusted)
        check_request(self._settings, request.get("query"), request.get("variables"))
        return request

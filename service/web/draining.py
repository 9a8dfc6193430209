"""The end: what is under way is answered, what comes then is sent elsewhere."""

import asyncio

from starlette.status import WS_1013_TRY_AGAIN_LATER
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from service.api.refusals import told

ALIVE = "/healthz"
AGAIN_SECONDS = "5"


class Doors:
    """Open until `close`. `inside` counts the requests under way."""

    def __init__(self) -> None:
        self.closed = False
        self.inside = 0
        self._empty = asyncio.Event()
        self._empty.set()

    def enter(self) -> None:
        self.inside += 1
        self._empty.clear()

    def leave(self) -> None:
        self.inside -= 1
        if not self.inside:
            self._empty.set()

    async def close(self, patience_seconds: float) -> bool:
        """Let nobody in any more, and wait for who is inside; False where that took too long."""
        self.closed = True
        try:
            async with asyncio.timeout(patience_seconds):
                await self._empty.wait()
        except TimeoutError:
            return False
        return True


class Draining:
    """In front of an app: while its doors are closed, 503 to all but who asks whether it is alive."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            # those that are open are closed by the server, when all requests have been answered
            app = WebSocketClose(WS_1013_TRY_AGAIN_LATER) if self._doors.closed else self._app
            await app(scope, receive, send)
            return
        if self._doors.closed and scope["path"] != ALIVE:
            headers = {"Retry-After": AGAIN_SECONDS, "Connection": "close"}
            refused = told(503, "UNAVAILABLE", "This service is stopping; ask again in a moment.", headers)
            await refused(scope, receive, send)
            return
        self._doors.enter()
        try:
            await self._app(scope, receive, send)
        finally:
            self._doors.leave()

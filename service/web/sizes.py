"""How large a request may be, and how long it may take to come."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.refusals import told
from service.domain.errors import TooComplex

SLOW = "REQUEST_TIMEOUT"


class _Refused(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class RequestSizes:
    """Refuses bodies of more than `most_bytes` with 413, at their first byte where they say so, and those that have not
    come after `seconds` with 408."""

    def __init__(self, app: ASGIApp, most_bytes: int, seconds: float) -> None:
        self._app = app
        self._most_bytes = most_bytes
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        try:
            await self._app(scope, self._bounded(scope, receive), send)
        except _Refused as refused:
            answer = told(refused.status, refused.code, str(refused), {"Connection": "close"})
            await answer(scope, receive, send)

    def _bounded(self, scope: Scope, receive: Receive) -> Receive:
        """Raises _Refused; once the body is there it only waits for the caller to go."""
        left, whole, until = self._most_bytes, False, asyncio.get_running_loop().time() + self._seconds
        if _length(scope) > left:
            raise self._too_large()

        async def bounded() -> Message:
            nonlocal left, whole
            if whole:
                return await receive()
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError as late:
                raise _Refused(408, SLOW, f"The request did not come within {self._seconds:g} s.") from late
            left -= len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if left < 0:
                raise self._too_large()
            return message

        return bounded

    def _too_large(self) -> _Refused:
        return _Refused(413, TooComplex.code, f"The request is too large: at most {self._most_bytes:,} bytes.")


def _length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0

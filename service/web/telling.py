"""Every request told: a line in the log, numbers for Prometheus, a span, and an id in the answer."""

import logging
import re
from secrets import token_hex
from time import perf_counter
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.telemetry import tracing
from service.telemetry.account import Account, closed, opened
from service.telemetry.metrics import ERRORS, OPERATIONS, OTHERS, REFUSED, REQUESTS, of, operation_name

log = logging.getLogger("rainmaker.requests")
slow_log = logging.getLogger("rainmaker.slow")

REQUEST_ID = b"x-request-id"
_GOOD_ID = re.compile(rb"[A-Za-z0-9._:-]{1,64}")
PATHS = frozenset({"/", "/graphql", "/healthz", "/readyz", "/metrics"})
_REFUSALS = frozenset({401, 403, 408, 413, 429, 503})
LONGEST_DOCUMENT = 2_000


class Telling:
    """`slow_seconds`: from when on a question is told with its document (never its variables)."""

    def __init__(self, app: ASGIApp, slow_seconds: float) -> None:
        self._app = app
        self._slow_seconds = slow_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        account = Account(_request_id(scope))
        status = sent = 0
        id_header = (REQUEST_ID, account.request_id.encode())

        async def noting(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), id_header]
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            elif message["type"] == "websocket.accept":
                status = 101
            await send(message)

        token, began = opened(account), perf_counter()
        try:
            if tracing.on():
                await self._traced(scope, receive, noting, account)
            else:
                await self._app(scope, receive, noting)
        finally:
            closed(token)
            self._tell(scope, account, status, sent, perf_counter() - began)

    async def _traced(self, scope: Scope, receive: Receive, send: Send, account: Account) -> None:
        attributes = {"http.request.method": scope.get("method", "GET"), "url.path": scope["path"]}
        with tracing.span_of_request(
            f"{attributes['http.request.method']} {scope['path']}", Headers(scope=scope), attributes
        ) as span:
            await self._app(scope, receive, send)
            span.set_attribute("rainmaker.request_id", account.request_id)
            if account.operation:
                span.set_attribute("graphql.operation.name", account.operation)

    def _tell(self, scope: Scope, account: Account, status: int, sent: int, seconds: float) -> None:
        path = scope["path"]
        of(REQUESTS, path if path in PATHS else OTHERS, status).inc()
        if status in _REFUSALS:
            of(REFUSED, status).inc()
        for code in account.codes:
            of(ERRORS, code).inc()
        if account.document is not None:
            of(OPERATIONS, operation_name(account.operation)).observe(seconds)
        if log.isEnabledFor(logging.INFO):
            method = scope.get("method", scope["type"])
            # made by hand: to find out which line of code logs takes longer than all the rest
            record = logging.LogRecord(log.name, logging.INFO, "", 0, f"{method} {path} {status}", None, None)
            record.told = _told(account, method, path, status, sent, seconds)
            log.handle(record)
        if seconds >= self._slow_seconds and account.document is not None:
            told = {"operation": account.operation, "seconds": round(seconds, 3), "requestId": account.request_id}
            slow_log.warning("slow question", extra={"told": told | {"document": account.document[:LONGEST_DOCUMENT]}})


def _request_id(scope: Scope) -> str:
    """The caller's, where it could stand in a log without harm; else a new one."""
    for name, value in scope["headers"]:
        if name == REQUEST_ID and _GOOD_ID.fullmatch(value):
            return str(value, "ascii")
    return token_hex(8)


def _told(account: Account, method: str, path: str, status: int, sent: int, seconds: float) -> dict[str, Any]:
    told: dict[str, Any] = {
        "requestId": account.request_id,
        "method": method,
        "path": path,
        "status": status,
        "bytes": sent,
        "ms": _ms(seconds),
        "caller": account.caller,
        "role": account.role,
    }
    if account.document is not None:
        told |= {
            "operation": account.operation,
            "cost": account.cost,
            "parseMs": _ms(account.parse),
            "kernelMs": _ms(account.kernel),
            "neo4jMs": _ms(account.neo4j),
            "statements": account.statements,
        }
    if account.codes:
        told["codes"] = account.codes
    return told


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)

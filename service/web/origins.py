"""Whose pages speak to the service: what browsers say of it, where the same-origin policy alone does not hold.

A page may open a WebSocket to anywhere; and where callers show no key, a name that its owner points at this machine
(DNS rebinding) would make somebody else's page one of ours.
"""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.status import WS_1008_POLICY_VIOLATION
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from service.api.refusals import told


class Origins:
    """Refuses WebSockets of pages that are neither ours nor of the sites in `origins`; and, if `only_local`, requests
    under names that belong to somebody, unless they are among `hosts`."""

    def __init__(self, app: ASGIApp, origins: Collection[str], hosts: Collection[str], *, only_local: bool) -> None:
        self._app = app
        self._origins = origins
        self._hosts = hosts
        self._only_local = only_local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not self._may_open(Headers(scope=scope)):
            await WebSocketClose(WS_1008_POLICY_VIOLATION)(scope, receive, send)
            return
        if self._only_local and scope["type"] == "http":
            host = urlsplit(f"//{Headers(scope=scope).get('host', '')}").hostname or ""
            if not is_nobodys(host) and host not in self._hosts:
                message = f"{host[:100]!r} is not a name of this service. RAINMAKER_HOSTS lists further ones."
                await told(421, "FORBIDDEN", message)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _may_open(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        return origin is None or origin in self._origins or urlsplit(origin).netloc == headers.get("host")


def is_nobodys(host: str) -> bool:
    """Whether a host is an address, or a name that nobody can own: of this machine, or of the network it is in."""
    if "." not in host or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True

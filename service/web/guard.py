"""The guard in front of what is not for everybody."""

from collections import OrderedDict
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from service.access.budgets import Bucket
from service.access.entrance import Admitted, Entrance
from service.api.refusals import refusal
from service.domain.errors import Forbidden, RainmakerError, TooMany, Unauthenticated
from service.telemetry.account import current

WRONG_A_MINUTE = 30
"""Wrong keys and tokens of one address that are told so; then 429. Nobody guesses 256 bits: this spares the log, and
callers whose client is stuck. Whoever shows a right one is let in all the same, so nobody can lock others out."""

ADDRESSES_KEPT = 10_000


class Guard:
    """Lets requests in with `scope["caller"]` and `scope["charge"]` set, and answers the others itself.

    `charge` takes the cost of an answer from what is left to the caller, or raises TooMany.
    `open_to_all` tells which may pass without; they have neither. `may` tells who is meant.
    """

    def __init__(
        self,
        app: ASGIApp,
        entrance: Entrance,
        *,
        open_to_all: Callable[[Scope], bool] = lambda _: False,
        may: Callable[[Admitted], bool] = lambda _: True,
    ) -> None:
        self._app = app
        self._entrance = entrance
        self._open_to_all = open_to_all
        self._may = may
        self._wrong: OrderedDict[str, Bucket] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._open_to_all(scope):
            try:
                admitted = await self._admitted(scope)
            except RainmakerError as error:
                await _refuse(error, scope, receive, send)
                return
            scope["caller"], scope["charge"] = admitted.caller, admitted.allowance.charge
            account = current()
            if account is not None:
                account.caller, account.role = admitted.caller.name, admitted.caller.role
        await self._app(scope, receive, send)

    async def _admitted(self, scope: Scope) -> Admitted:
        try:
            admitted = await self._entrance.admitted(_authorization(scope))
        except Unauthenticated:
            self._count_wrong(scope)
            raise
        if not self._may(admitted):
            raise Forbidden("Your key is not meant for this.")
        admitted.allowance.count_request()
        return admitted

    def _count_wrong(self, scope: Scope) -> None:
        """Raises TooMany where this address has shown too many."""
        client = scope.get("client")
        address = client[0] if client else ""
        bucket = self._wrong.get(address)
        if bucket is None:
            bucket = self._wrong[address] = Bucket(WRONG_A_MINUTE)
            if len(self._wrong) > ADDRESSES_KEPT:
                self._wrong.popitem(last=False)
        wait = bucket.take(1)
        if wait:
            raise TooMany("wrong keys", wait)


def _authorization(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"authorization":
            return str(value, "latin-1")
    return None


async def _refuse(error: RainmakerError, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        # before it is accepted, which servers tell as 403; reasons can be told only where a socket is open
        await send({"type": "websocket.close", "code": 1008})
        return
    await refusal(error)(scope, receive, send)

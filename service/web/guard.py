"""The guard in front of what is not for everybody."""

from collections import OrderedDict
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from service.access.budgets import Bucket
from service.access.entrance import Admitted, Entrance
from service.api.context import Charge
from service.api.refusals import refusal
from service.domain.caller import Caller
from service.domain.errors import Forbidden, RainmakerError, TooMany, Unauthenticated
from service.telemetry.account import current

WRONG_A_MINUTE = 30
"""Wrong keys and tokens of one address that are told so; then 429. Nobody guesses 256 bits: this spares the log, and
callers whose client is stuck. Whoever shows a right one is let in all the same, so nobody can lock others out."""

ADDRESSES_KEPT = 10_000


class Doorkeeper:
    """Lets callers in by what they show, and counts what is wrong of it by the address it came from."""

    def __init__(self, entrance: Entrance) -> None:
        self._entrance = entrance
        self._wrong: OrderedDict[str, Bucket] = OrderedDict()

    async def admitted(
        self, authorization: str | None, address: str, may: Callable[[Admitted], bool] = lambda _: True
    ) -> Admitted:
        """Who shows this, their request counted and told of. Unauthenticated or Forbidden where they are not let in,
        TooMany where they, or wrong ones from this address, have come too often."""
        try:
            admitted = await self._entrance.admitted(authorization)
        except Unauthenticated:
            self._count_wrong(address)
            raise
        if not may(admitted):
            raise Forbidden("Your key is not meant for this.")
        admitted.allowance.count_request()
        account = current()
        if account is not None:
            account.caller, account.role = admitted.caller.name, admitted.caller.role
        return admitted

    async def let_in(self, authorization: str | None, address: str) -> tuple[Caller, Charge]:
        """The same, for sockets."""
        admitted = await self.admitted(authorization, address)
        return admitted.caller, admitted.allowance.charge

    async def look_again(self, authorization: str | None) -> None:
        """Unauthenticated or Forbidden where who was let in with this would not be any more."""
        await self._entrance.admitted(authorization)

    def _count_wrong(self, address: str) -> None:
        bucket = self._wrong.get(address)
        if bucket is None:
            bucket = self._wrong[address] = Bucket(WRONG_A_MINUTE)
            if len(self._wrong) > ADDRESSES_KEPT:
                self._wrong.popitem(last=False)
        wait = bucket.take(1)
        if wait:
            raise TooMany("wrong keys", wait)


class Guard:
    """Lets requests in with `scope["caller"]` and `scope["charge"]` set, and answers the others itself.

    `charge` takes the cost of an answer from what is left to the caller, or raises TooMany.
    `open_to_all` tells which may pass without; they have neither. `may` tells who is meant.
    """

    def __init__(
        self,
        app: ASGIApp,
        doorkeeper: Doorkeeper,
        *,
        open_to_all: Callable[[Scope], bool] = lambda _: False,
        may: Callable[[Admitted], bool] = lambda _: True,
    ) -> None:
        self._app = app
        self._doorkeeper = doorkeeper
        self._open_to_all = open_to_all
        self._may = may

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._open_to_all(scope):
            address = scope["client"][0] if scope.get("client") else ""
            try:
                admitted = await self._doorkeeper.admitted(_authorization(scope), address, self._may)
            except RainmakerError as error:
                await refusal(error)(scope, receive, send)
                return
            scope["caller"], scope["charge"] = admitted.caller, admitted.allowance.charge
        await self._app(scope, receive, send)


def _authorization(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"authorization":
            return str(value, "latin-1")
    return None

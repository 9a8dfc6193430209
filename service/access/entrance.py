"""The entrance: from what a request shows to who asks, and how much they may."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from service.access.budgets import UNBOUNDED, Allowance, Allowances
from service.access.key_file import KeyFile
from service.access.keys import PREFIX, key_shown
from service.domain.caller import LOCAL, Caller
from service.domain.errors import Unauthenticated

if TYPE_CHECKING:
    from service.access.tokens import Tokens

BEARER = "Bearer "
HOW = "Send `Authorization: Bearer …` with a key (`./rainmaker keys create` makes one) or a token."


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who asks, and what is left to them."""

    caller: Caller
    allowance: Allowance
    metrics: bool = False
    """Whether their key is good for /metrics, whatever their role."""

    @property
    def may_read_metrics(self) -> bool:
        return self.metrics or self.caller.role.may_administer


class Entrance(Protocol):
    async def admitted(self, authorization: str | None) -> Admitted:
        """Who shows this header; Unauthenticated, Forbidden or Unavailable where nobody is let in."""


class OpenEntrance:
    """Lets everybody in, as whoever may do everything: for a service that only this machine can reach."""

    _everybody = Admitted(LOCAL, UNBOUNDED)

    async def admitted(self, authorization: str | None) -> Admitted:
        return self._everybody


class GuardedEntrance:
    """Asks for a key, or a token, or either. `requests_per_minute` and `cost_per_minute` bound each token's subject,
    and keys that have no bounds of their own."""

    def __init__(
        self,
        keys: KeyFile | None,
        tokens: "Tokens | None",
        requests_per_minute: int | None = None,
        cost_per_minute: int | None = None,
    ) -> None:
        self._keys = keys
        self._tokens = tokens
        self._usual = requests_per_minute, cost_per_minute
        self._allowances = Allowances()

    async def admitted(self, authorization: str | None) -> Admitted:
        if authorization is None or not authorization.startswith(BEARER):
            raise Unauthenticated(HOW)
        shown = authorization.removeprefix(BEARER)
        if self._keys is not None and (self._tokens is None or shown.startswith(PREFIX)):
            key = key_shown(shown, self._keys.keys())
            requests, cost = key.requests_per_minute or self._usual[0], key.cost_per_minute or self._usual[1]
            allowance = self._allowances.of(("key", key.id), requests, cost)
            return Admitted(Caller(key.name, key.role), allowance, key.metrics)
        if self._tokens is None:
            raise Unauthenticated(HOW)
        caller = await self._tokens.caller(shown)
        return Admitted(caller, self._allowances.of(("token", caller.name), *self._usual))

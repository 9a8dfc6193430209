"""How much a caller may ask for by the minute: a bucket that fills again while time passes."""

import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from service.domain.errors import TooMany

MINUTE = 60.0
ALLOWANCES_KEPT = 10_000


class Bucket:
    """Holds a minute's worth at most, so that a caller who was away may catch up by so much."""

    __slots__ = ("_at", "_left", "most")

    def __init__(self, most: float) -> None:
        self.most = most
        self._left = most
        self._at = time.monotonic()

    def take(self, amount: float) -> float:
        """Seconds to wait until there is so much; 0 where there was, and it is taken. More than the bucket ever
        holds is taken of a full one, and what it owes has to be waited for by those who come after."""
        now = time.monotonic()
        self._left = min(self.most, self._left + (now - self._at) * self.most / MINUTE)
        self._at = now
        missing = min(amount, self.most) - self._left
        if missing > 0:
            return missing * MINUTE / self.most
        self._left -= amount
        return 0.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to one caller. None: no bound."""

    requests: Bucket | None = None
    cost: Bucket | None = None

    @classmethod
    def of(cls, requests_per_minute: int | None, cost_per_minute: int | None) -> "Allowance":
        return cls(
            None if requests_per_minute is None else Bucket(requests_per_minute),
            None if cost_per_minute is None else Bucket(cost_per_minute),
        )

    def count_request(self) -> None:
        """TooMany where the caller has sent as many as they may."""
        _take(self.requests, 1, "requests")

    def charge(self, cost: float) -> None:
        """Take the cost of an answer before it is computed; TooMany where too little is left."""
        _take(self.cost, cost, "answers of this size")


def _take(bucket: Bucket | None, amount: float, what: str) -> None:
    wait = 0.0 if bucket is None else bucket.take(amount)
    if wait:
        raise TooMany(what, wait)


UNBOUNDED = Allowance()


class Allowances:
    """Each caller's, found by whatever tells them apart; those used last are remembered."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, Allowance] = OrderedDict()

    def of(self, caller: Hashable, requests_per_minute: int | None, cost_per_minute: int | None) -> Allowance:
        if requests_per_minute is None and cost_per_minute is None:
            return UNBOUNDED
        key = caller, requests_per_minute, cost_per_minute
        allowance = self._known.get(key)
        if allowance is None:
            allowance = self._known[key] = Allowance.of(requests_per_minute, cost_per_minute)
            if len(self._known) > ALLOWANCES_KEPT:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(key)
        return allowance

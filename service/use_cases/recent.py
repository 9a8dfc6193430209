"""A small memory of what was used last."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Holds at most `most` entries, which `weigh` at most `heaviest` together; those unused for longest make room,
    all of them for one that is heavier by itself."""

    def __init__(self, most: int, *, heaviest: float = float("inf"), weigh: Callable[[V], int] = lambda _: 1) -> None:
        self._most = most
        self._heaviest = heaviest
        self._weigh = weigh
        self._weight = 0
        self._entries: OrderedDict[K, V] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: K) -> V | None:
        """The entry, which thereby counts as used; None where there is none."""
        if key in self._entries:
            self._entries.move_to_end(key)
        return self._entries.get(key)

    def put(self, key: K, value: V) -> None:
        self.drop(key)
        self._entries[key] = value
        self._weight += self._weigh(value)
        while len(self._entries) > self._most or (self._weight > self._heaviest and len(self._entries) > 1):
            self.drop(next(iter(self._entries)))

    def drop(self, key: K) -> None:
        """Forget an entry, if it is there."""
        if key in self._entries:
            self._weight -= self._weigh(self._entries.pop(key))

    def keep(self, wanted: Callable[[K], bool]) -> None:
        """Forget all entries whose keys are not wanted."""
        for key in [key for key in self._entries if not wanted(key)]:
            self.drop(key)

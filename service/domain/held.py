"""Lists that are held whole and sorted: cut into pages by key, each cursor written only when somebody reads it."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from service.domain.cursors import LazyCursors, Shape, key_of
from service.domain.pages import Page

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class HeldList(Generic[T]):
    """`length` entries, ascending by `key`. `name` and `shape` are those of its cursors (`service.domain.cursors`)."""

    name: str
    shape: Shape
    length: int
    key: Callable[[int], list[str | float]]
    item: Callable[[int], T]

    @classmethod
    def empty(cls, name: str, shape: Shape) -> "HeldList[T]":
        return cls(name, shape, 0, _of_nothing, _of_nothing)

    def page(self, first: int, after: str | None) -> Page[T]:
        """The `first` entries behind a cursor, whether its entry is still there or not; InvalidInput naming `after`
        where it is another list's."""
        begin = 0
        if after is not None:
            begin = bisect_right(range(self.length), key_of(after, self.name, self.shape), key=self.key)
        end = min(begin + first, self.length)
        return Page(
            items=tuple(map(self.item, range(begin, end))),
            cursors=LazyCursors(self.name, self.key, range(begin, end)),
            has_next=end < self.length,
            has_previous=after is not None,
        )


def _of_nothing(place: int) -> Any:  # noqa: ANN401
    raise IndexError(place)

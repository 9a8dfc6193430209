"""Keyset paging: the next rows behind a key, one more than asked, to know whether there are more."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from zlib import crc32

from service.domain.cursors import Key, LazyCursors, Shape, key_of
from service.domain.pages import Page
from service.ports.browsing import Listed, Slice

if TYPE_CHECKING:
    from service.store.database import Database

T = TypeVar("T")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SortedList:
    """A list in one order. `name` is bound into its cursors, so that another list's are refused."""

    name: str
    shape: Shape

    @classmethod
    def narrowed(cls, name: str, shape: Shape, by: Mapping[str, object]) -> "SortedList":
        """A list that conditions narrow: a cursor made under other conditions is another list's."""
        held = sorted((key, str(value)) for key, value in by.items() if value is not None)
        return cls(f"{name}/{crc32(repr(held).encode()):08x}" if held else name, shape)

    def after(self, part: Slice) -> list[str | float] | None:
        """The key to go on behind; None at the beginning."""
        return None if part.after is None else key_of(part.after, self.name, self.shape)

    def page(self, part: Slice, rows: Sequence[Row], item: Callable[[Row], T], key: Callable[[Row], Key]) -> Page[T]:
        """A page of rows that were fetched with the limit `part.first + 1`."""
        shown = rows[: part.first]
        return Page(
            items=tuple(item(row) for row in shown),
            cursors=LazyCursors(self.name, lambda place: key(shown[place]), range(len(shown))),
            has_next=len(rows) > part.first,
            has_previous=part.after is not None,
        )


@dataclass(frozen=True, slots=True)
class HangingList(Generic[T]):
    """A list that hangs on each of many things, read by one statement for all of them.

    The statement takes the things' ids as `ids_param`, and `after`, `limit`, `counted`; it returns `id`, `total`
    and `rows`, each row with its sort `key`.
    """

    statement: str
    ids_param: str
    shape: Shape
    item: Callable[[Row], T]

    async def read(
        self,
        database: "Database",
        ids: Sequence[str],
        part: Slice,
        seen: Mapping[str, object],
        *,
        counted: bool,
        **narrowed: object,
    ) -> dict[str, Listed[T]]:
        """The page of each thing that exists, by its id. `seen` says who is told of, `narrowed` what is asked."""
        order = SortedList.narrowed(self.statement, self.shape, narrowed)
        given = {self.ids_param: list(ids), "after": order.after(part), "limit": part.first + 1, "counted": counted}
        answers = await database.fetch_packed(self.statement, ("id", "total", "rows"), **given, **seen, **narrowed)
        return {
            answer["id"]: Listed(
                page=order.page(part, answer["rows"], self.item, lambda row: row["key"]),
                total=answer["total"] if counted else None,
            )
            for answer in answers
        }

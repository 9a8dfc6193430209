"""The pages of a list that hangs on each of several things."""

from collections.abc import Callable, Sequence

from service.api.execution.tables import Lists, Table
from service.api.types.connections import PageInfo
from service.domain.cursors import Key, LazyCursors
from service.graph.first_pages import Pages


class Connections(Table):
    """First pages of lists called `name` in their cursors. Their `entries` lie end to end; `key` is an entry's sort
    key, by its place among them."""

    def __init__(self, entries: Table, pages: Pages, name: str, key: Callable[[int], Key]) -> None:
        self._entries = entries
        self._pages = pages
        self._cursors = LazyCursors(name, key, range(len(entries)))

    def __len__(self) -> int:
        return len(self._pages.lengths)

    def each(self) -> Sequence[object]:
        raise NotImplementedError  # every field is told below

    def edges(self) -> Lists:
        return Lists(Edges(self._entries, self._cursors), self._pages.lengths)

    def page_info(self) -> list[PageInfo]:
        infos, begin = [], 0
        for length, total in zip(self._pages.lengths, self._pages.totals, strict=True):
            cursors = self._cursors[begin : begin + length]
            infos.append(PageInfo(has_next_page=length < total, has_previous_page=False, cursors=cursors))
            begin += length
        return infos

    def total_count(self) -> list[int]:
        return self._pages.totals


class Edges(Table):
    """The entries of all pages, each with its cursor."""

    def __init__(self, entries: Table, cursors: Sequence[str]) -> None:
        self._entries = entries
        self._cursors = cursors

    def __len__(self) -> int:
        return len(self._entries)

    def each(self) -> Sequence[object]:
        raise NotImplementedError  # likewise

    def cursor(self) -> list[str]:
        return list(self._cursors)

    def node(self) -> Table:
        return self._entries

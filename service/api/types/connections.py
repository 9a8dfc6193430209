"""Relay connections: lists in pages, each entry with a cursor."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

import strawberry

from service.api.types.descriptions import CURSOR, PAGE_INFO, TOTAL_COUNT
from service.domain.pages import Page

N = TypeVar("N")
T = TypeVar("T")

First = Annotated[
    int | None,
    strawberry.argument(description="How many entries at most, 0 to 100. Without a value 20."),
]
After = Annotated[
    str | None,
    strawberry.argument(description="The cursor behind which to go on: an earlier page's `endCursor`."),
]


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether there is more behind this page.")
    has_previous_page: bool = strawberry.field(description="Whether this page was asked for with `after`.")
    cursors: strawberry.Private[Sequence[str]]

    @classmethod
    def of(cls, page: Page[T]) -> "PageInfo":
        return cls(has_next_page=page.has_next, has_previous_page=page.has_previous, cursors=page.cursors)

    @strawberry.field(description="The first entry's cursor; null where there is none.")
    def start_cursor(self) -> str | None:
        return self.cursors[0] if self.cursors else None

    @strawberry.field(
        description="The last entry's cursor, to be passed as `after` for the next page; null where there is none."
    )
    def end_cursor(self) -> str | None:
        return self.cursors[-1] if self.cursors else None


@strawberry.type(description="An entry of a list and its cursor.")
class Edge(Generic[N]):
    cursors: strawberry.Private[Sequence[str]]
    place: strawberry.Private[int]

    @strawberry.field(description=CURSOR)
    def cursor(self) -> str:
        return self.cursors[self.place]

    node: N = strawberry.field(description="The entry itself.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[N]):
    """Entries are made only where they are selected."""

    page: strawberry.Private[Page[Any]]
    node: strawberry.Private[Callable[[Any], Any]]
    total: strawberry.Private[int | None]

    @classmethod
    def of(cls, page: Page[T], total: int | None, node: Callable[[T], N]) -> "Connection[N]":
        """`total` may be None where the caller did not select it."""
        return cls(page=page, node=node, total=total)

    @strawberry.field(description="The entries of this page, in the list's order.")
    def edges(self) -> list[Edge[N]]:
        cursors, node = self.page.cursors, self.node
        return [Edge(cursors=cursors, place=place, node=node(item)) for place, item in enumerate(self.page.items)]

    @strawberry.field(description=PAGE_INFO)
    def page_info(self) -> PageInfo:
        return PageInfo.of(self.page)

    @strawberry.field(description=TOTAL_COUNT)
    def total_count(self) -> int:
        return self.total or 0

"""Reads people and what leaves them: everybody's in spans of ids, two side by side, or that of the people named."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from service.domain.model import Person
from service.graph.snapshot import Int, People
from service.graph.texts import Index, Texts, Wide
from service.store.snapshot_pages import Page, Places, add_distrust, add_roles, add_trust

if TYPE_CHECKING:
    from service.graph.builder import SnapshotBuilder
    from service.store.database import Database

LANES = 2
"""Statements under way at once: while one is read here, the server works on the other."""
PEOPLE_A_PAGE = 10_000
ROWS_A_PAGE = 20_000
"""What a page of relationships should hold, so that memory stays flat on both sides however dense the graph is."""

_SPARSE = 16
"""Nodes a person up to which a table by node number pays."""


async def read_people(database: "Database") -> tuple[People, Places]:
    """Everybody, and where the database's own number for a node is among them."""
    pages: list[Page] = []
    after: str | None = ""
    while after is not None:
        (page,) = await database.fetch("snapshot_people", after=after, limit=PEOPLE_A_PAGE)
        pages.append(page)
        after = page["lastId"]

    def column(name: str) -> list[Any]:
        return list(chain.from_iterable(page[name] for page in pages))

    people = People(
        Index(Texts.of(column("ids")), "person"),
        Texts.of(column("names")),
        np.array(column("optedOut"), dtype=np.bool_),
    )
    return people, _by_node(np.array(column("nodes"), dtype=np.int64))


async def read_people_of(database: "Database", ids: Collection[str]) -> list[Person]:
    """Those of the people named who are there."""
    (page,) = await database.fetch("snapshot_people_of", ids=list(ids))
    columns = zip(page["ids"], page["names"], page["optedOut"], strict=True)
    return [Person(id_, name, opted_out=opted_out) for id_, name, opted_out in columns]


async def add_relationships(database: "Database", builder: "SnapshotBuilder", ids: Texts, by_node: Places) -> None:
    """Put all that leaves anybody into the builder. `ids` are everybody's, in order."""
    await _read_spans(database, "snapshot_trust", ids, lambda page: add_trust(builder, page, by_node))
    await _read_spans(database, "snapshot_distrust", ids, lambda page: add_distrust(builder, page))
    await _read_spans(database, "snapshot_roles", ids, lambda page: add_roles(builder, page))


async def add_relationships_of(database: "Database", builder: "SnapshotBuilder", ids: Collection[str]) -> None:
    """Put all that leaves the people named into the builder."""
    named = sorted(ids)
    for start in range(0, len(named), PEOPLE_A_PAGE):
        some = named[start : start + PEOPLE_A_PAGE]
        (trust,), (distrust,), (roles,) = await asyncio.gather(
            database.fetch("snapshot_trust_of", ids=some),
            database.fetch("snapshot_distrust_of", ids=some),
            database.fetch("snapshot_roles_of", ids=some),
        )
        add_trust(builder, trust, builder.places)
        add_distrust(builder, distrust)
        add_roles(builder, roles)


class _Spans:
    """Spans of people one after the other, their width following how much the last one held."""

    def __init__(self, ids: Texts) -> None:
        self._ids = ids
        self._next = 0
        self._width = min(100, PEOPLE_A_PAGE)

    def take(self) -> tuple[str, str, int] | None:
        """The id before the first of the next span, the last one, and how many there are; None at the end."""
        first, last = self._next, min(self._next + self._width, len(self._ids)) - 1
        if last < first:
            return None
        self._next = last + 1
        return self._ids[first - 1] if first else "", self._ids[last], last + 1 - first

    def held(self, people: int, rows: int) -> None:
        """Told what a span gave. The next one is at most twice as wide."""
        fitting = people * ROWS_A_PAGE // max(rows, 1)
        self._width = max(1, min(fitting, people * 2, PEOPLE_A_PAGE))


async def _read_spans(database: "Database", statement: str, ids: Texts, add: Callable[[Page], int]) -> None:
    spans = _Spans(ids)

    async def lane() -> None:
        while (span := spans.take()) is not None:
            after, up_to, people = span
            (page,) = await database.fetch(statement, after=after, upTo=up_to)
            spans.held(people, add(page))

    lanes = [asyncio.create_task(lane()) for _ in range(LANES)]
    try:
        await asyncio.gather(*lanes)
    finally:
        for each in lanes:
            each.cancel()
        await asyncio.wait(lanes)


def _by_node(nodes: Wide) -> Places:
    """Look up by node number: people come in order, so a node's place is where its number stands in `nodes`."""
    highest = int(nodes.max(initial=0))
    if highest > _SPARSE * len(nodes):
        return _by_search(nodes)
    table = np.full(highest + 2, -1, dtype=np.int32)
    table[nodes] = np.arange(len(nodes), dtype=np.int32)

    def places(asked: Sequence[int]) -> Int:
        found: Int = table[np.minimum(np.array(asked, dtype=np.int64), highest + 1)]
        return found

    return places


def _by_search(nodes: Wide) -> Places:
    """The same for people who are few among the nodes of their database, in the memory of the people alone."""
    order = np.argsort(nodes)
    ordered = nodes[order]

    def places(asked: Sequence[int]) -> Int:
        wanted = np.array(asked, dtype=np.int64)
        at = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
        found: Int = np.where(ordered[at] == wanted, order[at], -1).astype(np.int32)
        return found

    return places

"""Which statement upserts the rows of a table, and how the rows become its parameters."""

from collections.abc import Callable

import polars as pl

from service.domain.forgetting import Marks
from service.ports.loading import GraphTable
from service.store.write_params import Params, as_rows, by_listener, by_person, with_values

_UPSERTS: dict[GraphTable, tuple[str, Callable[[pl.DataFrame], Params]]] = {
    GraphTable.BRANDS: ("upsert_brands", as_rows),
    GraphTable.TOPICS: ("upsert_topics", as_rows),
    GraphTable.TOPIC_LINKS: ("link_topics", as_rows),
    GraphTable.ROLES: ("upsert_roles", with_values),
    GraphTable.TRUST: ("upsert_trust", by_listener),
    GraphTable.DISTRUST: ("upsert_distrust", by_listener),
    GraphTable.OVERRULED: ("upsert_overruled", by_listener),
    GraphTable.ACTIVITY: ("upsert_activity", by_person),
}


def upsert_of(table: GraphTable, rows: pl.DataFrame, marks: Marks | None) -> tuple[str, Params]:
    """The statement and its parameters. It handles rows in their order where those of one listener, or of one person's
    activity, follow each other."""
    if table is GraphTable.PEOPLE:
        return "upsert_people", as_rows(rows) | {"marks": [] if marks is None else [*map(marks.of, rows["id"])]}
    statement, params = _UPSERTS[table]
    return statement, params(rows)

"""Checks of the tables that others refer to: people, brands, topics."""

from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

from service.domain.forgetting import NOT_TAKEN
from service.ingest.cells import MAX_NAME, Cell, Cells
from service.ingest.checks import CheckedTable, check_cells, check_keys
from service.ingest.raw import LINE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.domain.forgetting import Forgotten
    from service.ingest.raw import RawTable

_NO_FOREST: "Mapping[str, str | None]" = MappingProxyType({})

PARENT_UNKNOWN = "there is no topic with this parentId: the topic stays without the link"
CLOSES_CYCLE = "this parentId closes a cycle: the topic stays without the link"


def check_things(raw: "RawTable", forest: "Mapping[str, str | None]" = _NO_FOREST) -> CheckedTable:
    """People, brands or topics, keyed by id. A column that the file does not have is not in the result either:
    what the graph holds there stays. `forest` are topics that are there already, with their parents, as far as the
    rows say nothing else."""
    cells = Cells(raw)
    columns = [cells.id("id"), cells.text("name", longest=MAX_NAME, required=True)]
    columns += [_optional(cells, column) for column in raw.spec.optional if column in cells]
    table = check_keys(check_cells(raw, columns, []), ["id"])
    return _check_links(table, forest) if "parentId" in table.rows.columns else table


def without_forgotten(people: CheckedTable, forgotten: "Forgotten") -> CheckedTable:
    """Without the rows of people who were forgotten."""
    gone = forgotten.among(people.rows["id"])
    return people.rejecting(people.rows.filter(pl.col("id").is_in(list(gone))).select(LINE, reason=pl.lit(NOT_TAKEN)))


def _optional(cells: Cells, column: str) -> Cell:
    if column == "optedOut":
        return cells.flag(column)
    return cells.id(column, required=False) if column == "parentId" else cells.text(column)


def _check_links(topics: CheckedTable, forest: "Mapping[str, str | None]") -> CheckedTable:
    """Links go in row by row; one that leads nowhere or would close a cycle is left out, so that a forest remains."""
    known = pl.col("parentId").is_in([*topics.rows["id"], *forest])
    nowhere = topics.rows.filter(~known).select(LINE, reason=pl.lit(PARENT_UNKNOWN))
    links = topics.rows.filter(known)
    above = {topic: parent for topic, parent in forest.items() if parent is not None}
    closing = pl.Series(LINE, _closing_lines(links, above), pl.Int64)
    cycles = pl.DataFrame([closing]).with_columns(reason=pl.lit(CLOSES_CYCLE))
    dropped = pl.concat([nowhere, cycles])
    parent = pl.when(~pl.col(LINE).is_in(dropped[LINE].implode())).then("parentId").alias("parentId")
    repaired = CheckedTable(topics.raw, topics.rows.with_columns(parent), topics.rejects, topics.duplicates)
    return repaired.repairing(dropped)


def _closing_lines(links: pl.DataFrame, above: dict[str, str]) -> list[int]:
    """Lines of the links that close a cycle with the links before them, `above` among these. Every topic has one parent
    at most, so that is a link to a topic whose chain of parents already ends at this one."""
    closing = []
    for line, topic, parent in links.select(LINE, "id", "parentId").iter_rows():
        root = _root(above, parent)
        if root == topic:
            closing.append(line)
        else:
            above[topic] = root
    return closing


def _root(above: dict[str, str], topic: str) -> str:
    """The end of a chain of parents; chains are shortened on the way, or long ones would cost their square."""
    root = topic
    while root in above:
        root = above[root]
    while topic != root:
        above[topic], topic = root, above[topic]
    return root

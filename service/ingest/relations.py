"""Checks of the tables that refer to others: roles, interactions, explicit trust.

What passes refers to ids by their number (`KnownIds.numbered`): such columns are compared, sorted and joined in half
the time that text takes, and still read as text.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from service.domain.model import GENERAL_TOPIC
from service.domain.vocabulary import PurchaseStage, RoleKind
from service.ingest.cells import Cell, Cells, Fault
from service.ingest.checks import CheckedTable, check_cells, check_keys
from service.ingest.raw import LINE

if TYPE_CHECKING:
    from service.ingest.raw import RawTable


_STAGES = [stage.value for stage in PurchaseStage]
_UNKNOWN_STAGE = Fault(~pl.col("stage").is_in(_STAGES), f"stage is not {', '.join(_STAGES[:-1])} or {_STAGES[-1]}")


@dataclass(frozen=True)
class KnownIds:
    """The ids that the folder's own people, brands and topics offer to be referred to."""

    people: pl.Series
    brands: pl.Series
    topics: pl.Series

    def numbered(self, table: CheckedTable) -> CheckedTable:
        """The same rows; columns that refer to ids are Enums of all of these, in order of code point."""
        columns = [pl.col(column).cast(dtype) for column, dtype in self._types.items() if column in table.rows.columns]
        return replace(table, rows=table.rows.with_columns(columns))

    @cached_property
    def _types(self) -> dict[str, pl.Enum]:
        """The type of each column that refers to ids; made once, for a million ids take their time to sort."""
        people, brands = _enum(self.people), _enum(self.brands)
        topics = _enum(pl.concat([pl.Series([GENERAL_TOPIC]), self.topics]))
        return {"personId": people, "fromId": people, "toId": people, "brandId": brands, "topicId": topics}


def check_roles(raw: "RawTable", known: KnownIds) -> CheckedTable:
    """Roles, one per (person, brand, kind, topic, since). Title, strength and until are in the result only where
    the file has them: what the graph holds there stays."""
    cells = Cells(raw)
    key = [cells.id("personId"), cells.id("brandId"), cells.id("kind"), _topic(cells), cells.day("since")]
    values = {"title": cells.text("title"), "strength": cells.number("strength"), "until": cells.day("until")}
    faults = [
        _unknown("personId", known.people, "person"),
        _unknown("brandId", known.brands, "brand"),
        Fault(~pl.col("kind").is_in([kind.value for kind in RoleKind]), "kind is not a kind of role"),
        _unknown_topic(known),
    ]
    if "strength" in cells:
        faults.append(Fault(~pl.col("strength").is_between(0, 1, closed="right"), "strength is not in (0, 1]"))
    if "until" in cells:
        faults.append(Fault(pl.col("until") < pl.col("since"), "until is before since"))
    present = [cell for column, cell in values.items() if column in cells]
    roles = known.numbered(check_cells(raw, key + present, faults))
    return check_keys(roles, ["personId", "brandId", "kind", "topicId", "since"])


def check_interactions(raw: "RawTable", known: KnownIds) -> CheckedTable:
    """Interactions. They are events: two equal rows are two of them."""
    cells = Cells(raw)
    columns = [
        cells.moment("at"),
        cells.id("fromId"),
        cells.id("toId"),
        cells.id("kind"),
        _topic(cells),
        cells.id("channel", required=False),
        cells.text("stage"),
        cells.flag("paid"),
        cells.text("ref"),
    ]
    return known.numbered(check_cells(raw, columns, [*_between_people(known), _UNKNOWN_STAGE]))


def check_refs(table: CheckedTable) -> CheckedTable:
    """Interactions that are sent one by one, and perhaps again: one row a (from, to, topic, kind, ref) where there is
    a ref. A file is loaded as a whole, and in it they are what they are."""
    named = table.rows.filter(pl.col("ref").is_not_null())
    if named.is_empty():
        return table
    checked = check_keys(replace(table, rows=named), ["fromId", "toId", "topicId", "kind", "ref"])
    left_out = named.join(checked.rows, on=LINE, how="anti")
    return replace(checked, rows=table.rows.join(left_out, on=LINE, how="anti", maintain_order="left"))


def check_trust(raw: "RawTable", known: KnownIds) -> CheckedTable:
    """Explicit trust, one row per (from, to, topic); `strength` as given, its sign included."""
    cells = Cells(raw)
    columns = [
        cells.id("fromId"),
        cells.id("toId"),
        cells.number("strength", required=True),
        _topic(cells),
        cells.day("since"),
        cells.day("lastSeen"),
        cells.id("channel", required=False),
        cells.flag("paid"),
    ]
    faults = [
        Fault(pl.col("strength") == 0, "strength is 0"),
        Fault(pl.col("strength").abs() > 1, "strength is beyond ±1"),
        *_between_people(known),
        Fault(pl.col("lastSeen") < pl.col("since"), "lastSeen is before since"),
    ]
    return check_keys(known.numbered(check_cells(raw, columns, faults)), ["fromId", "toId", "topicId"])


def check_keys_of_trust(raw: "RawTable", known: KnownIds) -> CheckedTable:
    """Whose trust in whom, on what: one row a (from, to, topic)."""
    cells = Cells(raw)
    columns = [cells.id("fromId"), cells.id("toId"), _topic(cells)]
    checked = check_cells(raw, columns, _between_people(known))
    return check_keys(known.numbered(checked), ["fromId", "toId", "topicId"])


def _enum(ids: pl.Series) -> pl.Enum:
    return pl.Enum(ids.sort())


def _topic(cells: Cells) -> Cell:
    """A missing topic stands for trust in general, or a role for every topic."""
    cell = cells.id("topicId", required=False)
    return Cell(cell.value.fill_null(GENERAL_TOPIC).alias("topicId"), cell.faults)


def _between_people(known: KnownIds) -> list[Fault]:
    return [
        _unknown("fromId", known.people, "person"),
        _unknown("toId", known.people, "person"),
        Fault(pl.col("fromId") == pl.col("toId"), "fromId and toId are the same person"),
        _unknown_topic(known),
    ]


def _unknown(column: str, ids: pl.Series, kind: str) -> Fault:
    return Fault(~pl.col(column).is_in(ids.implode()), f"there is no {kind} with this {column}")


def _unknown_topic(known: KnownIds) -> Fault:
    unknown = ~pl.col("topicId").is_in(known.topics.implode())
    return Fault((pl.col("topicId") != GENERAL_TOPIC) & unknown, "there is no topic with this topicId")

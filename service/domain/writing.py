"""What becomes of rows that somebody writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_ROWS = 1_000
"""Of one call. Larger amounts are for `load`."""


class RowStatus(StrEnum):
    """What became of a row."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    UNCHANGED = "UNCHANGED"
    REMOVED = "REMOVED"
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """`row` counts from 0. `reason` says why a row was rejected, or what was left out of it."""

    row: int
    status: RowStatus
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """Every row's outcome, in their order. `bookmark` is the database's own after the write."""

    rows: tuple[RowOutcome, ...]
    bookmark: str

    def count(self, status: RowStatus) -> int:
        """How many rows met with this."""
        return sum(row.status is status for row in self.rows)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who changed what, when. `id` is the call's: of two entries with the same one the later counts. People are named
    by their marks, never by their ids; `things` are ids of brands and topics. `undone` is a call that failed."""

    id: str
    at: datetime
    caller: str
    role: str
    operation: str
    rows: Mapping[str, int]
    people: Sequence[str] = ()
    things: Sequence[str] = ()
    undone: bool = False

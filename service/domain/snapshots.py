"""What is known of a snapshot without opening it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """Which state of the graph an answer was computed from. `id` is a digest of the content."""

    id: str
    built_at: datetime
    people: int
    relationships: int
    bookmark: str

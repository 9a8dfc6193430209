"""How a load reaches the graph, and how it says how far it is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from service.domain.forgetting import Forgotten
    from service.domain.model import Dataset


class GraphTable(StrEnum):
    """What is written, in the order in which it must be: each refers only to those before it."""

    PEOPLE = "people"
    BRANDS = "brands"
    TOPICS = "topics"
    TOPIC_LINKS = "topic links"
    ROLES = "roles"
    TRUST = "trust"
    DISTRUST = "distrust"
    OVERRULED = "overruled evidence"
    ACTIVITY = "activity"
    DATASET = "dataset"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of rows. `removed` counts relationships that the rows put an end to: a topic's former link, trust
    that has become distrust, and the reverse."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    def __add__(self, other: "Written") -> "Written":
        return Written(
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
        )


class LoadProgress(Protocol):
    """Hears how far a load is. Stages follow each other; called from other threads too."""

    def stage(self, name: str, total: int) -> None:
        """A stage of `total` steps begins; the one before is done."""
        ...

    def advance(self, steps: int) -> None:
        """So many more steps of the stage are done."""
        ...


class GraphWriter(Protocol):
    """Upserts rows. The same rows a second time change nothing, and commit nothing."""

    async def forgotten(self) -> "Forgotten":
        """Who was forgotten and must not come back. KeyLost where their marks were made with another key."""
        ...

    async def write(self, table: GraphTable, rows: "pl.DataFrame", advance: "Callable[[int], None]") -> Written:
        """Write all rows of a table other than DATASET; `advance` hears of each batch. A batch is in the graph wholly
        or not at all."""
        ...

    async def write_dataset(self, dataset: "Dataset") -> Written:
        """Say what the numbers were made with. Comes last: it marks a load that has come to its end."""
        ...

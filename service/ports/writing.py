"""How single writes reach the graph: a transaction to look, judge and write in, and a trail of who did."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

import polars as pl

from service.domain.forgetting import Forgotten
from service.domain.model import Dataset
from service.domain.writing import AuditEntry
from service.ports.loading import GraphTable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """Those of some ids that the graph has."""

    people: frozenset[str]
    brands: frozenset[str]
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Between:
    """What is between people: `stated` are the keys (fromId, toId, topicId) on which a statement stands; `evidence` has
    the columns of `service.ingest.evidence.STORED_SCHEMA`, for keys that have any, overruled or not."""

    stated: frozenset[tuple[str, str, str]]
    evidence: pl.DataFrame


class GraphTransaction(Protocol):
    """What can be asked and written in one transaction, of which all is done in the end, or nothing."""

    async def forgotten(self) -> Forgotten:
        """Who must not come back; KeyLost where that cannot be told."""
        ...

    async def lock(self, person_ids: Collection[str]) -> None:
        """Have these people to oneself until the end: nobody else writes between them meanwhile."""
        ...

    async def known(self, people: Collection[str], brands: Collection[str], topics: Collection[str]) -> Known:
        """Which of these ids there are."""
        ...

    async def parents(self) -> Mapping[str, str | None]:
        """Every topic's broader one."""
        ...

    async def dataset(self) -> Dataset:
        """What trust is derived with."""
        ...

    async def between(self, keys: pl.DataFrame) -> Between:
        """What is between the people of these keys (fromId, toId, topicId)."""
        ...

    async def activity(self, keys: pl.DataFrame) -> pl.DataFrame:
        """Activity (`ingest.activity.ACTIVITY_COLUMNS`) of these keys (personId, topicId), where there is any."""
        ...

    async def upsert(self, table: GraphTable, rows: pl.DataFrame) -> list[str]:
        """Upsert rows: `created`, `changed` or `unchanged` for each in turn (nothing for topic links). Trust, distrust
        and evidence must come by listener, activity by person. Unavailable where somebody was forgotten meanwhile."""
        ...

    async def withdraw(self, keys: pl.DataFrame) -> set[tuple[str, str, str]]:
        """Remove statements, and the evidence that they overruled; the keys on which there was one."""
        ...


class WritableGraph(Protocol):
    """The graph, to be written."""

    async def transact(self, doing: str, work: Callable[[GraphTransaction], Awaitable[T]]) -> tuple[T, str]:
        """Do some work in one transaction, again from its start where that can help: what it gave, and the bookmark
        that has it."""
        ...


class ForgettingGraph(Protocol):
    """The graph, in which people can be forgotten."""

    async def forget(self, person_id: str) -> tuple[list[str], str]:
        """Keep a mark of somebody, and nothing else: the names they had, if any, and the database's bookmark. Nobody
        who writes through this service, also now, brings them back."""
        ...


class AuditTrail(Protocol):
    """Remembers who changed what, when. Nothing that was appended changes any more."""

    async def append(self, entry: AuditEntry) -> None:
        """Have an entry for good when this returns; Unavailable where that cannot be."""
        ...


class SnapshotWaiting(Protocol):
    """Knows when a snapshot contains what was written."""

    async def containing(self, bookmark: str) -> None:
        """Return when the newest snapshot has everything up to a bookmark."""
        ...

    async def without(self, person_id: str) -> None:
        """Return when the newest snapshot, in memory and on disk, has nobody of this id."""
        ...

"""Snapshots: which state of the graph an answer comes from."""

from datetime import date, datetime

import strawberry

from service.api.context import Info
from service.domain.snapshots import SnapshotInfo


@strawberry.type(description="A state of the graph, held in memory, that answers are computed from.")
class Snapshot:
    id: strawberry.ID = strawberry.field(description="A digest of the content: equal graphs have equal ids.")
    built_at: datetime = strawberry.field(description="When it was read from Neo4j.")
    info: strawberry.Private[SnapshotInfo]

    @classmethod
    def of(cls, snapshot: SnapshotInfo) -> "Snapshot":
        return cls(id=strawberry.ID(snapshot.id), built_at=snapshot.built_at, info=snapshot)

    @strawberry.field(description="How many people are in it.")
    def people(self, info: Info) -> int:
        return self._counts(info)[0]

    @strawberry.field(description="How many trust relationships are in it.")
    def relationships(self, info: Info) -> int:
        return self._counts(info)[1]

    def _counts(self, info: Info) -> tuple[int, int]:
        """As the caller may know them. Of a snapshot that has just been replaced they are those of its successor."""
        if info.context.sight.opted_out:
            return self.info.people, self.info.relationships
        return info.context.snapshot.counts_in(info.context.sight)

    @strawberry.field(description="Whether Neo4j, asked this moment, has nothing that this snapshot lacks.")
    async def current(self, info: Info) -> bool:
        snapshots = info.context.services.snapshots
        latest = snapshots.latest()
        return latest.info.id == self.id and await snapshots.is_current(latest)

    @strawberry.field(description="The day that a question is about where it names none.")
    def as_of(self, info: Info) -> date:
        return info.context.snapshot.as_of(None)

"""Where use cases get the graph to answer from."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from service.graph.snapshot import Snapshot


class SnapshotProvider(Protocol):
    """Holds the newest snapshot."""

    def latest(self) -> "Snapshot":
        """The newest snapshot; Unavailable while none has been built."""
        ...

    async def is_current(self, snapshot: "Snapshot") -> bool:
        """True if Neo4j, asked this moment, has no write that the snapshot lacks; False if it does not answer."""
        ...

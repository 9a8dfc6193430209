"""What ids in an answer stand for, looked up in a snapshot instead of in Neo4j."""

from typing import TYPE_CHECKING

from service.domain.errors import Unavailable

if TYPE_CHECKING:
    from service.graph.texts import Index, Texts
    from service.ports.snapshots import SnapshotProvider


class Names:
    """Names of people, brands and topics by id, for one request.

    An answer may come from another snapshot than the newest. What that lacks, since it was deleted or made in between,
    is Unavailable: asked again, the answer comes from a newer one.
    """

    def __init__(self, snapshots: "SnapshotProvider") -> None:
        self._snapshots = snapshots
        self._known: dict[tuple[str, str], str] = {}

    def person(self, id_: str) -> str:
        people = self._snapshots.latest().people
        return self._name(people.index, people.names, id_)

    def brand(self, id_: str) -> str:
        brands = self._snapshots.latest().brands
        return self._name(brands.index, brands.names, id_)

    def topic(self, id_: str) -> str | None:
        """None where no topic has this id: trust in general, or a topic that only relationships mention."""
        topics = self._snapshots.latest().topics
        place = topics.index.find(id_)
        return None if place is None or not topics.known[place] else topics.names[place]

    def _name(self, index: "Index", names: "Texts", id_: str) -> str:
        """Looked up once a request: paths go through the same people."""
        known = self._known.get((index.kind, id_))
        if known is not None:
            return known
        place = index.find(id_)
        if place is None:
            raise Unavailable(f"The {index.kind} {id_!r} has just been made or removed; ask again.")
        name = self._known[index.kind, id_] = names[place]
        return name

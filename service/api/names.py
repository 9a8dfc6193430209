"""What ids in an answer stand for, looked up in the newest snapshot instead of in Neo4j."""

from typing import TYPE_CHECKING

from service.domain.errors import Unavailable

if TYPE_CHECKING:
    from service.graph.snapshot import Snapshot
    from service.graph.texts import Index, Texts


class Names:
    """Names of people, brands and topics by id.

    An answer may come from an older snapshot than the newest. What has been deleted in between is Unavailable:
    asked again, the answer comes from the newer one.
    """

    def __init__(self, snapshot: "Snapshot") -> None:
        self._snapshot = snapshot

    def person(self, id_: str) -> str:
        return _name(self._snapshot.people.index, self._snapshot.people.names, id_)

    def brand(self, id_: str) -> str:
        return _name(self._snapshot.brands.index, self._snapshot.brands.names, id_)

    def topic(self, id_: str) -> str | None:
        """None where no topic has this id: trust in general, or a topic that only relationships mention."""
        topics = self._snapshot.topics
        place = topics.index.find(id_)
        return None if place is None or not topics.known[place] else topics.names[place]


def _name(index: "Index", names: "Texts", id_: str) -> str:
    place = index.find(id_)
    if place is None:
        raise Unavailable(f"The {index.kind} {id_!r} was removed while the answer was computed; ask again.")
    return names[place]

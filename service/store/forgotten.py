"""Who was forgotten, as Neo4j remembers it: marks, and no ids."""

from typing import TYPE_CHECKING

from service.domain.errors import KeyLost
from service.domain.forgetting import Forgotten

if TYPE_CHECKING:
    from service.domain.forgetting import Marks
    from service.store.database import Database, Transaction


async def read_forgotten(database: "Database | Transaction", marks: "Marks | None") -> Forgotten:
    """All marks; KeyLost where some were made with another key, so that nobody could be recognised by them."""
    (row,) = await database.fetch("forgotten_people")
    if row["marks"] and (marks is None or row["keyIds"] != [marks.key_id]):
        raise KeyLost
    return Forgotten(marks, frozenset(row["marks"]))

"""Who is where, read from Neo4j; implements `service.ports.locations`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.store.database import Database


class Neo4jLocations:
    """Reads the ids of the people at a location."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    async def __call__(self, location: str) -> list[str]:
        return [
            row["personId"]
            for row in await self._database.fetch_packed("people_at_location", ("personId",), location=location)
        ]

"""Constraints and indexes, brought into being where they are missing."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.store.database import Database


async def apply_schema(database: "Database") -> None:
    """Run every schema statement, then wait until all indexes are online.

    Each says IF NOT EXISTS: where all is there nothing is committed, so the bookmark does not move. Raises
    StatementFailed where the data break a constraint, or an index of that name covers something else.
    """
    for statement in database.catalog:
        if statement.access == "schema":
            await database.execute(statement.name, {})
    await database.fetch("await_indexes")

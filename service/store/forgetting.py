"""Forgetting a person in Neo4j, for good: also transactions that were open meanwhile cannot bring them back."""

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.domain.forgetting import Marks
    from service.store.database import Database

LONGEST_WRITE_SECONDS = 65
"""After that Neo4j has ended whatever of ours may have begun to write before the mark was there."""

PAUSE_SECONDS = 0.2


class Neo4jForgetting:
    """The ForgettingGraph of a database."""

    def __init__(self, database: "Database", marks: "Marks") -> None:
        self._database = database
        self._marks = marks

    async def forget(self, person_id: str) -> tuple[list[str], str]:
        """See the port. The mark is committed first: whoever begins to write after that asks for it, and whoever began
        before is waited for."""
        mark, key_id = self._marks.of(person_id), self._marks.key_id
        (row,) = await self._database.fetch("remember_forgotten", mark=mark, keyId=key_id)
        names = await self._delete(person_id)
        await self._older_ended(row["at"])
        names += await self._delete(person_id)
        return names, await self._database.bookmark()

    async def _delete(self, person_id: str) -> list[str]:
        (row,) = await self._database.fetch("forget_person", id=person_id)
        return list(row["names"])

    async def _older_ended(self, moment: str) -> None:
        """Wait for transactions that began before a moment."""
        until = monotonic() + LONGEST_WRITE_SECONDS
        while monotonic() < until:
            (row,) = await self._database.fetch("open_since", moment=moment)
            if not row["transactions"]:
                return
            await asyncio.sleep(PAUSE_SECONDS)

"""Have somebody left out of every answer, or back in."""

from typing import TYPE_CHECKING

import polars as pl

from service.domain.errors import NotFound
from service.domain.writing import RowOutcome, WriteOutcome
from service.ports.loading import GraphTable
from service.use_cases.writing.call import Judged, WriteCall
from service.use_cases.writing.rows import statuses_of

if TYPE_CHECKING:
    from service.domain.caller import Caller
    from service.ports.writing import GraphTransaction


class OptOut:
    """`optOut`: people who opted out are in no path and no community. NotFound where there is nobody of this id."""

    def __init__(self, call: WriteCall) -> None:
        self._call = call

    async def __call__(self, caller: "Caller", person_id: str, *, opted_out: bool) -> WriteOutcome:
        async def work(transaction: "GraphTransaction") -> Judged:
            await transaction.lock([person_id])
            if not (await transaction.known([person_id], [], [])).people:
                raise NotFound("person", person_id)
            row = pl.DataFrame({"id": [person_id], "optedOut": [opted_out]})
            (status,) = statuses_of([0], await transaction.upsert(GraphTable.PEOPLE, row)).values()
            return Judged((RowOutcome(0, status),), people=frozenset([person_id]))

        return await self._call(caller, "optOut", 1, work)

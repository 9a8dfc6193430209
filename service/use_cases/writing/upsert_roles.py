"""Create people's roles at brands, or change them; what a row leaves out stays as it is."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from service.domain.writing import RowStatus, WriteOutcome
from service.ingest.given import as_given, given_table
from service.ingest.raw import LINE
from service.ingest.relations import check_roles
from service.ingest.tables import ROLES
from service.ports.loading import GraphTable
from service.use_cases.writing.call import Judged, WriteCall
from service.use_cases.writing.rows import as_text, ids_in, known_to, outcomes_of, statuses_of

if TYPE_CHECKING:
    from service.domain.caller import Caller
    from service.ports.writing import GraphTransaction

_VALUES = ("title", "strength", "until")


class UpsertRoles:
    """`upsertRoles`: one role a (person, brand, kind, topic, since)."""

    def __init__(self, call: WriteCall) -> None:
        self._call = call

    async def __call__(self, caller: "Caller", rows: Sequence[Mapping[str, object]]) -> WriteOutcome:
        async def work(transaction: "GraphTransaction") -> Judged:
            raw = given_table(ROLES, rows)
            people = ids_in(raw, "personId")
            await transaction.lock(people)
            table = check_roles(raw, await known_to(raw, transaction, people))
            statuses: dict[int, RowStatus] = {}
            for part in as_given(as_text(table.rows), rows, _VALUES):
                outcomes = await transaction.upsert(GraphTable.ROLES, part.drop(LINE))
                statuses |= statuses_of(part[LINE], outcomes)
            lines = [line for line, status in statuses.items() if status is not RowStatus.UNCHANGED]
            changed = as_text(table.rows).filter(pl.col(LINE).is_in(lines))
            return Judged(outcomes_of(table, statuses), frozenset(changed["personId"]), frozenset(changed["brandId"]))

        return await self._call(caller, "upsertRoles", len(rows), work)

"""State trust or distrust outright, in the place of what interactions give, and withdraw what was stated."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from service.domain.writing import RowStatus, WriteOutcome
from service.ingest.derive import statements, trust_of
from service.ingest.evidence import KEY, Evidence
from service.ingest.given import given_table
from service.ingest.raw import LINE
from service.ingest.relations import check_keys_of_trust, check_trust
from service.ingest.tables import TRUST, TableSpec
from service.ports.loading import GraphTable
from service.use_cases.writing.call import Judged, WriteCall
from service.use_cases.writing.rows import as_text, ids_in, known_to, outcomes_of, statuses_of

if TYPE_CHECKING:
    from service.domain.caller import Caller
    from service.ports.writing import GraphTransaction

Rows = Sequence[Mapping[str, object]]

_WITHDRAWN = TableSpec("trust", ("fromId", "toId"), ("topicId",))


class StateTrust:
    """`stateTrust`: one statement a (from, to, topic), which stands until it is withdrawn. The evidence it replaces is
    kept beside it, and grows by what is recorded meanwhile."""

    def __init__(self, call: WriteCall) -> None:
        self._call = call

    async def __call__(self, caller: "Caller", rows: Rows) -> WriteOutcome:
        async def work(transaction: "GraphTransaction") -> Judged:
            raw = given_table(TRUST, rows)
            people = ids_in(raw, "fromId", "toId")
            await transaction.lock(people)
            table = check_trust(raw, await known_to(raw, transaction, people))
            stated = as_text(table.rows).sort(KEY)
            between = await transaction.between(stated)
            evidence = Evidence.stored(between.evidence).by_relationship().collect()
            await transaction.upsert(GraphTable.OVERRULED, evidence)
            statuses: dict[int, RowStatus] = {}
            trust, distrust = statements(stated)
            for kind, part in ((GraphTable.TRUST, trust), (GraphTable.DISTRUST, distrust)):
                lines = stated.join(part, on=KEY, how="semi", maintain_order="left")[LINE]
                statuses |= statuses_of(lines, await transaction.upsert(kind, part))
            changed = [line for line, status in statuses.items() if status is not RowStatus.UNCHANGED]
            return Judged(outcomes_of(table, statuses), _people(stated.filter(pl.col(LINE).is_in(changed))))

        return await self._call(caller, "stateTrust", len(rows), work)


class WithdrawTrust:
    """`withdrawTrust`: what was stated goes, and what the interactions give comes back."""

    def __init__(self, call: WriteCall) -> None:
        self._call = call

    async def __call__(self, caller: "Caller", rows: Rows) -> WriteOutcome:
        async def work(transaction: "GraphTransaction") -> Judged:
            raw = given_table(_WITHDRAWN, rows)
            people = ids_in(raw, "fromId", "toId")
            await transaction.lock(people)
            table = check_keys_of_trust(raw, await known_to(raw, transaction, people))
            keys = as_text(table.rows).sort(KEY)
            between = await transaction.between(keys)
            withdrawn = await transaction.withdraw(keys)
            freed = between.evidence.join(_frame(withdrawn), on=KEY, how="semi", maintain_order="left")
            trust = trust_of(Evidence.stored(freed), await transaction.dataset())
            await transaction.upsert(GraphTable.TRUST, trust)
            statuses = {
                line: RowStatus.REMOVED for line, *key in keys.select(LINE, *KEY).iter_rows() if tuple(key) in withdrawn
            }
            return Judged(outcomes_of(table, statuses), _people(_frame(withdrawn)))

        return await self._call(caller, "withdrawTrust", len(rows), work)


def _frame(keys: set[tuple[str, str, str]]) -> pl.DataFrame:
    return pl.DataFrame(sorted(keys), schema=dict.fromkeys(KEY, pl.String), orient="row")


def _people(keys: pl.DataFrame) -> frozenset[str]:
    return frozenset(keys["fromId"]) | frozenset(keys["toId"])

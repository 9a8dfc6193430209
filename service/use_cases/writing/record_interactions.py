"""Record interactions: trust and activity grow by them as if all had come in one file."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from service.domain.model import GENERAL_TOPIC
from service.domain.writing import RowStatus, WriteOutcome
from service.ingest.activity import with_more
from service.ingest.derive import trust_of
from service.ingest.evidence import KEY, Evidence, ref_numbers
from service.ingest.given import given_table
from service.ingest.raw import LINE
from service.ingest.relations import check_interactions, check_refs
from service.ingest.tables import INTERACTIONS
from service.ports.loading import GraphTable
from service.use_cases.writing.call import Judged, WriteCall
from service.use_cases.writing.rows import as_text, ids_in, known_to, outcomes_of

if TYPE_CHECKING:
    from service.domain.caller import Caller
    from service.domain.model import Dataset
    from service.ports.writing import Between, GraphTransaction


class RecordInteractions:
    """`recordInteractions`: each row is one interaction. One with a `ref` counts once, however often it is sent."""

    def __init__(self, call: WriteCall) -> None:
        self._call = call

    async def __call__(self, caller: "Caller", rows: Sequence[Mapping[str, object]]) -> WriteOutcome:
        async def work(transaction: "GraphTransaction") -> Judged:
            raw = given_table(INTERACTIONS, rows)
            people = ids_in(raw, "fromId", "toId")
            await transaction.lock(people)
            table = check_refs(check_interactions(raw, await known_to(raw, transaction, people)))
            interactions = as_text(table.rows)
            between = await transaction.between(interactions.select(KEY).unique())
            new = interactions.join(_known(interactions, between), on=LINE, how="anti", maintain_order="left")
            if new.height:
                dataset = await transaction.dataset()
                await _write_trust(transaction, new, between, dataset)
                await _write_activity(transaction, new, dataset)
            statuses = dict.fromkeys(new[LINE], RowStatus.CREATED)
            changed = frozenset(new["fromId"]) | frozenset(new["toId"])
            return Judged(outcomes_of(table, statuses), changed, frozenset(new["topicId"]) - {GENERAL_TOPIC})

        return await self._call(caller, "recordInteractions", len(rows), work)


def _known(interactions: pl.DataFrame, between: "Between") -> pl.DataFrame:
    """The lines (LINE) of interactions that are in the evidence already, by their ref."""
    numbered = interactions.select(LINE, *KEY, ref_numbers(interactions)).drop_nulls("ref")
    stored = between.evidence.select(*KEY, ref="refs").explode("ref").drop_nulls("ref")
    return numbered.join(stored, on=[*KEY, "ref"], how="semi").select(LINE)


async def _write_trust(
    transaction: "GraphTransaction", new: pl.DataFrame, between: "Between", dataset: "Dataset"
) -> None:
    """Where a statement stands, the evidence grows beneath it."""
    touched = between.evidence.join(new, on=KEY, how="semi")
    trust = trust_of(Evidence.stored(touched) + Evidence.of(new), dataset)
    stated = pl.DataFrame(sorted(between.stated), schema=dict.fromkeys(KEY, pl.String), orient="row")
    await transaction.upsert(GraphTable.TRUST, trust.join(stated, on=KEY, how="anti", maintain_order="left"))
    beneath = trust.join(stated, on=KEY, how="semi", maintain_order="left")
    await transaction.upsert(GraphTable.OVERRULED, beneath.drop("strength", "cost", "paid"))


async def _write_activity(transaction: "GraphTransaction", new: pl.DataFrame, dataset: "Dataset") -> None:
    ends = pl.concat([new.select("topicId", personId=end) for end in ("fromId", "toId")])
    keys = ends.filter(pl.col("topicId") != GENERAL_TOPIC).unique()
    known = await transaction.activity(keys)
    await transaction.upsert(GraphTable.ACTIVITY, with_more(known, new, dataset))

"""Batches of rows as the parameters of the statements that write them (`cypher/write/`)."""

from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl

Params = dict[str, Any]

_TRUST_ROW = (
    "topicId", "strength", "cost", "since", "lastSeen", "channel", "stages", "paid", "evidenceKinds", "evidenceCounts",
    "paidCounts", "channels", "channelCounts", "refs",
)  # fmt: skip
_ROLE_KEY = ("personId", "brandId", "kind", "topicId", "since")


def as_rows(batch: pl.DataFrame) -> Params:
    """Rows as they are."""
    return {"rows": batch.to_dicts()}


def by_pair(batch: pl.DataFrame) -> Params:
    """Rows gathered by who trusts and then whom, as lists of values; stages and evidence that are not there as none."""
    days, placed = _placed_days(batch)
    lists = (pl.col(column) for column in ("stages", "evidenceKinds", "evidenceCounts"))
    rows = placed.with_columns(pl.when(each.list.len() > 0).then(each) for each in lists)
    of_all = rows.select("fromId", "toId", *_TRUST_ROW).iter_rows()
    groups = [
        {
            "fromId": listener,
            "pairs": [
                {"toId": speaker, "rows": [row[2:] for row in of_pair]}
                for speaker, of_pair in groupby(of_listener, itemgetter(1))
            ],
        }
        for listener, of_listener in groupby(of_all, itemgetter(0))
    ]
    return {"days": days, "groups": groups}


def by_listener(batch: pl.DataFrame) -> Params:
    """Rows gathered by who trusts, so that the server looks for (and locks) each listener once."""
    days, placed = _placed_days(batch)
    rows = pl.struct(pl.exclude("fromId")).alias("rows")
    return {"days": days, "groups": placed.group_by("fromId", maintain_order=True).agg(rows).to_dicts()}


def by_person(batch: pl.DataFrame) -> Params:
    """Rows gathered by person, for the same reason."""
    rows = pl.struct(pl.exclude("personId")).alias("rows")
    return {"groups": batch.group_by("personId", maintain_order=True).agg(rows).to_dicts()}


def _placed_days(batch: pl.DataFrame) -> tuple[list[date], pl.DataFrame]:
    """The days of a batch, and rows with positions among them: a date costs the driver more than all the rest."""
    days = pl.concat([batch["since"], batch["lastSeen"]]).drop_nulls().unique().sort()
    positions = pl.Series(range(days.len()), dtype=pl.Int64)
    placed = [pl.col(column).replace_strict(days, positions, default=None) for column in ("since", "lastSeen")]
    return days.to_list(), batch.with_columns(placed)


def with_values(batch: pl.DataFrame) -> Params:
    """A role's key flat, what the file says beyond it under `values`."""
    rows = []
    for values in batch.to_dicts():
        key = {column: values.pop(column) for column in _ROLE_KEY}
        rows.append(key | {"values": values})
    return {"rows": rows}

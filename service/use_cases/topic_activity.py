"""How active people are on the topics of a question, by their positions in the snapshot."""

import asyncio
from collections.abc import Collection

import polars as pl

from service.graph.influence.standing import TopicActivity
from service.graph.snapshot import Int, Snapshot
from service.ports.activity import ActivitySource


async def topic_activity(
    source: ActivitySource, snapshot: Snapshot, topic_ids: Collection[str], until: int, others: Int
) -> TopicActivity:
    """Everybody active on these topics up to a month, and others by position, whether they are or not.

    People who are too new for the snapshot count in the sums only.
    """
    monthly, in_all = await asyncio.gather(source.on_topics(topic_ids, until), source.total(until))
    summed, ids = await asyncio.to_thread(_summed, snapshot, monthly, others)
    totals = await source.totals_of(ids, until)
    in_scope = int(monthly.select(pl.sum("given") + pl.sum("received")).item())
    return await asyncio.to_thread(_activity, snapshot, summed, totals, in_scope, in_all)


def _summed(snapshot: Snapshot, monthly: pl.DataFrame, others: Int) -> tuple[pl.DataFrame, list[str]]:
    """Interactions given and received by everybody, those of others being none; and all their ids."""
    ids = snapshot.people.index.ids.at(others.tolist())
    nothing = pl.DataFrame({"personId": ids, "given": 0, "received": 0}, schema=_SUMS)
    active = monthly.select(_SUMS.keys())
    summed = pl.concat([active, nothing]).group_by("personId").sum()
    return summed, summed["personId"].to_list()


_SUMS = {"personId": pl.String(), "given": pl.Int64(), "received": pl.Int64()}


def _activity(
    snapshot: Snapshot, summed: pl.DataFrame, totals: pl.DataFrame, in_scope: int, in_all: int
) -> TopicActivity:
    find = snapshot.people.index.find
    rows = (
        summed.join(totals, on="personId", how="left")
        .with_columns(
            pl.col("interactions").fill_null(0), person=pl.Series(map(find, summed["personId"]), dtype=pl.Int32)
        )
        .filter(pl.col("person").is_not_null())
        .sort("person")
    )
    return TopicActivity(
        person=rows["person"].to_numpy(),
        given=rows["given"].to_numpy(),
        received=rows["received"].to_numpy(),
        everywhere=rows["interactions"].to_numpy(),
        in_scope=in_scope,
        in_all=in_all,
    )

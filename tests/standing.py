"""What the tests of standing share: activity made up for a scenario, and a source of it."""

from collections.abc import Collection, Mapping

import numpy as np
import polars as pl

from service.domain.vocabulary import TopicScope
from service.graph.snapshot import Snapshot, day_number
from service.graph.standing import Standings, TopicActivity, standings
from service.graph.topic_network import TopicNetwork, topic_network
from service.ports.activity import ACTIVITY_SCHEMA, TOTALS_SCHEMA
from tests.scenario import AS_OF

Rows = Collection[tuple[str, str, int, int, int]]
"""(person, topic, month, given, received)."""


class HereActivity:
    """An ActivitySource of rows in memory; the test moves `changes` as if somebody had written."""

    def __init__(self, rows: Rows) -> None:
        self.rows = pl.DataFrame([(*row, 0) for row in sorted(rows)], schema=ACTIVITY_SCHEMA, orient="row")
        self.changes = 0
        self.reads = 0

    async def on_topics(self, topic_ids: Collection[str], until: int) -> pl.DataFrame:
        self.reads += 1
        return self.rows.filter(pl.col("topicId").is_in(list(topic_ids)), pl.col("month") <= until)

    async def of_person(self, person_id: str, until: int) -> pl.DataFrame:
        return self.rows.filter(pl.col("personId") == person_id, pl.col("month") <= until)

    async def totals(self, topic_ids: Collection[str], until: int) -> pl.DataFrame:
        return await self.totals_of((await self.on_topics(topic_ids, until))["personId"].to_list(), until)

    async def totals_of(self, person_ids: Collection[str], until: int) -> pl.DataFrame:
        counted = self.rows.filter(pl.col("personId").is_in(list(person_ids)), pl.col("month") <= until)
        summed = counted.group_by("personId").agg(interactions=(pl.col("given") + pl.col("received")).sum())
        return summed.sort("personId").cast(TOTALS_SCHEMA)  # type: ignore[arg-type]

    async def total(self, until: int) -> int:
        counted = self.rows.filter(pl.col("month") <= until)
        return int(counted.select(pl.sum("given") + pl.sum("received")).item())

    async def version(self, bookmark: str) -> int:
        return self.changes


def network_of(
    snapshot: Snapshot, topic_id: str = "net", scope: TopicScope = TopicScope.RELATED, as_of: int = day_number(AS_OF)
) -> TopicNetwork:
    return topic_network(snapshot, snapshot.topics.index.of(topic_id), scope, as_of)


def standings_of(
    snapshot: Snapshot, active: Mapping[str, tuple[int, int, int]], *, in_all: int | None = None
) -> Standings:
    """On 'net', with (given, received, on all topics) of people; nobody else counts in the sums."""
    ids = snapshot.people.index.ids
    rows = np.array([active.get(id_, (0, 0, 0)) for id_ in ids], dtype=np.int64)
    activity = TopicActivity(
        np.arange(len(ids), dtype=np.int32),
        rows[:, 0],
        rows[:, 1],
        rows[:, 2],
        in_scope=int(rows[:, :2].sum()),
        in_all=int(rows[:, 2].sum()) if in_all is None else in_all,
    )
    return standings(network_of(snapshot), activity, snapshot.people.opted_out)

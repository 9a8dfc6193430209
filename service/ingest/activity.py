"""Monthly activity: how often each person acted, and was acted on, on each topic. What currents are made of."""

from typing import TYPE_CHECKING

import polars as pl

from service.domain.model import GENERAL_TOPIC

if TYPE_CHECKING:
    from service.domain.model import Dataset

ACTIVITY_COLUMNS = ("personId", "topicId", "months", "given", "received", "posts")


def derive_activity(interactions: pl.DataFrame, dataset: "Dataset") -> pl.DataFrame:
    """Activity (ACTIVITY_COLUMNS), one row a person and topic, from interactions `at` (UTC day), fromId, toId, topicId,
    kind.

    `months` are numbers like 202405, ascending; beside each, `given` counts interactions from the person, `received`
    those to the person, `posts` those given that are of a content kind. Interactions on no topic in particular are
    left out: there is no topic whose activity they would be.
    """
    return _folded(_by_month(interactions, dataset))


def with_more(activity: pl.DataFrame, interactions: pl.DataFrame, dataset: "Dataset") -> pl.DataFrame:
    """Activity (ACTIVITY_COLUMNS) that interactions are added to, which are not in it yet."""
    known = activity.lazy().explode("months", "given", "received", "posts").rename({"months": "month"})
    return _folded(pl.concat([known, _by_month(interactions, dataset)], how="diagonal"))


def _by_month(interactions: pl.DataFrame, dataset: "Dataset") -> pl.LazyFrame:
    on_topics = interactions.lazy().filter(pl.col("topicId") != GENERAL_TOPIC)
    month = pl.col("at").dt.year().cast(pl.Int64) * 100 + pl.col("at").dt.month()
    counts = on_topics.group_by("fromId", "toId", "topicId", month.alias("month")).agg(
        count=pl.len().cast(pl.Int64),
        posts=pl.col("kind").is_in(list(dataset.content_kinds)).sum().cast(pl.Int64),
    )
    nothing = pl.lit(0, pl.Int64)
    sides = (
        counts.select("topicId", "month", "posts", personId="fromId", given="count", received=nothing),
        counts.select("topicId", "month", posts=nothing, personId="toId", given=nothing, received="count"),
    )
    return pl.concat(sides, how="diagonal")


def _folded(by_month: pl.LazyFrame) -> pl.DataFrame:
    return (
        by_month.group_by("personId", "topicId", "month")
        .agg(pl.col("given", "received", "posts").sum())
        .sort("personId", "topicId", "month")
        .group_by("personId", "topicId", maintain_order=True)
        .agg(pl.col("month").alias("months"), pl.col("given", "received", "posts"))
        .select(ACTIVITY_COLUMNS)
        .collect()
    )

"""What trust rests on, kept so that more can be added to it: the counts behind a relationship, not the interactions.

Whoever adds interactions to what is stored gets the very counts that all of them together would have given.
"""

import hashlib
from dataclasses import dataclass

import polars as pl

from service.domain.vocabulary import PurchaseStage

KEY = ("fromId", "toId", "topicId")
_PATH_TO_PURCHASE = pl.Enum(stage.value for stage in PurchaseStage)
"""Sorts stages in their order."""

_TEXTS, _NUMBERS = pl.List(pl.String), pl.List(pl.Int64)
STORED_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    **dict.fromkeys(KEY, pl.String),
    "since": pl.Date,
    "lastSeen": pl.Date,
    "channel": pl.String,
    "stages": _TEXTS,
    "evidenceKinds": _TEXTS,
    "evidenceCounts": _NUMBERS,
    "paidCounts": _NUMBERS,
    "channels": _TEXTS,
    "channelCounts": _NUMBERS,
    "refs": _NUMBERS,
}
"""Evidence as a relationship has it. `paidCounts`, side by side with the kinds, is null where nothing was paid;
`channels` and their counts are null where all interactions came by `channel`, or none by any; `refs` are the numbers of
the interactions that have a `ref`, ascending, null where none has."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts by KEY: `kinds` (kind, count, paid, since, lastSeen), `channels` (channel, count), `stages` (stage) and
    `refs` (ref, a number of `ref_numbers`). A kind may have several rows."""

    kinds: pl.LazyFrame
    channels: pl.LazyFrame
    stages: pl.LazyFrame
    refs: pl.LazyFrame

    @classmethod
    def of(cls, interactions: pl.DataFrame) -> "Evidence":
        """Of interactions `at` (UTC day), fromId, toId, topicId, kind, channel, stage, paid and perhaps ref."""
        rows = interactions.lazy()
        kinds = rows.group_by(*KEY, "kind").agg(
            count=pl.len().cast(pl.Int64),
            paid=pl.col("paid").sum().cast(pl.Int64),
            since=pl.col("at").min(),
            lastSeen=pl.col("at").max(),
        )
        by_channel = rows.filter(pl.col("channel").is_not_null()).group_by(*KEY, "channel")
        return cls(
            kinds,
            by_channel.agg(count=pl.len().cast(pl.Int64)),
            rows.filter(pl.col("stage").is_not_null()).select(*KEY, "stage"),
            _refs(interactions),
        )

    @classmethod
    def stored(cls, rows: pl.DataFrame) -> "Evidence":
        """Of relationships, STORED_SCHEMA."""
        every = rows.lazy()
        total = pl.col("evidenceCounts").list.sum()
        mixed = pl.col("channels").is_not_null()
        by_one = every.filter(~mixed & pl.col("channel").is_not_null()).select(*KEY, "channel", count=total)
        by_many = every.filter(mixed).select(*KEY, channel="channels", count="channelCounts")
        nothing_paid = pl.col("evidenceCounts") * 0
        return cls(
            every.select(
                *KEY,
                kind="evidenceKinds",
                count="evidenceCounts",
                paid=pl.col("paidCounts").fill_null(nothing_paid),
                since="since",
                lastSeen="lastSeen",
            ).explode("kind", "count", "paid"),
            pl.concat([by_one, by_many.explode("channel", "count")]),
            every.select(*KEY, stage="stages").explode("stage").drop_nulls("stage"),
            every.select(*KEY, ref="refs").explode("ref").drop_nulls("ref"),
        )

    def __add__(self, other: "Evidence") -> "Evidence":
        """Both together."""
        return Evidence(
            pl.concat([self.kinds, other.kinds]),
            pl.concat([self.channels, other.channels]),
            pl.concat([self.stages, other.stages]),
            pl.concat([self.refs, other.refs]),
        )

    def by_relationship(self) -> pl.LazyFrame:
        """STORED_SCHEMA, one row a KEY, in that order."""
        count, paid = pl.col("count").sum(), pl.col("paid").sum()
        by_kind = self.kinds.group_by(*KEY, "kind").agg(count, paid, pl.col("since").min(), pl.col("lastSeen").max())
        relationships = (
            by_kind.sort(*KEY, "kind")
            .group_by(*KEY, maintain_order=True)
            .agg(
                pl.col("since").min(),
                pl.col("lastSeen").max(),
                evidenceKinds=pl.col("kind"),
                evidenceCounts=pl.col("count"),
                paidCounts=pl.col("paid"),
            )
        )
        for part in (self._channel_lists(), self._stage_lists(), self._ref_lists()):
            relationships = relationships.join(part, on=KEY, how="left", maintain_order="left")
        only_one = (pl.col("channels").list.len() == 1) & (
            pl.col("channelCounts").list.sum() == pl.col("evidenceCounts").list.sum()
        )
        return relationships.with_columns(
            pl.col("stages").fill_null([]),
            pl.when(pl.col("paidCounts").list.sum() > 0).then("paidCounts"),
            pl.when(~only_one).then("channels"),
            pl.when(~only_one).then("channelCounts"),
        ).select(list(STORED_SCHEMA))

    def _channel_lists(self) -> pl.LazyFrame:
        """`channel` is the one most often used, of several the first by code point."""
        counted = self.channels.group_by(*KEY, "channel").agg(pl.col("count").sum())
        most = pl.col("channel").sort_by("count", "channel", descending=[True, False]).first()
        return (
            counted.sort(*KEY, "channel")
            .group_by(*KEY, maintain_order=True)
            .agg(channels=pl.col("channel"), channelCounts=pl.col("count"), channel=most)
        )

    def _stage_lists(self) -> pl.LazyFrame:
        """In the order of the path to purchase."""
        in_order = pl.col("stage").cast(_PATH_TO_PURCHASE).unique().sort()
        return self.stages.group_by(*KEY).agg(stages=in_order).cast({"stages": _TEXTS})

    def _ref_lists(self) -> pl.LazyFrame:
        return self.refs.group_by(*KEY).agg(refs=pl.col("ref").unique().sort())


def ref_numbers(rows: pl.DataFrame) -> pl.Series:
    """A number for each row's `kind` and `ref`, null without a ref: the first 64 bits of their BLAKE2b. Compared only
    within one KEY, where two refs do not meet in one number by chance."""
    named = rows.lazy().filter(pl.col("ref").is_not_null()).select("kind", "ref").unique().collect()
    numbers = pl.Series([_number(kind, ref) for kind, ref in named.iter_rows()], dtype=pl.Int64)
    found = rows.select("kind", "ref").join(
        named.with_columns(number=numbers), on=["kind", "ref"], how="left", maintain_order="left"
    )
    return found["number"].alias("ref")


def _refs(interactions: pl.DataFrame) -> pl.LazyFrame:
    schema = {column: interactions.schema[column] for column in KEY}
    if "ref" not in interactions.columns or interactions["ref"].null_count() == interactions.height:
        return pl.LazyFrame(schema={**schema, "ref": pl.Int64})
    named = interactions.filter(pl.col("ref").is_not_null())
    return named.select(*KEY, ref_numbers(named)).lazy()


def _number(kind: str, ref: str) -> int:
    digest = hashlib.blake2b(f"{kind}\0{ref}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)

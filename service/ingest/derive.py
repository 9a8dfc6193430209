"""From evidence to trust: what people did with each other becomes how much one acts on what the other says.

For one (from, to, topic): evidence = Σ weight(kind) · count(kind), a paid interaction counting for half;
strength = 1 − exp(−evidence / saturation), clipped. What somebody states outright replaces what is derived.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from service.domain.vocabulary import PurchaseStage

if TYPE_CHECKING:
    from service.domain.model import Dataset

WEAKEST = 0.001
STRONGEST = 0.99
OTHER_KIND_WEIGHT = 1.0
PAID_SHARE = 0.5
_MICRO = 1_000_000
_PATH_TO_PURCHASE = pl.Enum(stage.value for stage in PurchaseStage)
"""Sorts stages in their order."""

KEY = ("fromId", "toId", "topicId")
TRUST_COLUMNS = (
    *KEY, "strength", "cost", "since", "lastSeen", "channel", "stages", "paid", "evidenceKinds", "evidenceCounts",
)  # fmt: skip
DISTRUST_COLUMNS = (*KEY, "strength", "since", "lastSeen")


@dataclass(frozen=True, slots=True)
class TrustTables:
    """Relationships to write: one row per (from, to, topic), in one of the two tables only."""

    trust: pl.DataFrame
    distrust: pl.DataFrame


def derive_trust(interactions: pl.DataFrame, dataset: "Dataset") -> pl.DataFrame:
    """Trust (TRUST_COLUMNS) from interactions `at` (UTC day), fromId, toId, topicId, kind, channel, stage, paid.

    `channel` is the one most often used, of several the first by code point; `stages` are those of the path to
    purchase that any interaction was at, in the order of that path. Kinds are summed in their order, so
    that equal evidence gives equal bits.
    """
    by_kind = (
        interactions.lazy()
        .group_by(*KEY, "kind")
        .agg(
            count=pl.len().cast(pl.Int64),
            paid_count=pl.col("paid").sum().cast(pl.Int64),
            since=pl.col("at").min(),
            lastSeen=pl.col("at").max(),
        )
        .with_columns(evidence=_weights(dataset) * (pl.col("count") - PAID_SHARE * pl.col("paid_count")))
        .sort(*KEY, "kind")
    )
    relationships = by_kind.group_by(*KEY, maintain_order=True).agg(
        pl.col("evidence").sum(),
        pl.col("since").min(),
        pl.col("lastSeen").max(),
        paid=pl.col("paid_count").sum() > 0,
        evidenceKinds=pl.col("kind"),
        evidenceCounts=pl.col("count"),
    )
    strength = 1 - (-pl.col("evidence") / dataset.saturation).exp()
    return (
        relationships.join(_channels(interactions), on=KEY, how="left", maintain_order="left")
        .join(_stages(interactions), on=KEY, how="left", maintain_order="left")
        .with_columns(pl.col("stages").fill_null([]), strength=strength.clip(WEAKEST, STRONGEST))
        .with_columns(cost=_cost())
        .select(TRUST_COLUMNS)
        .collect()
    )


def with_statements(derived: pl.DataFrame, stated: pl.DataFrame) -> TrustTables:
    """Let statements (KEY, strength in [−1, 1] but not 0, since, lastSeen, channel, paid) replace what was derived."""
    left = derived.join(stated, on=KEY, how="anti", maintain_order="left")
    clipped = stated.with_columns(pl.col("strength").abs().clip(WEAKEST, STRONGEST))
    positive = stated["strength"] > 0
    trust = clipped.filter(positive).with_columns(
        cost=_cost(),
        stages=pl.lit([], pl.List(pl.String)),
        evidenceKinds=pl.lit([], pl.List(pl.String)),
        evidenceCounts=pl.lit([], pl.List(pl.Int64)),
    )
    return TrustTables(
        trust=pl.concat([left, trust.select(TRUST_COLUMNS)]).sort(KEY),
        distrust=clipped.filter(~positive).select(DISTRUST_COLUMNS).sort(KEY),
    )


def unweighted_kinds(interactions: pl.DataFrame, dataset: "Dataset") -> dict[str, int]:
    """How often each kind occurs to which the data set gives no weight."""
    counts = interactions.group_by("kind").len().sort("kind")
    return {kind: count for kind, count in counts.iter_rows() if kind not in dataset.weights}


def _weights(dataset: "Dataset") -> pl.Expr:
    if not dataset.weights:
        return pl.lit(OTHER_KIND_WEIGHT)
    known = list(dataset.weights)
    return pl.col("kind").replace_strict(
        known, [dataset.weights[kind] for kind in known], default=OTHER_KIND_WEIGHT, return_dtype=pl.Float64
    )


def _channels(interactions: pl.DataFrame) -> pl.LazyFrame:
    return (
        interactions.lazy()
        .filter(pl.col("channel").is_not_null())
        .group_by(*KEY, "channel")
        .len()
        .sort("len", "channel", descending=[True, False])
        .group_by(*KEY, maintain_order=True)
        .agg(pl.col("channel").first())
    )


def _stages(interactions: pl.DataFrame) -> pl.LazyFrame:
    return (
        interactions.lazy()
        .filter(pl.col("stage").is_not_null())
        .group_by(*KEY)
        .agg(stages=pl.col("stage").cast(_PATH_TO_PURCHASE).unique().sort())
        .cast({"stages": pl.List(pl.String)})
    )


def _cost() -> pl.Expr:
    """`round(−ln(strength) · 10⁶)` of the strength as it is stored."""
    return (-pl.col("strength").log() * _MICRO).round(mode="half_to_even").cast(pl.Int64).alias("cost")

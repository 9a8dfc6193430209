"""From evidence to trust: what people did with each other becomes how much one acts on what the other says.

For one (from, to, topic): evidence = Σ weight(kind) · count(kind), a paid interaction counting for half;
strength = 1 − exp(−evidence / saturation), clipped. What somebody states outright replaces what is derived.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from service.ingest.evidence import KEY, STORED_SCHEMA, Evidence

if TYPE_CHECKING:
    from service.domain.model import Dataset

WEAKEST = 0.001
STRONGEST = 0.99
OTHER_KIND_WEIGHT = 1.0
PAID_SHARE = 0.5
_MICRO = 1_000_000

_BEHIND_COUNTS = ("paidCounts", "channels", "channelCounts", "refs")
TRUST_COLUMNS = (
    *KEY, "strength", "cost", "since", "lastSeen", "channel", "stages", "paid", "evidenceKinds", "evidenceCounts",
    *_BEHIND_COUNTS,
)  # fmt: skip
DISTRUST_COLUMNS = (*KEY, "strength", "since", "lastSeen")


@dataclass(frozen=True, slots=True)
class TrustTables:
    """Relationships to write: one row per (from, to, topic), in one of the first two tables only. `overruled` is the
    evidence (STORED_SCHEMA) in whose place a statement stands: it comes back when that is withdrawn."""

    trust: pl.DataFrame
    distrust: pl.DataFrame
    overruled: pl.DataFrame


def derive_trust(interactions: pl.DataFrame, dataset: "Dataset") -> pl.DataFrame:
    """Trust (TRUST_COLUMNS) from interactions as `Evidence.of` takes them."""
    return trust_of(Evidence.of(interactions), dataset)


def trust_of(evidence: Evidence, dataset: "Dataset") -> pl.DataFrame:
    """Trust (TRUST_COLUMNS) from evidence. Kinds are summed in their order, so that equal evidence gives equal bits."""
    relationships = evidence.by_relationship()
    weighed = (
        relationships.select(*KEY, kind="evidenceKinds", count="evidenceCounts", paid="paidCounts")
        .with_columns(pl.col("paid").fill_null(pl.col("count") * 0))
        .explode("kind", "count", "paid")
        .with_columns(evidence=_weights(dataset) * (pl.col("count") - PAID_SHARE * pl.col("paid")))
        .group_by(*KEY, maintain_order=True)
        .agg(pl.col("evidence").sum())
    )
    strength = 1 - (-pl.col("evidence") / dataset.saturation).exp()
    return (
        relationships.join(weighed, on=KEY, how="left", maintain_order="left")
        .with_columns(strength=strength.clip(WEAKEST, STRONGEST), paid=pl.col("paidCounts").is_not_null())
        .with_columns(cost=_cost())
        .select(TRUST_COLUMNS)
        .collect()
    )


def with_statements(derived: pl.DataFrame, stated: pl.DataFrame) -> TrustTables:
    """Let statements (KEY, strength in [−1, 1] but not 0, since, lastSeen, channel, paid) replace what was derived."""
    trust, distrust = statements(stated)
    left = derived.join(stated, on=KEY, how="anti", maintain_order="left")
    return TrustTables(
        trust=pl.concat([left, trust]).sort(KEY),
        distrust=distrust.sort(KEY),
        overruled=derived.join(stated, on=KEY, how="semi", maintain_order="left").select(list(STORED_SCHEMA)),
    )


def statements(stated: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Statements as trust (TRUST_COLUMNS) and distrust (DISTRUST_COLUMNS), in their order."""
    clipped = stated.with_columns(pl.col("strength").abs().clip(WEAKEST, STRONGEST))
    positive = stated["strength"] > 0
    nothing = {column: pl.lit([], STORED_SCHEMA[column]) for column in ("stages", "evidenceKinds", "evidenceCounts")}
    nothing |= {column: pl.lit(None, STORED_SCHEMA[column]) for column in _BEHIND_COUNTS}
    trust = clipped.filter(positive).with_columns(cost=_cost(), **nothing)
    return trust.select(TRUST_COLUMNS), clipped.filter(~positive).select(DISTRUST_COLUMNS)


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


def _cost() -> pl.Expr:
    """`round(−ln(strength) · 10⁶)` of the strength as it is stored."""
    return (-pl.col("strength").log() * _MICRO).round(mode="half_to_even").cast(pl.Int64).alias("cost")

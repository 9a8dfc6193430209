"""The shape of a graph folder in figures, to hold two side by side."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from service.ingest.folder import CheckedFolder

TAIL = 0.01
PARTS = (0.5, 0.9, 0.99, 0.999)


@dataclass(frozen=True, slots=True)
class Shape:
    """`figures` by name: counts, shares in [0, 1], quantiles. `series`: what is drawn, sorted from large to small:
    relationships per person and direction, per topic, roles per brand; days of age."""

    name: str
    figures: dict[str, float]
    series: "dict[str, NDArray[np.int64]]"


@dataclass(frozen=True, slots=True)
class Tables:
    """What is measured: relationships `fromId, toId, topicId, since, lastSeen, paid`, with ids of any one type."""

    people: int
    trust: pl.DataFrame
    distrust: int
    topics: pl.DataFrame
    roles: pl.DataFrame
    brands: int
    as_of: "date | None"


def shape_of_folder(folder: "CheckedFolder") -> Shape:
    """The shape of a folder that has been read and checked."""
    folder = folder.as_text()
    tables = {name: table.rows for name, table in folder.tables.items()}
    topics = tables["topics"]
    if "parentId" not in topics.columns:
        topics = topics.with_columns(parentId=pl.lit(None, pl.String))
    return measure(
        folder.dataset.name,
        Tables(
            people=tables["people"].height,
            trust=folder.trust.trust,
            distrust=folder.trust.distrust.height,
            topics=topics.select("id", "parentId"),
            roles=tables["roles"],
            brands=tables["brands"].height,
            as_of=folder.dataset.as_of,
        ),
    )


def measure(name: str, tables: Tables) -> Shape:
    """All figures. Degrees are of people who have any in that direction."""
    trust = tables.trust
    pairs = trust.select("fromId", "toId").unique()
    series = {
        "trusts (out)": _counts(trust, "fromId"),
        "trusted by (in)": _counts(trust, "toId"),
        "relationships a topic": _counts(trust, "topicId"),
        "people a brand": _counts(tables.roles.select("personId", "brandId").unique(), "brandId"),
    }
    figures: dict[str, float] = {
        "people": tables.people,
        "trust relationships": trust.height,
        "trust a person": trust.height / tables.people,
        "pairs a person": pairs.height / tables.people,
    }
    for what in ("trusts (out)", "trusted by (in)"):
        figures |= _tail(what, series[what], tables.people)
    figures |= {
        "pairs that are mutual": _answered(pairs, ["fromId", "toId"], ["toId", "fromId"]),
        "relationships answered on the same topic": _answered(
            trust, ["fromId", "toId", "topicId"], ["toId", "fromId", "topicId"]
        ),
        "relationships a pair": trust.height / pairs.height,
        **_forest(tables.topics, series["relationships a topic"], trust.height),
        **_mixing(trust, pairs, tables.topics),
        **_ages(trust, tables.as_of),
        "paid": _share(trust["paid"]),
        "distrust": tables.distrust / (tables.distrust + trust.height),
        **_roles(tables, series["people a brand"]),
    }
    return Shape(name, figures, series | _age_series(trust, tables.as_of))


def _counts(table: pl.DataFrame, column: str) -> "NDArray[np.int64]":
    return table.group_by(column).len()["len"].cast(pl.Int64).sort(descending=True).to_numpy()


def _tail(what: str, degrees: "NDArray[np.int64]", people: int) -> dict[str, float]:
    figures = {f"{what}: people with any": len(degrees) / people}
    quantiles = np.quantile(degrees, PARTS) if len(degrees) else np.zeros(len(PARTS))
    figures |= {
        f"{what}: {part * 100:g} % quantile": float(value) for part, value in zip(PARTS, quantiles, strict=True)
    }
    top = degrees[: max(2, int(len(degrees) * TAIL))]
    spread = np.log(top / top[-1]).mean() if len(top) else 0.0
    return figures | {f"{what}: tail exponent (Hill, top 1 %)": float(1 / spread) if spread else 0.0}


def _answered(rows: pl.DataFrame, there: list[str], back: list[str]) -> float:
    return rows.join(rows.select(back), left_on=there, right_on=back, how="semi").height / rows.height


def _forest(topics: pl.DataFrame, sizes: "NDArray[np.int64]", relationships: int) -> dict[str, float]:
    if topics.is_empty():
        return {"topics": 0}
    roots = topics["parentId"].null_count()
    largest = max(1, round(len(sizes) / 100))
    return {
        "topics": topics.height,
        "trees of topics": roots,
        "topics a tree": topics.height / max(1, roots),
        "relationships about the largest 1 % of topics": float(sizes[:largest].sum()) / relationships,
        "relationships about the largest 10 % of topics": float(sizes[: largest * 10].sum()) / relationships,
    }


def _mixing(trust: pl.DataFrame, pairs: pl.DataFrame, topics: pl.DataFrame) -> dict[str, float]:
    """How far people keep to the tree that most of their trust is about."""
    if topics.is_empty():
        return {}
    about = trust.select("fromId", "toId", pl.col("topicId").alias("id")).join(_roots(topics), on="id")
    ends = pl.concat([about.select(pl.col(end).alias("person"), "root") for end in ("fromId", "toId")])
    counts = ends.group_by("person", "root").len().sort("len", "root", descending=[True, False])
    home = counts.unique("person", keep="first", maintain_order=True).select("person", "root")
    both = pairs.join(home, left_on="fromId", right_on="person").join(home, left_on="toId", right_on="person")
    kept = about.join(home, left_on="fromId", right_on="person")
    return {
        "pairs inside one tree": _share(both["root"] == both["root_right"]),
        "relationships about the listener's tree": _share(kept["root"] == kept["root_right"]),
    }


def _roots(topics: pl.DataFrame) -> pl.DataFrame:
    """id and root of every topic."""
    found = topics.select("id", root="id", above="parentId")
    while found["above"].is_not_null().any():
        higher = topics.select(pl.col("id").alias("above"), pl.col("parentId").alias("next"))
        found = found.join(higher, on="above", how="left").select("id", root=pl.coalesce("above", "root"), above="next")
    return found.select("id", "root")


def _ages(trust: pl.DataFrame, as_of: "date | None") -> dict[str, float]:
    series = _age_series(trust, as_of)
    days = series["days since last seen"]
    spans = trust.select((pl.col("lastSeen") - pl.col("since")).dt.total_days().alias("span"))["span"].drop_nulls()
    figures = {
        f"days since last seen: {part * 100:g} % quantile": float(np.quantile(days, part))
        for part in (0.1, 0.5, 0.9)
        if len(days)
    }
    return figures | {"seen on more than one day": _share(spans > 0)}


def _age_series(trust: pl.DataFrame, as_of: "date | None") -> "dict[str, NDArray[np.int64]]":
    day = pl.col("lastSeen").max() if as_of is None else pl.lit(as_of)
    days = trust.select((day - pl.col("lastSeen")).dt.total_days().alias("age"))["age"].drop_nulls()
    return {"days since last seen": days.sort(descending=True).to_numpy()}


def _roles(tables: Tables, sizes: "NDArray[np.int64]") -> dict[str, float]:
    figures: dict[str, float] = {"brands a 1,000 people": 1000 * tables.brands / tables.people}
    figures |= {
        f"{kind} roles a 1,000 people": 1000 * count / tables.people
        for kind, count in tables.roles.group_by("kind").len().sort("kind").iter_rows()
    }
    if len(sizes):
        figures |= {
            f"people a brand: {part * 100:g} % quantile": float(np.quantile(sizes, part)) for part in (0.5, 0.9, 0.99)
        }
    return figures


def _share(which: pl.Series) -> float:
    return int(which.sum()) / len(which) if len(which) else 0.0

"""A checked graph folder as the files that Neo4j's importer reads: a GraphWriter (`service.ports.loading`) for a
database that is still empty, so that every row is new.

Nodes are numbered here, through all tables, and relationships say these numbers: the importer then has no ids to look
up. What may be missing is an empty cell, which becomes no property; an empty text or list stands in quotes.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl

from service.domain.forgetting import NOBODY
from service.local.errors import LocalProblem
from service.ports.loading import GraphTable, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from service.domain.forgetting import Forgotten
    from service.domain.model import Dataset

_TYPES: dict[pl.DataType | type[pl.DataType], str] = {
    pl.String: "string",
    pl.Boolean: "boolean",
    pl.Int64: "long",
    pl.Float64: "double",
    pl.Date: "date",
    pl.List(pl.String): "string[]",
    pl.List(pl.Int64): "long[]",
    pl.List(pl.Float64): "double[]",
}
_LABELS = {GraphTable.PEOPLE: "Person", GraphTable.BRANDS: "Brand", GraphTable.TOPICS: "Topic"}
_ENDS = {
    GraphTable.TOPIC_LINKS: ("PART_OF", ("id", GraphTable.TOPICS), ("parentId", GraphTable.TOPICS)),
    GraphTable.ROLES: ("HAS_ROLE", ("personId", GraphTable.PEOPLE), ("brandId", GraphTable.BRANDS)),
    GraphTable.TRUST: ("TRUSTS", ("fromId", GraphTable.PEOPLE), ("toId", GraphTable.PEOPLE)),
    GraphTable.DISTRUST: ("DISTRUSTS", ("fromId", GraphTable.PEOPLE), ("toId", GraphTable.PEOPLE)),
    GraphTable.OVERRULED: ("OVERRULED", ("fromId", GraphTable.PEOPLE), ("toId", GraphTable.PEOPLE)),
    GraphTable.ACTIVITY: ("ACTIVE_IN", ("personId", GraphTable.PEOPLE), ("topicId", GraphTable.TOPICS)),
}
_SEPARATORS = [chr(code) for code in range(31, 0, -1) if chr(code) not in "\t\n\r"]
_DAY = "%Y%m%d"
"""Days without hyphens, which the importer reads sooner: it does so by a regular expression, a quarter of its work."""
_ROWS_AT_ONCE = 1_000_000
"""How many rows are made into text at a time, which bounds the memory that takes."""


class ImportFiles:
    """Writes into `folder`. `words` are the importer's arguments for what is there, files by their names alone. Who was
    `forgotten` in the database that is replaced is so in the new one."""

    def __init__(self, folder: "Path", forgotten: "Forgotten" = NOBODY) -> None:
        self._folder = folder
        self._forgotten = forgotten
        self._numbers: dict[GraphTable, tuple[pl.Enum, int]] = {}
        self._nodes = 0
        self._separator = ""
        self._now = datetime.now(UTC).strftime(f"{_DAY}T%H%M%SZ")
        self._files: list[str] = []
        self._many_lines = False

    @property
    def words(self) -> list[str]:
        """Which files hold which nodes and relationships, and how they are written."""
        many_lines = ["--multiline-fields=true"] if self._many_lines else []
        separator = [f"--array-delimiter=U+{ord(self._separator):04X}"] if self._separator else []
        return ["--id-type=actual", *separator, *many_lines, *self._files]

    async def forgotten(self) -> "Forgotten":
        return self._forgotten

    async def write(self, table: GraphTable, rows: pl.DataFrame, advance: "Callable[[int], None]") -> Written:
        """Write a table's file; see the port."""
        if table in _LABELS:
            self._write_nodes(table, rows)
        else:
            self._write_relationships(table, rows)
        advance(rows.height)
        created = rows.filter(pl.col("parentId").is_not_null()) if table is GraphTable.TOPIC_LINKS else rows
        return Written(created=created.height)

    async def write_dataset(self, dataset: "Dataset") -> Written:
        """Write the one Dataset node's file."""
        fitted = dataset.likelihood
        row = {
            "name": dataset.name,
            "asOf": dataset.as_of,
            "saturation": float(dataset.saturation),
            "halfLifeDays": float(dataset.half_life_days),
            "likelihoodDays": None if fitted is None else fitted.days,
            "likelihoodStrengths": None if fitted is None else list(fitted.strengths),
            "likelihoodShares": None if fitted is None else list(fitted.shares),
            "weightKinds": list(dataset.weights),
            "weights": [float(weight) for weight in dataset.weights.values()],
            "contentKinds": list(dataset.content_kinds),
        }
        types: dict[str, pl.DataType | type[pl.DataType]] = {
            "asOf": pl.Date,
            "likelihoodDays": pl.Int64,
            "likelihoodStrengths": pl.List(pl.Float64),
            "likelihoodShares": pl.List(pl.Float64),
            "weightKinds": pl.List(pl.String),
            "weights": pl.List(pl.Float64),
            "contentKinds": pl.List(pl.String),
        }
        self._separate([*dataset.weights, *dataset.content_kinds])
        frame = pl.DataFrame([row], schema_overrides=types).with_columns(pl.lit(self._nodes).alias(":ID"))
        self._save("dataset.csv", frame)
        self._files.append("--nodes=Dataset=dataset.csv")
        self._write_forgotten()
        return Written(created=1)

    def _write_forgotten(self) -> None:
        if self._forgotten.maker is not None and self._forgotten.marks:
            marks = pl.DataFrame({"mark": sorted(self._forgotten.marks), "keyId": self._forgotten.maker.key_id})
            self._save("forgotten.csv", marks.with_row_index(":ID", self._nodes + 1).cast({":ID": pl.Int64}))
            self._files.append("--nodes=Forgotten=forgotten.csv")

    def _write_nodes(self, table: GraphTable, rows: pl.DataFrame) -> None:
        numbered = rows.sort("id").with_row_index(":ID", self._nodes).cast({":ID": pl.Int64})
        self._numbers[table] = pl.Enum(numbered["id"]), self._nodes
        self._nodes += rows.height
        if table is GraphTable.PEOPLE and "optedOut" not in rows.columns:
            numbered = numbered.with_columns(optedOut=pl.lit(value=False))
        self._save(f"{table}.csv", numbered)
        self._files.append(f"--nodes={_LABELS[table]}={table}.csv")

    def _write_relationships(self, table: GraphTable, rows: pl.DataFrame) -> None:
        kind, source, target = _ENDS[table]
        ends = [self._number(*source).alias(":START_ID"), self._number(*target).alias(":END_ID")]
        for column in ("evidenceKinds", "channels"):
            if column in rows.columns:
                self._separate(rows[column].drop_nulls().explode(empty_as_null=False).unique().drop_nulls())
        file = f"{kind}.csv"
        for start in range(0, max(rows.height, 1), _ROWS_AT_ONCE):
            some = rows.slice(start, _ROWS_AT_ONCE).filter(pl.col(target[0]).is_not_null())
            placed = some.select(pl.exclude(source[0], target[0]), *ends)
            self._save(file, placed, more=start > 0)
        self._files.append(f"--relationships={kind}={file}")

    def _number(self, column: str, nodes: GraphTable) -> pl.Expr:
        """The numbers of the nodes that a column refers to."""
        ids, first = self._numbers[nodes]
        return pl.col(column).cast(ids).to_physical().cast(pl.Int64) + first

    def _separate(self, kinds: "Iterable[str]") -> None:
        """Choose a character that no kind holds, to stand between the values of a list; one does for all files."""
        used = {character for kind in kinds for character in kind}
        if not self._separator:
            self._separator = next((character for character in _SEPARATORS if character not in used), "")
        if self._separator in used or not self._separator:
            raise LocalProblem(
                "Kinds of evidence hold control characters: such data can only be loaded without --bulk."
            )

    def _save(self, file: str, frame: pl.DataFrame, *, more: bool = False) -> None:
        """Write or append rows; headers name the types."""
        self._many_lines |= any(_texts_of(column).str.contains_any(["\n", "\r"]).any() for column in frame)
        lists = [
            pl.col(name).cast(pl.List(pl.String)).list.join(self._separator)
            for name, dtype in frame.schema.items()
            if isinstance(dtype, pl.List)
        ]
        typed = frame.with_columns(*lists, pl.lit(self._now).alias("updatedAt"))
        typed.columns = [*(_header(name, dtype) for name, dtype in frame.schema.items()), "updatedAt:datetime"]
        with (self._folder / file).open("ab" if more else "wb") as target:
            typed.write_csv(target, include_header=not more, date_format=_DAY)


def _texts_of(column: pl.Series) -> pl.Series:
    """What text a column can hold."""
    if isinstance(column.dtype, pl.Enum):
        return column.dtype.categories
    return column if column.dtype == pl.String else pl.Series(dtype=pl.String)


def _header(name: str, dtype: pl.DataType) -> str:
    return name if name.startswith(":") else f"{name}:{_TYPES[pl.String if isinstance(dtype, pl.Enum) else dtype]}"

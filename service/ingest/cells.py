"""What a cell must look like: each reader gives a typed column and the faults that it may have.

Text (CSV) is parsed, typed columns (Parquet) are taken as they are; the faults and their words are the same.
Nothing is trimmed. An empty cell is a missing value.
"""

from dataclasses import dataclass

import polars as pl

from service.ingest.errors import NothingLoaded
from service.ingest.raw import LINE, RawTable

MAX_ID = 200
MAX_NAME = 1000

_NUMBER = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_OFFSET = r"(?:Z|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)"
_MOMENT = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}"
    rf"(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]+)?)?{_OFFSET}?)?$"
)
_FIRST_DAY = pl.date(1, 1, 1)
_LAST_DAY = pl.date(9999, 12, 31)
_DAY_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Fault:
    """Rows where `when` holds are rejected for `reason`. `when` is asked of the typed columns and, under
    `raw_name(column)`, of the cells as they came."""

    when: pl.Expr
    reason: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A typed column and the faults of its cells."""

    value: pl.Expr
    faults: tuple[Fault, ...] = ()


class Cells:
    """Readers for the columns of one table. A column that the file does not have reads as missing values."""

    def __init__(self, table: RawTable) -> None:
        self._file = table.file
        self._types = {name: dtype for name, dtype in table.rows.schema.items() if name != LINE}

    def __contains__(self, column: str) -> bool:
        return column in self._types

    def text(self, column: str, *, longest: int | None = None, required: bool = False) -> Cell:
        """Text, at most `longest` characters (code points)."""
        raw = self._text(column)
        faults = [Fault(raw.str.contains("\0", literal=True), f"{column} holds a NUL character")]
        if required:
            faults.insert(0, Fault(raw.is_null(), f"{column} is empty"))
        if longest is not None:
            faults.append(Fault(raw.str.len_chars() > longest, f"{column} is over {longest:,} characters"))
        return Cell(raw.alias(column), tuple(faults))

    def id(self, column: str, *, required: bool = True) -> Cell:
        """An id, or a word that serves as one: up to 200 characters."""
        return self.text(column, longest=MAX_ID, required=required)

    def number(self, column: str, *, required: bool = False) -> Cell:
        """A finite number. What is out of the double range counts as infinite, thus as beyond every bound."""
        dtype = self._type(column)
        if dtype.is_numeric():
            value = pl.col(column).cast(pl.Float64)
            bad = value.is_nan()
            missing = value.is_null()
        else:
            raw = self._text(column)
            shaped = raw.str.contains(_NUMBER)
            value = pl.when(shaped).then(raw).cast(pl.Float64, strict=False)
            bad = ~shaped
            missing = raw.is_null()
        faults = [Fault(bad, f"{column} is not a number")]
        if required:
            faults.insert(0, Fault(missing, f"{column} is empty"))
        return Cell(value.alias(column), tuple(faults))

    def flag(self, column: str) -> Cell:
        """`true` or `false`; missing means false."""
        if self._type(column) == pl.Boolean:
            return Cell(pl.col(column).fill_null(value=False))
        raw = self._text(column)
        value = (raw == "true").fill_null(value=False)
        return Cell(value.alias(column), (Fault(~raw.is_in(["true", "false"]), f"{column} is not true or false"),))

    def day(self, column: str) -> Cell:
        """A date, YYYY-MM-DD."""
        dtype = self._type(column)
        reason = f"{column} is not a date (YYYY-MM-DD)"
        if dtype in (pl.Date, pl.Datetime):
            return _in_calendar(column, pl.col(column).is_not_null(), _utc_day(column, dtype), reason)
        raw = self._text(column)
        value = pl.when(raw.str.contains(_DAY)).then(raw).str.to_date("%Y-%m-%d", strict=False)
        return _in_calendar(column, raw.is_not_null(), value, reason)

    def moment(self, column: str) -> Cell:
        """The UTC day of a date or an ISO 8601 time; a time without offset is UTC. Required."""
        dtype = self._type(column)
        reason = f"{column} is not a date or an ISO time"
        if dtype in (pl.Date, pl.Datetime):
            cell = _in_calendar(column, pl.col(column).is_not_null(), _utc_day(column, dtype), reason)
            missing = pl.col(column).is_null()
        else:
            raw = self._text(column)
            cell = _in_calendar(column, raw.is_not_null(), _day_of_moment(raw), reason)
            missing = raw.is_null()
        return Cell(cell.value, (Fault(missing, f"{column} is empty"), *cell.faults))

    def _type(self, column: str) -> pl.DataType:
        return self._types.get(column, pl.String())

    def _text(self, column: str) -> pl.Expr:
        dtype = self._type(column)
        if column not in self._types:
            return pl.lit(None, pl.String)
        if not (dtype == pl.String or dtype.is_integer() or dtype in (pl.Categorical, pl.Enum, pl.Null)):
            raise NothingLoaded(f"{self._file}: the column {column} holds {dtype}, which does not do there.")
        text = pl.col(column).cast(pl.String)
        return pl.when(text != "").then(text)


def _utc_day(column: str, dtype: pl.DataType) -> pl.Expr:
    value = pl.col(column)
    if isinstance(dtype, pl.Datetime) and dtype.time_zone:
        value = value.dt.convert_time_zone("UTC")
    return value.cast(pl.Date)


def _day_of_moment(raw: pl.Expr) -> pl.Expr:
    """Only the minutes matter for the day: offsets are whole minutes. Cut by position, as most times end in Z:
    capturing groups cost ten times as much."""
    shaped = pl.when(raw.str.contains(_MOMENT)).then(raw)
    day = shaped.str.head(10).str.to_date("%Y-%m-%d", strict=False).cast(pl.Int32)
    offset = pl.when(~shaped.str.ends_with("Z")).then(shaped).str.extract("T.*([+-].*)").str.replace(":", "")
    east = _count(offset, 1) * 60 + _count(offset, 3)
    minutes = _count(shaped, 11) * 60 + _count(shaped, 14)
    utc = pl.when(offset.str.starts_with("-")).then(minutes + east).otherwise(minutes - east)
    return (day + utc.floordiv(_DAY_MINUTES)).cast(pl.Date)


def _count(text: pl.Expr, start: int) -> pl.Expr:
    """The two digits at a position; 0 where the text is shorter."""
    return text.str.slice(start, 2).cast(pl.Int32, strict=False).fill_null(0)


def _in_calendar(column: str, given: pl.Expr, value: pl.Expr, reason: str) -> Cell:
    """Years 1 to 9999: what every tool on the way can hold."""
    ok = value.is_between(_FIRST_DAY, _LAST_DAY).fill_null(value=False)
    return Cell(pl.when(ok).then(value).alias(column), (Fault(given & ~ok, reason),))

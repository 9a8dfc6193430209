"""Cells: what each kind of column takes, and the word on what it does not."""

from datetime import UTC, date, datetime, timedelta, timezone

import polars as pl
import pytest

from service.ingest.cells import Cell, Cells
from service.ingest.errors import NothingLoaded
from service.ingest.raw import LINE, RawTable
from service.ingest.tables import TRUST

ANY = object


def cells_of(column: pl.Series) -> tuple[Cells, pl.DataFrame]:
    rows = pl.DataFrame([pl.Series(LINE, range(2, 2 + column.len())), column.alias("v")])
    return Cells(RawTable(TRUST, "trust.csv", rows, (), (), rows.height)), rows


def judged(cell: Cell, rows: pl.DataFrame) -> list[tuple[object, str | None]]:
    """(value, first reason) of every row."""
    reasons = [pl.when(fault.when).then(pl.lit(fault.reason)) for fault in cell.faults]
    out = rows.select(cell.value.alias("v"), pl.coalesce(*reasons, pl.lit(None, pl.String)).alias("reason"))
    return out.rows()


def one(method: str, value: object, **options: object) -> tuple[object, str | None]:
    cells, rows = cells_of(pl.Series([value], dtype=pl.String if value is None else None))
    (row,) = judged(getattr(cells, method)("v", **options), rows)
    return row


BAD_DAY = "v is not a date (YYYY-MM-DD)"
BAD_MOMENT = "v is not a date or an ISO time"


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("a", "a", None),
        (" ", " ", None),
        ("", None, "v is empty"),
        (None, None, "v is empty"),
        ("x" * 200, "x" * 200, None),
        ("x" * 201, "x" * 201, "v is over 200 characters"),
        ("é" * 200, "é" * 200, None),
        ("🫖" * 201, "🫖" * 201, "v is over 200 characters"),
        ("a\0b", "a\0b", "v holds a NUL character"),
        ("null", "null", None),
    ],
)
def test_ids(text: str | None, value: str | None, reason: str | None) -> None:
    assert one("id", text) == (value, reason)


def test_names_may_be_longer_and_other_texts_missing() -> None:
    assert one("text", "x" * 1000, longest=1000)[1] is None
    assert one("text", "x" * 1001, longest=1000)[1] == "v is over 1,000 characters"
    assert one("text", "x" * 10_000)[1] is None
    assert one("text", "") == (None, None)
    assert one("text", "\0")[1] == "v holds a NUL character"


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.5", 0.5), ("-1", -1.0), ("+.5", 0.5), ("5.", 5.0), ("1e-3", 0.001), ("2E+1", 20.0), ("", None), ("0", 0.0)],
)
def test_numbers(text: str, value: float | None) -> None:
    assert one("number", text) == (value, None)


@pytest.mark.parametrize(
    "text", ["nan", "NaN", "inf", "-Infinity", "0,5", " 0.5", "0.5 ", "1_0", "0x1", "½", "٠", ".", "e5", "--1", "1e"]
)
def test_no_numbers(text: str) -> None:
    assert one("number", text)[1] == "v is not a number"


def test_numbers_out_of_range_stay_to_be_judged() -> None:
    assert one("number", "1e400") == (float("inf"), None)
    assert one("number", "1e-400") == (0.0, None)
    assert one("number", "", required=True)[1] == "v is empty"


@pytest.mark.parametrize(("value", "flag"), [("true", True), ("false", False), ("", False), (None, False)])
def test_flags(value: str | None, flag: bool) -> None:
    assert one("flag", value) == (flag, None)


@pytest.mark.parametrize("text", ["True", "TRUE", "1", "0", "yes", " true", "t"])
def test_no_flags(text: str) -> None:
    assert one("flag", text)[1] == "v is not true or false"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("0001-01-01", date(1, 1, 1)),
        ("9999-12-31", date(9999, 12, 31)),
        ("", None),
    ],
)
def test_days(text: str, value: date | None) -> None:
    assert one("day", text) == (value, None)


@pytest.mark.parametrize(
    "text",
    ["2023-02-29", "2024-2-9", "24-02-09", "0000-01-01", "10000-01-01", "2024-13-01", "2024-01-32", "2024/01/01", "x",
     "2024-01-01T00:00:00Z", " 2024-01-01", "2024-01-01 ", "2024-01-01\n", "-2024-01-01", "٢٠٢٤-01-01"],
)  # fmt: skip
def test_no_days(text: str) -> None:
    assert one("day", text) == (None, BAD_DAY)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-05-01", date(2024, 5, 1)),
        ("2024-05-01T23:59:59Z", date(2024, 5, 1)),
        ("2024-05-01T23:59:60Z", date(2024, 5, 1)),
        ("2024-05-01T23:59", date(2024, 5, 1)),
        ("2024-05-01T23:59:59.999999999", date(2024, 5, 1)),
        ("2024-05-01T23:59:59,5Z", date(2024, 5, 1)),
        ("2024-05-01T00:30:00+01:00", date(2024, 4, 30)),
        ("2024-05-01T00:30:00.5+0100", date(2024, 4, 30)),
        ("2024-05-01T00:30+01", date(2024, 4, 30)),
        ("2024-05-01T01:00:00+01:00", date(2024, 5, 1)),
        ("2024-05-01T05:29:59+05:30", date(2024, 4, 30)),
        ("2024-05-01T05:30:00+05:30", date(2024, 5, 1)),
        ("2024-12-31T20:00:00-04:00", date(2025, 1, 1)),
        ("2024-12-31T19:59:59-04:00", date(2024, 12, 31)),
        ("2024-12-31T20:30:00-03:30", date(2025, 1, 1)),
        ("2024-02-29T00:00:00-00:00", date(2024, 2, 29)),
    ],
)
def test_moments_are_utc_days(text: str, value: date) -> None:
    assert one("moment", text) == (value, None)


@pytest.mark.parametrize(
    "text",
    ["2023-02-29T00:00Z", "2024-05-01T24:00Z", "2024-05-01T23:60Z", "2024-05-01T23:59:61Z", "2024-05-01 10:00",
     "2024-05-01T10", "2024-05-01T10:00z", "2024-05-01t10:00Z", "2024-05-01T10:00+24:00", "2024-05-01T10:00+1:00",
     "2024-05-01T10:00Z ", "2024-05-01T10:00:Z", "2024-05-01Z", "1714521600", "0001-01-01T00:00+00:01",
     "9999-12-31T23:59-00:01", "2024-05-01T10:00+01:60", "yesterday"],
)  # fmt: skip
def test_no_moments(text: str) -> None:
    assert one("moment", text) == (None, BAD_MOMENT)


def test_a_missing_moment() -> None:
    assert one("moment", "") == (None, "v is empty")


def test_typed_columns() -> None:
    zone = timezone(timedelta(hours=2))
    cells, rows = cells_of(
        pl.Series([datetime(2024, 5, 1, 0, 30, tzinfo=zone), None]).dt.convert_time_zone("Asia/Tokyo")
    )
    assert judged(cells.moment("v"), rows) == [(date(2024, 4, 30), None), (None, "v is empty")]
    assert judged(cells.day("v"), rows) == [(date(2024, 4, 30), None), (None, None)]
    cells, rows = cells_of(pl.Series([datetime(2024, 5, 1, 23, 30, tzinfo=UTC).replace(tzinfo=None)]))
    assert judged(cells.moment("v"), rows) == [(date(2024, 5, 1), None)]
    cells, rows = cells_of(pl.Series([date(2024, 5, 1), None]))
    assert judged(cells.day("v"), rows) == [(date(2024, 5, 1), None), (None, None)]
    cells, rows = cells_of(pl.Series([0.5, float("nan"), None, float("inf")]))
    assert judged(cells.number("v", required=True), rows)[:1] == [(0.5, None)]
    assert [reason for _, reason in judged(cells.number("v", required=True), rows)] == [
        None, "v is not a number", "v is empty", None,
    ]  # fmt: skip
    cells, rows = cells_of(pl.Series([1, -1], dtype=pl.Int8))
    assert judged(cells.number("v"), rows) == [(1.0, None), (-1.0, None)]
    cells, rows = cells_of(pl.Series([True, None, False]))
    assert judged(cells.flag("v"), rows) == [(True, None), (False, None), (False, None)]
    cells, rows = cells_of(pl.Series([7, None], dtype=pl.UInt64))
    assert judged(cells.id("v"), rows) == [("7", None), (None, "v is empty")]
    cells, rows = cells_of(pl.Series(["a", ""], dtype=pl.Categorical))
    assert judged(cells.id("v"), rows) == [("a", None), (None, "v is empty")]
    cells, rows = cells_of(pl.Series([None], dtype=pl.Null))
    assert judged(cells.day("v"), rows) == [(None, None)]


def test_a_day_that_a_typed_column_cannot_mean() -> None:
    cells, rows = cells_of(pl.Series([-800_000, 3_000_000], dtype=pl.Int32).cast(pl.Date))
    assert judged(cells.day("v"), rows) == [(None, BAD_DAY), (None, BAD_DAY)]


@pytest.mark.parametrize("method", ["id", "text", "day", "moment", "flag"])
def test_types_that_do_not_do(method: str) -> None:
    cells, _ = cells_of(pl.Series([1.5]))
    with pytest.raises(NothingLoaded, match=r"trust\.csv: the column v holds Float64"):
        getattr(cells, method)("v")


def test_a_column_that_is_not_there() -> None:
    cells, rows = cells_of(pl.Series(["x"]))
    assert "v" in cells
    assert "other" not in cells
    assert judged(cells.flag("other"), rows) == [(False, None)]
    assert judged(cells.day("other"), rows) == [(None, None)]
    assert judged(cells.id("other", required=False), rows) == [(None, None)]

"""What questions about time share: which intervals they are of, and counts laid out along them."""

from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from service.domain.errors import InvalidInput
from service.domain.intervals import MONTHS_IN, Stretch
from service.domain.vocabulary import Interval
from service.graph.snapshot import Snapshot

MOST_INTERVALS = 480
"""Forty years of months."""

Counts = npt.NDArray[np.int64]


def stretch_of(
    snapshot: Snapshot, interval: Interval, from_: date | None, to: date | None, most: int = MOST_INTERVALS
) -> Stretch:
    """The intervals that a question is of. Raises InvalidInput (from)."""
    known = snapshot.as_of(None)
    stretch = Stretch.asked(interval, from_, to or known, known)
    if stretch.count < 1:
        raise InvalidInput("from", "is behind `to`, or behind the data.")
    if stretch.count > most:
        raise InvalidInput("from", f"makes {stretch.count:,} intervals; at most {most} are told.")
    return stretch


def placed(activity: pl.DataFrame, stretch: Stretch) -> pl.DataFrame:
    """With a column `place`: where in the stretch a month lies, negative before it."""
    month = pl.col("month").cast(pl.Int64)
    ordinal = month // 100 * 12 + month % 100 - 1
    return activity.with_columns(place=ordinal // MONTHS_IN[stretch.interval] - stretch.first)


def laid_out(counts: pl.DataFrame, stretch: Stretch, column: str) -> Counts:
    """One number an interval from rows of distinct `place` and a count; 0 where no row is."""
    inside = counts.filter(pl.col("place") >= 0)
    line = np.zeros(stretch.count, dtype=np.int64)
    line[inside["place"].to_numpy()] = inside[column].to_numpy()
    return line


def counted(months: Counts, stretch: Stretch) -> Counts:
    """How many of these months lie in each interval, none behind `until` counting."""
    places = (months // 100 * 12 + months % 100 - 1) // MONTHS_IN[stretch.interval] - stretch.first
    inside = places[(places >= 0) & (months <= stretch.until.year * 100 + stretch.until.month)]
    return np.bincount(inside, minlength=stretch.count)

"""Slopes against their definition written out, change points against an exhaustive search."""

from datetime import date
from itertools import combinations
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.currents import ChangePoint
from service.domain.intervals import Stretch
from service.domain.vocabulary import Interval, Trend
from service.graph.influence.trend import Counts, changes, momentum

SPANS = Stretch.asked(Interval.YEAR, date(2001, 1, 1), date(2024, 12, 31), date(2026, 1, 1)).spans()
series = st.lists(st.integers(0, 40), min_size=4, max_size=11)


def counts(*values: int) -> Counts:
    return np.array(values, dtype=np.int64)


def test_a_straight_line() -> None:
    found = momentum(counts(1, 4, 7, 10, 13))
    assert found is not None
    assert (found.slope, found.low, found.high, found.intervals) == (3, 3, 3, 5)
    assert found.trend is Trend.RISING


def test_one_wild_interval_does_not_turn_it() -> None:
    found = momentum(counts(10, 9, 8, 7, 600, 5, 4, 3))
    assert found is not None
    assert found.slope == -1
    assert found.trend is Trend.FALLING


def test_of_noise_nothing_is_said() -> None:
    found = momentum(counts(3, 9, 2, 8, 4, 7))
    assert found is not None
    assert found.low < 0 < found.high
    assert found.trend is Trend.STEADY


@pytest.mark.parametrize("values", [(), (5,), (1, 2, 3)])
def test_few_intervals_say_nothing(values: tuple[int, ...]) -> None:
    assert momentum(counts(*values)) is None
    found = changes(SPANS, counts(*values))
    assert (found.points, found.penalty) == ((), None)


@given(series)
def test_the_slope_is_the_median_of_all(values: list[int]) -> None:
    slopes = sorted((values[j] - values[i]) / (j - i) for i, j in combinations(range(len(values)), 2))
    found = momentum(counts(*values))
    assert found is not None
    assert found.slope == pytest.approx(median(slopes))
    assert found.low in slopes
    assert found.high in slopes
    assert found.low <= found.slope <= found.high


def test_a_step_is_found_where_it_is() -> None:
    found = changes(SPANS, counts(10, 12, 11, 9, 10, 60, 62, 58, 61, 59))
    assert found.points == (ChangePoint(date(2006, 1, 1), 10.4, 60),)


def test_a_burst_goes_up_and_down_again() -> None:
    found = changes(SPANS, counts(10, 12, 11, 9, 10, 90, 11, 10, 9, 11))
    assert [point.start.year for point in found.points] == [2006, 2007]


def test_what_chance_gives_is_no_change() -> None:
    found = changes(SPANS, np.random.default_rng(3).poisson(20, 24))
    assert found.points == ()
    assert found.penalty is not None
    assert found.penalty >= 3 * np.log(24)


@given(series)
def test_no_other_cut_is_better(values: list[int]) -> None:
    line = counts(*values)
    found = changes(SPANS, line)
    steadied, penalty = 2 * np.sqrt(line + 3 / 8), found.penalty
    assert penalty is not None

    def price(cuts: tuple[int, ...]) -> float:
        pieces = np.split(steadied, cuts)
        return float(sum(((piece - piece.mean()) ** 2).sum() for piece in pieces)) + penalty * len(cuts)

    places = range(1, len(values))
    best = min(price(cuts) for size in range(len(values)) for cuts in combinations(places, size))
    chosen = tuple(point.start.year - 2001 for point in found.points)
    assert price(chosen) == pytest.approx(best)

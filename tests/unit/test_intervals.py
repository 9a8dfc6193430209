"""Calendar intervals by hand."""

from datetime import date

import pytest

from service.domain.intervals import Span, Stretch, month_of
from service.domain.vocabulary import Interval

MONTH, QUARTER, YEAR = Interval
KNOWN = date(2026, 7, 31)


def test_quarters_from_one_day_to_another() -> None:
    stretch = Stretch.asked(QUARTER, date(2025, 12, 31), KNOWN, KNOWN)
    assert stretch.spans() == (
        Span(date(2025, 10, 1), date(2025, 12, 31), complete=True),
        Span(date(2026, 1, 1), date(2026, 3, 31), complete=True),
        Span(date(2026, 4, 1), date(2026, 6, 30), complete=True),
        Span(date(2026, 7, 1), date(2026, 9, 30), complete=False),
    )
    assert stretch.complete == 3
    assert [stretch.place(month) for month in (202509, 202510, 202603, 202607)] == [-1, 0, 1, 3]


@pytest.mark.parametrize(
    ("interval", "until", "known", "complete"),
    [
        (MONTH, date(2026, 2, 1), KNOWN, True),  # activity is held by the month: all of it was asked for
        (MONTH, date(2026, 7, 31), date(2026, 7, 31), True),
        (MONTH, date(2026, 7, 31), date(2026, 7, 30), False),
        (YEAR, date(2025, 12, 1), KNOWN, True),
        (YEAR, date(2025, 11, 30), KNOWN, False),
        (YEAR, date(2026, 12, 31), KNOWN, False),
    ],
)
def test_the_last_is_complete_if_it_was_asked_for_and_has_passed(
    interval: Interval, until: date, known: date, complete: bool
) -> None:
    assert Stretch.asked(interval, until, until, known).spans()[-1].complete is complete


@pytest.mark.parametrize(
    ("interval", "first"), [(MONTH, date(2024, 8, 1)), (QUARTER, date(2020, 10, 1)), (YEAR, date(2003, 1, 1))]
)
def test_without_a_beginning_there_are_24(interval: Interval, first: date) -> None:
    stretch = Stretch.asked(interval, None, KNOWN, KNOWN)
    assert (stretch.count, stretch.spans()[0].start) == (24, first)


@pytest.mark.parametrize("interval", Interval)
def test_the_ends_of_the_calendar(interval: Interval) -> None:
    assert Stretch.asked(interval, None, date.min, KNOWN).spans()[0].start == date.min
    assert Stretch.asked(interval, None, date.max, KNOWN).spans()[-1].end == date.max


def test_an_end_before_the_beginning_makes_none() -> None:
    assert Stretch.asked(MONTH, date(2026, 2, 1), date(2026, 1, 31), KNOWN).count == 0


def test_months_are_numbers() -> None:
    assert month_of(date(2024, 5, 31)) == 202405

"""Months as numbers like 202405, in which activity is counted."""

from datetime import date


def month_of(day: date) -> int:
    """The month that a day is in, like 202405."""
    return day.year * 100 + day.month

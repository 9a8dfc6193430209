"""Calendar months, quarters and years, and the stretches of them that questions about time are asked of."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from service.domain.vocabulary import Interval

MONTHS_IN = {Interval.MONTH: 1, Interval.QUARTER: 3, Interval.YEAR: 12}

USUAL_INTERVALS = 24
"""How many are looked at where a question does not say from when."""


def month_of(day: date) -> int:
    """The month that a day is in, as activity has it: 202405."""
    return day.year * 100 + day.month


@dataclass(frozen=True, slots=True)
class Span:
    """One interval, both days inclusive. `complete`: all of it had passed, and was asked for, when it was counted."""

    start: date
    end: date
    complete: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """`count` intervals one after the other; `first` is the number of the first, counted from year 0. Nothing behind
    the month of `until` is in the last; no interval that ends after `known`, the day of the data, is complete."""

    interval: Interval
    first: int
    count: int
    until: date
    known: date

    @classmethod
    def asked(cls, interval: Interval, from_: date | None, until: date, known: date) -> "Stretch":
        """From the interval with `from_`, else the last USUAL_INTERVALS, to the one with `until`. `count` is below 1
        where `from_` lies behind `until`."""
        last = _number(interval, _ordinal(until))
        if from_ is not None:
            first = _number(interval, _ordinal(from_))
        else:
            first = max(last - USUAL_INTERVALS + 1, _number(interval, _ordinal(date.min)))
        return cls(interval, first, last - first + 1, until, known)

    def spans(self) -> tuple[Span, ...]:
        return tuple(self._span(self.first + place) for place in range(self.count))

    @property
    def complete(self) -> int:
        """How many are complete: the first so many."""
        return sum(span.complete for span in self.spans())

    def place(self, month: int) -> int:
        """Where in the stretch a month like 202405 lies; before it negative, behind it `count` or more."""
        return _number(self.interval, month // 100 * 12 + month % 100 - 1) - self.first

    def _span(self, number: int) -> Span:
        months = MONTHS_IN[self.interval]
        last = (number + 1) * months - 1
        end = date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])
        complete = last <= _ordinal(self.until) and end <= self.known
        return Span(date(number * months // 12, number * months % 12 + 1, 1), end, complete)


def _ordinal(day: date) -> int:
    return day.year * 12 + day.month - 1


def _number(interval: Interval, ordinal: int) -> int:
    return ordinal // MONTHS_IN[interval]

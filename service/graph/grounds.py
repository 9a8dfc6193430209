"""Gathers the distinct grounds of trust, and the distinct days, while relationships are read."""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from service.domain.errors import InvalidInput
from service.graph.snapshot import NO_CHANNEL, NO_DAY, Grounds, Int, Trust

MOST_DAYS = 2**16
"""So that a day's position fits two bytes: the days of 179 years."""

_ORDINAL = date(1970, 1, 1).toordinal()

Ground = tuple[str, int, bool, tuple[str, ...], tuple[int, ...]]
"""Channel ('' where none), stages as bits, paid, kinds of evidence, and how often each."""


class Numbering:
    """Numbers values in order of first sight; those given are numbered first."""

    def __init__(self, first: Iterable[str]) -> None:
        self._numbers: dict[str, int] = {}
        for value in first:
            self.of(value)

    def of(self, value: str) -> int:
        return self._numbers.setdefault(value, len(self._numbers))

    def of_all(self, values: Sequence[str]) -> Int:
        """The number of each of many values."""
        for value in set(values) - self._numbers.keys():
            self.of(value)
        return np.fromiter(map(self._numbers.__getitem__, values), dtype=np.int32, count=len(values))

    @property
    def values(self) -> list[str]:
        return list(self._numbers)


class DayPool:
    """Numbers days; those of a former snapshot keep their numbers."""

    def __init__(self, former: Trust | None) -> None:
        days = [NO_DAY] if former is None else former.days.tolist()
        self._numbers: dict[int, int] = {day: place for place, day in enumerate(days)}
        self._by_day: Int | None = None
        """The numbers once more, by the day's ordinal, with NO_DAY at 0; −1 where there is none."""

    def of(self, day: int) -> int:
        return self._numbers.setdefault(day, len(self._numbers))

    def of_all(self, days: Int) -> Int:
        """The number of each of many days of the calendar, or NO_DAY."""
        if self._by_day is None:
            self._by_day = np.full(date.max.toordinal() + 1, -1, dtype=np.int32)
        places = np.where(days == NO_DAY, 0, days + _ORDINAL)
        numbers = self._by_day[places]
        if numbers.size and numbers.min() < 0:
            for day in np.unique(days[numbers < 0]).tolist():
                self._by_day[0 if day == NO_DAY else day + _ORDINAL] = self.of(day)
            numbers = self._by_day[places]
        return numbers

    def finished(self) -> Int:
        """The days by number. InvalidInput where there are more than a snapshot holds."""
        if len(self._numbers) > MOST_DAYS:
            raise InvalidInput("since", f"a snapshot holds {MOST_DAYS:,} distinct days, not {len(self._numbers):,}.")
        return np.array(list(self._numbers), dtype=np.int32)


class GroundPool:
    """Numbers grounds; those of a former snapshot keep their numbers."""

    def __init__(self, former: Trust | None) -> None:
        self._former = None if former is None else former.grounds
        self._numbers: dict[Ground, int] = {}
        if self._former is not None:
            self._numbers = {ground: place for place, ground in enumerate(_grounds(self._former))}

    def of(self, channel: str, stages: int, paid: bool, kinds: Sequence[str], counts: Sequence[int]) -> int:
        return self._numbers.setdefault((channel, stages, paid, tuple(kinds), tuple(counts)), len(self._numbers))

    def finished(self) -> Grounds:
        grounds = list(self._numbers)
        if self._former is not None and len(grounds) == len(self._former.paid):
            return self._former
        channels, kinds = Numbering([""]), Numbering([])
        assert channels.of("") == NO_CHANNEL  # noqa: S101 (what the numbering is for)
        return Grounds(
            channel=np.array([channels.of(channel) for channel, _, _, _, _ in grounds], dtype=np.int16),
            stages=np.array([stages for _, stages, _, _, _ in grounds], dtype=np.uint8),
            paid=np.array([paid for _, _, paid, _, _ in grounds], dtype=np.bool_),
            offsets=np.cumsum([0, *(len(counts) for _, _, _, _, counts in grounds)], dtype=np.int64),
            evidence_kinds=np.array([kinds.of(kind) for _, _, _, each, _ in grounds for kind in each], dtype=np.int32),
            evidence_counts=np.array([count for _, _, _, _, counts in grounds for count in counts], dtype=np.int64),
            digest=_digests(grounds),
            channels=tuple(channels.values),
            kinds=tuple(kinds.values),
        )


def _grounds(held: Grounds) -> Iterable[Ground]:
    channels = [held.channels[channel] for channel in held.channel.tolist()]
    kinds = [held.kinds[kind] for kind in held.evidence_kinds.tolist()]
    counts, bounds = held.evidence_counts.tolist(), held.offsets.tolist()
    of_each = zip(channels, held.stages.tolist(), held.paid.tolist(), strict=True)
    for place, (channel, stages, paid) in enumerate(of_each):
        span = slice(bounds[place], bounds[place + 1])
        yield channel, stages, paid, tuple(kinds[span]), tuple(counts[span])


def _digests(grounds: Sequence[Ground]) -> npt.NDArray[np.uint64]:
    joined = b"".join(blake2b(repr(ground).encode(), digest_size=8).digest() for ground in grounds)
    return np.frombuffer(joined, dtype=np.uint64)

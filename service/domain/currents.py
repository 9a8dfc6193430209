"""How a topic, or a person on it, changes from interval to interval: questions and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from service.domain.intervals import Span
from service.domain.snapshots import SnapshotInfo
from service.domain.vocabulary import Interval, TopicScope, Trend


@dataclass(frozen=True, slots=True)
class CurrentsQuestion:
    """From the interval with the day `from_`, else some before, to the one with the day `to`, else the data set's."""

    topic_id: str
    interval: Interval = Interval.QUARTER
    from_: date | None = None
    to: date | None = None
    scope: TopicScope = TopicScope.RELATED


@dataclass(frozen=True, slots=True)
class HistoryQuestion:
    """The same of one person on the topic."""

    person_id: str
    currents: CurrentsQuestion


@dataclass(frozen=True, slots=True)
class Momentum:
    """Theil–Sen slope of a count, so many more (or fewer) each interval, with its 95 % confidence interval, over so
    many complete `intervals`."""

    slope: float
    low: float
    high: float
    intervals: int

    @property
    def trend(self) -> Trend:
        """What the confidence interval leaves no doubt about."""
        if self.low > 0:
            return Trend.RISING
        return Trend.FALLING if self.high < 0 else Trend.STEADY


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """Where a level ended: from the interval that begins on `start` on, `after` a interval, `before` that `before`."""

    start: date
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Changes:
    """Change points in order, and the `penalty` that each had to be worth; None where too little was known."""

    points: tuple[ChangePoint, ...]
    penalty: float | None


@dataclass(frozen=True, slots=True)
class Current:
    """What one interval held, on a topic."""

    span: Span
    interactions: int
    active_people: int
    newcomers: int
    new_trust: int


@dataclass(frozen=True, slots=True)
class Riser:
    """A person or topic (by id) whose part of the interactions grew by the factor `rise`: `recent` interactions in the
    second half of the complete intervals, `former` in the first."""

    id: str
    recent: int
    former: int
    rise: float


@dataclass(frozen=True, slots=True)
class Currents:
    """`momentum` and `changes` are of the interactions in the complete intervals; risers steepest first."""

    question: CurrentsQuestion
    intervals: tuple[Current, ...]
    momentum: Momentum | None
    changes: Changes
    recent_total: int
    former_total: int
    rising_people: Sequence[Riser]
    rising_topics: Sequence[Riser]
    snapshot: SnapshotInfo


@dataclass(frozen=True, slots=True)
class Episode:
    """What one interval held, for a person on a topic. `trust_gained`: relationships in which somebody began to trust
    them; `trust_given`: in which they began to trust somebody."""

    span: Span
    given: int
    received: int
    posts: int
    trust_gained: int
    trust_given: int


@dataclass(frozen=True, slots=True)
class History:
    """`momentum` and `changes` are of the interactions given."""

    question: HistoryQuestion
    intervals: tuple[Episode, ...]
    momentum: Momentum | None
    changes: Changes
    snapshot: SnapshotInfo

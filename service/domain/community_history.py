"""How the communities of a topic come, go, merge and split: the question and its answer."""

from dataclasses import dataclass
from datetime import date

from service.domain.communities import Community
from service.domain.snapshots import SnapshotInfo
from service.domain.vocabulary import CommunityChange, Interval, TopicScope


@dataclass(frozen=True, slots=True)
class CommunityHistoryQuestion:
    """Communities at the end of each interval, from the one with the day `from_`, else some before, to the one with the
    day `to`, else the data set's; there they are those of that day."""

    topic_id: str
    every: Interval = Interval.YEAR
    from_: date | None = None
    to: date | None = None
    scope: TopicScope = TopicScope.RELATED


@dataclass(frozen=True, slots=True)
class Moment:
    """A community on one day, and the id of the line that it is part of from day to day."""

    line_id: str
    community: Community


@dataclass(frozen=True, slots=True)
class Stage:
    """The communities of one day, largest first; `people` and `modularity` are those of the whole projection."""

    day: date
    people: int
    modularity: float
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What became of the communities `before` by the `day`, on which there are those `after`."""

    day: date
    change: CommunityChange
    before: tuple[Moment, ...]
    after: tuple[Moment, ...]

    @property
    def key(self) -> str:
        """Tells it from every other event of a history."""
        ids = [moment.line_id for moment in (*self.before, *self.after)]
        return " ".join((self.day.isoformat(), self.change, *ids))


@dataclass(frozen=True, slots=True)
class CommunityHistory:
    """Stages in order of time; events by day, change and line."""

    question: CommunityHistoryQuestion
    stages: tuple[Stage, ...]
    events: tuple[Event, ...]
    snapshot: SnapshotInfo

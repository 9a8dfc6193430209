"""Whose word on a topic reaches people, after Forrester's Peer Influence Analysis: the question and its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from service.domain.snapshots import SnapshotInfo
from service.domain.vocabulary import TopicScope


@dataclass(frozen=True, slots=True)
class PeerInfluenceQuestion:
    """`as_of` None stands for the data set's date."""

    topic_id: str
    scope: TopicScope = TopicScope.RELATED
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class PeerInfluencer:
    """What one person did in scope until the day, and who heard it on the day.

    `interactions` given, `posts` among them; `listeners`: distinct people who trust the person in the topic's network,
    `answered`: those of them whom the person trusts there, too.
    """

    person_id: str
    interactions: int
    posts: int
    listeners: int
    answered: int

    @property
    def impressions(self) -> int:
        return self.interactions * self.listeners

    @property
    def reciprocity(self) -> float | None:
        """None of who has no listeners."""
        return self.answered / self.listeners if self.listeners else None


@dataclass(frozen=True, slots=True)
class LorenzPoint:
    """The part `people` of everybody who have least make the part `amount` of all."""

    people: float
    amount: float


@dataclass(frozen=True, slots=True)
class Concentration:
    """Of an amount that sums to `total` over so many `people`. `fewest`: the least number of them making 80 %.
    `gini` is None and `curve` empty where the total is 0."""

    total: int
    people: int
    fewest: int
    gini: float | None
    curve: tuple[LorenzPoint, ...]

    @property
    def share_of_people(self) -> float | None:
        """The smallest part of people making 80 %; None where there is nothing to make."""
        return self.fewest / self.people if self.total else None


@dataclass(frozen=True, slots=True)
class PeerInfluence:
    """`people` are those active in scope until the day. The three groups are in their order of display;
    `most_reciprocity` is the greatest that a broadcaster has, None where nobody has enough listeners."""

    question: PeerInfluenceQuestion
    as_of: date
    people: int
    interactions: int
    impressions: Concentration
    posts: Concentration
    connectors: Sequence[PeerInfluencer]
    mavens: Sequence[PeerInfluencer]
    broadcasters: Sequence[PeerInfluencer]
    most_reciprocity: float | None
    snapshot: SnapshotInfo

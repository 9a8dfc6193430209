"""The question "who forms the community around a topic?" and its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from service.domain.vocabulary import MemberRole, TopicScope


@dataclass(frozen=True, slots=True)
class CommunitiesQuestion:
    """`as_of` None stands for the data set's date. The defaults are the stored question: its answer is
    written back to Neo4j."""

    topic_id: str
    scope: TopicScope = TopicScope.RELATED
    resolution: float = 1.0
    min_size: int = 3
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class CommunityMember:
    """A person in a community. `share`: part of the person's weight that stays inside. `rank`: PageRank inside.
    `primary` is false for a secondary membership (share ≥ 0.2 in another community than one's own)."""

    person_id: str
    share: float
    rank: float
    role: MemberRole
    primary: bool


@dataclass(frozen=True, slots=True)
class Bridge:
    """`person_id`, a primary member of one community, is tied with `strength` (summed weight) to the
    primary members of the community `to_id`."""

    person_id: str
    to_id: str
    strength: float


@dataclass(frozen=True, slots=True)
class BrandPresence:
    """How many primary members of a community hold a role at a brand."""

    brand_id: str
    people: int


@dataclass(frozen=True, slots=True)
class Community:
    """`size`, `cohesion` (internal weight / possible pairs) and `conductance` (cut / smaller volume) count
    primary members only. `members`, `bridges` and the rest are in their order of display."""

    id: str
    topic_id: str
    label: str
    size: int
    cohesion: float
    conductance: float
    computed_at: datetime
    snapshot_id: str
    members: Sequence[CommunityMember]
    brands: tuple[BrandPresence, ...]
    decision_maker_ids: tuple[str, ...]
    bridges: tuple[Bridge, ...]


@dataclass(frozen=True, slots=True)
class TopicalCommunities:
    """All communities of one question, largest first (ties by id), with the modularity of the partition."""

    question: CommunitiesQuestion
    communities: tuple[Community, ...]
    modularity: float
    people: int
    """People in the projection: everyone with at least one tie."""
    snapshot_id: str

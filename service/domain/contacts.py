"""Three questions about contacts, and their answers: who moves a person, who moves many, whom to get to know next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from service.domain.paths import TrustedPath
from service.domain.sight import EVERYBODY, Sight
from service.domain.snapshots import SnapshotInfo
from service.domain.vocabulary import ContactOrder, PurchaseStage, TopicScope


@dataclass(frozen=True, slots=True)
class Situation:
    """What narrows the influencers of a person. Channels, stages and the time seen say which relationships count,
    anywhere on a path; location and community, who of those found is listed."""

    channels: tuple[str, ...] | None = None
    stages: tuple[PurchaseStage, ...] | None = None
    seen_from: date | None = None
    seen_to: date | None = None
    location: str | None = None
    community_id: str | None = None


@dataclass(frozen=True, slots=True)
class InfluencersQuestion:
    """Who moves a person's decision, on a topic or at all?"""

    person_id: str
    topic_id: str | None = None
    scope: TopicScope = TopicScope.RELATED
    as_of: date | None = None
    situation: Situation = Situation()
    sight: Sight = field(default=EVERYBODY, repr=False)


@dataclass(frozen=True, slots=True)
class PersonInfluencer:
    """Somebody to whom the person listens: the best path from the person to them, and in how many ways that share no
    introducer it goes."""

    person_id: str
    path: TrustedPath
    ways: int


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom to influence: a brand's current customers, a community's members, or people by id."""

    brand_id: str | None = None
    community_id: str | None = None
    person_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class LeverageQuestion:
    """Which few contacts together influence most of an audience? Somebody counts as influenced by a path of at least
    `min_strength` and at most `max_hops`."""

    audience: Audience
    contacts: int = 10
    topic_id: str | None = None
    scope: TopicScope = TopicScope.RELATED
    as_of: date | None = None
    min_strength: float = 0.1
    max_hops: int = 2
    sight: Sight = field(default=EVERYBODY, repr=False)


@dataclass(frozen=True, slots=True)
class Influenced:
    """A person of an audience, and the cost of the best path from a contact to them."""

    person_id: str
    cost: int


@dataclass(frozen=True, slots=True)
class Contact:
    """One of the contacts chosen: `reaches` counts whom they influence by themselves, `adds` are those whom none chosen
    before does, strongest first, and `together` counts whom all up to this one influence."""

    person_id: str
    in_audience: bool
    reaches: int
    adds: Sequence[Influenced]
    together: int


@dataclass(frozen=True, slots=True)
class Leverage:
    """The contacts in the order of their choice. `audience` counts its people who have not opted out, `reachable` those
    whom anybody influences."""

    audience: int
    reachable: int
    contacts: tuple[Contact, ...]
    snapshot: SnapshotInfo


@dataclass(frozen=True, slots=True)
class Targets:
    """Whom a brand wants to reach: another brand's decision-makers, or people by id."""

    brand_id: str | None = None
    person_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """Whose trust in one of a brand's people would open or strengthen most paths to the targets, if it came about with
    a strength of `assumed_strength`?"""

    brand_id: str
    targets: Targets
    topic_id: str | None = None
    scope: TopicScope = TopicScope.RELATED
    as_of: date | None = None
    assumed_strength: float = 0.5
    min_strength: float = 0.0
    max_hops: int = 6
    order_by: ContactOrder = ContactOrder.PATHS
    sight: Sight = field(default=EVERYBODY, repr=False)


@dataclass(frozen=True, slots=True)
class TargetGain:
    """What a relationship would do for one target: the cost of the brand's best path without it (None: no path), and
    with it."""

    person_id: str
    before: int | None
    after: int


@dataclass(frozen=True, slots=True)
class NextRelationship:
    """The trust of `contact_id` in `brand_person_id`, who does not have it yet. `gained` is the sum of what best paths
    gain in strength, in millionths, each strength rounded."""

    contact_id: str
    brand_person_id: str
    opened: int
    strengthened: int
    gained: int
    gains: tuple[TargetGain, ...]

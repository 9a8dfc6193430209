"""Who matters on a topic, and how well a brand can reach them."""

from dataclasses import dataclass
from datetime import date

from service.domain.standing import MeasureEvidence
from service.domain.vocabulary import RoleKind, TopicScope

UNTAPPED_KINDS = (RoleKind.EMPLOYEE, RoleKind.CUSTOMER, RoleKind.ADVOCATE)
"""Of which roles a brand's people may be untapped."""

VOICE_KINDS = (RoleKind.ADVOCATE, RoleKind.DECISION_MAKER)
"""Who holds such a role on a topic in scope, or on every topic, speaks for the brand already."""

UNTAPPED_PERCENTILE = 50.0
"""The least percentile of authority that counts as standing not to be left unused."""

DEFAULT_HOPS = 6
"""The longest path from the brand, in steps, where no other bound is asked for."""

REACHABLE_AUTHORITY_FORMULA = (
    "authority · strength of the best trusted path from one of the brand's people; 0 where there is none"
)
LISTENERS_FORMULA = (
    "number of people who listen to the person on the topic and hold no role at the brand, or only DETRACTOR"
)
NEW_LISTENERS_FORMULA = (
    "number of these listeners who listen to none of the brand's voices on the topic: people with a role ADVOCATE or "
    "DECISION_MAKER there whose topic is in scope, or who have it for every topic"
)


@dataclass(frozen=True, slots=True)
class BrandOnTopicQuestion:
    """A brand that looks for people on a topic. `as_of` None stands for the data set's date; `max_hops` bounds the
    paths from the brand."""

    topic_id: str
    brand_id: str
    scope: TopicScope = TopicScope.RELATED
    as_of: date | None = None
    max_hops: int = DEFAULT_HOPS


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and how it was made."""

    value: float
    formula: str
    evidence: tuple[MeasureEvidence, ...]

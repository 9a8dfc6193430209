"""Somebody's standing on a topic: four measures, apart, and how they engage with others there."""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from service.domain.paths import INTRODUCER_STRENGTH
from service.domain.vocabulary import EngagementClass, StandingMeasure, TopicScope

REACH_STRENGTH = 0.1
"""The least strength of a path that counts for reach."""

PRIOR_INTERACTIONS = 10
"""Relevance holds everybody for as usual as if they had so many interactions more, divided as everybody's are."""

BROADCASTER_HEARD_BY = 10
BROADCASTER_RECIPROCITY = 0.25
LISTENER_RATIO = 2
"""Classes of engagement: a broadcaster is engaged with by at least so many people and answers under this share of
them; a listener gives at least so many times what they receive."""

FORMULAS = MappingProxyType(
    {
        StandingMeasure.REACH: (
            f"number of people other than oneself to whom a path of influence of at most 2 hops has a strength of at "
            f"least {REACH_STRENGTH}, {INTRODUCER_STRENGTH} for an introducer included: potential only"
        ),
        StandingMeasure.RESONANCE: (
            "sum over everybody who listens to the person of the strength of their trust, age and topic included"
        ),
        StandingMeasure.RELEVANCE: (
            f"(interactions in scope + {PRIOR_INTERACTIONS} · share) / (interactions on all topics + "
            f"{PRIOR_INTERACTIONS}); share = everybody's interactions in scope / everybody's on all topics"
        ),
        StandingMeasure.AUTHORITY: (
            "topic-sensitive PageRank, damping 0.85: a walk goes from a listener to a speaker as likely as their trust "
            "is strong, and starts anew at people as likely as they have interactions in scope; sums to 1"
        ),
    }
)


@dataclass(frozen=True, slots=True)
class StandingQuestion:
    """`as_of` None stands for the data set's date."""

    topic_id: str
    scope: TopicScope = TopicScope.RELATED
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class MeasureEvidence:
    """One thing that a measure was made of: what it is, how much of it, and whose it is where it is one person's."""

    what: str
    amount: float
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """`percentile` is the part of the topic's people below plus half of those equal, oneself among them, in percent."""

    value: float
    percentile: float
    formula: str
    evidence: tuple[MeasureEvidence, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's standing on a topic among `people`."""

    person_id: str
    topic_id: str
    reach: Measure
    resonance: Measure
    relevance: Measure
    authority: Measure
    people: int
    snapshot_id: str


@dataclass(frozen=True, slots=True)
class Engagement:
    """`given` and `received` are interactions in scope. `engaged_by` people trust the person on the ground of
    interactions, `answered` of them the person likewise; `reciprocity` is the second by the first, None for nobody.
    `kind` is None where there are no interactions."""

    person_id: str
    given: int
    received: int
    engaged_by: int
    answered: int
    reciprocity: float | None
    kind: EngagementClass | None


def engagement_class(given: int, received: int, engaged_by: int, answered: int) -> EngagementClass | None:
    """The class by the thresholds above, the first that fits in the order broadcaster, listener, engager."""
    if given + received == 0:
        return None
    if engaged_by >= BROADCASTER_HEARD_BY and answered / engaged_by < BROADCASTER_RECIPROCITY:
        return EngagementClass.BROADCASTER
    if engaged_by == 0 or given >= LISTENER_RATIO * received:
        return EngagementClass.LISTENER
    return EngagementClass.ENGAGER

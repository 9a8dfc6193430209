"""The closed sets of words that questions and answers are made of."""

from enum import StrEnum


class RoleKind(StrEnum):
    """What a person is to a brand."""

    EMPLOYEE = "EMPLOYEE"
    DECISION_MAKER = "DECISION_MAKER"
    ADVOCATE = "ADVOCATE"
    CUSTOMER = "CUSTOMER"
    CREATOR = "CREATOR"
    DETRACTOR = "DETRACTOR"


class TopicScope(StrEnum):
    """How far from the asked topic trust may lie and still count."""

    EXACT = "EXACT"
    RELATED = "RELATED"
    ANY = "ANY"


class TrustDirection(StrEnum):
    """Which way a path runs: INFLUENCE against the stored trust, TRUST along it, EITHER the cheaper."""

    INFLUENCE = "INFLUENCE"
    TRUST = "TRUST"
    EITHER = "EITHER"


class PaidPolicy(StrEnum):
    """Whether trust that rests on paid interactions counts."""

    INCLUDE = "INCLUDE"
    EXCLUDE = "EXCLUDE"


class PurchaseStage(StrEnum):
    """Where on the path to purchase somebody is, in its order."""

    AWARENESS = "AWARENESS"
    CONSIDERATION = "CONSIDERATION"
    DECISION = "DECISION"
    LOYALTY = "LOYALTY"


class PeopleOrder(StrEnum):
    """How a list of people is sorted; ties always by id."""

    NAME = "NAME"
    TRUSTED_BY = "TRUSTED_BY"
    RELEVANCE = "RELEVANCE"


class Interval(StrEnum):
    """The calendar's intervals."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


class Trend(StrEnum):
    """Which way a series goes, as far as its slope's confidence interval tells."""

    RISING = "RISING"
    STEADY = "STEADY"
    FALLING = "FALLING"


class CommunityChange(StrEnum):
    """What becomes of communities from one date to the next."""

    BORN = "BORN"
    GREW = "GREW"
    SHRANK = "SHRANK"
    MERGED = "MERGED"
    SPLIT = "SPLIT"
    ENDED = "ENDED"


class MemberRole(StrEnum):
    """A member's place in a community, after Guimerà & Amaral (2005)."""

    HUB = "HUB"
    CONNECTOR = "CONNECTOR"
    MEMBER = "MEMBER"
    PERIPHERAL = "PERIPHERAL"


class StandingMeasure(StrEnum):
    """What somebody's standing on a topic is measured by; there is no sum of them."""

    REACH = "REACH"
    RESONANCE = "RESONANCE"
    RELEVANCE = "RELEVANCE"
    AUTHORITY = "AUTHORITY"


class EngagementClass(StrEnum):
    """How somebody takes part in a topic."""

    ENGAGER = "ENGAGER"
    BROADCASTER = "BROADCASTER"
    LISTENER = "LISTENER"


class InfluencerOrder(StrEnum):
    """How a list of influencers is sorted, the greatest first; ties by id."""

    REACH = "REACH"
    RESONANCE = "RESONANCE"
    RELEVANCE = "RELEVANCE"
    AUTHORITY = "AUTHORITY"
    REACHABLE_AUTHORITY = "REACHABLE_AUTHORITY"


class Stance(StrEnum):
    """How somebody stands to a brand."""

    NEUTRAL = "NEUTRAL"
    DETRACTOR = "DETRACTOR"


class ContactOrder(StrEnum):
    """What makes a new relationship worth most; the other of the two decides between equals, then the ids."""

    PATHS = "PATHS"
    STRENGTH = "STRENGTH"

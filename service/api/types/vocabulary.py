"""The domain's closed sets of words as GraphQL enums, each word with its meaning."""

from enum import StrEnum
from typing import TypeVar

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from service.domain.vocabulary import (
    CommunityChange,
    ContactOrder,
    EngagementClass,
    InfluencerOrder,
    Interval,
    MemberRole,
    PaidPolicy,
    PeopleOrder,
    PurchaseStage,
    RoleKind,
    Stance,
    StandingMeasure,
    TopicScope,
    Trend,
    TrustDirection,
)
from service.domain.writing import RowStatus

E = TypeVar("E", bound=type[StrEnum])


def _described(words: E, description: str, meanings: dict[str, str]) -> E:
    """Make an enum known to Strawberry; a word without a meaning is a KeyError."""
    described = strawberry.enum(words, description=description)
    definition: StrawberryEnumDefinition = described.__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        value.description = meanings[value.name]
    return described


_described(
    RoleKind,
    "What a person is to a brand.",
    {
        "EMPLOYEE": "Works there.",
        "DECISION_MAKER": "Decides there, on the role's topic or on all.",
        "ADVOCATE": "Speaks for the brand without being asked to.",
        "CUSTOMER": "Buys or uses what the brand offers.",
        "CREATOR": "Makes content about the brand.",
        "DETRACTOR": "Speaks against the brand.",
    },
)
_described(
    TopicScope,
    "How far from the asked topic trust may lie and still count.",
    {
        "EXACT": "Only trust on the topic itself.",
        "RELATED": (
            "Also trust in general and on topics up to two steps away in the tree of topics; "
            "the further away, the less it counts."
        ),
        "ANY": "Trust on every topic; what is neither near nor general counts least.",
    },
)
_described(
    TrustDirection,
    "Which way a path runs along trust.",
    {
        "INFLUENCE": "Every next person trusts the one before: a message is passed on to somebody who listens.",
        "TRUST": "Every next person is trusted by the one before: whom does this person listen to?",
        "EITHER": "Each step takes the stronger of both.",
    },
)
_described(
    PaidPolicy,
    "Whether trust that rests on paid interactions counts.",
    {"INCLUDE": "It counts, as stored (a paid interaction has half the weight).", "EXCLUDE": "It is left out."},
)
_described(
    PurchaseStage,
    "Where on the path to purchase somebody is, in its order.",
    {
        "AWARENESS": "Comes to know that there is such a thing.",
        "CONSIDERATION": "Weighs one thing against others.",
        "DECISION": "Makes up their mind, and buys.",
        "LOYALTY": "Has bought: uses it, stays, and tells others.",
    },
)
_described(
    PeopleOrder,
    "How a list of people is sorted; ties by id.",
    {
        "NAME": "By name. The default without a search.",
        "TRUSTED_BY": "Most trust relationships towards the person first.",
        "RELEVANCE": "Best match of the search first. The default with a search, and only possible with one.",
    },
)
_described(
    Interval,
    "How long an interval of the calendar is.",
    {"MONTH": "A month.", "QUARTER": "Three months, from January, April, July or October.", "YEAR": "A year."},
)
_described(
    Trend,
    "Which way a series goes, as far as the confidence interval of its slope tells.",
    {
        "RISING": "The whole interval is above 0.",
        "STEADY": "The interval holds 0: it may go either way.",
        "FALLING": "The whole interval is below 0.",
    },
)
_described(
    CommunityChange,
    "What becomes of communities from one date to the next.",
    {
        "BORN": "It goes on from none, and is no part of one that split.",
        "GREW": "It goes on with more people.",
        "SHRANK": "It goes on with fewer people.",
        "MERGED": "At least two have at least half of their people in it.",
        "SPLIT": "At least two have at least half of their people from it.",
        "ENDED": "None goes on from it, and it is no part of several that merged.",
    },
)
_described(
    ContactOrder,
    "What makes a new relationship worth most; the other of the two decides between equals, then the contact's id.",
    {
        "PATHS": "How many targets it opens or strengthens.",
        "STRENGTH": "How much strength the best paths to all targets gain.",
    },
)
_described(
    MemberRole,
    "A member's place in a community, after Guimerà and Amaral (2005).",
    {
        "HUB": "Tied to the community far more than most members (z-score of at least 2.5).",
        "CONNECTOR": "Tied to several communities (participation of at least 0.62).",
        "MEMBER": "Neither of the others.",
        "PERIPHERAL": "Hardly tied, and only to this community.",
    },
)
_described(
    StandingMeasure,
    "What somebody's standing on a topic is measured by. There is no sum of them: they measure different things.",
    {
        "REACH": "How many people a message could get to over two hops: potential, no more.",
        "RESONANCE": "How strongly they are trusted, by all who listen together.",
        "RELEVANCE": "How much of what they do is on the topic.",
        "AUTHORITY": "How much they are listened to by people who are listened to (topic-sensitive PageRank).",
    },
)
_described(
    EngagementClass,
    "How somebody takes part in a topic; the first that fits, in the order BROADCASTER, LISTENER, ENGAGER.",
    {
        "ENGAGER": "Neither of the others: gives and takes.",
        "BROADCASTER": "At least 10 people engage with them, and fewer than a quarter of these get an answer.",
        "LISTENER": "Nobody engages with them, or they give at least twice as many interactions as they receive.",
    },
)
_described(
    InfluencerOrder,
    "What a list of influencers is sorted by, the greatest first.",
    {
        "REACH": "How many people a message could get to over two hops: potential, no more.",
        "RESONANCE": "How strongly they are trusted, by all who listen together.",
        "RELEVANCE": "How much of what they do is on the topic.",
        "AUTHORITY": "How much they are listened to by people who are listened to.",
        "REACHABLE_AUTHORITY": "Authority times the strength of the best trusted path from the brand.",
    },
)
_described(
    Stance,
    "How somebody stands to a brand.",
    {
        "NEUTRAL": "No detractor, as far as is known.",
        "DETRACTOR": "Holds the role DETRACTOR at the brand, or distrusts one of its people in scope or in general.",
    },
)


_described(
    RowStatus,
    "What became of a row that was written.",
    {
        "CREATED": "It made something new.",
        "UPDATED": "It changed something.",
        "UNCHANGED": "The graph had it already, or an earlier row of the call said the same.",
        "REMOVED": "It took something away.",
        "REJECTED": "It was not taken; `reason` says why.",
    },
)

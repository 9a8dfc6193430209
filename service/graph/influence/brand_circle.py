"""Who is of a brand, who is tied to it, who is against it, and who speaks for it on a topic."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.domain.influencers import UNTAPPED_KINDS, VOICE_KINDS
from service.domain.vocabulary import RoleKind, TopicScope
from service.graph.snapshot import ROLE_KINDS, Flags, Int, Snapshot
from service.graph.texts import Offsets
from service.graph.topic_scope import CLOSED, GENERAL, distrust_scope, topic_penalties

Kinds = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class BrandCircle:
    """Flags by position in the snapshot. People who opted out are in none of them, and count for none.

    `own` hold a role at the brand, other than DETRACTOR. `tied` are these, and who trusts or is trusted by one of
    them, on whatever topic. `detracting` hold the role DETRACTOR, `distrusting` distrust one of `own` in scope or in
    general. `voices` advocate or decide on a topic in scope; `sent` are the brand's employees, customers, advocates.
    """

    own: Flags
    tied: Flags
    detracting: Flags
    distrusting: Flags
    voices: Flags
    sent: Flags

    def against(self, person: int) -> bool:
        """Whether somebody is a detractor, by role or by distrust."""
        return bool(self.detracting[person] or self.distrusting[person])


def brand_circle(snapshot: Snapshot, brand: int, topic: int, scope: TopicScope, as_of: int) -> BrandCircle:
    """The circle of a brand on a topic and a day (a day number)."""
    roles = snapshot.roles
    rows = slice(*roles.offsets[brand : brand + 2].tolist())
    held = roles.current(as_of, rows)
    person, kind, about = roles.person[rows][held], roles.kind[rows][held], roles.topic[rows][held]
    in_scope = (topic_penalties(snapshot.topics, topic, scope)[about] != CLOSED) | (about == GENERAL)

    def flags(people: Int) -> Flags:
        return _flags(snapshot, people)

    detractor = kind == ROLE_KINDS.index(RoleKind.DETRACTOR)
    own = flags(person[~detractor])
    return BrandCircle(
        own=own,
        tied=own | flags(_neighbours(snapshot, own, as_of)),
        detracting=flags(person[detractor]),
        distrusting=flags(_distrusting(snapshot, own, topic, scope, as_of)),
        voices=flags(person[_among(kind, VOICE_KINDS) & in_scope]),
        sent=flags(person[_among(kind, UNTAPPED_KINDS)]),
    )


def distrusted_by(snapshot: Snapshot, person: int, topic: int, scope: TopicScope, as_of: int) -> Int:
    """Whom somebody distrusts on a day, in scope or in general."""
    distrust = snapshot.distrust
    rows = slice(*distrust.offsets[person : person + 2].tolist())
    closing = distrust_scope(snapshot.topics, topic, scope)[distrust.topic[rows]]
    distrusted: Int = np.unique(distrust.to[rows][closing & (distrust.since[rows] <= as_of)])
    return distrusted


def _flags(snapshot: Snapshot, people: Int) -> Flags:
    """Those among these who have not opted out."""
    flags = np.zeros(len(snapshot.people.index), dtype=np.bool_)
    flags[people] = True
    flags &= ~snapshot.people.opted_out
    return flags


def _among(kind: Kinds, kinds: Iterable[RoleKind]) -> Flags:
    among: Flags = np.isin(kind, [ROLE_KINDS.index(each) for each in kinds])
    return among


def _neighbours(snapshot: Snapshot, own: Flags, as_of: int) -> Int:
    """Everybody whom one of the brand's own people trusts, or who trusts one of them, on a day."""
    trust = snapshot.trust
    begun = trust.days <= as_of  # NO_DAY lies before every day
    outward, inward = _places(trust.out_offsets, own), _places(trust.in_offsets, own)
    trusted = trust.to[outward][begun[trust.terms["since"][outward]]]
    trusting = trust.in_from[inward][begun[trust.terms["since"][trust.in_rows[inward]]]]
    return np.concatenate((trusted, trusting))


def _places(offsets: Offsets, own: Flags) -> Offsets:
    """All places from `offsets[p]` to `offsets[p + 1]` of these people."""
    people = np.flatnonzero(own)
    spans = [np.arange(begin, end) for begin, end in zip(offsets[people], offsets[people + 1], strict=True)]
    return np.concatenate([np.empty(0, dtype=np.int64), *spans])


def _distrusting(snapshot: Snapshot, own: Flags, topic: int, scope: TopicScope, as_of: int) -> Int:
    """Who distrusts one of the brand's own people."""
    distrust = snapshot.distrust
    listener = np.repeat(np.arange(len(own), dtype=np.int32), np.diff(distrust.offsets))
    closing = distrust_scope(snapshot.topics, topic, scope)[distrust.topic] & (distrust.since <= as_of)
    distrusting: Int = listener[closing & own[distrust.to]]
    return distrusting

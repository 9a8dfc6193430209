"""Input types, and how they become questions. Left out or null, an option has the question's own default."""

from datetime import date
from typing import TypeVar

import strawberry

from service.api.types import vocabulary  # noqa: F401 (makes the enums known to Strawberry)
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.sight import Sight
from service.domain.vocabulary import PaidPolicy, PurchaseStage, RoleKind, TopicScope, TrustDirection

T = TypeVar("T")
D = TypeVar("D")

_USUAL = TrustedPathsQuestion(from_=Party(), to=Party())


def or_(value: T | None, usual: D) -> T | D:
    """What the caller gave; null and nothing at all mean the usual."""
    return usual if value is None or value is strawberry.UNSET else value


@strawberry.input(one_of=True, description="One end of a path: a person or a brand.")
class PartyInput:
    person_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="A person's id.")
    brand_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="A brand's id. As `from` it stands for its people with a role in `viaRoles`, as `to` for those "
        "who decide there.",
    )

    def party(self) -> Party:
        return Party(person_id=or_(self.person_id, None), brand_id=or_(self.brand_id, None))


@strawberry.input(description="Between whom, and which trust counts. Options combine.")
class TrustedPathsInput:
    from_: PartyInput = strawberry.field(name="from", description="Where the message starts.")
    to: PartyInput = strawberry.field(description="Whom it should reach.")
    topic_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="What the message is about. Without a topic all trust counts alike."
    )
    scope: TopicScope | None = strawberry.field(
        default=_USUAL.scope, description="How far from the topic trust may lie and still count."
    )
    direction: TrustDirection | None = strawberry.field(
        default=_USUAL.direction, description="Which way the path runs along trust."
    )
    first: int | None = strawberry.field(default=_USUAL.first, description="How many paths at most, 1 to 100.")
    max_hops: int | None = strawberry.field(default=_USUAL.max_hops, description="How many steps at most, 0 to 8.")
    min_strength: float | None = strawberry.field(
        default=_USUAL.min_strength, description="Least strength of a whole path, 0 to 1."
    )
    introducer_strength: float | None = strawberry.field(
        default=_USUAL.introducer_strength,
        description="How likely each inner person passes the message on, above 0 up to 1.",
    )
    as_of: date | None = strawberry.field(
        default=strawberry.UNSET, description="The day the question is about; without one the data set's."
    )
    via_roles: list[RoleKind] | None = strawberry.field(
        default_factory=lambda: list(_USUAL.via_roles),
        description="Whose trust a brand as `from` can lean on: its people with one of these roles.",
    )
    exclude_person_ids: list[strawberry.ID] | None = strawberry.field(
        default_factory=list, description="People who must not be on a path."
    )
    exclude_brand_ids: list[strawberry.ID] | None = strawberry.field(
        default_factory=list, description="Brands none of whose people may be on a path."
    )
    paid: PaidPolicy | None = strawberry.field(
        default=_USUAL.paid, description="Whether trust that rests on paid interactions counts."
    )
    channels: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="Only trust that came about on one of these channels."
    )
    stages: list[PurchaseStage] | None = strawberry.field(
        default=strawberry.UNSET, description="Only trust that rests on an interaction at one of these stages."
    )
    seen_from: date | None = strawberry.field(
        default=strawberry.UNSET, description="Only trust seen on this day or later; undated trust always counts."
    )
    seen_to: date | None = strawberry.field(
        default=strawberry.UNSET, description="Only trust that was there on this day; undated trust always counts."
    )
    distinct_introducers: bool | None = strawberry.field(
        default=_USUAL.distinct_introducers, description="Whether no two paths may share an inner person."
    )
    deadline_ms: int | None = strawberry.field(
        default=_USUAL.deadline_ms,
        description="After how many milliseconds to answer with what is proved until then, 1 to 30,000.",
    )

    def question(self, sight: Sight) -> TrustedPathsQuestion:
        channels, stages = or_(self.channels, None), or_(self.stages, None)
        return TrustedPathsQuestion(
            from_=self.from_.party(),
            to=self.to.party(),
            topic_id=or_(self.topic_id, None),
            scope=or_(self.scope, _USUAL.scope),
            direction=or_(self.direction, _USUAL.direction),
            first=or_(self.first, _USUAL.first),
            max_hops=or_(self.max_hops, _USUAL.max_hops),
            min_strength=or_(self.min_strength, _USUAL.min_strength),
            introducer_strength=or_(self.introducer_strength, _USUAL.introducer_strength),
            as_of=or_(self.as_of, None),
            via_roles=tuple(or_(self.via_roles, _USUAL.via_roles)),
            exclude_person_ids=tuple(self.exclude_person_ids or ()),
            exclude_brand_ids=tuple(self.exclude_brand_ids or ()),
            paid=or_(self.paid, _USUAL.paid),
            channels=None if channels is None else tuple(channels),
            stages=None if stages is None else tuple(stages),
            seen_from=or_(self.seen_from, None),
            seen_to=or_(self.seen_to, None),
            distinct_introducers=or_(self.distinct_introducers, _USUAL.distinct_introducers),
            deadline_ms=or_(self.deadline_ms, _USUAL.deadline_ms),
            sight=sight,
        )

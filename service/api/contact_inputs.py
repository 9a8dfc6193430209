"""Input types of the questions about contacts, and how they become parts of them."""

from datetime import date

import strawberry

from service.api.inputs import or_
from service.domain.contacts import Audience, Situation, Targets
from service.domain.vocabulary import PurchaseStage


@strawberry.input(description="What narrows the influencers of a person. All conditions hold at once.")
class SituationInput:
    channels: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="Only paths of trust that came about on one of these channels."
    )
    stages: list[PurchaseStage] | None = strawberry.field(
        default=strawberry.UNSET, description="Only paths of trust that rests on an interaction at one of these stages."
    )
    location: str | None = strawberry.field(
        default=strawberry.UNSET, description="Only influencers whose `location` is exactly this text."
    )
    community_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only influencers who are members of this community."
    )
    from_: date | None = strawberry.field(
        name="from",
        default=strawberry.UNSET,
        description="Only paths of trust that was seen on this day or later; undated trust always counts.",
    )
    to: date | None = strawberry.field(
        default=strawberry.UNSET,
        description="Only paths of trust that was there on this day; undated trust always counts.",
    )

    def situation(self) -> Situation:
        channels, stages = or_(self.channels, None), or_(self.stages, None)
        return Situation(
            channels=None if channels is None else tuple(channels),
            stages=None if stages is None else tuple(stages),
            seen_from=or_(self.from_, None),
            seen_to=or_(self.to, None),
            location=or_(self.location, None),
            community_id=or_(self.community_id, None),
        )


@strawberry.input(one_of=True, description="Whom to influence. People who opted out are in no audience.")
class AudienceInput:
    brand_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="A brand's people with the role CUSTOMER on the day."
    )
    community_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="A community's members, primary and secondary."
    )
    person_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="These people, at most 100,000; an unknown id is NOT_FOUND."
    )

    def audience(self) -> Audience:
        people = or_(self.person_ids, None)
        return Audience(
            brand_id=or_(self.brand_id, None),
            community_id=or_(self.community_id, None),
            person_ids=None if people is None else tuple(people),
        )


@strawberry.input(one_of=True, description="Whom a brand wants to reach, at most 200 people.")
class TargetsInput:
    brand_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="A brand's decision-makers on the day; with a topic, on topics in its scope.",
    )
    person_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="These people; an unknown id is NOT_FOUND."
    )

    def targets(self) -> Targets:
        people = or_(self.person_ids, None)
        return Targets(brand_id=or_(self.brand_id, None), person_ids=None if people is None else tuple(people))

"""Everybody in the communities around a topic at once."""

import strawberry

from service.api.types import people
from service.api.types.descriptions import RANK, ROLE, SHARE
from service.api.types.refs import PersonRef
from service.domain import topic_members as domain
from service.domain.vocabulary import MemberRole

MOST_MEMBERS = 5_000
USUAL_MEMBERS = 2_000


@strawberry.type(description="A person in one of the communities around a topic, with what a map of them shows.")
class TopicMember:
    community_id: strawberry.ID = strawberry.field(
        description="Their own community: an `id` of `topicalCommunities` with the same arguments."
    )
    share: float = strawberry.field(description=SHARE)
    rank: float = strawberry.field(description=RANK)
    role: MemberRole = strawberry.field(description=ROLE)
    authority: float | None = strawberry.field(
        description="Their authority on the topic, as `standing` has it; null where there is no standing."
    )
    percentile: float | None = strawberry.field(
        description="Part of the topic's people with less authority, in percent; null likewise."
    )
    brand_ids: list[strawberry.ID] = strawberry.field(
        description="Brands at which they hold any role on the day, by id."
    )
    person_id: strawberry.Private[str]

    @classmethod
    def of(cls, found: domain.TopicMember) -> "TopicMember":
        return cls(
            community_id=strawberry.ID(found.community_id),
            share=found.member.share,
            rank=found.member.rank,
            role=found.member.role,
            authority=found.authority,
            percentile=found.percentile,
            brand_ids=[strawberry.ID(id_) for id_ in found.brand_ids],
            person_id=found.member.person_id,
        )

    @strawberry.field(description="Who it is.")
    def person(self) -> PersonRef:
        return people.Person.known_by(self.person_id)

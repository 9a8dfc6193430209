"""Everybody in the communities around a topic at once: what a map of them shows."""

from dataclasses import dataclass

from service.domain.communities import CommunityMember


@dataclass(frozen=True, slots=True)
class TopicMember:
    """`member` is the membership in the person's own community. `authority` and `percentile` are those of the standing
    on the topic, None where there is none; `brand_ids` are brands with any role there on the day, by id."""

    member: CommunityMember
    community_id: str
    authority: float | None
    percentile: float | None
    brand_ids: tuple[str, ...]

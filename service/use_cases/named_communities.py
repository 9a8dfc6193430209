"""From what was found in a projection to the answer: communities with ids, in order."""

from collections.abc import Sequence
from datetime import datetime

from service.domain.communities import Bridge, CommunitiesQuestion, Community, TopicalCommunities
from service.graph.communities.community_measures import Found


def named(
    question: CommunitiesQuestion, snapshot_id: str, found: Found, ids: Sequence[str], computed_at: datetime
) -> TopicalCommunities:
    """`ids[i]` is the id of `found.communities[i]`. Largest first, ties by id; bridges by strength, then by the
    other community's id and the person's."""
    communities = [
        Community(
            id=id_,
            topic_id=question.topic_id,
            label=community.label,
            size=community.size,
            cohesion=community.cohesion,
            conductance=community.conductance,
            computed_at=computed_at,
            snapshot_id=snapshot_id,
            members=community.members,
            brands=community.brands,
            decision_maker_ids=community.decision_maker_ids,
            bridges=tuple(
                sorted(
                    (Bridge(bridge.person_id, ids[bridge.to], bridge.strength) for bridge in community.bridges),
                    key=lambda bridge: (-bridge.strength, bridge.to_id, bridge.person_id),
                )
            ),
        )
        for id_, community in zip(ids, found.communities, strict=True)
    ]
    communities.sort(key=lambda community: (-community.size, community.id))
    return TopicalCommunities(question, tuple(communities), found.modularity, found.people, snapshot_id)

"""Who are all the people in the communities around a topic?"""

from dataclasses import dataclass

import numpy as np

from service.domain.communities import CommunitiesQuestion, CommunityMember
from service.domain.standing import StandingQuestion
from service.domain.topic_members import TopicMember
from service.domain.vocabulary import StandingMeasure
from service.graph.brands_of_people import brands_of_people
from service.graph.snapshot import day_number
from service.use_cases.find_communities import FindCommunities
from service.use_cases.find_standing import FindStanding


@dataclass(frozen=True, slots=True)
class FindTopicMembers:
    """Puts together what communities and standing say, both of which are remembered."""

    find_communities: FindCommunities
    find_standing: FindStanding

    async def __call__(self, question: CommunitiesQuestion, first: int) -> list[TopicMember]:
        """At most `first` people, each in their own community, by authority on the topic; who has none comes last, ties
        by id. Raises what the two raise."""
        communities = (await self.find_communities(question)).communities
        found = await self.find_standing(StandingQuestion(question.topic_id, question.scope, question.as_of))
        snapshot, column = found.snapshot, found.everybody.columns[StandingMeasure.AUTHORITY]
        # somebody who came or went between the two answers has no position, and so no standing
        ranked: list[tuple[float, str, CommunityMember, str, int | None, int | None]] = []
        for community in communities:
            for member in community.members:
                if not member.primary:
                    continue
                person = snapshot.people.index.find(member.person_id)
                place = None if person is None else found.everybody.place_of(person)
                authority = -1.0 if place is None else float(column.value[place])
                ranked.append((-authority, member.person_id, member, community.id, person, place))
        ranked.sort(key=lambda each: each[:2])
        del ranked[first:]
        people = np.array([person for *_, person, _ in ranked if person is not None], dtype=np.int32)
        brands = brands_of_people(snapshot, people, day_number(found.day))
        return [
            TopicMember(
                member,
                community_id,
                None if place is None else float(column.value[place]),
                None if place is None else float(column.percentile[place]),
                () if person is None else brands.get(person, ()),
            )
            for _, _, member, community_id, person, place in ranked
        ]

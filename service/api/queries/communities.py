"""Who forms the community around a topic?"""

from typing import Annotated

import strawberry

from service.api.context import Info
from service.api.paging import page_of, slice_of
from service.api.types.arguments import About, AsOf, Id, Scope
from service.api.types.communities import Community
from service.api.types.connections import After, Connection, First
from service.domain.communities import CommunitiesQuestion
from service.domain.errors import NotFound
from service.domain.vocabulary import TopicScope

Resolution = Annotated[
    float | None,
    strawberry.argument(description="Above 1 finds more and smaller communities, below 1 fewer and larger ones."),
]
MinSize = Annotated[int | None, strawberry.argument(description="Communities with fewer primary members are left out.")]


@strawberry.type
class CommunityQuery:
    @strawberry.field(description="The community with an id; null where there is none.")
    async def community(self, info: Info, id: Id) -> Community | None:
        try:
            return Community.of(await info.context.loaders.community.load(id))
        except NotFound:
            return None

    @strawberry.field(
        description="The communities around a topic, largest first: people acquainted with each other on it."
    )
    async def topical_communities(
        self,
        info: Info,
        topic_id: About,
        scope: Scope = TopicScope.RELATED,
        resolution: Resolution = 1.0,
        min_size: MinSize = 3,
        as_of: AsOf = strawberry.UNSET,
        first: First = 20,
        after: After = strawberry.UNSET,
    ) -> Connection[Community]:
        part = slice_of(info, first, after)
        question = CommunitiesQuestion(
            topic_id=topic_id,
            scope=scope or TopicScope.RELATED,
            resolution=1.0 if resolution is None else resolution,
            min_size=3 if min_size is None else min_size,
            as_of=as_of or None,
        )
        found = (await info.context.services.find_communities(question)).communities
        siblings = {community.id: community for community in found}
        page = page_of(found, f"communities/{question}", lambda community: community.id, part)
        return Connection.of(page, len(found), lambda community: Community.of(community, siblings))

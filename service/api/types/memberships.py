"""The communities of a person; what the person is in each stands on the edge."""

import strawberry

from service.api.types import communities
from service.api.types.connections import PageInfo
from service.api.types.descriptions import CURSOR, PAGE_INFO, PRIMARY, RANK, ROLE, SHARE, TOTAL_COUNT
from service.api.types.refs import CommunityRef
from service.domain.vocabulary import MemberRole
from service.ports.browsing import Listed, Membership


@strawberry.type(description="A community of a person, and the person's place in it.")
class MembershipEdge:
    cursor: str = strawberry.field(description=CURSOR)
    node: CommunityRef = strawberry.field(description="The community.")
    share: float = strawberry.field(description=SHARE)
    rank: float = strawberry.field(description=RANK)
    role: MemberRole = strawberry.field(description=ROLE)
    primary: bool = strawberry.field(description=PRIMARY)


@strawberry.type(description="A page of a person's communities.")
class MembershipConnection:
    edges: list[MembershipEdge] = strawberry.field(description="The communities of this page, in the list's order.")
    page_info: PageInfo = strawberry.field(description=PAGE_INFO)
    total_count: int = strawberry.field(description=TOTAL_COUNT)


def connected(listed: Listed[Membership]) -> MembershipConnection:
    """Stored memberships with the communities they are in."""
    page = listed.page
    return MembershipConnection(
        edges=[
            MembershipEdge(
                cursor=cursor,
                node=communities.Community.stored(item.community),
                share=item.share,
                rank=item.rank,
                role=item.role,
                primary=item.primary,
            )
            for cursor, item in zip(page.cursors, page.items, strict=True)
        ],
        page_info=PageInfo.of(page),
        total_count=listed.total or 0,
    )

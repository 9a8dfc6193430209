"""Communities around a topic: who is in them, what they stand for, whom they are tied to."""

from collections.abc import Mapping
from datetime import datetime

import strawberry

from service.api.context import Info
from service.api.paging import page_of, slice_of
from service.api.types import brands, people, topics
from service.api.types.connections import After, Connection, First, PageInfo
from service.api.types.descriptions import CURSOR, PAGE_INFO, PRIMARY, RANK, ROLE, SHARE, TOTAL_COUNT
from service.api.types.refs import BrandRef, CommunityRef, PersonRef, TopicRef
from service.domain import communities as domain
from service.domain.errors import NotFound
from service.domain.vocabulary import MemberRole
from service.graph.communities.members import Members
from service.ports.browsing import StoredCommunity


@strawberry.type(description="A person in a community.")
class CommunityMember:
    share: float = strawberry.field(description=SHARE)
    rank: float = strawberry.field(description=RANK)
    role: MemberRole = strawberry.field(description=ROLE)
    primary: bool = strawberry.field(description=PRIMARY)
    person_id: strawberry.Private[str]

    @classmethod
    def of(cls, member: domain.CommunityMember) -> "CommunityMember":
        return cls(
            share=member.share,
            rank=member.rank,
            role=member.role,
            primary=member.primary,
            person_id=member.person_id,
        )

    @strawberry.field(description="Who it is.")
    def person(self) -> PersonRef:
        return people.Person.known_by(self.person_id)


@strawberry.type(description="A brand in a community, and how present it is there.")
class BrandPresenceEdge:
    cursor: str = strawberry.field(description=CURSOR)
    node: BrandRef = strawberry.field(description="The brand.")
    people: int = strawberry.field(description="How many primary members hold a role there.")


@strawberry.type(description="A page of the brands present in a community.")
class BrandPresenceConnection:
    edges: list[BrandPresenceEdge] = strawberry.field(description="The brands of this page, most present first.")
    page_info: PageInfo = strawberry.field(description=PAGE_INFO)
    total_count: int = strawberry.field(description=TOTAL_COUNT)


@strawberry.type(description="A member whose trust reaches into another community.")
class Bridge:
    strength: float = strawberry.field(description="How strong the ties are: the weights of trust both ways, summed.")
    bridge: strawberry.Private[domain.Bridge]
    siblings: strawberry.Private[Mapping[str, domain.Community]]

    @strawberry.field(description="Who bridges.")
    def person(self) -> PersonRef:
        return people.Person.known_by(self.bridge.person_id)

    @strawberry.field(description="The community on the other side.")
    async def community(self, info: Info) -> CommunityRef:
        known = self.siblings.get(self.bridge.to_id)
        return Community.of(known or await info.context.loaders.community.load(self.bridge.to_id), self.siblings)


@strawberry.type(
    description=(
        "People who are acquainted with each other on a topic. Found by Leiden on modularity; `size`, `cohesion` and "
        "`conductance` count primary members only."
    )
)
class Community:
    id: strawberry.ID = strawberry.field(
        description="Stays the same when the community is computed anew and most members are still in it."
    )
    label: str = strawberry.field(description="What sets it apart: its subtopics and brands.")
    size: int = strawberry.field(description="How many primary members it has.")
    cohesion: float = strawberry.field(description="Internal weight of trust divided by the possible pairs.")
    conductance: float = strawberry.field(
        description="Weight that leaves the community, divided by the smaller side's; 0 is a world of its own."
    )
    computed_at: datetime = strawberry.field(description="When it was computed.")
    snapshot_id: strawberry.ID = strawberry.field(description="The snapshot it was computed from.")
    topic_id: strawberry.Private[str]
    whole: strawberry.Private[domain.Community | None] = None
    siblings: strawberry.Private[Mapping[str, domain.Community] | None] = None

    @classmethod
    def of(cls, community: domain.Community, siblings: Mapping[str, domain.Community] | None = None) -> "Community":
        """`siblings`: the other communities of the same answer, by id."""
        made = cls.stored(community)
        made.whole = community
        made.siblings = siblings
        return made

    @classmethod
    def stored(cls, community: StoredCommunity | domain.Community) -> "Community":
        """A community as Neo4j holds it; who is in it is worked out when somebody asks."""
        return cls(
            id=strawberry.ID(community.id),
            label=community.label,
            size=community.size,
            cohesion=community.cohesion,
            conductance=community.conductance,
            computed_at=community.computed_at,
            snapshot_id=strawberry.ID(community.snapshot_id),
            topic_id=community.topic_id,
        )

    @strawberry.field(description="The topic around which it forms.")
    def topic(self, info: Info) -> TopicRef:
        name = info.context.names.topic(self.topic_id)
        if name is None:
            raise NotFound("topic", self.topic_id)
        return topics.Topic.named(self.topic_id, name)

    @strawberry.field(description="Its members, those with the highest rank first.")
    async def members(
        self, info: Info, first: First = 20, after: After = strawberry.UNSET
    ) -> Connection[CommunityMember]:
        part, members = slice_of(info, first, after), (await self._whole(info)).members
        place_of = members.place_of if isinstance(members, Members) else None
        page = page_of(members, f"members/{self.id}", lambda member: member.person_id, part, place_of)
        return Connection.of(page, len(members), CommunityMember.of)

    @strawberry.field(description="The brands its primary members hold roles at, most present first.")
    async def brands(self, info: Info, first: First = 20, after: After = strawberry.UNSET) -> BrandPresenceConnection:
        part, present = slice_of(info, first, after), (await self._whole(info)).brands
        page = page_of(present, f"brands/{self.id}", lambda brand: brand.brand_id, part)
        return BrandPresenceConnection(
            edges=[
                BrandPresenceEdge(
                    cursor=cursor,
                    node=brands.Brand.known_by(item.brand_id),
                    people=item.people,
                )
                for item, cursor in zip(page.items, page.cursors, strict=True)
            ],
            page_info=PageInfo.of(page),
            total_count=len(present),
        )

    @strawberry.field(description="Its members who decide at some brand.")
    async def decision_makers(
        self, info: Info, first: First = 20, after: After = strawberry.UNSET
    ) -> Connection[PersonRef]:
        part, ids = slice_of(info, first, after), (await self._whole(info)).decision_maker_ids
        page = page_of(ids, f"decisionMakers/{self.id}", str, part)
        return Connection.of(page, len(ids), people.Person.known_by)

    @strawberry.field(description="Members tied to other communities, in the order of how strongly.")
    async def bridges(self, info: Info, first: First = 20, after: After = strawberry.UNSET) -> Connection[Bridge]:
        part, bridges = slice_of(info, first, after), (await self._whole(info)).bridges
        page = page_of(bridges, f"bridges/{self.id}", _bridge_key, part)
        return Connection.of(
            page,
            len(bridges),
            lambda bridge: Bridge(strength=bridge.strength, bridge=bridge, siblings=self.siblings or {}),
        )

    async def _whole(self, info: Info) -> domain.Community:
        if self.whole is None:
            self.whole = await info.context.loaders.community.load(self.id)
        return self.whole


def _bridge_key(bridge: domain.Bridge) -> str:
    return f"{bridge.person_id} {bridge.to_id}"

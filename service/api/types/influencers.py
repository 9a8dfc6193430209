"""Who matters on a topic, and how well a brand can reach them."""

import strawberry

from service.api.context import Info
from service.api.types import people, roles, standing
from service.api.types.connections import Connection
from service.api.types.paths import TrustedPath
from service.api.types.refs import PersonRef, RoleRef, StandingRef
from service.api.types.standing import MeasureEvidence
from service.domain import influencers as domain
from service.domain.held import HeldList
from service.domain.vocabulary import Stance
from service.graph.influence import brand_evidence
from service.ports.browsing import Slice
from service.use_cases.find_brand_on_topic import PathsOfPage, TopicInfluencers


@strawberry.type(description="A number, and how it was made.")
class Figure:
    value: float = strawberry.field(description="The number itself.")
    formula: str = strawberry.field(description="How it is computed.")
    evidence: list[MeasureEvidence] = strawberry.field(description="What it is made of.")

    @classmethod
    def of(cls, figure: domain.Figure) -> "Figure":
        return cls(
            value=figure.value,
            formula=figure.formula,
            evidence=[MeasureEvidence.of(each) for each in figure.evidence],
        )


@strawberry.type(description="Somebody who has a standing on a topic, and how well a brand can reach them.")
class TopicInfluencer:
    found: strawberry.Private[TopicInfluencers]
    place: strawberry.Private[int]
    paths: strawberry.Private[PathsOfPage]

    @strawberry.field(description="Who it is.")
    def person(self) -> PersonRef:
        return people.Person.known_by(self.found.standings.id_of(self.place))

    @strawberry.field(description="Their standing on the topic, by four measures.")
    def standing(self) -> StandingRef:
        return standing.Standing.of(self.found.standings, self.place)

    @strawberry.field(
        description="The best trusted path from the brand: what `trustedPaths` finds from it to this person on the "
        "topic with `first: 1`. Null where there is none; of 0 hops for people whom the brand can send."
    )
    async def path(self) -> TrustedPath | None:
        path = await self.paths.of(self.place)
        return None if path is None else TrustedPath.of(path)

    @strawberry.field(description="The strength of that path; null where there is none.")
    def path_strength(self) -> float | None:
        return self.found.brand.strength(self.place)

    @strawberry.field(description="How much of their authority the brand can reach.")
    def reachable_authority(self) -> Figure:
        return Figure.of(brand_evidence.reachable_authority(self.found.brand, self.place))

    @strawberry.field(description="How they stand to the brand.")
    def stance(self) -> Stance:
        person = int(self.found.brand.standings.people[self.place])
        return Stance.DETRACTOR if self.found.brand.circle.against(person) else Stance.NEUTRAL

    @strawberry.field(description="What makes them a detractor, in words; empty for others.")
    def stance_grounds(self) -> list[str]:
        return list(brand_evidence.stance_grounds(self.found.brand, self.place))


def reached(info: Info, found: TopicInfluencers, whole: HeldList[int], part: Slice) -> Connection[TopicInfluencer]:
    """A page of influencers, whose paths are searched for together, should they be selected."""
    page = whole.page(part.first, part.after)
    paths = info.context.services.find_brand_on_topic.paths(found, page.items)
    return Connection.of(page, whole.length, lambda place: TopicInfluencer(found=found, place=place, paths=paths))


@strawberry.type(description="One of a brand's own people, whose standing on a topic the brand leaves unused.")
class Untapped:
    found: strawberry.Private[TopicInfluencers]
    place: strawberry.Private[int]

    @strawberry.field(description="Who it is.")
    def person(self) -> PersonRef:
        return people.Person.known_by(self.found.standings.id_of(self.place))

    @strawberry.field(description="Their standing on the topic, by four measures.")
    def standing(self) -> StandingRef:
        return standing.Standing.of(self.found.standings, self.place)

    @strawberry.field(description="The roles that they hold at the brand on the day.")
    def roles(self) -> list[RoleRef]:
        return [roles.Role.in_snapshot(role) for role in brand_evidence.roles_at_brand(self.found.brand, self.place)]

    @strawberry.field(description="To how many people outside the brand they would carry a message.")
    def listeners(self) -> Figure:
        return Figure.of(brand_evidence.listeners(self.found.brand, self.place))

    @strawberry.field(description="To how many of these none of the brand's voices on the topic speaks.")
    def new_listeners(self) -> Figure:
        return Figure.of(brand_evidence.new_listeners(self.found.brand, self.place))

"""Peer influence of a topic: how concentrated it is, and the three groups that have it."""

from collections.abc import Sequence

import strawberry

from service.api.context import Info
from service.api.paging import page_of, slice_of
from service.api.types import people, snapshots
from service.api.types.connections import After, Connection, First
from service.api.types.refs import PersonRef
from service.domain import peer_influence as domain
from service.graph.influence.concentration import MOST
from service.graph.influence.peer_influence import LARGE_REACH

_WHOLE = "A whole number, as a Float since it may be beyond what an Int holds."
_MOST = f"{100 * MOST[0] // MOST[1]} %"

IMPRESSIONS = "interactions × listeners"
POSTS = "interactions given of the kinds that the data set calls content"
CONNECTORS = f"the first people, most impressions first (ties by id), who together make {_MOST} of all impressions"
MAVENS = f"the first people, most posts first (ties by id), who together make {_MOST} of all posts"
BROADCASTERS = (
    f"at least {LARGE_REACH} listeners, and of all who have that the tenth with the lowest reciprocity, "
    "with everybody who has the same as the last of them; most listeners first"
)


@strawberry.type(description="A point of a Lorenz curve.")
class LorenzPoint:
    people: float = strawberry.field(description="This part of the people, those who make least, 0 to 1 …")
    amount: float = strawberry.field(description="… makes this part of everything, 0 to 1.")


@strawberry.type(description="How an amount is spread over the people who are active on a topic.")
class InfluenceConcentration:
    formula: str = strawberry.field(description="How one person's amount is made.")
    spread: strawberry.Private[domain.Concentration]

    @strawberry.field(description=f"The amount of all people together. {_WHOLE}")
    def total(self) -> float:
        return float(self.spread.total)

    @strawberry.field(
        description="Gini coefficient: 0 where all make the same, towards 1 where one makes everything; "
        "null where nobody makes anything."
    )
    def gini(self) -> float | None:
        return self.spread.gini

    @strawberry.field(description=f"The least number of people who together make {_MOST}.")
    def fewest_people(self) -> int:
        return self.spread.fewest

    @strawberry.field(
        description=f"The smallest part of all active people who together make {_MOST}; "
        "null where nobody makes anything."
    )
    def share_of_people(self) -> float | None:
        return self.spread.share_of_people

    @strawberry.field(description="The Lorenz curve, from (0, 0) to (1, 1), in at most 101 points that lie on it.")
    def lorenz(self) -> list[LorenzPoint]:
        return [LorenzPoint(people=point.people, amount=point.amount) for point in self.spread.curve]


@strawberry.type(description="A person and what their influence is made of.")
class PeerInfluencer:
    interactions: int = strawberry.field(description="Interactions they gave, on topics in scope, until the day.")
    posts: int = strawberry.field(description="Those of the kinds that the data set calls content.")
    listeners: int = strawberry.field(description="Distinct people who trust them in the topic's network on the day.")
    answered: int = strawberry.field(description="Of these listeners, those whom they trust there in turn.")
    person_id: strawberry.Private[str]

    @classmethod
    def of(cls, found: domain.PeerInfluencer) -> "PeerInfluencer":
        return cls(
            interactions=found.interactions,
            posts=found.posts,
            listeners=found.listeners,
            answered=found.answered,
            person_id=found.person_id,
        )

    @strawberry.field(description="Who it is.")
    def person(self) -> PersonRef:
        return people.Person.known_by(self.person_id)

    @strawberry.field(description=f"Influence impressions: {IMPRESSIONS}. {_WHOLE}")
    def impressions(self) -> float:
        return float(self.interactions * self.listeners)

    @strawberry.field(description="answered / listeners; null without listeners.")
    def reciprocity(self) -> float | None:
        return self.answered / self.listeners if self.listeners else None


@strawberry.type(description="A group of people by one rule. Somebody may be in several groups.")
class InfluenceGroup:
    rule: str = strawberry.field(description="Who is in it, and in which order.")
    name: strawberry.Private[str]
    members: strawberry.Private[Sequence[domain.PeerInfluencer]]

    @strawberry.field(description="Its people, each with what it was decided by.")
    def people(self, info: Info, first: First = 20, after: After = strawberry.UNSET) -> Connection[PeerInfluencer]:
        page = page_of(self.members, self.name, lambda member: member.person_id, slice_of(info, first, after))
        return Connection.of(page, len(self.members), PeerInfluencer.of)


@strawberry.type(
    description="Whose word on a topic reaches people, after Forrester's Peer Influence Analysis: how concentrated it "
    "is, and the three groups who have it."
)
class PeerInfluence:
    found: strawberry.Private[domain.PeerInfluence]

    @strawberry.field(description="How many people are active in scope until the day: all shares are of these.")
    def people(self) -> int:
        return self.found.people

    @strawberry.field(description="How many interactions they gave.")
    def interactions(self) -> int:
        return self.found.interactions

    @strawberry.field(description="How influence impressions are spread.")
    def impressions(self) -> InfluenceConcentration:
        return InfluenceConcentration(formula=IMPRESSIONS, spread=self.found.impressions)

    @strawberry.field(description="How influence posts are spread.")
    def posts(self) -> InfluenceConcentration:
        return InfluenceConcentration(formula=POSTS, spread=self.found.posts)

    @strawberry.field(description="Those whose activity is heard by most.")
    def mass_connectors(self) -> InfluenceGroup:
        return self._group("connectors", CONNECTORS, self.found.connectors)

    @strawberry.field(description="Those who write most of what there is to read.")
    def mass_mavens(self) -> InfluenceGroup:
        return self._group("mavens", MAVENS, self.found.mavens)

    @strawberry.field(description="Those whom many listen to and who listen back to few.")
    def social_broadcasters(self) -> InfluenceGroup:
        most = self.found.most_reciprocity
        reached = "" if most is None else f"; here a reciprocity of at most {most:.3f}"
        return self._group("broadcasters", BROADCASTERS + reached, self.found.broadcasters)

    @strawberry.field(description="The state of the graph that the network was computed from.")
    def snapshot(self) -> snapshots.Snapshot:
        return snapshots.Snapshot.of(self.found.snapshot)

    def _group(self, name: str, rule: str, members: Sequence[domain.PeerInfluencer]) -> InfluenceGroup:
        return InfluenceGroup(rule=rule, name=f"{name}/{self.found.question}", members=members)

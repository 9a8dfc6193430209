"""Contacts: who moves a person, who moves many, and whom to get to know next."""

import strawberry

from service.api.context import Info
from service.api.paging import held, slice_of
from service.api.types import people
from service.api.types.connections import After, Connection, First
from service.api.types.paths import TrustedPath
from service.api.types.refs import PersonRef
from service.api.types.snapshots import Snapshot
from service.domain import contacts as domain
from service.domain.held import HeldList
from service.graph.costs import MICRO, strength_of


@strawberry.type(description="Somebody to whom a person listens, directly or through others.")
class PersonInfluencer:
    strength: float = strawberry.field(
        description="Strength of the best path: exp(-cost / 1,000,000), as `trustedPaths` gives it."
    )
    ways: int = strawberry.field(
        description="How many paths lead there that share no introducer, each the best that is left; of ten the first."
    )
    path: TrustedPath = strawberry.field(description="The best path, from the person to the influencer: the evidence.")
    influencer: strawberry.Private[domain.PersonInfluencer]

    @classmethod
    def of(cls, influencer: domain.PersonInfluencer) -> "PersonInfluencer":
        path = influencer.path
        return cls(strength=path.strength, ways=influencer.ways, path=TrustedPath.of(path), influencer=influencer)

    @strawberry.field(description="Who it is.")
    def person(self) -> PersonRef:
        return people.Person.known_by(self.influencer.person_id)

    @strawberry.field(description="How the numbers were made.")
    def formula(self) -> str:
        return (
            "strength: exp(-cost / 1,000,000) of the best path of at most three steps of trust; "
            "ways: such paths that share no introducer, greedily, best first"
        )


@strawberry.type(description="A person of an audience whom a contact influences.")
class Influenced:
    strength: float = strawberry.field(description="Strength of the contact's best path to them; 1 to themselves.")
    person_id: strawberry.Private[str]

    @classmethod
    def of(cls, influenced: domain.Influenced) -> "Influenced":
        return cls(strength=strength_of(influenced.cost), person_id=influenced.person_id)

    @strawberry.field(description="Who it is.")
    def person(self) -> PersonRef:
        return people.Person.known_by(self.person_id)


@strawberry.type(description="One of the contacts who together influence most of an audience.")
class Contact:
    in_audience: bool = strawberry.field(description="Whether the contact is of the audience; they count themselves.")
    reaches: int = strawberry.field(description="How many of the audience the contact influences alone.")
    gain: int = strawberry.field(description="How many of these no contact before does.")
    together: int = strawberry.field(description="How many all contacts up to this one influence.")
    contact: strawberry.Private[domain.Contact]

    @classmethod
    def of(cls, contact: domain.Contact) -> "Contact":
        return cls(
            in_audience=contact.in_audience,
            reaches=contact.reaches,
            gain=len(contact.adds),
            together=contact.together,
            contact=contact,
        )

    @strawberry.field(description="Who it is.")
    def person(self) -> PersonRef:
        return people.Person.known_by(self.contact.person_id)

    @strawberry.field(description="Those whom no contact before influences, strongest first: the evidence of `gain`.")
    def adds(self, info: Info, first: First = 20, after: After = strawberry.UNSET) -> Connection[Influenced]:
        adds = self.contact.adds
        whole = HeldList(
            f"adds/{self.contact.person_id}",
            (int, str),
            len(adds),
            lambda place: [adds[place].cost, adds[place].person_id],
            adds.__getitem__,
        )
        return held(whole, slice_of(info, first, after), Influenced.of)


@strawberry.type(description="The few contacts who together influence most of an audience.")
class Leverage:
    audience: int = strawberry.field(description="How many people the audience has, without those who opted out.")
    reachable: int = strawberry.field(description="How many of them anybody else influences, whoever it is.")
    contacts: list[Contact] = strawberry.field(
        description="In the order of their choice. Fewer than asked where more would add nobody."
    )
    formula: str = strawberry.field(description="How they were chosen.")
    snapshot: Snapshot = strawberry.field(description="The state of the graph this was computed from.")

    @classmethod
    def of(cls, found: domain.Leverage, question: domain.LeverageQuestion) -> "Leverage":
        return cls(
            audience=found.audience,
            reachable=found.reachable,
            contacts=[Contact.of(contact) for contact in found.contacts],
            formula=(
                f"influences: a path of at most {question.max_hops} steps with a strength of at least "
                f"{question.min_strength:g}; each next contact is the one with the greatest gain, ties by id "
                "(lazy greedy maximum coverage, Leskovec et al. 2007)"
            ),
            snapshot=Snapshot.of(found.snapshot),
        )


@strawberry.type(description="What a new relationship would do for one target.")
class TargetGain:
    before: float | None = strawberry.field(
        description="Strength of the brand's best path today; null where there is none."
    )
    after: float = strawberry.field(description="The same if the relationship came about.")
    person_id: strawberry.Private[str]

    @classmethod
    def of(cls, gain: domain.TargetGain) -> "TargetGain":
        before = None if gain.before is None else strength_of(gain.before)
        return cls(before=before, after=strength_of(gain.after), person_id=gain.person_id)

    @strawberry.field(description="The target.")
    def person(self) -> PersonRef:
        return people.Person.known_by(self.person_id)


@strawberry.type(description="A relationship that does not exist: what it would do for a brand if it did.")
class NextRelationship:
    opened: int = strawberry.field(description="How many targets would be reached that no path reaches today.")
    strengthened: int = strawberry.field(description="How many targets would be reached by a better path than today.")
    strength_gained: float = strawberry.field(
        description="Strength that the best paths to all targets would gain, each rounded to millionths, summed."
    )
    relationship: strawberry.Private[domain.NextRelationship]

    @classmethod
    def of(cls, relationship: domain.NextRelationship) -> "NextRelationship":
        return cls(
            opened=relationship.opened,
            strengthened=relationship.strengthened,
            strength_gained=relationship.gained / MICRO,
            relationship=relationship,
        )

    @strawberry.field(description="Who would come to trust one of the brand's people.")
    def contact(self) -> PersonRef:
        return people.Person.known_by(self.relationship.contact_id)

    @strawberry.field(description="Whom they would trust: of the brand's people the one entered at the least cost.")
    def brand_person(self) -> PersonRef:
        return people.Person.known_by(self.relationship.brand_person_id)

    @strawberry.field(description="Each target that would gain, by id: the evidence of the counts.")
    def gains(self) -> list[TargetGain]:
        return [TargetGain.of(gain) for gain in self.relationship.gains]

    @strawberry.field(description="How the numbers were made.")
    def formula(self) -> str:
        return (
            "cost of a new path: entry + cost of the assumed strength + handover + the best way on past the brand's "
            "own people; a target gains where that is less than the cost of the best path today"
        )

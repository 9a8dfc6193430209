"""The numbers of a brand and one of a topic's people, with what they are made of."""

from service.domain.influencers import (
    LISTENERS_FORMULA,
    NEW_LISTENERS_FORMULA,
    REACHABLE_AUTHORITY_FORMULA,
    Figure,
)
from service.domain.model import Role
from service.domain.standing import MeasureEvidence
from service.domain.vocabulary import StandingMeasure
from service.graph.browsing import roles_of_person
from service.graph.influence.brand_circle import distrusted_by
from service.graph.influence.brand_on_topic import BrandOnTopic
from service.graph.snapshot import day_number

NAMED = 5
"""How many listeners are named, those who trust most first."""


def reachable_authority(found: BrandOnTopic, place: int) -> Figure:
    """Authority × strength of the best path from the brand."""
    evidence = (
        MeasureEvidence("authority", float(found.standings.columns[StandingMeasure.AUTHORITY].value[place])),
        MeasureEvidence("strength of the best path from the brand", found.strength(place) or 0.0),
    )
    return Figure(float(found.reachable.value[place]), REACHABLE_AUTHORITY_FORMULA, evidence)


def listeners(found: BrandOnTopic, place: int) -> Figure:
    """To how many outside the brand this person would carry a message."""
    return _listening(found, place, LISTENERS_FORMULA, only_new=False)


def new_listeners(found: BrandOnTopic, place: int) -> Figure:
    """How many of them none of the brand's voices speaks to."""
    return _listening(found, place, NEW_LISTENERS_FORMULA, only_new=True)


def stance_grounds(found: BrandOnTopic, place: int) -> tuple[str, ...]:
    """What makes this person a detractor of the brand, in words; nothing where they are none."""
    snapshot, asked, person = found.snapshot, found.asked, int(found.standings.people[place])
    brand = snapshot.brands.names[snapshot.brands.index.of(asked.from_.brand_id or "")]
    topic, day = snapshot.topics.index.of(asked.topic_id or ""), day_number(snapshot.as_of(asked.as_of))
    distrusted = distrusted_by(snapshot, person, topic, asked.scope, day)
    return (
        *([f"Holds the role DETRACTOR at {brand}."] if found.circle.detracting[person] else []),
        *(
            f"Distrusts {snapshot.people.names[other]} ({snapshot.people.index.ids[other]}) of {brand}."
            for other in distrusted[found.circle.own[distrusted]]
        ),
    )


def roles_at_brand(found: BrandOnTopic, place: int) -> tuple[Role, ...]:
    """The roles that this person holds at the brand on the day."""
    snapshot, asked, person = found.snapshot, found.asked, int(found.standings.people[place])
    day = snapshot.as_of(asked.as_of)
    held = roles_of_person(snapshot, person, None)
    return tuple(
        role
        for role in map(held.item, range(held.length))
        if role.brand_id == asked.from_.brand_id
        and (role.since is None or role.since <= day)
        and (role.until is None or role.until >= day)
    )


def _listening(found: BrandOnTopic, place: int, formula: str, *, only_new: bool) -> Figure:
    network = found.standings.network
    at = network.listeners_of(int(found.standings.people[place]))
    listener, strength = network.listener[at], network.strength[at]
    outside = ~found.circle.own[listener]
    if only_new:
        outside &= ~found.heard[listener]
    named = tuple(
        MeasureEvidence("strength of their trust", float(trust), found.snapshot.people.index.ids[int(person)])
        for person, trust in zip(listener[outside][:NAMED], strength[outside][:NAMED], strict=True)
    )
    return Figure(float(outside.sum()), formula, named)

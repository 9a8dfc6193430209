"""Rows as callers give them. What is left out stays as it is in the graph; null clears it."""

from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any

import strawberry

from service.domain.vocabulary import PurchaseStage, RoleKind


def given(row: Any) -> dict[str, object]:  # noqa: ANN401 (any input below)
    """A row's columns, named as files name them; without those that were left out."""
    found = {}
    for field in fields(row):
        value = getattr(row, field.name)
        if value is not strawberry.UNSET:
            found[_camel(field.name)] = value.value if isinstance(value, StrEnum) else value
    return found


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


@strawberry.input(description="A person, known by `id`.")
class PersonRow:
    id: strawberry.ID = strawberry.field(description="Your own id, 1 to 200 characters.")
    name: str = strawberry.field(description="1 to 1,000 characters.")
    headline: str | None = strawberry.field(default=strawberry.UNSET, description="A line about them.")
    location: str | None = strawberry.field(default=strawberry.UNSET, description="Where they are.")
    opted_out: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether they are left out of every answer; null means false."
    )


@strawberry.input(description="A brand, known by `id`.")
class BrandRow:
    id: strawberry.ID = strawberry.field(description="Your own id, 1 to 200 characters.")
    name: str = strawberry.field(description="1 to 1,000 characters.")
    domain: str | None = strawberry.field(default=strawberry.UNSET, description="Its domain on the net.")


@strawberry.input(description="A topic, known by `id`.")
class TopicRow:
    id: strawberry.ID = strawberry.field(description="Your own id, 1 to 200 characters.")
    name: str = strawberry.field(description="1 to 1,000 characters.")
    parent_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The one broader topic; null makes it a root."
    )
    description: str | None = strawberry.field(default=strawberry.UNSET, description="What it is about.")


@strawberry.input(description="A role, known by person, brand, kind, topic and `since`.")
class RoleRow:
    person_id: strawberry.ID = strawberry.field(description="Who holds it.")
    brand_id: strawberry.ID = strawberry.field(description="At which brand.")
    kind: RoleKind = strawberry.field(description="What the person is to the brand.")
    topic_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The topic it is about; without one it holds for every topic."
    )
    title: str | None = strawberry.field(default=strawberry.UNSET, description="What the brand calls it.")
    strength: float | None = strawberry.field(
        default=strawberry.UNSET, description="How strong the tie is, above 0 up to 1; 1 where none is given."
    )
    since: date | None = strawberry.field(default=strawberry.UNSET, description="The first day.")
    until: date | None = strawberry.field(default=strawberry.UNSET, description="The last day.")


@strawberry.input(description="An interaction: `from` acted on what `to` said.")
class InteractionRow:
    at: str = strawberry.field(description="A date or an ISO 8601 time; its UTC day counts.")
    from_id: strawberry.ID = strawberry.field(description="Who acted.")
    to_id: strawberry.ID = strawberry.field(description="On whose word.")
    kind: str = strawberry.field(description="What happened: a review, a reply, a meeting …; weights go by it.")
    topic_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="What it was about; without one it gives trust in general."
    )
    channel: str | None = strawberry.field(default=strawberry.UNSET, description="Where: online, by phone …")
    stage: PurchaseStage | None = strawberry.field(
        default=strawberry.UNSET, description="Where `from` was on the path to purchase."
    )
    paid: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether it was paid for; it then counts for half."
    )
    ref: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Your own name of it. Sent again between the same people, on the same topic, of the same kind, it "
        "counts once; without one every row counts.",
    )


@strawberry.input(description="Trust as somebody states it, known by from, to and topic.")
class TrustRow:
    from_id: strawberry.ID = strawberry.field(description="Who trusts.")
    to_id: strawberry.ID = strawberry.field(description="Whom.")
    strength: float = strawberry.field(description="Between −1 and 1, not 0; below 0 it is distrust.")
    topic_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="On what; without one in general."
    )
    since: date | None = strawberry.field(default=strawberry.UNSET, description="The first day.")
    last_seen: date | None = strawberry.field(
        default=strawberry.UNSET, description="The day it was last confirmed: from then on it ages."
    )
    channel: str | None = strawberry.field(default=strawberry.UNSET, description="Where it came about.")
    paid: bool | None = strawberry.field(default=strawberry.UNSET, description="Whether it rests on payment.")


@strawberry.input(description="What a statement of trust was about.")
class WithdrawnRow:
    from_id: strawberry.ID = strawberry.field(description="Who trusts.")
    to_id: strawberry.ID = strawberry.field(description="Whom.")
    topic_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="On what; without one in general."
    )

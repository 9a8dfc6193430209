"""Rows of the browsing statements as values of the domain."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from service.domain.model import Brand, Person, Role, Topic
from service.domain.vocabulary import MemberRole, RoleKind
from service.ports.browsing import Membership, Named, StoredCommunity

Row = Mapping[str, Any]


def person(row: Row) -> Person:
    return Person(row["id"], row["name"], row["headline"], row["location"], row["optedOut"])


def named(row: Row) -> Named:
    return Named(row["id"], row["name"])


def brand(row: Row) -> Brand:
    return Brand(row["id"], row["name"], row["domain"])


def topic(row: Row) -> Topic:
    return Topic(row["id"], row["name"], row["parentId"], row["description"])


def role(row: Row) -> Role:
    return Role(
        person_id=row["personId"],
        brand_id=row["brandId"],
        kind=RoleKind(row["kind"]),
        topic_id=row["topicId"],
        title=row["title"],
        strength=row["strength"],
        since=_day(row["since"]),
        until=_day(row["until"]),
    )


def membership(row: Row) -> Membership:
    community = StoredCommunity(
        id=row["id"],
        topic_id=row["topicId"],
        label=row["label"],
        size=row["size"],
        cohesion=row["cohesion"],
        conductance=row["conductance"],
        computed_at=row["computedAt"].to_native(),
        snapshot_id=row["snapshotId"],
    )
    return Membership(community, row["share"], row["rank"], MemberRole(row["role"]), row["primary"])


def _day(value: Any) -> date | None:  # noqa: ANN401 (the driver's own date type)
    return None if value is None else value.to_native()

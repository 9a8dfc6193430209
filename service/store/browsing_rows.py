"""Rows of the browsing statements as values of the domain."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from service.domain.model import Brand, Evidence, Person, Role, Topic
from service.domain.vocabulary import MemberRole, RoleKind
from service.ports.browsing import Membership, StoredCommunity, Trusting

Row = Mapping[str, Any]


def person(row: Row) -> Person:
    return Person(row["id"], row["name"], row["headline"], row["location"], row["optedOut"])


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


def trusting(row: Row) -> Trusting:
    kinds, counts = row["evidenceKinds"] or (), row["evidenceCounts"] or ()
    return Trusting(
        person=person(row),
        topic_id=row["topicId"],
        strength=row["strength"],
        cost=row["cost"],
        since=_day(row["since"]),
        last_seen=_day(row["lastSeen"]),
        channel=row["channel"],
        paid=row["paid"],
        evidence=tuple(Evidence(kind, count) for kind, count in zip(kinds, counts, strict=True)),
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

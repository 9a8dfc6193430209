"""The graph's own things, as Neo4j holds them. Ids are the loader's strings everywhere."""

from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.domain.likelihood import Likelihood
    from service.domain.vocabulary import RoleKind

GENERAL_TOPIC = ""
"""The `topicId` of trust in general, and of roles that hold for every topic."""

DEFAULT_SATURATION = 3.0
DEFAULT_HALF_LIFE_DAYS = 730.0


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    headline: str | None = None
    location: str | None = None
    opted_out: bool = False


@dataclass(frozen=True, slots=True)
class Brand:
    id: str
    name: str
    domain: str | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    name: str
    parent_id: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A person's role at a brand; `topic_id` is '' where it holds for every topic; `until` is inclusive."""

    person_id: str
    brand_id: str
    kind: "RoleKind"
    topic_id: str = GENERAL_TOPIC
    title: str | None = None
    strength: float | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """`count` interactions of one `kind` that a relationship rests on."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """What the numbers in a database were made with. One a database."""

    name: str
    as_of: date | None = None
    saturation: float = DEFAULT_SATURATION
    half_life_days: float = DEFAULT_HALF_LIFE_DAYS
    weights: "Mapping[str, float]" = field(default_factory=lambda: MappingProxyType({}))
    content_kinds: tuple[str, ...] = ()
    """Kinds of interaction that are content: posts, to Peer Influence Analysis. In order, each once."""
    likelihood: "Likelihood | None" = None
    """What was fitted to the data set's own past; None where nothing was."""

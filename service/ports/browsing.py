"""Reading the graph page by page: what the API needs of whoever holds it.

Lists are cut by cursors (`service.domain.cursors`); the holder makes them and refuses foreign ones with
InvalidInput naming `after`. Lists that hang on things are asked for many things at once, so that a page of
fifty people costs as many round trips as a page of one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from service.domain.model import Brand, Evidence, Person, Role, Topic
from service.domain.pages import Page
from service.domain.vocabulary import MemberRole, PeopleOrder, RoleKind, TopicScope

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slice:
    """The `first` rows behind the cursor `after`, or from the beginning."""

    first: int
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """A page of a list that hangs on something. `total` is the length of the whole list if it was asked for."""

    page: Page[T]
    total: int | None


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which people: all conditions hold at once. `topic_id`: takes part in trust on exactly that topic or holds
    a role on it. `brand_id`: has any role there; `role`: holds that kind, at the brand if one is given."""

    search: str | None = None
    topic_id: str | None = None
    brand_id: str | None = None
    role: RoleKind | None = None


@dataclass(frozen=True, slots=True)
class Trusting:
    """A TRUSTS relationship seen from one of its ends: `person` is the other. `topic_id` is '' for trust in
    general; `cost` in micro-nats, without age and topic."""

    person: Person
    topic_id: str
    strength: float
    cost: int
    since: date | None
    last_seen: date | None
    channel: str | None
    paid: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class StoredCommunity:
    """What Neo4j holds of a community itself; the fields are those of `service.domain.communities.Community`."""

    id: str
    topic_id: str
    label: str
    size: int
    cohesion: float
    conductance: float
    computed_at: datetime
    snapshot_id: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's place in a stored community, seen from the person."""

    community: StoredCommunity
    share: float
    rank: float
    role: MemberRole
    primary: bool


class GraphBrowser(Protocol):
    """Everything that can be read without a search. Ids nobody knows are left out of mappings, never an error."""

    async def people_by_id(self, ids: Sequence[str]) -> Mapping[str, Person]: ...

    async def brands_by_id(self, ids: Sequence[str]) -> Mapping[str, Brand]: ...

    async def topics_by_id(self, ids: Sequence[str]) -> Mapping[str, Topic]: ...

    async def people(self, wanted: PeopleFilter, order: PeopleOrder, part: Slice) -> Page[Person]: ...

    async def count_people(self, wanted: PeopleFilter) -> int: ...

    async def brands(self, search: str | None, part: Slice) -> Page[Brand]: ...

    async def count_brands(self, search: str | None) -> int: ...

    async def topics(self, search: str | None, parent_id: str | None, part: Slice) -> Page[Topic]: ...

    async def count_topics(self, search: str | None, parent_id: str | None) -> int: ...

    async def trusts(
        self, ids: Sequence[str], part: Slice, *, counted: bool, topic_id: str | None
    ) -> Mapping[str, Listed[Trusting]]:
        """Whom each of these people trusts, strongest first."""
        ...

    async def trusted_by(
        self, ids: Sequence[str], part: Slice, *, counted: bool, topic_id: str | None
    ) -> Mapping[str, Listed[Trusting]]:
        """Who trusts each of these people, strongest first."""
        ...

    async def roles_of_people(
        self, ids: Sequence[str], part: Slice, *, counted: bool, kind: RoleKind | None
    ) -> Mapping[str, Listed[Role]]: ...

    async def topics_of_people(
        self, ids: Sequence[str], part: Slice, *, counted: bool
    ) -> Mapping[str, Listed[Topic]]: ...

    async def communities_of_people(
        self, ids: Sequence[str], part: Slice, *, counted: bool
    ) -> Mapping[str, Listed[Membership]]: ...

    async def roles_of_brands(
        self, ids: Sequence[str], part: Slice, *, counted: bool, kind: RoleKind | None, topic_id: str | None
    ) -> Mapping[str, Listed[Role]]: ...

    async def people_of_brands(
        self, ids: Sequence[str], part: Slice, *, counted: bool, role: RoleKind | None
    ) -> Mapping[str, Listed[Person]]: ...

    async def decision_makers_of_brands(
        self, ids: Sequence[str], part: Slice, *, counted: bool, topic_id: str | None, scope: TopicScope
    ) -> Mapping[str, Listed[Person]]:
        """Who decides at each of these brands at the data set's date; with a topic, on topics in its scope or any."""
        ...

    async def decision_makers_of_topics(
        self, ids: Sequence[str], part: Slice, *, counted: bool
    ) -> Mapping[str, Listed[Person]]: ...

    async def parts_of_topics(
        self, ids: Sequence[str], part: Slice, *, counted: bool
    ) -> Mapping[str, Listed[Topic]]: ...

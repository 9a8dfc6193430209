"""Reading what a snapshot does not hold: what the API needs of whoever holds the graph.

Lists are cut by cursors (`service.domain.cursors`); the holder makes them and refuses foreign ones with
InvalidInput naming `after`. Lists that hang on things are asked for many things at once, so that a page of
fifty people costs as many round trips as a page of one.
"""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from service.domain.model import Brand, Person, Role, Topic
from service.domain.pages import Page
from service.domain.vocabulary import MemberRole, PeopleOrder, RoleKind, TopicScope

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


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
class Named:
    """A person in a list, by id and name; what else is asked of them is read by their id."""

    id: str
    name: str


TrustKey = tuple[str, str, str]
"""Who trusts, who is trusted, and the id of the topic ('' for trust in general)."""


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


class ById(Protocol, Generic[T_co]):
    """Gives what is known of some ids, and maybe of others."""

    def __call__(self, ids: Sequence[str], /) -> Awaitable[Mapping[str, T_co]]: ...


class GraphBrowser(Protocol):
    """Everything that can be read without a search. Ids nobody knows are left out of mappings, never an error."""

    @property
    def people_by_id(self) -> ById[Person]: ...

    @property
    def brands_by_id(self) -> ById[Brand]: ...

    @property
    def topics_by_id(self) -> ById[Topic]: ...

    async def people(self, wanted: PeopleFilter, order: PeopleOrder, part: Slice) -> Page[Named]: ...

    async def count_people(self, wanted: PeopleFilter) -> int: ...

    async def brands(self, search: str | None, part: Slice) -> Page[Brand]: ...

    async def count_brands(self, search: str | None) -> int: ...

    async def topics(self, search: str | None, parent_id: str | None, part: Slice) -> Page[Topic]: ...

    async def count_topics(self, search: str | None, parent_id: str | None) -> int: ...

    async def strengths(self, keys: Sequence[TrustKey]) -> Mapping[TrustKey, float]:
        """The stored strength of trust relationships."""
        ...

    async def whole_roles(self, roles: Sequence[Role]) -> Mapping[Role, Role]:
        """Title and strength of roles that were read without them."""
        ...

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

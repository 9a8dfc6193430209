"""Loaders for one request: what many resolvers ask for at the same time is read by one statement."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property
from typing import Generic, TypeVar

from strawberry.dataloader import DataLoader as StrawberryDataLoader

from service.domain.communities import Community
from service.domain.errors import Unavailable
from service.domain.model import Brand, Person, Role, Topic
from service.domain.pages import Page
from service.ports.browsing import ById, GraphBrowser, Listed, Membership, Slice, TrustKey

K = TypeVar("K")
T = TypeVar("T")

Question = tuple[Slice, bool, tuple[tuple[str, object], ...]]
HangingKey = tuple[str, Question]


class DataLoader(StrawberryDataLoader[K, T]):
    """What is loaded is shared by all fields that ask for it. Where graphql-core gives up a field beside one that
    failed, others must still get theirs."""

    def load(self, key: K) -> Awaitable[T]:
        loaded = asyncio.ensure_future(super().load(key))
        awaited = asyncio.shield(loaded)
        for future in (loaded, awaited):
            future.add_done_callback(_told)
        return awaited


def _told(future: "asyncio.Future[T]") -> None:
    """Whoever waits hears of a failure; that nobody waits any more is none."""
    if not future.cancelled():
        future.exception()


def by_id(fetch: ById[T]) -> DataLoader[str, T | None]:
    """A loader of single things; None for ids that nobody knows."""

    async def load(ids: list[str]) -> list[T | None]:
        found = await fetch(ids)
        return [found.get(id_) for id_ in ids]

    return DataLoader(load_fn=load)


class HangingLoader(Generic[T]):
    """Lists that hang on things: one statement for all things whose list is asked with the same arguments."""

    def __init__(self, fetch: Callable[..., Awaitable[Mapping[str, Listed[T]]]]) -> None:
        self._fetch = fetch
        self._loader: DataLoader[HangingKey, Listed[T]] = DataLoader(load_fn=self._load)

    async def load(self, id_: str, part: Slice, *, counted: bool, **narrowed: object) -> Listed[T]:
        return await self._loader.load((id_, (part, counted, tuple(sorted(narrowed.items())))))

    async def _load(self, keys: list[HangingKey]) -> list[Listed[T]]:
        groups: defaultdict[Question, list[str]] = defaultdict(list)
        for id_, question in keys:
            groups[question].append(id_)
        answers = await asyncio.gather(
            *(
                self._fetch(ids, part, counted=counted, **dict(narrowed))
                for (part, counted, narrowed), ids in groups.items()
            )
        )
        of_question = dict(zip(groups, answers, strict=True))
        nothing: Listed[T] = Listed(Page(items=(), cursors=(), has_next=False, has_previous=False), total=0)
        return [of_question[question].get(id_, nothing) for id_, question in keys]


class Loaders:
    """All loaders of a request, each made when it is first used."""

    def __init__(self, browser: GraphBrowser, community: Callable[[str], Awaitable[Community]]) -> None:
        self._browser = browser
        self._community = community

    @cached_property
    def person(self) -> DataLoader[str, Person | None]:
        return by_id(self._browser.people_by_id)

    @cached_property
    def brand(self) -> DataLoader[str, Brand | None]:
        return by_id(self._browser.brands_by_id)

    @cached_property
    def topic(self) -> DataLoader[str, Topic | None]:
        return by_id(self._browser.topics_by_id)

    @cached_property
    def community(self) -> DataLoader[str, Community]:
        async def load(ids: list[str]) -> list[Community | BaseException]:
            return await asyncio.gather(*(self._community(id_) for id_ in ids), return_exceptions=True)

        return DataLoader(load_fn=load)

    @cached_property
    def role(self) -> DataLoader[Role, Role]:
        """Roles as a snapshot has them, made whole."""

        async def load(roles: list[Role]) -> list[Role | Unavailable]:
            found = await self._browser.whole_roles(roles)
            return [found.get(role, _gone("role")) for role in roles]

        return DataLoader(load_fn=load)

    @cached_property
    def strength(self) -> DataLoader[TrustKey, float]:
        """The stored strength of trust relationships."""

        async def load(keys: list[TrustKey]) -> list[float | Unavailable]:
            found = await self._browser.strengths(keys)
            return [found.get(key, _gone("trust")) for key in keys]

        return DataLoader(load_fn=load)

    @cached_property
    def topics_of_people(self) -> HangingLoader[Topic]:
        return HangingLoader(self._browser.topics_of_people)

    @cached_property
    def communities_of_people(self) -> HangingLoader[Membership]:
        return HangingLoader(self._browser.communities_of_people)

    @cached_property
    def roles_of_brands(self) -> HangingLoader[Role]:
        return HangingLoader(self._browser.roles_of_brands)

    @cached_property
    def people_of_brands(self) -> HangingLoader[Person]:
        return HangingLoader(self._browser.people_of_brands)

    @cached_property
    def decision_makers_of_brands(self) -> HangingLoader[Person]:
        return HangingLoader(self._browser.decision_makers_of_brands)

    @cached_property
    def decision_makers_of_topics(self) -> HangingLoader[Person]:
        return HangingLoader(self._browser.decision_makers_of_topics)

    @cached_property
    def parts_of_topics(self) -> HangingLoader[Topic]:
        return HangingLoader(self._browser.parts_of_topics)


def _gone(kind: str) -> Unavailable:
    return Unavailable(f"A {kind} of the answer has just been removed; ask again.")

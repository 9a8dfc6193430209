"""Loaders for one request: what many resolvers ask for at the same time is read by one statement."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

from strawberry.dataloader import DataLoader

from service.domain.communities import Community
from service.domain.model import Brand, Person, Topic
from service.domain.pages import Page
from service.ports.browsing import GraphBrowser, Listed, Slice

T = TypeVar("T")

ById = Callable[[Sequence[str]], Awaitable[Mapping[str, T]]]
Question = tuple[Slice, bool, tuple[tuple[str, object], ...]]
HangingKey = tuple[str, Question]


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
    """All loaders of a request."""

    def __init__(self, browser: GraphBrowser, community: Callable[[str], Awaitable[Community]]) -> None:
        async def communities(ids: list[str]) -> list[Community | BaseException]:
            return await asyncio.gather(*(community(id_) for id_ in ids), return_exceptions=True)

        self.person: DataLoader[str, Person | None] = by_id(browser.people_by_id)
        self.brand: DataLoader[str, Brand | None] = by_id(browser.brands_by_id)
        self.topic: DataLoader[str, Topic | None] = by_id(browser.topics_by_id)
        self.community: DataLoader[str, Community] = DataLoader(load_fn=communities)
        self.trusts = HangingLoader(browser.trusts)
        self.trusted_by = HangingLoader(browser.trusted_by)
        self.roles_of_people = HangingLoader(browser.roles_of_people)
        self.topics_of_people = HangingLoader(browser.topics_of_people)
        self.communities_of_people = HangingLoader(browser.communities_of_people)
        self.roles_of_brands = HangingLoader(browser.roles_of_brands)
        self.people_of_brands = HangingLoader(browser.people_of_brands)
        self.decision_makers_of_brands = HangingLoader(browser.decision_makers_of_brands)
        self.decision_makers_of_topics = HangingLoader(browser.decision_makers_of_topics)
        self.parts_of_topics = HangingLoader(browser.parts_of_topics)

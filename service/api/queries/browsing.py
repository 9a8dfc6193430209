"""Finding people, brands and topics, one by one or page by page."""

import asyncio
from typing import Annotated

import strawberry

from service.api.context import Info
from service.api.paging import check_brand, check_topic, selects_total, slice_of
from service.api.types.arguments import Id, Search
from service.api.types.brands import Brand
from service.api.types.connections import After, Connection, First
from service.api.types.people import Person
from service.api.types.topics import Topic, topic_of
from service.domain.vocabulary import PeopleOrder, RoleKind
from service.ports.browsing import PeopleFilter

BrandId = Annotated[
    strawberry.ID | None,
    strawberry.argument(description="Only people with any role at this brand, past ones included."),
]
Holding = Annotated[
    RoleKind | None,
    strawberry.argument(description="Only people with a role of this kind; with `brandId` one there."),
]
Ordered = Annotated[
    PeopleOrder | None,
    strawberry.argument(description="How to sort; without a value RELEVANCE with a search, else NAME."),
]
OnTopic = Annotated[
    strawberry.ID | None,
    strawberry.argument(description="Only people who take part in trust on exactly this topic, or hold a role on it."),
]
Broader = Annotated[strawberry.ID | None, strawberry.argument(description="Only topics right below this one.")]


@strawberry.type
class BrowsingQuery:
    @strawberry.field(description="The person with an id; null where there is none.")
    async def person(self, info: Info, id: Id) -> Person | None:
        snapshot = info.context.snapshot
        at = snapshot.people.index.find(id)
        if at is not None:
            hidden = snapshot.hidden_from(info.context.sight)
            return None if hidden is not None and hidden[at] else Person.in_snapshot(snapshot, at)
        person = await info.context.loaders.person.load(id)
        return None if person is None else Person.of(person)

    @strawberry.field(description="The brand with an id; null where there is none.")
    async def brand(self, info: Info, id: Id) -> Brand | None:
        if id in info.context.snapshot.brands.index:
            return Brand.known_by(id)
        brand = await info.context.loaders.brand.load(id)
        return None if brand is None else Brand.of(brand)

    @strawberry.field(description="The topic with an id; null where there is none.")
    async def topic(self, info: Info, id: Id) -> Topic | None:
        known = topic_of(info, id)
        if known is not None:
            return known
        topic = await info.context.loaders.topic.load(id)
        return None if topic is None else Topic.of(topic)

    @strawberry.field(description="People, by words of their name or headline, by topic, brand and role, all at once.")
    async def people(
        self,
        info: Info,
        search: Search = strawberry.UNSET,
        topic_id: OnTopic = strawberry.UNSET,
        brand_id: BrandId = strawberry.UNSET,
        role: Holding = strawberry.UNSET,
        order_by: Ordered = strawberry.UNSET,
        first: First = 20,
        after: After = strawberry.UNSET,
    ) -> Connection[Person]:
        part = slice_of(info, first, after)
        wanted = PeopleFilter(
            search=_typed(search),
            topic_id=await check_topic(info, topic_id),
            brand_id=await check_brand(info, brand_id),
            role=role or None,
        )
        order = order_by or (PeopleOrder.RELEVANCE if wanted.search else PeopleOrder.NAME)
        browser = info.context.browser
        if not selects_total(info):
            return Connection.of(await browser.people(wanted, order, part), None, Person.listed)
        page, total = await asyncio.gather(browser.people(wanted, order, part), browser.count_people(wanted))
        return Connection.of(page, total, Person.listed)

    @strawberry.field(description="Brands by name, or the best matches of a search first.")
    async def brands(
        self, info: Info, search: Search = strawberry.UNSET, first: First = 20, after: After = strawberry.UNSET
    ) -> Connection[Brand]:
        part, typed, browser = slice_of(info, first, after), _typed(search), info.context.browser
        if not selects_total(info):
            return Connection.of(await browser.brands(typed, part), None, Brand.of)
        page, total = await asyncio.gather(browser.brands(typed, part), browser.count_brands(typed))
        return Connection.of(page, total, Brand.of)

    @strawberry.field(description="Topics by name, or the best matches of a search first.")
    async def topics(
        self,
        info: Info,
        search: Search = strawberry.UNSET,
        parent_id: Broader = strawberry.UNSET,
        first: First = 20,
        after: After = strawberry.UNSET,
    ) -> Connection[Topic]:
        part, typed, browser = slice_of(info, first, after), _typed(search), info.context.browser
        parent = await check_topic(info, parent_id)
        if not selects_total(info):
            return Connection.of(await browser.topics(typed, parent, part), None, Topic.of)
        page, total = await asyncio.gather(browser.topics(typed, parent, part), browser.count_topics(typed, parent))
        return Connection.of(page, total, Topic.of)


def _typed(search: str | None) -> str | None:
    """None for an empty search box."""
    return search if search and search.strip() else None

"""The graph read page by page from Neo4j; implements `service.ports.browsing.GraphBrowser`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from service.domain.errors import InvalidInput
from service.domain.pages import Page
from service.domain.vocabulary import PeopleOrder
from service.store import browsing_rows as rows
from service.store.browsing_lists import HangingList, SortedList
from service.store.gathering import Gathering
from service.store.search_text import full_text_query

if TYPE_CHECKING:
    from service.domain.model import Brand, Person, Role, Topic
    from service.domain.vocabulary import RoleKind, TopicScope
    from service.ports.browsing import Listed, Membership, Named, PeopleFilter, Slice, TrustKey
    from service.store.database import Database

LONGEST_SEARCH = 200
"""Characters of a search text."""

_TOPICS_OF_PEOPLE = HangingList("topics_of_people", "personIds", (str, str), rows.topic)
_COMMUNITIES_OF_PEOPLE = HangingList("communities_of_people", "personIds", (float, str), rows.membership)
_ROLES_OF_BRANDS = HangingList("roles_of_brands", "brandIds", (str, str, str, str), rows.role)
_PEOPLE_OF_BRANDS = HangingList("people_of_brands", "brandIds", (str, str), rows.person)
_DECISION_MAKERS_OF_BRANDS = HangingList("decision_makers_of_brands", "brandIds", (str, str), rows.person)
_DECISION_MAKERS_OF_TOPICS = HangingList("decision_makers_of_topics", "topicIds", (str, str), rows.person)
_PARTS_OF_TOPICS = HangingList("parts_of_topics", "topicIds", (str, str), rows.topic)


class Neo4jBrowser:
    """Every list is cut in the database by the key of its last row, never by skipping. Without `with_opted_out` nothing
    tells of people who opted out, neither by name nor by number."""

    def __init__(self, database: "Database", *, with_opted_out: bool = True) -> None:
        self._database = database
        self._seen = {"withOptedOut": with_opted_out}
        self.people_by_id = Gathering(lambda ids: self._people_by_id(ids))
        self.brands_by_id = Gathering(lambda ids: self._brands_by_id(ids))
        self.topics_by_id = Gathering(lambda ids: self._topics_by_id(ids))

    async def _people_by_id(self, ids: Sequence[str]) -> "Mapping[str, Person]":
        columns = ("id", "name", "headline", "location", "optedOut")
        found = await self._database.fetch_packed("people_by_id", columns, personIds=list(ids))
        people = map(rows.person, found)
        return {person.id: person for person in people if self._seen["withOptedOut"] or not person.opted_out}

    async def _brands_by_id(self, ids: Sequence[str]) -> "Mapping[str, Brand]":
        found = await self._database.fetch_packed("brands_by_id", ("id", "name", "domain"), brandIds=list(ids))
        return {row["id"]: rows.brand(row) for row in found}

    async def _topics_by_id(self, ids: Sequence[str]) -> "Mapping[str, Topic]":
        columns = ("id", "name", "parentId", "description")
        found = await self._database.fetch_packed("topics_by_id", columns, topicIds=list(ids))
        return {row["id"]: rows.topic(row) for row in found}

    async def people(self, wanted: "PeopleFilter", order: PeopleOrder, part: "Slice") -> "Page[Named]":
        if order is PeopleOrder.RELEVANCE and wanted.search is None:
            raise InvalidInput("orderBy", "RELEVANCE needs a search.")
        if order is PeopleOrder.NAME and not any((wanted.search, wanted.topic_id, wanted.brand_id, wanted.role)):
            return await self._all_people(part)
        query = _query(wanted.search)
        if query == "":
            return _NOTHING
        listed = SortedList.narrowed(f"people_{order.value.lower()}", (float, str, str), _filters(wanted, query))
        found = await self._database.fetch_packed(
            "people_filtered",
            ("id", "name", "rank", "sortName"),
            **_filters(wanted, query),
            **self._seen,
            orderBy=order.value,
            after=listed.after(part),
            limit=part.first + 1,
        )
        return listed.page(part, found, rows.named, lambda row: [row["rank"], row["sortName"], row["id"]])

    async def _all_people(self, part: "Slice") -> "Page[Named]":
        listed = SortedList("people", (str, str))
        found = await self._database.fetch_packed("people_page", ("id", "name"), **_by_name(listed, part), **self._seen)
        return listed.page(part, found, rows.named, lambda row: [row["name"], row["id"]])

    async def count_people(self, wanted: "PeopleFilter") -> int:
        query = _query(wanted.search)
        return 0 if query == "" else await self._total("people_count", **_filters(wanted, query), **self._seen)

    async def brands(self, search: str | None, part: "Slice") -> "Page[Brand]":
        query = _query(search)
        if query == "":
            return _NOTHING
        if query is None:
            listed = SortedList("brands", (str, str))
            found = await self._database.fetch("brands_page", **_by_name(listed, part))
            return listed.page(part, found, rows.brand, lambda row: [row["name"], row["id"]])
        listed = SortedList.narrowed("brands_search", (float, str), {"search": query})
        found = await self._database.fetch(
            "brands_search", search=query, after=listed.after(part), limit=part.first + 1
        )
        return listed.page(part, found, rows.brand, lambda row: [row["rank"], row["id"]])

    async def count_brands(self, search: str | None) -> int:
        query = _query(search)
        return 0 if query == "" else await self._total("brands_count", search=query)

    async def topics(self, search: str | None, parent_id: str | None, part: "Slice") -> "Page[Topic]":
        query = _query(search)
        if query == "":
            return _NOTHING
        if query is None and parent_id is None:
            listed = SortedList("topics", (str, str))
            found = await self._database.fetch("topics_page", **_by_name(listed, part))
            return listed.page(part, found, rows.topic, lambda row: [row["name"], row["id"]])
        wanted = {"search": query, "parentId": parent_id}
        listed = SortedList.narrowed("topics_filtered", (float, str, str), wanted)
        found = await self._database.fetch("topics_filtered", **wanted, after=listed.after(part), limit=part.first + 1)
        return listed.page(part, found, rows.topic, lambda row: [row["rank"], row["sortName"], row["id"]])

    async def count_topics(self, search: str | None, parent_id: str | None) -> int:
        query = _query(search)
        return 0 if query == "" else await self._total("topics_count", search=query, parentId=parent_id)

    async def strengths(self, keys: "Sequence[TrustKey]") -> "Mapping[TrustKey, float]":
        (found,) = await self._database.fetch("strengths_of_trust", keys=list(map(list, keys)))
        return {(from_id, to_id, topic_id): strength for from_id, to_id, topic_id, strength in found["strengths"]}

    async def whole_roles(self, roles: "Sequence[Role]") -> "Mapping[Role, Role]":
        people = sorted({role.person_id for role in roles})
        (found,) = await self._database.fetch("all_roles_of_people", personIds=people)
        whole = map(rows.role, found["roles"])
        return {replace(role, title=None, strength=None): role for role in whole}

    async def topics_of_people(
        self, ids: Sequence[str], part: "Slice", *, counted: bool
    ) -> "Mapping[str, Listed[Topic]]":
        return await _TOPICS_OF_PEOPLE.read(self._database, ids, part, self._seen, counted=counted)

    async def communities_of_people(
        self, ids: Sequence[str], part: "Slice", *, counted: bool
    ) -> "Mapping[str, Listed[Membership]]":
        return await _COMMUNITIES_OF_PEOPLE.read(self._database, ids, part, {}, counted=counted)

    async def roles_of_brands(
        self, ids: Sequence[str], part: "Slice", *, counted: bool, kind: "RoleKind | None", topic_id: str | None
    ) -> "Mapping[str, Listed[Role]]":
        return await _ROLES_OF_BRANDS.read(
            self._database, ids, part, self._seen, counted=counted, kind=kind, topicId=topic_id
        )

    async def people_of_brands(
        self, ids: Sequence[str], part: "Slice", *, counted: bool, role: "RoleKind | None"
    ) -> "Mapping[str, Listed[Person]]":
        return await _PEOPLE_OF_BRANDS.read(self._database, ids, part, self._seen, counted=counted, role=role)

    async def decision_makers_of_brands(
        self, ids: Sequence[str], part: "Slice", *, counted: bool, topic_id: str | None, scope: "TopicScope"
    ) -> "Mapping[str, Listed[Person]]":
        return await _DECISION_MAKERS_OF_BRANDS.read(
            self._database, ids, part, self._seen, counted=counted, topicId=topic_id, scope=scope
        )

    async def decision_makers_of_topics(
        self, ids: Sequence[str], part: "Slice", *, counted: bool
    ) -> "Mapping[str, Listed[Person]]":
        return await _DECISION_MAKERS_OF_TOPICS.read(self._database, ids, part, self._seen, counted=counted)

    async def parts_of_topics(
        self, ids: Sequence[str], part: "Slice", *, counted: bool
    ) -> "Mapping[str, Listed[Topic]]":
        return await _PARTS_OF_TOPICS.read(self._database, ids, part, {}, counted=counted)

    async def _total(self, statement: str, **params: object) -> int:
        (row,) = await self._database.fetch(statement, **params)
        return int(row["total"])


_NOTHING: Page[Any] = Page(items=(), cursors=(), has_next=False, has_previous=False)


def _query(search: str | None) -> str | None:
    """None where nothing is searched for, '' where nothing can be found."""
    if search is None:
        return None
    if len(search) > LONGEST_SEARCH:
        raise InvalidInput("search", f"is {len(search)} characters long; at most {LONGEST_SEARCH} are looked for.")
    return full_text_query(search)


def _filters(wanted: "PeopleFilter", query: str | None) -> dict[str, object]:
    return {"search": query, "topicId": wanted.topic_id, "brandId": wanted.brand_id, "role": wanted.role}


def _by_name(listed: SortedList, part: "Slice") -> dict[str, object]:
    """Parameters of the statements that read along an index on names."""
    name, id_ = listed.after(part) or ("", "")
    return {"afterName": name, "afterId": id_, "limit": part.first + 1}

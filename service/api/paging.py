"""From GraphQL's `first` and `after` to slices, and from pages to connections."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import strawberry
from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode

from service.api.context import Info
from service.api.loaders import HangingLoader
from service.api.types.connections import Connection
from service.domain.cursors import cursor_behind, key_of
from service.domain.errors import InvalidInput, NotFound, TooComplex
from service.domain.held import HeldList
from service.domain.model import GENERAL_TOPIC
from service.domain.pages import Page
from service.graph.snapshot import Snapshot
from service.ports.browsing import Slice

T = TypeVar("T")
N = TypeVar("N")

DEFAULT_FIRST = 20


def slice_of(info: Info, first: int | None, after: str | None) -> Slice:
    """What the caller asked for; InvalidInput where `first` is negative, TooComplex where it is too large."""
    wanted = DEFAULT_FIRST if first is None else first
    if wanted < 0:
        raise InvalidInput("first", "is negative.")
    if wanted > info.context.max_page:
        raise TooComplex(f"first: {wanted} entries are too many for a page; at most {info.context.max_page}.")
    return Slice(wanted, after or None)


async def hanging(
    info: Info,
    loader: HangingLoader[T],
    id_: str,
    first: int | None,
    after: str | None,
    node: Callable[[T], N],
    **narrowed: object,
) -> Connection[N]:
    """The page of a list that hangs on something, read together with its siblings'."""
    listed = await loader.load(id_, slice_of(info, first, after), counted=selects_total(info), **narrowed)
    return Connection.of(listed.page, listed.total, node)


def held(whole: HeldList[T], part: Slice, node: Callable[[T], N]) -> Connection[N]:
    """The page of a list that is held whole and sorted by a key."""
    return Connection.of(whole.page(part.first, part.after), whole.length, node)


def known_topic(snapshot: Snapshot, topic_id: str | None) -> int | None:
    """The position of a filter's topic, '' for trust in general; None where not given, NotFound where the snapshot has
    none with this id."""
    if topic_id is None or topic_id is strawberry.UNSET:
        return None
    topic = snapshot.topics.index.of(topic_id)
    if topic_id != GENERAL_TOPIC and not snapshot.topics.known[topic]:
        raise NotFound("topic", topic_id)
    return topic


def nothing(part: Slice, node: Callable[[T], N]) -> Connection[N]:
    """The page of a list of something that is too new to have any."""
    return Connection.of(Page((), (), has_next=False, has_previous=part.after is not None), 0, node)


def page_of(
    items: Sequence[T],
    list_name: str,
    id_of: Callable[[T], str],
    part: Slice,
    place_of: Callable[[str], int | None] | None = None,
) -> Page[T]:
    """A slice of a list that is held whole, such as a computed community's members. `place_of` finds the item with an
    id where the list knows a quicker way than to look at all."""
    begin = 0
    if part.after is not None:
        (last,) = key_of(part.after, list_name, (str,))
        if place_of is None:
            place = next((place for place, item in enumerate(items) if id_of(item) == last), None)
        else:
            place = place_of(str(last))
        if place is None:
            raise InvalidInput("after", "is not a cursor of this list.")
        begin = place + 1
    shown = tuple(items[begin : begin + part.first])
    return Page(
        items=shown,
        cursors=tuple(cursor_behind(list_name, [id_of(item)]) for item in shown),
        has_next=begin + part.first < len(items),
        has_previous=begin > 0,
    )


async def check_topic(info: Info, topic_id: str | None, *, or_general: bool = False) -> str | None:
    """A filter's topic: None where not given, NotFound where there is none with this id.

    With `or_general` the empty text is an answer, too: trust in general, or roles on no topic in particular.
    """
    if topic_id is None or topic_id is strawberry.UNSET:
        return None
    if or_general and topic_id == GENERAL_TOPIC:
        return topic_id
    if info.context.names.topic(topic_id) is None and await info.context.loaders.topic.load(topic_id) is None:
        raise NotFound("topic", topic_id)
    return topic_id


async def check_brand(info: Info, brand_id: str | None) -> str | None:
    """A filter's brand, likewise."""
    if brand_id is None or brand_id is strawberry.UNSET:
        return None
    known = info.context.snapshot.brands.index
    if brand_id not in known and await info.context.loaders.brand.load(brand_id) is None:
        raise NotFound("brand", brand_id)
    return brand_id


def selects_total(info: Info) -> bool:
    """Whether the connection being resolved is asked for its `totalCount`."""
    raw: Any = info._raw_info
    return any(
        _selects(node.selection_set, "totalCount", raw.fragments) for node in raw.field_nodes if node.selection_set
    )


def _selects(selections: SelectionSetNode, name: str, fragments: dict[str, FragmentDefinitionNode]) -> bool:
    for selection in selections.selections:
        match selection:
            case FieldNode():
                selected = selection.name.value == name
            case FragmentSpreadNode():
                selected = _selects(fragments[selection.name.value].selection_set, name, fragments)
            case InlineFragmentNode():
                selected = _selects(selection.selection_set, name, fragments)
        if selected:
            return True
    return False

"""Runs a plan level by level: one field for all its parents, then the next level for all that came of it.

A field's arguments are read once for all parents, and a scalar costs a look-up. What raises is the affair of
graphql-core, which knows where in an answer errors belong: `run` passes on whatever happened first.
Tables (`tables`) tell a field of all their things in one call.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from functools import partial
from itertools import islice
from typing import Any, cast

from graphql import GraphQLResolveInfo
from graphql.execution.values import VariableValues, get_argument_values
from strawberry.types import Info

from service.api.execution.columns import NullWhereNoneMayBe
from service.api.execution.plans import Field, Leaf, Plan, Selection, Several, Shape, Thing
from service.api.execution.tables import Drawn, Lists, Table, Told

_NOBODY_ASKS: Any = None
"""In place of what resolvers could learn from graphql-core of its own doings."""


async def run(plan: Plan, variables: VariableValues, context: object) -> dict[str, Any]:
    """The operation's data. Raises where graphql-core's answer would have errors."""
    (data,) = await _Running(plan, variables, context).things(plan.selection, [None])
    return data


class _Running:
    def __init__(self, plan: Plan, variables: VariableValues, context: object) -> None:
        self._plan = plan
        self._variables = variables
        self._context = context

    async def things(self, selection: Selection, parents: Table | Sequence[object]) -> list[dict[str, Any]]:
        """What is selected of each of these things, which are all of one type."""
        if not len(parents):
            return []
        if selection.gather is not None and not isinstance(parents, Table):
            parents = selection.gather(parents)
        columns: list[Sequence[Any]] = [()] * len(selection.fields)
        waiting: dict[int, Field] = {}
        for place, field in enumerate(selection.fields):
            if field is None:
                columns[place] = [selection.type_name] * len(parents)
            elif field.waits:
                waiting[place] = field
            else:
                columns[place] = await self._column(field, parents)
        # begun only now: what fails above must not leave them behind
        begun = [self._column(field, parents) for field in waiting.values()]
        for place, column in zip(waiting, await _all(begun), strict=True):
            columns[place] = column
        return _objects(selection.keys, columns, len(parents))

    async def _column(self, field: Field, parents: Table | Sequence[object]) -> Sequence[Any]:
        if isinstance(parents, Table):
            told = self._told(field, parents)
            if isinstance(told, Coroutine):
                told = await told
            if told is not None:
                return await self._shaped(field.shape, told)
            parents = parents.things
        if field.attribute is not None:
            return await self._shaped(field.shape, list(map(field.attribute, parents)))
        resolve = self._resolver(field)
        if field.strawberry.is_async:
            return await self._shaped(field.shape, await _all([resolve(parent) for parent in parents]))
        return await self._shaped(field.shape, [resolve(parent) for parent in parents])

    def _told(self, field: Field, table: Table) -> Told | Coroutine[Any, Any, Told] | None:
        """The field of everything in the table at once; None where the table leaves it to the things themselves."""
        tell = getattr(table, field.strawberry.python_name, None)
        if tell is None:
            return None
        told: Told | Coroutine[Any, Any, Told] | None = tell(**self._arguments(field))
        return told

    async def _shaped(self, shape: Shape, values: Told) -> Sequence[Any]:
        """What stands in the answer for each of these values."""
        if isinstance(values, Drawn):
            drawn = await self._shaped(shape, values.things)
            return [drawn[place] for place in values.places]
        match shape, values:
            case Leaf(column), Sequence():
                return column(values)
            case Several(_, item), Lists(items, lengths):
                return _cut(await self._shaped(item, items), lengths)
            case Several(_, item), Sequence():
                present = _present(shape, values)
                items = await self._shaped(item, [each for one in present for each in one])
                return _scattered(_cut(items, map(len, present)), values)
            case Thing(_, selection), Table():
                return await self.things(selection, values)
            case Thing(_, selection), Sequence():
                present = _present(shape, values)
                return _scattered(await self.things(selection, present), values)
        raise TypeError(f"{values!r} is not what a {shape} is made of.")

    def _resolver(self, field: Field) -> Callable[[object], Any]:
        """The field's resolver with everything but the parent."""
        resolver = field.strawberry.base_resolver
        assert resolver is not None  # noqa: S101 (else it is an attribute)
        function, arguments = cast("Callable[..., Any]", resolver.wrapped_func), self._arguments(field)
        if resolver.self_parameter:
            return partial(function, **arguments)
        return lambda _: function(**arguments)

    def _arguments(self, field: Field) -> dict[str, Any]:
        """Everything that the field's resolver takes but the parent."""
        resolver = field.strawberry.base_resolver
        if resolver is None:
            return {}
        arguments = field.given
        if arguments is None:
            arguments = field.arguments(get_argument_values(field.definition, field.nodes[0], self._variables))
        if resolver.info_parameter:
            return {**arguments, resolver.info_parameter.name: self._info(field)}
        return arguments

    def _info(self, field: Field) -> Info[Any, Any]:
        raw = GraphQLResolveInfo(
            field_name=field.nodes[0].name.value,
            field_nodes=field.nodes,
            return_type=field.definition.type,
            parent_type=field.parent_type,
            path=_NOBODY_ASKS,  # a field of many parents has many
            schema=self._plan.schema,
            fragments=self._plan.fragments,
            root_value=None,
            operation=self._plan.operation,
            variable_values=self._variables,
            context=self._context,
            is_awaitable=_NOBODY_ASKS,
            abort_signal=None,
            async_helpers=_NOBODY_ASKS,
        )
        return Info(_raw_info=raw, _field=field.strawberry)


def _objects(keys: Sequence[str], columns: Sequence[Sequence[Any]], count: int) -> list[dict[str, Any]]:
    """Rows with a key for each column. The short ones, of which wide answers have most, are spelt out: three times as
    quick."""
    match keys, columns:
        case (), _:
            return [{} for _ in range(count)]
        case (one,), (column,):
            return [{one: value} for value in column]
        case (one, other), (column, beside):
            return [{one: value, other: another} for value, another in zip(column, beside, strict=True)]
    return [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]


def _present(shape: Several | Thing, values: Sequence[Any]) -> list[Any]:
    present = [value for value in values if value is not None]
    if not shape.nullable and len(present) < len(values):
        raise NullWhereNoneMayBe
    return present


def _scattered(shaped: Sequence[Any], values: Sequence[Any]) -> Sequence[Any]:
    """`shaped`, which has one entry for each value but None, with None put in at its places."""
    if len(shaped) == len(values):
        return shaped
    rest = iter(shaped)
    return [None if value is None else next(rest) for value in values]


def _cut(items: Sequence[Any], lengths: Iterable[int]) -> list[list[Any]]:
    """The items as consecutive lists of these lengths."""
    rest = iter(items)
    return [list(islice(rest, length)) for length in lengths]


async def _all(waiting: list[Coroutine[Any, Any, Any]]) -> list[Any]:
    """The results, in order. Where some fail, the first of them is raised once all have ended: a statement stopped
    half way would cost its connection."""
    if len(waiting) == 1:
        return [await waiting[0]]
    results = await asyncio.gather(*waiting, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results

"""Leaf values as the answer shows them, a column at a time: the same field of many parents."""

import math
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from graphql import GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLLeafType, GraphQLString, Undefined
from graphql.type import GRAPHQL_MAX_INT, GRAPHQL_MIN_INT, is_enum_type

Column = Callable[[Sequence[Any]], Sequence[Any]]
"""From values to what stands in the answer; None stays None. Raises what the type raises for a value it refuses, and
NullWhereNoneMayBe."""


class NullWhereNoneMayBe(Exception):
    """A resolver gave None for a type that has no null."""


def column_of(type_: GraphQLLeafType, *, nullable: bool) -> Column:
    """Values of a leaf type. Those that are already what the answer shows are passed on; others the type coerces."""
    one = _name_of(type_) if is_enum_type(type_) else _coercion(type_)
    shown = _SHOWN.get(type_.name, _never)

    def column(values: Sequence[Any]) -> Sequence[Any]:
        types = set(map(type, values))
        if _NOTHING in types:
            if not nullable:
                raise NullWhereNoneMayBe
            return [None if value is None else one(value) for value in values]
        return values if shown(types, values) else list(map(one, values))

    return column


def _name_of(type_: GraphQLLeafType) -> Callable[[Any], str]:
    """The names of an enum's values, asked of the type once."""
    names: dict[Enum, str] = {}

    def name_of(value: Any) -> str:  # noqa: ANN401 (whatever a resolver gave)
        if not isinstance(value, Enum):
            return str(_coerced(type_, value))
        if value not in names:
            names[value] = str(_coerced(type_, value))
        return names[value]

    return name_of


def _coercion(type_: GraphQLLeafType) -> Callable[[Any], Any]:
    return lambda value: _coerced(type_, value)


def _coerced(type_: GraphQLLeafType, value: Any) -> Any:  # noqa: ANN401
    coerced = type_.coerce_output_value(value)
    if coerced is None or coerced is Undefined:
        raise TypeError(f"{type_} makes nothing of {value!r}.")
    return coerced


_NOTHING = type(None)


def _texts(types: set[type], _: Sequence[Any]) -> bool:
    return types <= {str}


def _truths(types: set[type], _: Sequence[Any]) -> bool:
    return types <= {bool}


def _small_integers(types: set[type], values: Sequence[Any]) -> bool:
    return types == {int} and min(values) >= GRAPHQL_MIN_INT and max(values) <= GRAPHQL_MAX_INT


def _finite(types: set[type], values: Sequence[Any]) -> bool:
    return types <= {float} and all(map(math.isfinite, values))


def _never(types: set[type], _: Sequence[Any]) -> bool:
    return not types


_SHOWN: dict[str, Callable[[set[type], Sequence[Any]], bool]] = {
    GraphQLString.name: _texts,
    GraphQLID.name: _texts,
    GraphQLBoolean.name: _truths,
    GraphQLInt.name: _small_integers,
    GraphQLFloat.name: _finite,
}
"""Whether all values, none of them None, are already what the answer shows."""

"""Leaf values as the answer shows them, a column at a time: the same field of many parents."""

import math
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from graphql import GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLLeafType, GraphQLString, Undefined
from graphql.type import GRAPHQL_MAX_INT, GRAPHQL_MIN_INT, is_enum_type

Column = Callable[[Sequence[Any]], list[Any]]
"""From values to what stands in the answer; None stays None. Raises what the type raises for a value it refuses."""


def column_of(type_: GraphQLLeafType) -> Column:
    """Values of a leaf type. Those that are already what the answer shows are passed on; others the type coerces."""
    if is_enum_type(type_):
        return _enums(type_)
    shown = _SHOWN.get(type_.name, _never)

    def column(values: Sequence[Any]) -> list[Any]:
        return [value if value is None or shown(value) else _coerced(type_, value) for value in values]

    return column


def _enums(type_: GraphQLLeafType) -> Column:
    names: dict[Enum, str] = {}

    def name_of(value: Any) -> str:  # noqa: ANN401 (whatever a resolver gave)
        if not isinstance(value, Enum):
            return str(_coerced(type_, value))
        if value not in names:
            names[value] = str(_coerced(type_, value))
        return names[value]

    return lambda values: [None if value is None else name_of(value) for value in values]


def _coerced(type_: GraphQLLeafType, value: Any) -> Any:  # noqa: ANN401
    coerced = type_.coerce_output_value(value)
    if coerced is None or coerced is Undefined:
        raise TypeError(f"{type_} makes nothing of {value!r}.")
    return coerced


def _is_text(value: object) -> bool:
    return type(value) is str


def _is_truth(value: object) -> bool:
    return type(value) is bool


def _is_small_integer(value: object) -> bool:
    return type(value) is int and GRAPHQL_MIN_INT <= value <= GRAPHQL_MAX_INT


def _is_finite(value: object) -> bool:
    return type(value) is float and math.isfinite(value)


def _never(_: object) -> bool:
    return False


_SHOWN: dict[str, Callable[[object], bool]] = {
    GraphQLString.name: _is_text,
    GraphQLID.name: _is_text,
    GraphQLBoolean.name: _is_truth,
    GraphQLInt.name: _is_small_integer,
    GraphQLFloat.name: _is_finite,
}

"""How the values that GraphQL gives a field become what its resolver takes, found out once instead of at every request.

What comes out is what Strawberry's own `convert_arguments` makes of them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
)
from strawberry import UNSET
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

Convert = Callable[[Any], Any]
Arguments = Callable[[Mapping[str, Any]], dict[str, Any]]
"""From values by their names in GraphQL to values by their names in Python; what is not given is left out."""


def arguments_of(definition: GraphQLField) -> Arguments:
    """How to convert the arguments of a field."""
    return _named(definition.args)


def _named(parts: Mapping[str, GraphQLArgument] | Mapping[str, GraphQLInputField]) -> Arguments:
    conversions = [(name, _python_name(part), _conversion(part.type)) for name, part in parts.items()]
    return lambda given: {python: convert(given[name]) for name, python, convert in conversions if name in given}


def _python_name(part: GraphQLArgument | GraphQLInputField) -> str:
    made_from: StrawberryArgument | StrawberryField = part.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
    return made_from.python_name


def _conversion(type_: GraphQLInputType) -> Convert:
    if isinstance(type_, GraphQLNonNull):
        return _conversion(type_.of_type)
    if isinstance(type_, GraphQLList):
        item = _conversion(type_.of_type)
        return _unless_null(lambda values: [item(value) for value in values])
    if isinstance(type_, GraphQLInputObjectType):
        return _unless_null(_object(type_))
    return _as_it_is


def _object(type_: GraphQLInputObjectType) -> Convert:
    definition: StrawberryObjectDefinition = type_.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
    named, make = _named(type_.fields), definition.origin
    return lambda given: make(**named(given))


def _unless_null(convert: Convert) -> Convert:
    return lambda value: value if value is None or value is UNSET else convert(value)


def _as_it_is(value: Any) -> Any:  # noqa: ANN401
    return value

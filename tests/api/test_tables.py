"""Tables tell fields of the schema, with the parameters of the resolvers that they stand in for."""

from inspect import signature
from typing import Any

import pytest
from strawberry.types.base import StrawberryObjectDefinition

from service.api.execution.tables import Table
from service.api.schema import make_schema
from service.api.tables.connections import Connections, Edges
from service.api.tables.paths import Paths, Steps
from service.api.tables.people import People, PeopleInSnapshot
from service.api.tables.roles import Roles
from service.api.tables.trust import Ties
from service.settings import Settings

schema = make_schema(Settings())

TOLD: list[tuple[type[Table], str]] = [
    (People, "Person"),
    (PeopleInSnapshot, "Person"),
    (Ties, "TrustRelationship"),
    (Roles, "Role"),
    (Paths, "TrustedPath"),
    (Steps, "TrustStep"),
    (Connections, "TrustRelationshipConnection"),
    (Edges, "TrustRelationshipEdge"),
]
NO_FIELDS = {"each", "things", "places"}
"""What tables have of their own; no field may be called so."""


def _fields(name: str) -> dict[str, Any]:
    definition = schema.get_type_by_name(name)
    assert isinstance(definition, StrawberryObjectDefinition)
    return {field.python_name: field for field in definition.fields}


def _told(table: type[Table]) -> set[str]:
    return {name for name in dir(table) if not name.startswith("_")} - NO_FIELDS


@pytest.mark.parametrize(("table", "type_name"), TOLD)
def test_methods_take_what_resolvers_take(table: type[Table], type_name: str) -> None:
    fields = _fields(type_name)
    assert not NO_FIELDS & fields.keys()
    for name in _told(table):
        resolver = fields[name].base_resolver
        taken = list(signature(getattr(table, name)).parameters)[1:]
        assert taken == ([] if resolver is None else list(resolver.signature.parameters)[1:]), name


@pytest.mark.parametrize(("table", "type_name"), TOLD[-2:])
def test_connections_and_their_edges_tell_every_field(table: type[Table], type_name: str) -> None:
    """They have no objects to ask."""
    assert _told(table) == set(_fields(type_name))

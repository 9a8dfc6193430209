"""A plan: what an operation selects, merged and looked up in the schema once, for all requests that ask the same."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableNode,
    is_leaf_type,
    is_object_type,
)
from graphql.execution.collect_fields import (
    FieldDetails,
    FragmentDetails,
    GroupedFieldSet,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues, get_argument_values
from graphql.language import Node
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from service.api.execution.arguments import Arguments, arguments_of
from service.api.execution.columns import Column, column_of
from service.api.execution.tables import Gather, Gatherers

TYPENAME = "__typename"


class NotPlanned(Exception):
    """Something that plans do not know, such as introspection; graphql-core answers it."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar or an enum."""

    column: Column


@dataclass(frozen=True, slots=True)
class Several:
    """A list."""

    nullable: bool
    item: "Shape"


@dataclass(frozen=True, slots=True)
class Thing:
    """An object, of which some fields are selected."""

    nullable: bool
    selection: "Selection"


Shape = Leaf | Several | Thing


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the answer. `attribute` reads it off its parent, else `strawberry` resolves it. `given` is what its
    resolver takes where no variable decides it, else `arguments` make it. `waits`: something in it is asynchronous."""

    nodes: list[FieldNode]
    parent_type: GraphQLObjectType
    definition: GraphQLField
    strawberry: StrawberryField
    attribute: Callable[[Any], Any] | None
    arguments: Arguments
    given: dict[str, Any] | None
    shape: Shape
    waits: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected of an object type; a None among the fields stands for the type's name. `gather` makes a table
    of several such objects, where the type has one."""

    type_name: str
    keys: tuple[str, ...]
    fields: tuple[Field | None, ...]
    waits: bool
    gather: Gather | None


@dataclass(frozen=True, slots=True)
class Plan:
    """An operation made ready. `cost`: how many things its answer may hold."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    selection: Selection
    cost: int


def planned(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: dict[str, FragmentDefinitionNode],
    variables: VariableValues,
    gatherers: Gatherers,
    cost: int,
) -> Plan:
    """The plan of a valid operation. Of the variables only those in @skip and @include matter here."""
    selection = _Planner(schema, operation, fragments, variables, gatherers).whole()
    return Plan(schema, operation, fragments, selection, cost)


class _Planner:
    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: dict[str, FragmentDefinitionNode],
        variables: VariableValues,
        gatherers: Gatherers,
    ) -> None:
        self._schema = schema
        self._operation = operation
        self._fragments = {name: FragmentDetails(definition) for name, definition in fragments.items()}
        self._variables = variables
        self._gatherers = gatherers

    def whole(self) -> Selection:
        root = self._schema.get_root_type(self._operation.operation)
        if root is None:
            raise NotPlanned
        collected = collect_fields(self._schema, self._fragments, self._variables, root, self._operation)
        return self._selection(root, collected.grouped_field_set)

    def _selection(self, parent: GraphQLObjectType, grouped: GroupedFieldSet) -> Selection:
        fields = tuple(self._field(parent, details) for details in grouped.values())
        waits = any(field is not None and field.waits for field in fields)
        strawberry = cast("StrawberryObjectDefinition", parent.extensions[GraphQLCoreConverter.DEFINITION_BACKREF])
        return Selection(parent.name, tuple(grouped), fields, waits, self._gatherers.get(strawberry.origin))

    def _field(self, parent: GraphQLObjectType, details: list[FieldDetails]) -> Field | None:
        nodes = [each.node for each in details]
        name = nodes[0].name.value
        if name == TYPENAME:
            return None
        definition = parent.fields.get(name)
        if definition is None:
            raise NotPlanned
        strawberry = cast("StrawberryField", definition.extensions[GraphQLCoreConverter.DEFINITION_BACKREF])
        resolver = strawberry.base_resolver
        if strawberry.extensions or (resolver and (resolver.root_parameter or resolver.parent_parameter)):
            raise NotPlanned
        shape, arguments = self._shape(definition.type, details), arguments_of(definition)
        return Field(
            nodes,
            parent,
            definition,
            strawberry,
            attribute=None if resolver else attrgetter(strawberry.python_name),
            arguments=arguments,
            given=None if _has_variable(nodes[0]) else arguments(get_argument_values(definition, nodes[0])),
            shape=shape,
            waits=strawberry.is_async or _waits(shape),
        )

    def _shape(self, type_: GraphQLOutputType, details: list[FieldDetails], *, nullable: bool = True) -> Shape:
        if isinstance(type_, GraphQLNonNull):
            return self._shape(type_.of_type, details, nullable=False)
        if isinstance(type_, GraphQLList):
            return Several(nullable, self._shape(type_.of_type, details))
        if is_leaf_type(type_):
            return Leaf(column_of(type_, nullable=nullable))
        if not is_object_type(type_):
            raise NotPlanned
        collected = collect_subfields(self._schema, self._fragments, self._variables, self._operation, type_, details)
        return Thing(nullable, self._selection(type_, collected.grouped_field_set))


def _waits(shape: Shape) -> bool:
    match shape:
        case Several(_, item):
            return _waits(item)
        case Thing(_, selection):
            return selection.waits
    return False


def _has_variable(node: Node) -> bool:
    """Whether the value of an argument is, or contains, a variable."""
    if isinstance(node, VariableNode):
        return True
    if isinstance(node, FieldNode):
        return any(_has_variable(argument.value) for argument in node.arguments or ())
    parts = (getattr(node, name, None) for name in ("values", "fields", "value"))
    return any(
        _has_variable(each)
        for part in parts
        for each in (part if isinstance(part, tuple | list) else (part,))
        if isinstance(each, Node)
    )

"""Limits on what one request may ask for: depth, aliases, and how many things its answer can hold.

They are checked on documents that GraphQL has found valid, where fragments exist and never contain themselves.
Every fragment is measured once, so that spreading one a thousand times costs nothing. (Strawberry's own limiters
of depth and aliases walk a fragment anew at every spread, which a small document can make endless.)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)
from strawberry.extensions import SchemaExtension

from service.api.execution.documents import Documents
from service.domain.errors import TooComplex
from service.settings import Settings

MAX_INT = 2**31 - 1
USUAL_LIST = 10
"""How many things a list without `first`, such as the people of a path, is taken to hold."""


@dataclass(frozen=True, slots=True)
class Size:
    """Of a selection: levels below it, aliases in it, and the most things its answer holds."""

    depth: int = 0
    aliases: int = 0
    things: int = 0


class Limits(SchemaExtension):
    """Refuses a request before graphql-core runs it, and has its document read only once."""

    def __init__(self, settings: Settings, documents: Documents) -> None:
        self._settings = settings
        self._documents = documents

    def on_parse(self) -> Iterator[None]:
        document = self._documents.of(self.execution_context.query or "")
        self.execution_context.graphql_document = document.node
        yield

    def on_validate(self) -> Iterator[None]:
        self.execution_context.pre_execution_errors = self._documents.of(self.execution_context.query or "").errors
        yield

    def on_execute(self) -> Iterator[None]:
        context = self.execution_context
        document = context.graphql_document
        if document is not None:
            cost = check_size(
                self._settings, context.schema._schema, document, context.variables or {}, context.operation_name
            )
            context.context.charge(cost)
        yield


def check_size(
    settings: Settings,
    schema: GraphQLSchema,
    document: DocumentNode,
    variables: dict[str, Any],
    operation_name: str | None,
) -> int:
    """The cost of a valid document, which is how many things its answer may hold, at least 1. Raises TooComplex where
    it asks for too much; that says which limit and how far."""
    size = Measure(schema, document, variables).operation(operation_name)
    for name, value, most in (
        ("levels deep", size.depth, settings.max_depth),
        ("aliases", size.aliases, settings.max_aliases),
        ("things at most in the answer", size.things, settings.max_things),
    ):
        if value > most:
            raise TooComplex(f"The query is too large: {value:,} {name}, where {most:,} are allowed.")
    return max(1, size.things)


class Measure:
    """Measures the operations of one valid document."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: dict[str, Any]) -> None:
        self._schema = schema
        self._document = document
        self._variables = dict(variables)
        self._fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self._measured: dict[str, Size] = {}

    def operation(self, name: str | None) -> Size:
        """The size of the operation that will run."""
        operations = (d for d in self._document.definitions if isinstance(d, OperationDefinitionNode))
        chosen = next(d for d in operations if name is None or (d.name is not None and d.name.value == name))
        for variable in chosen.variable_definitions or ():
            if isinstance(variable.default_value, IntValueNode):
                self._variables.setdefault(variable.variable.name.value, int(variable.default_value.value))
        root = cast("GraphQLObjectType", self._schema.get_root_type(chosen.operation))
        return self._selections(chosen.selection_set, root)

    def _selections(self, selections: SelectionSetNode, parent: GraphQLObjectType) -> Size:
        depth = aliases = things = 0
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                size = self._field(selection, parent)
            elif isinstance(selection, FragmentSpreadNode):
                size = self._fragment(selection.name.value)
            else:
                size = self._selections(cast("InlineFragmentNode", selection).selection_set, parent)
            depth = max(depth, size.depth)
            aliases += size.aliases
            things += size.things
        return Size(depth, aliases, things)

    def _fragment(self, name: str) -> Size:
        if name not in self._measured:
            fragment = self._fragments[name]
            parent = cast("GraphQLObjectType", self._schema.get_type(fragment.type_condition.name.value))
            self._measured[name] = self._selections(fragment.selection_set, parent)
        return self._measured[name]

    def _field(self, node: FieldNode, parent: GraphQLObjectType) -> Size:
        aliases = 1 if node.alias else 0
        field = parent.fields.get(node.name.value)
        if field is None:  # introspection, which GraphQL limits itself
            return Size(aliases=aliases)
        if node.selection_set is None:
            return Size(1, aliases)
        inner = self._selections(node.selection_set, get_named_type(field.type))
        many = self._length(node, field)
        own = 0 if node.name.value == "edges" else many
        return Size(inner.depth + 1, inner.aliases + aliases, own + many * inner.things)

    def _length(self, node: FieldNode, field: GraphQLField) -> int:
        """How many things the field may give; a connection's entries are counted at the connection."""
        if "first" in field.args:
            return max(0, self._first(node, field))
        if "inputs" in field.args:
            return self._asked(node)
        if node.name.value != "edges" and is_list_type(get_nullable_type(field.type)):
            return USUAL_LIST
        return 1

    def _asked(self, node: FieldNode) -> int:
        """How many questions a batch holds."""
        given = next((a.value for a in node.arguments or () if a.name.value == "inputs"), None)
        if isinstance(given, ListValueNode):
            return len(given.values)
        value = self._variables.get(given.name.value) if isinstance(given, VariableNode) else None
        return len(value) if isinstance(value, list) else 1

    def _first(self, node: FieldNode, field: GraphQLField) -> int:
        given = next((a.value for a in node.arguments or () if a.name.value == "first"), None)
        value: Any = None
        if isinstance(given, IntValueNode):
            value = int(given.value)
        elif isinstance(given, VariableNode):
            value = self._variables.get(given.name.value)
        # What is no Int is refused later, with better words.
        return value if isinstance(value, int) and value <= MAX_INT else int(field.args["first"].default_value)

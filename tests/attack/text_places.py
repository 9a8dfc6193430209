"""Every place of the schema where a caller may put a text: a document for each, with the text in `$text`."""

from collections import deque
from collections.abc import Iterator, Mapping

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
    is_required_input_field,
)

Given = GraphQLArgument | GraphQLInputField

IDS = {"person": "ada", "brand": "acme", "topic": "net", "community": "none"}
"""What `id` is, by the field that takes it."""

NAMED = {"personId": "ada", "brandId": "acme", "topicId": "net", "fromId": "ada", "toId": "ben", "at": "2025-05-05"}
"""What an argument or a field of an input is, by its name."""

SAMPLES = {"ID": '"ada"', "String": '"ada"', "Int": "1", "Float": "0.5", "Boolean": "false", "Date": '"2025-06-01"'}


def documents_with_text(schema: GraphQLSchema, root: GraphQLObjectType) -> dict[str, str]:
    """Documents by the place of the text in them, such as `person.topics(after)`."""
    found: dict[str, str] = {}
    reached: set[str] = set()
    waiting: deque[tuple[GraphQLObjectType, tuple[str, ...], str, str]] = deque([(root, (), "", "")])
    while waiting:
        parent, path, opening, closing = waiting.popleft()
        if parent.name in reached:
            continue
        reached.add(parent.name)
        for name, field in parent.fields.items():
            inner = get_named_type(field.type)
            selection = "" if is_leaf_type(inner) else "{ __typename }"
            for place, arguments, type_ in _with_text(name, field.args):
                called = f"{'.'.join((*path, name))}({place})"
                found[called] = f"($text: {type_}) {{ {opening} {name}({arguments}) {selection} {closing} }}"
            if isinstance(inner, GraphQLObjectType):
                usual = _values(name, field.args)
                call = f"{name}({usual})" if usual else name
                waiting.append((inner, (*path, name), f"{opening} {call} {{", f"}} {closing}"))
    word = "mutation" if root is schema.mutation_type else "query"
    return {place: f"{word} {document}" for place, document in found.items()}


def _with_text(field: str, args: Mapping[str, GraphQLArgument]) -> Iterator[tuple[str, str, str]]:
    """A place in the arguments, all arguments with `$text` there, and the type it must have."""
    for name, arg in args.items():
        for place, value, type_ in _texts_in(name, arg, ()):
            others = _values(field, {other: each for other, each in args.items() if other != name})
            yield place, ", ".join(filter(None, (f"{name}: {value}", others))), type_


def _texts_in(name: str, given: Given, above: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    type_ = get_named_type(given.type)
    opening, closing = ("[", "]") if is_list_type(get_nullable_type(given.type)) else ("", "")
    if type_.name in ("ID", "String"):
        yield name, f"{opening}$text{closing}", f"{type_.name}!"
    elif isinstance(type_, GraphQLInputObjectType) and type_.name not in above:
        for inner, field in type_.fields.items():
            for place, value, leaf in _texts_in(inner, field, (*above, type_.name)):
                others = "" if _is_one_of(type_) else _values(inner, _but(type_.fields, inner))
                whole = ", ".join(filter(None, (f"{inner}: {value}", others)))
                yield f"{name}.{place}", f"{opening}{{ {whole} }}{closing}", leaf


def _but(fields: Mapping[str, GraphQLInputField], name: str) -> dict[str, GraphQLInputField]:
    return {other: field for other, field in fields.items() if other != name}


def _values(field: str, given: Mapping[str, Given]) -> str:
    """What must be given, with a value that is valid."""
    return ", ".join(
        f"{name}: {_value(field, name, each.type)}"
        for name, each in given.items()
        if (is_required_argument(each) if isinstance(each, GraphQLArgument) else is_required_input_field(each))
    )


def _value(field: str, name: str, type_: GraphQLInputType) -> str:
    inner = get_nullable_type(type_)
    if isinstance(inner, GraphQLList):
        return f"[{_value(field, name, inner.of_type)}]"
    if name == "id":
        return f'"{IDS.get(field, "none")}"'
    if isinstance(inner, GraphQLEnumType):
        return str(next(iter(inner.values)))
    if isinstance(inner, GraphQLInputObjectType):
        if _is_one_of(inner):
            first, each = next(iter(inner.fields.items()))
            return f"{{ {first}: {_value(field, first, each.type)} }}"
        return f"{{ {_values(field, inner.fields)} }}"
    if name in NAMED:
        return f'"{NAMED[name]}"'
    assert isinstance(inner, GraphQLScalarType)
    return SAMPLES[inner.name]


def _is_one_of(type_: GraphQLInputObjectType) -> bool:
    """Strawberry sees to it by itself."""
    return bool(type_.extensions["strawberry-definition"].is_one_of)

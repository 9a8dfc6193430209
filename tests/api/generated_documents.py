"""Valid documents made from the schema itself: any field, arguments from pools, aliases, fragments, directives."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)
from hypothesis import strategies as st

POOLS: dict[str, list[str]] = {
    "id": ['"ada"', '"ben"', '"acme"', '"net"', '"nobody"', '""', "$id"],
    "topicId": ['"net"', '"art"', '""', "null", '"nothing"', "$topic"],
    "brandId": ['"acme"', '"zeta"', "null"],
    "parentId": ['"net"', "null"],
    "search": ['"lind"', '"a"', '""', "null"],
    "role": ["DECISION_MAKER", "null", "$kind"],
    "kind": ["EMPLOYEE", "null", "$kind"],
    "scope": ["EXACT", "ANY", "null"],
    "first": ["0", "1", "2", "3", "-1", "101", "null", "$first"],
    "after": ["null", '"nonsense"'],
    "resolution": ["1.0", "0.0"],
    "minSize": ["1", "3"],
    "asOf": ['"2025-06-01"', "null"],
    "from": ['"2024-01-01"', "null"],
    "to": ['"2025-06-01"', "null"],
    "input": [
        '{ from: { personId: "ada" }, to: { personId: "cat" }, deadlineMs: 30000 }',
        '{ from: { brandId: "acme" }, to: { personId: "eve" }, first: $first, direction: EITHER, deadlineMs: 30000 }',
        '{ from: { brandId: "acme" }, to: { brandId: "nothing" } }',
        "$input",
    ],
    "inputs": [
        "[]",
        "[$input]",
        '[$input, { from: { personId: "ada" }, to: { personId: "nobody" } }, '
        '{ from: { brandId: "acme" }, to: { personId: "eve" } }]',
        '[{ from: { brandId: "acme" }, to: { personId: "eve" }, first: 0 }]',
    ],
    "deadlineMs": ["30000", "0"],
    "personId": ['"ada"', '"eve"', '"nobody"', "$id"],
    "situation": [
        "null",
        "{ stages: [DECISION] }",
        '{ channels: ["online"], location: "Oslo" }',
        '{ from: "2025-02-01", to: "2024-01-01" }',
    ],
    "audience": ['{ brandId: "zeta" }', '{ personIds: ["ada", "ben"] }', '{ communityId: "nothing" }'],
    "targets": ['{ brandId: "acme" }', '{ personIds: ["cat"] }', "{ personIds: [$id] }"],
    "contacts": ["1", "5", "0"],
    "minStrength": ["0.0", "0.5", "2.0", "null"],
    "assumedStrength": ["0.5", "0.0"],
    "maxHops": ["0", "3", "9", "null"],
}

HEADER = (
    "query Made($id: ID!, $topic: ID, $kind: RoleKind, $first: Int = 2, $yes: Boolean!, $no: Boolean = false, "
    "$input: TrustedPathsInput!)"
)
USES_ALL = """... @skip(if: true) {
  u: person(id: $id) { id @include(if: $yes) @skip(if: $no) } v: topics(parentId: $topic, first: $first) { totalCount }
  w: people(role: $kind) { totalCount } x: trustedPaths(input: $input) { complete } }"""
"""GraphQL refuses variables that nothing uses."""

VARIABLES: list[dict[str, Any]] = [
    {"id": "ada", "topic": "net", "kind": "EMPLOYEE", "yes": True},
    {"id": "cat", "topic": None, "kind": None, "yes": False, "first": 1},
    {"id": "nobody", "topic": "", "kind": "DECISION_MAKER", "yes": True, "first": None},
]
for each in VARIABLES:
    each["input"] = {"from": {"personId": "ada"}, "to": {"personId": each["id"]}, "deadlineMs": 30_000}


@st.composite
def documents(draw: st.DrawFn, schema: GraphQLSchema) -> str:
    """One operation with all variables of HEADER, and the fragments that it spreads."""
    made = _Maker(draw, schema)
    root = schema.query_type
    assert root is not None
    body = made.selection(root, 6)
    return f"{HEADER} {{ {body} {USES_ALL} }} {' '.join(made.fragments)}"


class _Maker:
    def __init__(self, draw: st.DrawFn, schema: GraphQLSchema) -> None:
        self._draw = draw
        self._schema = schema
        self._names = iter(range(1000))
        self.fragments: list[str] = []

    def selection(self, parent: GraphQLObjectType, depth: int) -> str:
        """Some fields of a type, at least one; every field that takes arguments gets an alias of its own."""
        fields = [f for f in parent.fields.items() if depth > 1 or is_leaf_type(get_named_type(f[1].type))]
        if not fields:
            return "__typename"
        chosen = self._draw(st.lists(st.sampled_from(fields), min_size=1, max_size=4))
        parts = [part for name, field in chosen for part in self._field(name, field, depth)]
        match self._draw(st.sampled_from(["plain", "plain", "typename", "inline", "fragment"])):
            case "typename":
                parts.append(self._draw(st.sampled_from(["__typename", "of: __typename"])))
            case "inline":
                parts = [f"... on {parent.name} {self._directive()} {{ {' '.join(parts)} }}", "again: __typename"]
            case "fragment":
                name = f"f{next(self._names)}"
                self.fragments.append(f"fragment {name} on {parent.name} {{ {' '.join(parts)} }}")
                parts = [f"...{name}", f"...{name} {self._directive()}"]
        return " ".join(parts)

    def _field(self, name: str, field: GraphQLField, depth: int) -> Iterator[str]:
        arguments = self._arguments(field.args)
        inner = get_named_type(field.type)
        aliased = bool(field.args) or self._draw(st.booleans())
        alias = f"a{next(self._names)}: " if aliased else ""
        if isinstance(inner, GraphQLObjectType):
            yield f"{alias}{name}{arguments} {self._directive()} {{ {self.selection(inner, depth - 1)} }}"
            if not aliased and self._draw(st.booleans()):
                # merged with the one before
                yield f"{name} {{ {self.selection(inner, depth - 1)} }}"
        else:
            yield f"{alias}{name}{arguments} {self._directive()}"

    def _arguments(self, args: dict[str, GraphQLArgument]) -> str:
        given = [
            f"{name}: {self._value(name, arg)}"
            for name, arg in args.items()
            if is_required_argument(arg) or self._draw(st.integers(0, 3)) == 0
        ]
        return f"({', '.join(given)})" if given else ""

    def _value(self, name: str, arg: GraphQLArgument) -> str:
        type_, required = get_named_type(arg.type), is_required_argument(arg)
        pool = POOLS[name] if name in POOLS or not isinstance(type_, GraphQLEnumType) else list(type_.values)
        value: str = self._draw(st.sampled_from([v for v in pool if not (required and v in ("null", "$topic"))]))
        return value

    def _directive(self) -> str:
        return self._draw(st.sampled_from(["", "", "", "", "@include(if: $yes)", "@skip(if: $no)", "@skip(if: $yes)"]))

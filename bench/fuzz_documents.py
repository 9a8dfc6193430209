"""Documents made at random from a schema: any field, any argument, and values that nobody means well."""

from collections.abc import Sequence
from random import Random

from graphql import StringValueNode, ValueNode, Visitor, parse, print_ast, visit
from hypothesis import strategies as st
from hypothesis_graphql import from_schema, nodes

HOSTILE_TEXTS = (
    "' OR 1 = 1 //",
    "'}) DETACH DELETE n //",
    '"}) MATCH (n) DETACH DELETE n //',
    "`}]->() RETURN 1 //",
    "$id",
    "\\u0027}) CALL { MATCH (n) DELETE n } //",
    "{{7*7}}",
    "*",
    "name:* OR id:*",
    "a~0.1 AND NOT [a TO z]",
    "/.*/",
    '"',
    "\\",
    "((((((((",
    "+ - && || ! ( ) { } [ ] ^ ~ ? :",
    "../../etc/passwd",
    "\u202eright to left",
    "e\u0301",
    "\U0001f300" * 40,
    " ",
    "x" * 5_000,
)
"""Cypher, full-text syntax, paths, and letters that are seldom seen."""

_SCALARS: dict[str, st.SearchStrategy[ValueNode]] = {
    "Date": st.dates().map(lambda day: nodes.String(day.isoformat())),
    "DateTime": st.datetimes().map(lambda moment: nodes.String(f"{moment.isoformat()}Z")),
}


def fuzz_documents(schema: str) -> st.SearchStrategy[str]:
    """Documents of a schema (SDL), queries and mutations, their values of the right type and otherwise anything."""
    documents: st.SearchStrategy[str] = from_schema(schema, custom_scalars=_SCALARS)
    return documents


def with_hostile_texts(document: str, known_ids: Sequence[str], rng: Random) -> str:
    """The same with half of its texts hostile, or ids that the service knows; dates stay."""

    class Replaced(Visitor):
        def enter_string_value(self, node: StringValueNode, *_: object) -> StringValueNode | None:
            if node.value[:4].isdigit() or rng.random() < 0.5:
                return None
            return StringValueNode(value=rng.choice(rng.choice((HOSTILE_TEXTS, known_ids))))

    return print_ast(visit(parse(document), Replaced()))

"""Documents by their text: each is parsed, validated and planned once, as long as it is remembered."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    specified_rules,
    visit,
)
from strawberry.schema.schema import validate_document

from service.api.execution.plans import Plan

PLANS_KEPT = 64
"""Of one document: another for each length of a page and each turn of a directive."""

PlanKey = tuple[str | None, tuple[object, ...]]


@dataclass(slots=True)
class Document:
    """A document, what GraphQL has against it, and the plans made of it so far."""

    node: DocumentNode
    errors: list[GraphQLError]
    operations: list[OperationDefinitionNode]
    fragments: dict[str, FragmentDefinitionNode]
    shaping: tuple[str, ...]
    """The variables that decide what a plan is: those in directives, and those that bound a page (`first`)."""
    plans: "OrderedDict[PlanKey, Plan]" = field(default_factory=OrderedDict)

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """The operation that a request means; None where it means none."""
        if name is None:
            return self.operations[0] if len(self.operations) == 1 else None
        return next((each for each in self.operations if each.name and each.name.value == name), None)

    def keep(self, key: PlanKey, plan: Plan) -> None:
        self.plans[key] = plan
        while len(self.plans) > PLANS_KEPT:
            self.plans.popitem(last=False)


class Documents:
    """Remembers the documents used last, up to `most_text` characters of them in all."""

    def __init__(self, schema: GraphQLSchema, max_tokens: int, most_text: int = 400_000) -> None:
        self._schema = schema
        self._max_tokens = max_tokens
        self._most_text = most_text
        self._known: OrderedDict[str, Document] = OrderedDict()
        self._held = 0

    def __len__(self) -> int:
        return len(self._known)

    def of(self, text: str) -> Document:
        """The document of a text. Raises GraphQLError where it is none, or has too many tokens."""
        known = self._known.get(text)
        if known is not None:
            self._known.move_to_end(text)
            return known
        made = self._made(text)
        if len(text) <= self._most_text:
            self._known[text] = made
            self._held += len(text)
            while self._held > self._most_text:
                dropped, _ = self._known.popitem(last=False)
                self._held -= len(dropped)
        return made

    def _made(self, text: str) -> Document:
        node = parse(text, max_tokens=self._max_tokens)
        errors = validate_document(self._schema, node, tuple(specified_rules))
        return Document(
            node,
            errors,
            [each for each in node.definitions if isinstance(each, OperationDefinitionNode)],
            {each.name.value: each for each in node.definitions if isinstance(each, FragmentDefinitionNode)},
            () if errors else _shaping(node),
        )


def _shaping(node: DocumentNode) -> tuple[str, ...]:
    found: set[str] = set()

    class Find(Visitor):
        def enter_directive(self, directive: DirectiveNode, *_: Any) -> None:  # noqa: ANN401
            found.update(_names(argument) for argument in directive.arguments or ())

        def enter_argument(self, argument: ArgumentNode, *_: Any) -> None:  # noqa: ANN401
            if argument.name.value == "first":
                found.add(_names(argument))

    visit(node, Find())
    return tuple(sorted(found - {""}))


def _names(argument: ArgumentNode) -> str:
    """The variable that is an argument's value; '' where none is."""
    return argument.value.name.value if isinstance(argument.value, VariableNode) else ""

"""Documents by their text: each is parsed, validated and planned once, as long as it is remembered."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    ExecutableDefinitionNode,
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
from service.domain.errors import TooComplex

MOST_SELECTIONS = 300
"""Of one selection set: far more than any type has fields, and few enough to be validated in some 10 ms."""

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
        self._known: OrderedDict[str, Document | GraphQLError] = OrderedDict()
        self._held = 0

    def __len__(self) -> int:
        return len(self._known)

    def of(self, text: str) -> Document:
        """The document of a text. Raises GraphQLError where it is none, or has too many tokens."""
        known = self._known.get(text)
        if known is None:
            known = self._made(text)
            self._remember(text, known)
        else:
            self._known.move_to_end(text)
        if isinstance(known, GraphQLError):
            raise known.with_traceback(None)  # else it would grow by every raise
        return known

    def _remember(self, text: str, made: Document | GraphQLError) -> None:
        if len(text) > self._most_text:
            return
        self._known[text] = made
        self._held += len(text)
        while self._held > self._most_text:
            dropped, _ = self._known.popitem(last=False)
            self._held -= len(dropped)

    def _made(self, text: str) -> Document | GraphQLError:
        try:
            node = parse(text, max_tokens=self._max_tokens)
        except GraphQLError as error:
            return error
        errors = _too_wide(node) or validate_document(self._schema, node, tuple(specified_rules))
        return Document(
            node,
            errors,
            [each for each in node.definitions if isinstance(each, OperationDefinitionNode)],
            {each.name.value: each for each in node.definitions if isinstance(each, FragmentDefinitionNode)},
            () if errors else _shaping(node),
        )


def _too_wide(node: DocumentNode) -> list[GraphQLError]:
    """What GraphQL would take long to find fault with: it compares the selections of a set each with each."""
    sets = [each.selection_set for each in node.definitions if isinstance(each, ExecutableDefinitionNode)]
    while sets:
        selections = sets.pop().selections
        if len(selections) > MOST_SELECTIONS:
            wide = f"{len(selections):,} fields side by side, where {MOST_SELECTIONS} are allowed"
            cause = TooComplex(f"The query is too large: {wide}.")
            return [GraphQLError(str(cause), selections[0], original_error=cause)]
        inner = (getattr(selection, "selection_set", None) for selection in selections)
        sets += [each for each in inner if each is not None]
    return []


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

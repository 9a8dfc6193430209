"""The GraphQL schema: the fields of Query, the limits, how it is executed, and what callers see of errors."""

from collections.abc import Iterable
from contextlib import aclosing
from typing import Any

import strawberry
from graphql import GraphQLError, OperationType
from graphql.execution.values import VariableValues, get_variable_values
from strawberry.schema.schema import StreamResult
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType as AllowedType

from service.api.context import RequestContext
from service.api.errors import tell
from service.api.execution.documents import Document, Documents
from service.api.execution.plans import NotPlanned, Plan, planned
from service.api.execution.running import run
from service.api.limits import Limits, check_size
from service.api.mutations.people import PersonMutation
from service.api.mutations.writing import RowMutation
from service.api.queries.browsing import BrowsingQuery
from service.api.queries.communities import CommunityQuery
from service.api.queries.contacts import ContactQuery
from service.api.queries.paths import PathQuery
from service.api.subscriptions.changes import Subscription
from service.api.tables.gathered import GATHERED
from service.domain.errors import InvalidInput, Overloaded, RainmakerError, TooMany
from service.settings import Settings
from service.telemetry import tracing
from service.telemetry.account import current
from service.telemetry.parts import parsing


@strawberry.type(
    description=(
        "Who forms the community around a topic (`topicalCommunities`), through whom one party can reach another "
        "(`trustedPaths`), and the people, brands and topics in between."
    )
)
class Query(BrowsingQuery, CommunityQuery, ContactQuery, PathQuery):
    """Everything that can be asked."""


@strawberry.type(
    description=(
        "Changes of the graph, for callers with the role WRITER. Each is one transaction: all its rows that are not "
        "rejected are in, or, where it fails, none."
    )
)
class Mutation(RowMutation, PersonMutation):
    """Everything that can be changed."""


class RainmakerSchema(strawberry.Schema):
    """Strawberry's schema, with plans to execute by and the project's own words for errors."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(Query, Mutation, Subscription, extensions=[lambda: Limits(settings, self.documents)])
        self._settings = settings
        self.subscriptions = 0
        self.documents = Documents(self._schema, settings.max_tokens)

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,  # noqa: ANN401 (as Strawberry has it)
        root_value: Any | None = None,  # noqa: ANN401
        operation_name: str | None = None,
        allowed_operation_types: Iterable[AllowedType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """By plan where all goes well. Whatever fails is asked again of graphql-core: its answer has the errors, each
        where it belongs; queries change nothing, so asking twice is harmless. Raises Overloaded and TooMany."""
        account = current()
        if account is not None:
            account.document, account.operation = query, operation_name
        with tracing.span("graphql") as span:
            result = await self._executed(
                query,
                variable_values,
                context_value,
                root_value,
                operation_name,
                allowed_operation_types,
                operation_extensions,
            )
            if span is not None and account is not None and account.operation is not None:
                span.update_name(f"graphql {account.operation}")
            return result

    async def _executed(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None,
        context: RequestContext | None,
        root_value: Any | None,  # noqa: ANN401
        operation_name: str | None,
        allowed_operation_types: Iterable[AllowedType] | None,
        operation_extensions: dict[str, Any] | None,
    ) -> ExecutionResult:
        if self._asks(query, operation_name) is OperationType.SUBSCRIPTION:
            return ExecutionResult(None, [_refused(InvalidInput("query", "subscriptions come over WebSocket."))])
        if context is not None and context.after:
            try:
                await context.services.wait_for_write(context.after)
            except RainmakerError as error:
                return ExecutionResult(None, [_refused(error)])
        if query and context is not None:
            try:
                return ExecutionResult(await self._by_plan(query, variable_values or {}, context, operation_name), None)
            except (Overloaded, TooMany):
                raise
            except Exception:  # noqa: BLE001 (it is raised again, or answered, below)
                context = context.anew()
        return await super().execute(
            query,
            variable_values,
            context,
            root_value,
            operation_name,
            allowed_operation_types,
            operation_extensions,
        )

    async def stream(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any = None,  # noqa: ANN401
        root_value: Any | None = None,  # noqa: ANN401
        operation_name: str | None = None,
        operation_extensions: dict[str, Any] | None = None,
        allowed_operation_types: Iterable[AllowedType] | None = None,
    ) -> StreamResult:
        """Subscriptions, so many at once; each has a context of its own. All else goes over HTTP."""
        if self._asks(query, operation_name) not in (OperationType.SUBSCRIPTION, None):
            return _one(InvalidInput("query", "over WebSocket come subscriptions only; send this by POST."))
        if self.subscriptions >= self._settings.max_subscriptions:
            return _one(Overloaded("subscriptions"))
        context: RequestContext = context_value
        answers = await super().stream(query, variable_values, context.anew(), root_value, operation_name)
        return self._counted(answers)

    def _asks(self, query: str | None, operation_name: str | None) -> OperationType | None:
        """What kind of operation would run; None where none can, which whoever tries will tell."""
        try:
            operation = self.documents.of(query or "").operation(operation_name)
        except GraphQLError:
            return None
        return None if operation is None else operation.operation

    async def _counted(self, answers: StreamResult) -> StreamResult:
        self.subscriptions += 1
        try:
            async with aclosing(answers):
                async for answer in answers:
                    yield answer
        finally:
            self.subscriptions -= 1

    async def by_graphql_core(
        self, query: str, variable_values: dict[str, Any], context: RequestContext, operation_name: str | None = None
    ) -> ExecutionResult:
        """The answer without plans, for tests that compare."""
        return await super().execute(query, variable_values, context, None, operation_name)

    async def _by_plan(
        self, text: str, given: dict[str, Any], context: RequestContext, name: str | None
    ) -> dict[str, Any]:
        with parsing():
            document = self.documents.of(text)
        operation = document.operation(name)
        account = current()
        if account is not None and operation is not None and operation.name is not None:
            account.operation = operation.name.value
        if document.errors or operation is None or operation.operation is not OperationType.QUERY:
            raise NotPlanned
        variables = get_variable_values(self._schema, operation.variable_definitions or (), given)
        if not isinstance(variables, VariableValues):
            raise NotPlanned
        with parsing():
            plan = self._plan(document, name, variables)
        context.charge(plan.cost)
        return await run(plan, variables, context)

    def _plan(self, document: Document, name: str | None, variables: VariableValues) -> Plan:
        key = name, tuple(variables.coerced.get(each) for each in document.shaping)
        plan = document.plans.get(key)
        if plan is None:
            cost = check_size(self._settings, self._schema, document.node, variables.coerced, name)
            operation = document.operation(name)
            assert operation is not None  # noqa: S101 (the caller found it)
            plan = planned(self._schema, operation, document.fragments, variables, GATHERED, cost)
            document.keep(key, plan)
        return plan

    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,
    ) -> None:
        for error in errors:
            tell(error)


def _refused(error: RainmakerError) -> GraphQLError:
    refused = GraphQLError(str(error), original_error=error)
    tell(refused)
    return refused


async def _one(error: RainmakerError) -> StreamResult:
    yield PreExecutionError(None, [_refused(error)])


def make_schema(settings: Settings) -> RainmakerSchema:
    return RainmakerSchema(settings)


def sdl() -> str:
    """The schema as text. `python -m service.api.schema > schema.graphql` renews the snapshot."""
    return make_schema(Settings()).as_str() + "\n"


if __name__ == "__main__":
    print(sdl(), end="")  # noqa: T201 (what this is for)

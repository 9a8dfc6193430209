"""Rows into the graph: checked as a load checks them, each with its outcome."""

from typing import Annotated

import strawberry

from service.api.context import Info
from service.api.mutations.inputs import (
    BrandRow,
    InteractionRow,
    PersonRow,
    RoleRow,
    TopicRow,
    TrustRow,
    WithdrawnRow,
    given,
)
from service.api.types.writing import Written

_ROWS = strawberry.argument(description="At most 1,000 rows.")
People = Annotated[list[PersonRow], _ROWS]
Brands = Annotated[list[BrandRow], _ROWS]
Topics = Annotated[list[TopicRow], _ROWS]
Roles = Annotated[list[RoleRow], _ROWS]
Interactions = Annotated[list[InteractionRow], _ROWS]
Statements = Annotated[list[TrustRow], _ROWS]
Withdrawn = Annotated[list[WithdrawnRow], _ROWS]


@strawberry.type
class RowMutation:
    @strawberry.mutation(description="Create people, or change those whose id is known.")
    async def upsert_people(self, info: Info, rows: People) -> Written:
        upsert = info.context.services.upsert_things.people
        return Written.of(await upsert(info.context.caller, [*map(given, rows)]))

    @strawberry.mutation(description="Create brands, or change those whose id is known.")
    async def upsert_brands(self, info: Info, rows: Brands) -> Written:
        upsert = info.context.services.upsert_things.brands
        return Written.of(await upsert(info.context.caller, [*map(given, rows)]))

    @strawberry.mutation(description="Create topics, or change those whose id is known; topics stay a forest.")
    async def upsert_topics(self, info: Info, rows: Topics) -> Written:
        upsert = info.context.services.upsert_things.topics
        return Written.of(await upsert(info.context.caller, [*map(given, rows)]))

    @strawberry.mutation(description="Create people's roles at brands, or change those whose key is known.")
    async def upsert_roles(self, info: Info, rows: Roles) -> Written:
        upsert = info.context.services.upsert_roles
        return Written.of(await upsert(info.context.caller, [*map(given, rows)]))

    @strawberry.mutation(
        description="Record interactions. Trust and activity end as if all interactions had been loaded from one file."
    )
    async def record_interactions(self, info: Info, rows: Interactions) -> Written:
        record = info.context.services.record_interactions
        return Written.of(await record(info.context.caller, [*map(given, rows)]))

    @strawberry.mutation(description="State trust or distrust; it stands in the place of what interactions give.")
    async def state_trust(self, info: Info, rows: Statements) -> Written:
        state = info.context.services.state_trust
        return Written.of(await state(info.context.caller, [*map(given, rows)]))

    @strawberry.mutation(
        description="Withdraw statements: what interactions give comes back. Where nothing is stated nothing changes."
    )
    async def withdraw_trust(self, info: Info, rows: Withdrawn) -> Written:
        withdraw = info.context.services.withdraw_trust
        return Written.of(await withdraw(info.context.caller, [*map(given, rows)]))

"""What people may ask for themselves: to be left out, and to be forgotten."""

from typing import Annotated

import strawberry

from service.api.context import Info
from service.api.types.writing import Written

PersonId = Annotated[strawberry.ID, strawberry.argument(description="Whom it is about.")]
OptedOut = Annotated[bool, strawberry.argument(description="Whether they are left out from now on.")]


@strawberry.type
class PersonMutation:
    @strawberry.mutation(description="Leave somebody out of every path and community, or take them in again.")
    async def opt_out(self, info: Info, person_id: PersonId, opted_out: OptedOut) -> Written:
        opt_out = info.context.services.opt_out
        return Written.of(await opt_out(info.context.caller, person_id, opted_out=opted_out))

    @strawberry.mutation(
        description="Forget somebody, for callers with the role ADMIN. Everything about them goes: graph, snapshot, "
        "files. A keyed hash of the id stays, so that no load or call brings them back. It cannot be undone."
    )
    async def forget_person(self, info: Info, person_id: PersonId) -> Written:
        forget = info.context.services.forget_person
        return Written.of(await forget(info.context.caller, person_id))

"""Through whom? And which state of the graph answers."""

from typing import Annotated

import strawberry

from service.api.context import Info
from service.api.inputs import TrustedPathsInput
from service.api.types.paths import TrustedPaths
from service.api.types.snapshots import Snapshot

Asked = Annotated[TrustedPathsInput, strawberry.argument(description="Between whom, and which trust counts.")]


@strawberry.type
class PathQuery:
    @strawberry.field(description="Through whom can one party reach another? The strongest chains of trust.")
    async def trusted_paths(self, info: Info, input: Asked) -> TrustedPaths:
        return TrustedPaths.of(await info.context.services.find_trusted_paths(input.question()))

    @strawberry.field(description="The newest state of the graph that answers are computed from.")
    def snapshot(self, info: Info) -> Snapshot:
        return Snapshot.of(info.context.services.snapshots.latest().info)

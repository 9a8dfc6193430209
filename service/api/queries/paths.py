"""Through whom? And which state of the graph answers."""

from typing import Annotated

import strawberry

from service.api.context import Info
from service.api.inputs import TrustedPathsInput
from service.api.types.paths import TrustedPaths, TrustedPathsOutcome
from service.api.types.snapshots import Snapshot
from service.use_cases.find_trusted_paths_batch import USUAL_DEADLINE_MS

AskedTogether = Annotated[
    list[TrustedPathsInput],
    strawberry.argument(
        description="Up to 500 questions. Those that differ only in `to`, or only in `from`, share most of the work, "
        "save with `distinctIntroducers`. Their own `deadlineMs` does not count."
    ),
]
Deadline = Annotated[
    int,
    strawberry.argument(
        description="After how many milliseconds to answer all with what is proved until then, 1 to 30,000."
    ),
]
Asked = Annotated[TrustedPathsInput, strawberry.argument(description="Between whom, and which trust counts.")]


@strawberry.type
class PathQuery:
    @strawberry.field(description="Through whom can one party reach another? The strongest chains of trust.")
    async def trusted_paths(self, info: Info, input: Asked) -> TrustedPaths:
        return TrustedPaths.of(await info.context.services.find_trusted_paths(input.question(info.context.sight)))

    @strawberry.field(
        description="`trustedPaths` for many pairs at once, from one snapshot: one outcome for each input, in their "
        "order, with the paths that the question has alone. An unknown id is that pair's problem; an option out of "
        "range refuses the batch and names the input."
    )
    async def trusted_paths_batch(
        self, info: Info, inputs: AskedTogether, deadline_ms: Deadline = USUAL_DEADLINE_MS
    ) -> list[TrustedPathsOutcome]:
        questions = [each.question(info.context.sight) for each in inputs]
        outcomes = await info.context.services.find_trusted_paths_batch(questions, deadline_ms)
        return [TrustedPathsOutcome.of(each) for each in outcomes]

    @strawberry.field(description="The newest state of the graph that answers are computed from.")
    def snapshot(self, info: Info) -> Snapshot:
        return Snapshot.of(info.context.services.snapshots.latest().info)

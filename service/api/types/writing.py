"""What became of rows that were written."""

import strawberry

from service.api.types import vocabulary  # noqa: F401 (makes the enums known to Strawberry)
from service.domain.writing import RowStatus, WriteOutcome
from service.use_cases.writing.wait_for_write import token_of


@strawberry.type(name="RowOutcome", description="What became of one row.")
class RowOutcomeType:
    row: int = strawberry.field(description="Which row of those sent, from 0.")
    status: RowStatus = strawberry.field(description="What became of it.")
    reason: str | None = strawberry.field(
        description="Why it was rejected, or what was left out of it: the words that a load lists in rejects.csv."
    )


@strawberry.type(description="What a call that writes did. All of it is in the graph, or the call failed.")
class Written:
    rows: list[RowOutcomeType] = strawberry.field(description="Each row's outcome, in the order of the rows.")
    created: int = strawberry.field(description="How many rows made something new.")
    updated: int = strawberry.field(description="How many changed something.")
    unchanged: int = strawberry.field(description="How many said what the graph has already.")
    removed: int = strawberry.field(description="How many took something away.")
    rejected: int = strawberry.field(description="How many were not taken.")
    write_token: str = strawberry.field(
        description="Send it as the header `Rainmaker-After`, and a query waits for a snapshot that has this write."
    )

    @classmethod
    def of(cls, outcome: WriteOutcome) -> "Written":
        return cls(
            rows=[RowOutcomeType(row=row.row, status=row.status, reason=row.reason) for row in outcome.rows],
            created=outcome.count(RowStatus.CREATED),
            updated=outcome.count(RowStatus.UPDATED),
            unchanged=outcome.count(RowStatus.UNCHANGED),
            removed=outcome.count(RowStatus.REMOVED),
            rejected=outcome.count(RowStatus.REJECTED),
            write_token=token_of(outcome.bookmark),
        )

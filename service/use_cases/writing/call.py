"""What every call that writes has in common: who may, how many rows, one transaction, one entry in the audit trail."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from service.domain.errors import Forbidden, InvalidInput
from service.domain.writing import MOST_ROWS, AuditEntry, RowOutcome, RowStatus, WriteOutcome

if TYPE_CHECKING:
    from service.domain.caller import Caller
    from service.domain.forgetting import Marks
    from service.ports.writing import AuditTrail, GraphTransaction, WritableGraph


@dataclass(frozen=True, slots=True)
class Judged:
    """Every row's outcome, and the ids of the people, and of the brands and topics, that were written about."""

    rows: tuple[RowOutcome, ...]
    people: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()


Work = Callable[["GraphTransaction"], Awaitable[Judged]]


class WriteCall:
    """Runs the work of one call, whoever stays to hear of it: once begun it comes to its end."""

    def __init__(self, graph: "WritableGraph", audit: "AuditTrail", marks: "Marks | None") -> None:
        self._graph = graph
        self._audit = audit
        self._marks = marks
        self._under_way: set[asyncio.Task[WriteOutcome]] = set()

    async def __call__(self, caller: "Caller", operation: str, rows: int, work: Work) -> WriteOutcome:
        """Forbidden for who may not write, InvalidInput for too many rows; nothing is written then, nor if `work`
        raises."""
        if not caller.role.may_write:
            raise Forbidden(f"{operation} is for callers with the role WRITER.")
        if rows > MOST_ROWS:
            raise InvalidInput("rows", f"at most {MOST_ROWS:,} at once, not {rows:,}. `load` takes any number.")
        running = asyncio.create_task(self._run(caller, operation, work))
        self._under_way.add(running)
        running.add_done_callback(self._under_way.discard)
        return await asyncio.shield(running)

    async def _run(self, caller: "Caller", operation: str, work: Work) -> WriteOutcome:
        call = token_hex(8)
        told: AuditEntry | None = None

        async def told_work(transaction: "GraphTransaction") -> Judged:
            nonlocal told
            judged = await work(transaction)
            entry = self._entry(call, caller, operation, judged)
            if any(status not in (RowStatus.UNCHANGED, RowStatus.REJECTED) for status in map(RowStatus, entry.rows)):
                # before the commit: nothing is ever in the graph that the trail does not know
                await self._audit.append(entry)
                told = entry
            return judged

        try:
            judged, bookmark = await self._graph.transact(operation, told_work)
        except Exception:
            if told is not None:
                await self._audit.append(replace(told, undone=True))
            raise
        return WriteOutcome(judged.rows, bookmark)

    def _entry(self, call: str, caller: "Caller", operation: str, judged: Judged) -> AuditEntry:
        statuses = [row.status.value for row in judged.rows]
        return AuditEntry(
            id=call,
            at=datetime.now(UTC),
            caller=caller.name,
            role=caller.role.value,
            operation=operation,
            rows={status: statuses.count(status) for status in sorted(set(statuses))},
            people=marked(judged.people, self._marks),
            things=sorted(judged.things),
        )


def marked(people: Collection[str], marks: "Marks | None") -> list[str]:
    """How the trail names people; without a key not at all."""
    return [] if marks is None else sorted(map(marks.of, people))

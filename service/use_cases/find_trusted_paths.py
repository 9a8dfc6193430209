"""Through whom? The best chains of trust between two parties."""

import asyncio
from concurrent.futures import Executor
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import TYPE_CHECKING

import numpy as np

from service.domain.errors import InvalidInput
from service.domain.likelihood import fitted_for
from service.domain.paths import Party, TrustedPath, TrustedPaths, TrustedPathsQuestion
from service.graph.costs import cost_of, strength_of
from service.graph.limits import FINISHED, STOPPED, StopFlag
from service.graph.paths.trusted_paths import FoundPath, FoundPaths, PathSearch
from service.telemetry.parts import in_kernel
from service.use_cases.check_ranges import check_range
from service.use_cases.explain_path import explain

if TYPE_CHECKING:
    from service.graph.snapshot import Snapshot
    from service.ports.snapshots import SnapshotProvider

MAX_PATHS = 100
MAX_HOPS = 8
MAX_DEADLINE_MS = 30_000


_OPEN = nullcontext()


class FindTrustedPaths:
    """Answers from the newest snapshot, off the event loop. `executor` runs the kernels, which release the
    interpreter's lock, behind `gate`; a search whose deadline passes or whose caller goes away is stopped."""

    def __init__(
        self,
        snapshots: "SnapshotProvider",
        executor: Executor,
        gate: AbstractAsyncContextManager[None] = _OPEN,
    ) -> None:
        self._snapshots = snapshots
        self._executor = executor
        self._gate = gate

    async def __call__(self, question: TrustedPathsQuestion) -> TrustedPaths:
        """The best paths in total order. InvalidInput names the argument; NotFound the unknown id; Overloaded where the
        gate is full. Waiting counts towards the deadline."""
        check(question)
        snapshot = self._snapshots.latest()
        stop: StopFlag = np.zeros(1, dtype=np.uint8)
        loop = asyncio.get_running_loop()
        deadline = loop.call_later(question.deadline_ms / 1000, _raise_flag, stop)
        try:
            async with self._gate:
                return await loop.run_in_executor(self._executor, in_kernel("paths", answer), snapshot, question, stop)
        finally:
            deadline.cancel()
            _raise_flag(stop)


def answer(snapshot: "Snapshot", question: TrustedPathsQuestion, stop: StopFlag) -> TrustedPaths:
    """The answer on one snapshot; raising `stop[0]` ends the search early and honestly."""
    return told(snapshot, question, PathSearch(snapshot, question).run(stop), question.deadline_ms)


def told(snapshot: "Snapshot", question: TrustedPathsQuestion, found: FoundPaths, deadline_ms: int) -> TrustedPaths:
    """What was found, in ids and words."""
    return TrustedPaths(
        paths=tuple(_told(snapshot, question, path) for path in found.paths),
        complete=found.ending == FINISHED,
        stopped_because=_stopped_because(deadline_ms, found),
        examined_relationships=int(found.examined),
        snapshot=snapshot.info,
    )


def check(question: TrustedPathsQuestion) -> None:
    """Raise InvalidInput for an option out of its range."""
    _check_party("from", question.from_)
    _check_party("to", question.to)
    check_range("first", question.first, 1, MAX_PATHS)
    check_range("maxHops", question.max_hops, 0, MAX_HOPS)
    check_range("minStrength", question.min_strength, 0, 1)
    check_range("introducerStrength", question.introducer_strength, 0, 1)
    if question.introducer_strength == 0:
        raise InvalidInput("introducerStrength", "must be above 0, else no introducer ever passes anything on.")
    check_range("deadlineMs", question.deadline_ms, 1, MAX_DEADLINE_MS)


def _check_party(field: str, party: Party) -> None:
    if (party.person_id is None) == (party.brand_id is None):
        raise InvalidInput(field, "name exactly one of personId and brandId.")


def _told(snapshot: "Snapshot", question: TrustedPathsQuestion, path: FoundPath) -> TrustedPath:
    return TrustedPath(
        strength=strength_of(path.cost),
        cost=path.cost,
        person_ids=tuple(snapshot.people.index.ids[person] for person in path.people),
        steps=path.steps,
        explanation=explain(snapshot, question, path),
        likelihood=_likelihood(snapshot, question, path),
    )


def _likelihood(snapshot: "Snapshot", question: TrustedPathsQuestion, path: FoundPath) -> float | None:
    """Of the chain between its two people: a brand's entry to it has no part in whom somebody comes to trust."""
    hops, fitted = len(path.steps), snapshot.dataset.likelihood
    if fitted is None or not fitted_for(question, hops):
        return None
    handovers = cost_of(question.introducer_strength) * (hops - 1)
    return fitted.at(strength_of(sum(step.cost for step in path.steps) + handovers))


def _stopped_because(deadline_ms: int, found: FoundPaths) -> str | None:
    if found.ending == FINISHED:
        return None
    if found.ending == STOPPED:
        return f"The deadline of {deadline_ms} ms passed; these are the best paths proved until then."
    return "More partial paths were open than memory allows; ask with fewer hops or a minStrength."


def _raise_flag(stop: StopFlag) -> None:
    stop[0] = 1

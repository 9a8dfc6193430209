"""Through whom, for many pairs at once? Pairs with a common end share the search from there."""

import asyncio
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import TYPE_CHECKING

import numpy as np

from service.domain.errors import InvalidInput, NotFound
from service.domain.paths import TrustedPaths, TrustedPathsQuestion
from service.graph.limits import StopFlag
from service.graph.paths.path_question import without_ends
from service.graph.paths.trusted_paths import PathSearch, search_together
from service.telemetry.parts import in_kernel
from service.use_cases.find_trusted_paths import MAX_DEADLINE_MS, check, told

if TYPE_CHECKING:
    from service.graph.snapshot import Snapshot
    from service.ports.snapshots import SnapshotProvider

MAX_PAIRS = 500
USUAL_DEADLINE_MS = 10_000

_OPEN = nullcontext()


class FindTrustedPathsBatch:
    """Answers from one snapshot, off the event loop. The deadline is that of the batch; what the questions say of
    theirs does not count."""

    def __init__(
        self,
        snapshots: "SnapshotProvider",
        executor: Executor,
        gate: AbstractAsyncContextManager[None] = _OPEN,
    ) -> None:
        self._snapshots = snapshots
        self._executor = executor
        self._gate = gate

    async def __call__(
        self, questions: Sequence[TrustedPathsQuestion], deadline_ms: int = USUAL_DEADLINE_MS
    ) -> list[TrustedPaths | NotFound]:
        """For each question, in their order, what it would be answered alone, or its NotFound. When the deadline
        passes, the questions not answered by then are incomplete. InvalidInput names the input and its argument;
        Overloaded where the gate is full, through which a batch goes as one. Waiting counts towards the deadline."""
        if len(questions) > MAX_PAIRS:
            raise InvalidInput("inputs", f"{len(questions):,} pairs, where {MAX_PAIRS} are allowed at a time.")
        if not 1 <= deadline_ms <= MAX_DEADLINE_MS:
            raise InvalidInput("deadlineMs", f"must be from 1 to {MAX_DEADLINE_MS:,}, not {deadline_ms}.")
        for place, question in enumerate(questions):
            _check(place, question)
        snapshot = self._snapshots.latest()
        stop: StopFlag = np.zeros(1, dtype=np.uint8)
        loop = asyncio.get_running_loop()
        deadline = loop.call_later(deadline_ms / 1000, stop.fill, 1)
        try:
            async with self._gate:
                search = in_kernel("paths of a batch", answers)
                return await loop.run_in_executor(self._executor, search, snapshot, questions, deadline_ms, stop)
        finally:
            deadline.cancel()
            stop.fill(1)


def answers(
    snapshot: "Snapshot", questions: Sequence[TrustedPathsQuestion], deadline_ms: int, stop: StopFlag
) -> list[TrustedPaths | NotFound]:
    """The answers on one snapshot; raising `stop[0]` ends the searches early and honestly."""
    results: dict[int, TrustedPaths | NotFound] = {}
    for group in _groups(questions):
        try:
            asked = [questions[place] for place in group]
            if len(asked) > 1 and not asked[0].distinct_introducers:
                found = search_together(snapshot, asked, stop)
            else:
                found = [PathSearch(snapshot, each).run(stop) for each in asked]
        except NotFound as unknown:
            found = [unknown] * len(group)
        for place, each in zip(group, found, strict=True):
            if isinstance(each, NotFound):
                results[place] = each
            else:
                results[place] = told(snapshot, questions[place], each, deadline_ms)
    return [results[place] for place in range(len(questions))]


def _groups(questions: Sequence[TrustedPathsQuestion]) -> Iterator[list[int]]:
    """Places of questions that can be searched together: first those with one source, then those with one target."""
    rest = list(range(len(questions)))
    for end in ("from_", "to"):
        together: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place in rest:
            question = questions[place]
            # Each with introducers of its own: their searches have nothing in common.
            alone = place if question.distinct_introducers else None
            together[without_ends(question), getattr(question, end), alone].append(place)
        yield from (group for group in together.values() if len(group) > 1)
        rest = [place for group in together.values() if len(group) == 1 for place in group]
    yield from ([place] for place in rest)


def _check(place: int, question: TrustedPathsQuestion) -> None:
    try:
        check(question)
    except InvalidInput as invalid:
        problem = str(invalid).removeprefix(f"{invalid.field}: ")
        raise InvalidInput(f"inputs[{place}].{invalid.field}", problem) from invalid

"""The use case: options checked, deadlines kept, and sentences that say what the path rests on."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import date
from typing import Any

import numpy as np
import pytest

from service.domain.errors import InvalidInput
from service.domain.model import Evidence, Role, Topic
from service.domain.paths import Party, TrustedPaths, TrustedPathsQuestion
from service.domain.vocabulary import RoleKind, TrustDirection
from service.graph.paths.path_search import OUT_OF_ROOM
from service.graph.paths.trusted_paths import FoundPaths, PathSearch
from service.graph.snapshot import Snapshot
from service.use_cases.find_trusted_paths import FindTrustedPaths, answer
from service.use_cases.warm_up import warm_up
from tests.scenario import Scenario, Tie

GRAPH = Scenario(
    people=("ann", "bob", "cat"),
    trust=(
        Tie("bob", "ann", 0.5, "t", date(2020, 1, 2), date(2021, 3, 4), "OFFLINE", True,
            (Evidence("ACK", 2), Evidence("CODE_REVIEW", 7))),
        Tie("cat", "bob", 0.25),
    ),
    roles=(Role("ann", "acme", RoleKind.EMPLOYEE), Role("cat", "zeta", RoleKind.DECISION_MAKER),
           Role("ann", "zeta", RoleKind.DECISION_MAKER)),
    brands=("acme", "zeta"),
    topics=(Topic("t", "Tea"),),
)  # fmt: skip


class Fixed:
    """A provider of one snapshot for ever."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def latest(self) -> Snapshot:
        return self.snapshot

    async def is_current(self, snapshot: Snapshot) -> bool:
        return snapshot is self.snapshot


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """A cold compiler takes longer than a question's deadline."""
    warm_up()


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


def question(**options: Any) -> TrustedPathsQuestion:
    return TrustedPathsQuestion(**{"from_": Party("ann"), "to": Party("cat"), **options})


def told(**options: Any) -> list[str]:
    answered = answer(GRAPH.snapshot(), question(**options), np.zeros(1, dtype=np.uint8))
    return [path.explanation for path in answered.paths]


async def test_answers_with_the_snapshot_it_used(executor: Executor) -> None:
    snapshot = GRAPH.snapshot()
    answered = await FindTrustedPaths(Fixed(snapshot), executor)(question())
    assert answered.complete
    assert answered.stopped_because is None
    assert answered.snapshot is snapshot.info
    assert answered.examined_relationships > 0
    (path,) = answered.paths
    assert path.person_ids == ("ann", "bob", "cat")
    assert path.hops == 2
    assert path.weakest_step is path.steps[0]  # old, though stronger when it was seen


@pytest.mark.parametrize(
    ("field", "options"),
    [
        ("from", {"from_": Party()}),
        ("to", {"to": Party("ann", "acme")}),
        ("first", {"first": 0}),
        ("first", {"first": 101}),
        ("maxHops", {"max_hops": -1}),
        ("maxHops", {"max_hops": 9}),
        ("minStrength", {"min_strength": -0.1}),
        ("minStrength", {"min_strength": float("nan")}),
        ("minStrength", {"min_strength": 1.1}),
        ("introducerStrength", {"introducer_strength": 0.0}),
        ("introducerStrength", {"introducer_strength": 1.1}),
        ("deadlineMs", {"deadline_ms": 0}),
        ("deadlineMs", {"deadline_ms": 30_001}),
    ],
)
async def test_an_option_out_of_range_is_named(field: str, options: dict[str, Any], executor: Executor) -> None:
    with pytest.raises(InvalidInput, match=f"^{field}: ") as caught:
        await FindTrustedPaths(Fixed(GRAPH.snapshot()), executor)(question(**options))
    assert caught.value.field == field


async def _slow(
    snapshot: Snapshot, executor: Executor, monkeypatch: pytest.MonkeyPatch
) -> "asyncio.Task[TrustedPaths]":
    """A search that only its stop flag ends."""
    run = PathSearch.run

    def waits(self: PathSearch, stop: np.ndarray) -> FoundPaths:
        while not stop[0]:
            pass
        return run(self, stop)

    monkeypatch.setattr(PathSearch, "run", waits)
    task = asyncio.create_task(FindTrustedPaths(Fixed(snapshot), executor)(question(deadline_ms=50)))
    await asyncio.sleep(0.01)
    assert not task.done(), "the event loop goes on meanwhile"
    return task


async def test_a_deadline_ends_the_search_and_says_so(executor: Executor, monkeypatch: pytest.MonkeyPatch) -> None:
    answered = await (await _slow(GRAPH.snapshot(), executor, monkeypatch))
    assert not answered.complete
    assert answered.stopped_because is not None
    assert "50 ms" in answered.stopped_because


async def test_a_caller_who_leaves_ends_the_search(executor: Executor, monkeypatch: pytest.MonkeyPatch) -> None:
    task = await _slow(GRAPH.snapshot(), executor, monkeypatch)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert executor.submit(lambda: "free").result(timeout=5) == "free"


def test_running_out_of_room_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PathSearch, "run", lambda *_: FoundPaths((), OUT_OF_ROOM, 9))
    answered = answer(GRAPH.snapshot(), question(), np.zeros(1, dtype=np.uint8))
    assert not answered.complete
    assert "minStrength" in (answered.stopped_because or "")


def test_the_explanation_names_people_evidence_dates_and_the_weakest_link() -> None:
    assert told(from_=Party(brand_id="acme")) == [
        "Name of ann of Brand acme reaches Name of cat through Name of bob. "
        "Name of bob trusts Name of ann on Tea "
        "(7 × code review, 2 × ack, offline, since 2020-01-02, last on 2021-03-04, partly paid). "
        "Name of cat trusts Name of bob in general (by explicit statement). "
        "The weakest link is Name of ann to Name of bob (strength 0.02)."
    ]


def test_the_explanation_of_a_single_step_has_no_weakest_link() -> None:
    (sentence,) = told(from_=Party("bob"), to=Party("ann"), direction=TrustDirection.TRUST)
    assert sentence.startswith("Name of bob directly reaches Name of ann. Name of bob trusts Name of ann on Tea (")
    assert "weakest" not in sentence


@pytest.mark.parametrize(
    ("from_", "to", "expected"),
    [
        (Party(brand_id="acme"), Party(brand_id="zeta"), "is at Brand acme and decides at Brand zeta"),
        (Party(brand_id="acme"), Party("ann"), "is at Brand acme"),
        (Party("ann"), Party(brand_id="zeta"), "decides at Brand zeta"),
        (Party("ann"), Party("ann"), "is the person asked for"),
    ],
)
def test_somebody_at_both_ends_needs_no_introduction(from_: Party, to: Party, expected: str) -> None:
    assert told(from_=from_, to=to)[0] == f"Name of ann {expected}: no introduction is needed."


def test_to_a_brand_the_decision_maker_is_named_as_such() -> None:
    assert told(from_=Party("bob"), to=Party(brand_id="zeta"))[0].startswith(
        "Name of bob directly reaches Name of cat, who decides at Brand zeta."
    )


def test_to_a_brand_through_somebody_reads_well() -> None:
    assert told(to=Party(brand_id="zeta"))[1].startswith(
        "Name of ann reaches Name of cat, who decides at Brand zeta, through Name of bob."
    )


def test_several_introducers_are_listed() -> None:
    chain = Scenario(people=tuple("abcd"), trust=(Tie("b", "a"), Tie("c", "b"), Tie("d", "c")))
    stop = np.zeros(1, dtype=np.uint8)
    (path,) = answer(chain.snapshot(), TrustedPathsQuestion(Party("a"), Party("d")), stop).paths
    assert path.explanation.startswith("Name of a reaches Name of d through Name of b and Name of c.")


def test_the_warm_up_answers_its_own_question() -> None:
    warm_up()

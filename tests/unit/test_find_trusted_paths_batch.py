"""Many questions at once: aligned outcomes, problems of single pairs, and one deadline for all."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from service.domain.errors import InvalidInput, NotFound
from service.domain.paths import Party, TrustedPaths, TrustedPathsQuestion
from service.graph.paths import spare_memory
from service.graph.paths.search_memory import new_memory
from service.use_cases.find_trusted_paths_batch import MAX_PAIRS, FindTrustedPathsBatch, answers
from service.use_cases.warm_up import warm_up
from tests.scenario import Scenario, Tie
from tests.unit.test_find_trusted_paths import Fixed

PEOPLE = ("ann", "bob", "cat", "dan", "eve")
GRAPH = Scenario(
    people=PEOPLE,
    trust=(Tie("bob", "ann", 0.5), Tie("cat", "bob", 0.5), Tie("dan", "cat", 0.5), Tie("eve", "ann", 0.2)),
)


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """A cold compiler takes longer than a deadline."""
    warm_up()


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


def ask(from_: str, to: str) -> TrustedPathsQuestion:
    return TrustedPathsQuestion(Party(from_), Party(to))


def ways(outcome: TrustedPaths | NotFound) -> list[str] | str:
    if isinstance(outcome, NotFound):
        return str(outcome)
    assert outcome.complete
    return [">".join(path.person_ids) for path in outcome.paths]


def test_outcomes_stand_in_the_order_of_the_inputs() -> None:
    asked = [
        ask("ann", "dan"),  # shares its source
        ask("bob", "dan"),  # shares its target with the next but one
        ask("ann", "nobody"),
        ask("cat", "dan"),
        replace(ask("ann", "cat"), max_hops=1),  # has options of its own
        ask("ann", "eve"),
        ask("nobody", "dan"),
        replace(ask("ann", "cat"), distinct_introducers=True),
        replace(ask("ann", "cat"), topic_id="unheard"),
        replace(ask("ann", "eve"), topic_id="unheard"),
        ask("ann", "ann"),
    ]
    told = [ways(each) for each in answers(GRAPH.snapshot(), asked, 1000, np.zeros(1, dtype=np.uint8))]
    nobody, unheard = "There is no person with the id 'nobody'.", "There is no topic with the id 'unheard'."
    assert told == [
        ["ann>bob>cat>dan"], ["bob>cat>dan"], nobody, ["cat>dan"], [], ["ann>eve"], nobody, ["ann>bob>cat"],
        unheard, unheard, ["ann"],
    ]  # fmt: skip


def test_no_questions_have_no_answers() -> None:
    assert answers(GRAPH.snapshot(), [], 1000, np.zeros(1, dtype=np.uint8)) == []


def test_what_the_deadline_leaves_is_incomplete_and_says_so() -> None:
    outcomes = answers(GRAPH.snapshot(), [ask("ann", to) for to in PEOPLE], 77, np.ones(1, dtype=np.uint8))
    for outcome in outcomes:
        assert isinstance(outcome, TrustedPaths)
        assert not outcome.complete
        assert "77 ms" in (outcome.stopped_because or "")


async def test_a_batch_too_large_is_refused(executor: Executor) -> None:
    finder = FindTrustedPathsBatch(Fixed(GRAPH.snapshot()), executor)
    assert len(await finder([ask("ann", "dan")] * MAX_PAIRS)) == MAX_PAIRS
    with pytest.raises(InvalidInput, match=r"^inputs: 501 pairs, where 500 are allowed"):
        await finder([ask("ann", "dan")] * (MAX_PAIRS + 1))


@pytest.mark.parametrize("deadline_ms", [0, 30_001])
async def test_the_deadline_has_its_range(executor: Executor, deadline_ms: int) -> None:
    with pytest.raises(InvalidInput, match=r"^deadlineMs: must be from 1 to 30,000"):
        await FindTrustedPathsBatch(Fixed(GRAPH.snapshot()), executor)([], deadline_ms)


async def test_an_option_out_of_range_names_its_input(executor: Executor) -> None:
    asked = [ask("ann", "dan"), replace(ask("ann", "dan"), max_hops=9)]
    with pytest.raises(InvalidInput, match=r"^inputs\[1\]\.maxHops: must be from 0 to 8") as caught:
        await FindTrustedPathsBatch(Fixed(GRAPH.snapshot()), executor)(asked)
    assert caught.value.field == "inputs[1].maxHops"


@pytest.mark.parametrize("together", [False, True])
def test_a_search_that_needs_more_room_gets_it(monkeypatch: pytest.MonkeyPatch, together: bool) -> None:
    crowd = tuple(f"p{number:03}" for number in range(300))
    ties = tuple(tie for id_ in crowd for tie in (Tie(id_, "ann"), Tie("zoe", id_)))
    snapshot = Scenario(people=("ann", *crowd, "zoe"), trust=ties).snapshot()
    rooms: list[int] = []

    def observed(people: int, room: int, guesses: int) -> object:
        rooms.append(room)
        return new_memory(people, room, guesses)

    monkeypatch.setattr(spare_memory, "new_memory", observed)
    monkeypatch.setattr(spare_memory, "FIRST_ROOM", 64)
    monkeypatch.setattr(type(snapshot), "most_ties", 1)
    monkeypatch.setattr(spare_memory, "_spare", [])
    asked = [ask("ann", "zoe")] * (1 + together)
    for outcome in answers(snapshot, asked, 1000, np.zeros(1, dtype=np.uint8)):
        assert ways(outcome) == [f"ann>p00{number}>zoe" for number in range(5)]
    assert len(rooms) > 1
    assert rooms == sorted(rooms)

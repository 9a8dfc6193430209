"""Contacts on graphs small enough to work everything out on paper, and what bounds the kernels' time.

Strength 0.5 costs 693147, 0.9 105361; an introducer costs 223144.
"""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from service.domain.contacts import Audience, InfluencersQuestion, LeverageQuestion, NextQuestion, Situation, Targets
from service.domain.errors import InvalidInput, NotFound, TooComplex
from service.domain.model import Role
from service.domain.vocabulary import ContactOrder, PurchaseStage, RoleKind
from service.graph.influence.coverage import greedy_cover
from service.graph.influence.influencers_of import paths_question, ranked_influencers, ways_to
from service.graph.limits import StopFlag
from service.ports.browsing import Slice
from service.use_cases.find_leverage import answer as leverage
from service.use_cases.find_next_relationships import answer as next_relationships
from service.use_cases.kernel_runs import KernelRuns
from tests.scenario import Scenario, Tie

GO_ON = np.zeros(1, dtype=np.uint8)
HALF, STRONG, HANDOVER = 693147, 105361, 223144


def test_who_moves_a_decision_and_in_how_many_ways() -> None:
    trust = (Tie("c", "a", 0.9), Tie("c", "b"), Tie("a", "x"), Tie("b", "x"), Tie("x", "y", channel="online"))
    snapshot = Scenario(("a", "b", "c", "x", "y", "z"), trust).snapshot()
    asked = paths_question(InfluencersQuestion("c"))
    people = ranked_influencers(snapshot, asked, GO_ON).people
    ids = snapshot.people.index.ids
    told = [
        ("".join(ids[v] for v in path.people), path.cost, ways)
        for _, path, ways in ways_to(snapshot, asked, people, GO_ON)
    ]
    assert told == [
        ("ca", STRONG, 1),
        ("cb", HALF, 1),
        ("cax", STRONG + HANDOVER + HALF, 2),
        ("caxy", STRONG + 2 * HANDOVER + 2 * HALF, 1),
    ]
    online = paths_question(InfluencersQuestion("x", situation=Situation(channels=("online",))))
    assert [ids[v] for v in ranked_influencers(snapshot, online, GO_ON).people] == ["y"]


def test_whom_one_listens_to_at_a_stage() -> None:
    aware, decided = (PurchaseStage.AWARENESS,), (PurchaseStage.DECISION,)
    trust = (
        Tie("x", "a", 0.9, stages=aware),
        Tie("x", "b", stages=decided),
        Tie("a", "c"),
        Tie("b", "c", stages=decided),
    )
    snapshot = Scenario(("a", "b", "c", "x"), trust).snapshot()
    asked = paths_question(InfluencersQuestion("x", situation=Situation(stages=decided)))
    found = ranked_influencers(snapshot, asked, GO_ON)
    assert [snapshot.people.index.ids[v] for v in found.people] == ["b", "c"]
    assert found.cost.tolist() == [HALF, 2 * HALF + HANDOVER]


def test_fewest_contacts_first_and_equals_by_id() -> None:
    # a moves 1, 2, 3; b moves 3, 4, 5; c moves 1, 2, 4. Nobody moves 6 but 6.
    moves = {"a": "123", "b": "345", "c": "124"}
    trust = tuple(Tie(listener, speaker) for speaker, listeners in moves.items() for listener in listeners)
    snapshot = Scenario(tuple("123456abc"), trust, opted_out=frozenset()).snapshot()
    question = LeverageQuestion(Audience(person_ids=tuple("123456")), contacts=9, max_hops=1)
    found = leverage(snapshot, question, tuple("123456"), GO_ON)
    assert (found.audience, found.reachable) == (6, 5)
    assert [(c.person_id, c.reaches, len(c.adds), c.together, c.in_audience) for c in found.contacts] == [
        ("a", 3, 3, 3, False),
        ("b", 3, 2, 5, False),
        ("6", 1, 1, 6, True),
    ]
    assert [(one.person_id, one.cost) for one in found.contacts[1].adds] == [("4", HALF), ("5", HALF)]


def test_two_weak_steps_may_be_below_the_strength_asked() -> None:
    snapshot = Scenario(("a", "b", "c"), (Tie("a", "b"), Tie("b", "c"))).snapshot()

    def first_contact(least: float) -> str:
        question = LeverageQuestion(Audience(person_ids=("a", "b", "c")), 1, min_strength=least)
        return leverage(snapshot, question, ("a", "b", "c"), GO_ON).contacts[0].person_id

    # c moves a through b: 0.5 · 0.8 · 0.5 = 0.2. Without a, c moves as many as b, who comes first.
    assert first_contact(0.199) == "c"
    assert first_contact(0.201) == "b"


def test_a_gain_that_has_shrunk_is_not_believed() -> None:
    # Sets 0: {0, 1, 2}, 1: {0, 1, 3}, 2: {3, 4}. Behind 0, set 1 adds one, set 2 both of its own.
    offsets, covers = np.array([0, 3, 6, 8]), np.array([0, 1, 2, 0, 1, 3, 3, 4], dtype=np.int32)
    chosen, covered_by = greedy_cover(offsets, covers, 6, 3)
    assert chosen.tolist() == [0, 2]
    assert covered_by.tolist() == [0, 0, 0, 2, 2, -1]


def test_the_relationship_that_opens_most() -> None:
    employee = Role("e", "acme", RoleKind.EMPLOYEE)
    trust = (Tie("t", "m"), Tie("u", "m"), Tie("k", "e"))
    scenario = Scenario(tuple("ekmtu"), trust, roles=(employee,), brands=("acme", "zeta"))
    question = NextQuestion("acme", Targets(person_ids=("t", "u")))

    def told(question: NextQuestion) -> list[tuple[str, str, int, int, int]]:
        listed = next_relationships(scenario.snapshot(), question, Slice(10), GO_ON)
        return [(n.contact_id, n.brand_person_id, n.opened, n.strengthened, n.gained) for n in listed.page.items]

    # Through m both are reached with 0.5 · 0.8 · 0.5 = 0.2; by themselves each with 0.5. k trusts e already.
    assert told(question) == [("m", "e", 2, 0, 400_000), ("t", "e", 1, 0, 500_000), ("u", "e", 1, 0, 500_000)]
    by_strength = NextQuestion("acme", question.targets, order_by=ContactOrder.STRENGTH)
    assert [contact for contact, *_ in told(by_strength)] == ["t", "u", "m"]
    assert told(NextQuestion("zeta", question.targets)) == []
    assert told(NextQuestion("acme", Targets(brand_id="zeta"))) == []


def test_a_better_path_than_todays() -> None:
    employee = Role("e", "acme", RoleKind.EMPLOYEE)
    scenario = Scenario(tuple("eknt"), (Tie("t", "k", 0.9), Tie("k", "e", 0.25)), roles=(employee,), brands=("acme",))
    listed = next_relationships(scenario.snapshot(), NextQuestion("acme", Targets(person_ids=("t",))), Slice(10), GO_ON)
    (only,) = listed.page.items
    # Today 0.25 · 0.8 · 0.9 = 0.18; t's own trust would make it 0.5.
    assert (only.contact_id, only.opened, only.strengthened, only.gained) == ("t", 0, 1, 320_000)
    (gain,) = only.gains
    assert (gain.person_id, gain.before, gain.after) == ("t", 1386294 + HANDOVER + STRONG, HALF)


def test_what_cannot_be_meant() -> None:
    snapshot = Scenario(("a",)).snapshot()
    with pytest.raises(NotFound, match="nobody"):
        leverage(snapshot, LeverageQuestion(Audience(person_ids=("nobody",))), ("nobody",), GO_ON)
    with pytest.raises(NotFound, match="no brand"):
        next_relationships(snapshot, NextQuestion("gone", Targets(person_ids=("a",))), Slice(1), GO_ON)
    branded, question = Scenario(("a",), brands=("acme",)).snapshot(), NextQuestion("acme", Targets(person_ids=("a",)))
    with pytest.raises(InvalidInput, match="after"):
        next_relationships(branded, question, Slice(1, "x"), GO_ON)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


def until_stopped(stop: StopFlag) -> str:
    while not stop[0]:
        time.sleep(0.001)
    return "stopped"


async def test_a_kernel_whose_time_is_up_is_stopped(threads: ThreadPoolExecutor) -> None:
    with pytest.raises(TooComplex, match=r"0\.01 s"):
        await KernelRuns(threads, deadline_seconds=0.01)(until_stopped)


async def test_a_kernel_for_which_nobody_waits_is_stopped(threads: ThreadPoolExecutor) -> None:
    flags: list[StopFlag] = []

    def work(stop: StopFlag) -> str:
        flags.append(stop)
        return until_stopped(stop)

    task = asyncio.create_task(KernelRuns(threads)(work))
    while not flags:
        await asyncio.sleep(0.001)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert flags[0][0] == 1

"""Strengths for evaluation are those that trustedPaths shows."""

import numpy as np
import pytest

from service.domain.model import Topic
from service.domain.paths import Party, TrustedPathsQuestion
from service.evaluate.formulas import AS_IT_IS, Formula, changes, path_strengths, together
from service.evaluate.network import Network
from service.graph.paths.trusted_paths import FoundPath, PathSearch
from service.graph.snapshot import Snapshot
from tests.scenario import Scenario, Tie

TOPICS = (Topic("t", "Tea"), Topic("u", "Oolong", "t"), Topic("v", "Coffee"))
PEOPLE = tuple(f"p{number:02}" for number in range(14))


def random_snapshot(seed: int) -> Snapshot:
    rng = np.random.default_rng(seed)
    ties = tuple(
        Tie(one, other, round(float(rng.uniform(0.1, 0.9)), 3), str(rng.choice(["t", "u", "v", ""])))
        for one in PEOPLE
        for other in PEOPLE
        if one != other and rng.random() < 0.16
    )
    return Scenario(PEOPLE, ties, topics=TOPICS).snapshot()


def strangers(snapshot: Snapshot, topic_id: str) -> list[tuple[int, int]]:
    trust = Network.of(snapshot, topic_id).trust.toarray()
    return [(one, other) for one in range(14) for other in range(14) if one != other and not trust[one, other]]


def shown(snapshot: Snapshot, topic_id: str, listener: int, speaker: int, formula: Formula) -> tuple[FoundPath, ...]:
    ids = snapshot.people.index.ids
    question = TrustedPathsQuestion(
        Party(ids[speaker]),
        Party(ids[listener]),
        topic_id or None,
        first=formula.ways,
        introducer_strength=formula.introducer_strength,
        distinct_introducers=formula.ways > 1,
    )
    return PathSearch(snapshot, question).run(np.zeros(1, dtype=np.uint8)).paths


@pytest.mark.parametrize("formula", [AS_IT_IS, Formula("half", introducer_strength=0.5), Formula("three", ways=3)])
@pytest.mark.parametrize("topic_id", ["t", "u", ""])
def test_strengths_are_those_of_trusted_paths(topic_id: str, formula: Formula) -> None:
    snapshot = random_snapshot(len(topic_id))
    pairs = strangers(snapshot, topic_id)
    listeners, speakers = np.array(pairs, dtype=np.int32).T
    found = path_strengths(snapshot, topic_id, listeners, speakers, formula)
    several = 0
    for strength, pair in zip(found.tolist(), pairs, strict=True):
        paths = shown(snapshot, topic_id, *pair, formula)
        several += len(paths) > 1
        expected = 1 - np.prod([1 - np.exp(path.cost / -1e6) for path in paths])
        assert strength == pytest.approx(expected, abs=1e-12)
    assert 0 < np.count_nonzero(found) < len(found)
    assert (several > 0) == (formula.ways > 1)


def test_two_ways_by_hand() -> None:
    ties = (Tie("a", "x", 0.5), Tie("x", "b", 0.5), Tie("a", "y", 0.4), Tie("y", "b", 0.5))
    snapshot = Scenario(("a", "b", "x", "y"), ties).snapshot()
    a, b = (np.array([snapshot.people.index.of(each)], dtype=np.int32) for each in "ab")
    assert path_strengths(snapshot, "", a, b) == pytest.approx([0.5 * 0.5 * 0.8], abs=1e-6)
    both = 1 - (1 - 0.5 * 0.5 * 0.8) * (1 - 0.4 * 0.5 * 0.8)
    assert path_strengths(snapshot, "", a, b, Formula("", ways=3)) == pytest.approx([both], abs=1e-6)


def test_changes_change_what_they_say() -> None:
    own = Scenario(("a",)).dataset
    for formula in (formula for group in changes(own) for formula in group):
        made_with = formula.dataset(own)
        differs = made_with != own or formula.introducer_strength != 0.8 or formula.ways != 1
        assert differs or formula.name == "all kinds weigh 1"  # the scenario gives no kind a weight
    one = together([Formula("a", half_life_days=1.0), Formula("b", ways=3)])
    assert one == Formula("a + b", half_life_days=1.0, ways=3)

"""The path kernels give, on random graphs under random options, what trying every path gives."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from service.domain.paths import Party, TrustedPaths, TrustedPathsQuestion
from service.graph.paths.path_search import FINISHED
from service.graph.paths.trusted_paths import PathSearch
from service.use_cases.find_trusted_paths import answer
from service.use_cases.find_trusted_paths_batch import answers
from tests.brute_force import Answer, trusted_paths
from tests.scenario import Scenario
from tests.strategies import BRANDS, cases


def kernel_answer(scenario: Scenario, question: TrustedPathsQuestion) -> Answer:
    snapshot = scenario.snapshot()
    found = PathSearch(snapshot, question).run(np.zeros(1, dtype=np.uint8))
    assert found.ending == FINISHED
    ids = snapshot.people.index.ids
    return [(path.cost, len(path.steps), tuple(ids[v] for v in path.people)) for path in found.paths]


@given(cases())
@settings(max_examples=300, deadline=None)
def test_same_paths_in_the_same_order(case: tuple[Scenario, TrustedPathsQuestion]) -> None:
    assert kernel_answer(*case) == trusted_paths(*case)


def batch_of(scenario: Scenario, question: TrustedPathsQuestion) -> list[TrustedPathsQuestion]:
    """The question with every other end in the place of each of its own, in turns."""
    parties = [*(Party(person_id=id_) for id_ in scenario.people), *(Party(brand_id=id_) for id_ in BRANDS)]
    return [each for party in parties for each in (replace(question, to=party), replace(question, from_=party))]


@given(cases())
@settings(max_examples=100, deadline=None)
def test_a_batch_answers_what_each_question_is_answered_alone(case: tuple[Scenario, TrustedPathsQuestion]) -> None:
    snapshot, asked = case[0].snapshot(), batch_of(*case)
    stop = np.zeros(1, dtype=np.uint8)
    together = answers(snapshot, asked, 1000, stop)
    for question, outcome in zip(asked, together, strict=True):
        alone = answer(snapshot, question, stop)
        assert isinstance(outcome, TrustedPaths)
        assert replace(outcome, examined_relationships=0) == replace(alone, examined_relationships=0)

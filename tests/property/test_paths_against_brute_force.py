"""The path kernels give, on random graphs under random options, what trying every path gives."""

import numpy as np
from hypothesis import given, settings

from service.domain.paths import TrustedPathsQuestion
from service.graph.path_search import FINISHED
from service.graph.trusted_paths import PathSearch
from tests.brute_force import Answer, trusted_paths
from tests.scenario import Scenario
from tests.strategies import cases


def kernel_answer(scenario: Scenario, question: TrustedPathsQuestion) -> Answer:
    snapshot = scenario.snapshot()
    found = PathSearch(snapshot, question).run(np.zeros(1, dtype=np.uint8))
    assert found.ending == FINISHED
    ids = snapshot.people.index.ids
    return [(path.cost, len(path.steps), tuple(ids[v] for v in path.people)) for path in found.paths]


@given(cases())
@settings(max_examples=600, deadline=None)
def test_same_paths_in_the_same_order(case: tuple[Scenario, TrustedPathsQuestion]) -> None:
    assert kernel_answer(*case) == trusted_paths(*case)

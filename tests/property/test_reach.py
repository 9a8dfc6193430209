"""Reach is whom trusted paths find, on random graphs."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import TopicScope
from service.graph.influence.reach import introduced, reach
from service.graph.paths.trusted_paths import PathSearch
from service.graph.snapshot import Snapshot, day_number
from tests.scenario import AS_OF, Scenario
from tests.standing import network_of
from tests.strategies import TOPIC_IDS, scenarios


@given(scenarios(), st.sampled_from(TOPIC_IDS[1:]), st.sampled_from(TopicScope), st.integers(-900, 400))
def test_reach_is_whom_trusted_paths_find(scenario: Scenario, topic_id: str, scope: TopicScope, offset: int) -> None:
    snapshot, day = scenario.snapshot(), AS_OF + timedelta(days=offset)
    asked = TrustedPathsQuestion(Party(), Party(), topic_id, scope, first=100, max_hops=2, min_strength=0.1, as_of=day)
    network = network_of(snapshot, topic_id, scope, day_number(day))
    counts = reach(network).tolist()
    for person, id_ in enumerate(sorted(scenario.people)):
        paths = [path for other in scenario.people if other != id_ for path in _paths(snapshot, asked, id_, other)]
        assert counts[person] == len({path[-1] for path in paths})
        direct = [path for path in paths if len(path) == 2]
        listeners = network.listener[network.listeners_of(person)].tolist()
        opened = introduced(network, person).tolist()
        assert len(opened) == len(direct)
        for introducer, opens in zip(listeners, opened, strict=False):
            assert opens == sum(path[1:-1] == (introducer,) for path in paths)


def _paths(snapshot: Snapshot, asked: TrustedPathsQuestion, from_id: str, to_id: str) -> list[tuple[int, ...]]:
    question = replace(asked, from_=Party(person_id=from_id), to=Party(person_id=to_id))
    return [tuple(path.people) for path in PathSearch(snapshot, question).run(np.zeros(1, dtype=np.uint8)).paths]

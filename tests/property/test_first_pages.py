"""The first pages of many people at once are those that each has alone, entry by entry."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from service.domain.held import HeldList
from service.domain.vocabulary import RoleKind
from service.graph import browsing
from service.graph.first_pages import FirstRoles, FirstTies, first_roles, first_trusted_by, first_trusts
from service.graph.snapshot import Snapshot
from tests.scenario import Scenario
from tests.strategies import scenarios

NOBODY = -1


@given(scenarios(), st.data(), st.integers(0, 4))
def test_as_each_alone(scenario: Scenario, data: st.DataObject, first: int) -> None:
    snapshot = scenario.snapshot()
    known = st.integers(NOBODY, len(snapshot.people.index) - 1)
    people = data.draw(st.lists(known, max_size=8), label="people, some twice, some not in the snapshot")
    topic = data.draw(st.none() | st.integers(0, len(snapshot.topics.index) - 1), label="topic")
    kind = data.draw(st.none() | st.sampled_from(RoleKind), label="kind")
    places = np.array(people, dtype=np.int64)

    def alone(list_of: Callable[[Snapshot, int, Any], HeldList[Any]], narrowed: object) -> list[HeldList[Any]]:
        return [HeldList.empty("", ()) if one == NOBODY else list_of(snapshot, one, narrowed) for one in people]

    for first_of, list_of in ((first_trusts, browsing.trusts), (first_trusted_by, browsing.trusted_by)):
        ties = first_of(snapshot, places, topic, first)
        rows = list(zip(ties.rows.tolist(), ties.others.tolist(), strict=True))
        lists = alone(list_of, topic)
        assert rows == [(tie.row, tie.other) for one in lists for tie in one.page(first, None).items]
        _compare(ties, lists, first)
    roles = first_roles(snapshot, places, kind, first)
    lists = alone(browsing.roles_of_person, kind)
    told = [roles.role(place) for place in range(len(roles.rows))]
    assert told == [role for one in lists for role in one.page(first, None).items]
    _compare(roles, lists, first)


def _compare(found: FirstTies | FirstRoles, alone: Sequence[HeldList[Any]], first: int) -> None:
    assert found.pages.totals == [each.length for each in alone]
    assert found.pages.lengths == [min(each.length, first) for each in alone]
    shown = [(each, place) for each in alone for place in range(min(each.length, first))]
    assert [found.key(place) for place in range(len(shown))] == [each.key(place) for each, place in shown]
    assert {found.name} >= {each.name for each, _ in shown}

"""What the tests of standing share: networks and standings of small graphs."""

from collections.abc import Mapping

import numpy as np

from service.domain.vocabulary import TopicScope
from service.graph.influence.standing import Standings, TopicActivity, standings
from service.graph.influence.topic_network import TopicNetwork, topic_network
from service.graph.snapshot import Snapshot, day_number
from tests.scenario import AS_OF


def network_of(
    snapshot: Snapshot, topic_id: str = "net", scope: TopicScope = TopicScope.RELATED, as_of: int = day_number(AS_OF)
) -> TopicNetwork:
    return topic_network(snapshot, snapshot.topics.index.of(topic_id), scope, as_of)


def standings_of(
    snapshot: Snapshot, active: Mapping[str, tuple[int, int, int]], *, in_all: int | None = None
) -> Standings:
    """On 'net', with (given, received, on all topics) of people; nobody else counts in the sums."""
    ids = snapshot.people.index.ids
    rows = np.array([active.get(id_, (0, 0, 0)) for id_ in ids], dtype=np.int64)
    activity = TopicActivity(
        np.arange(len(ids), dtype=np.int32),
        rows[:, 0],
        rows[:, 1],
        rows[:, 2],
        in_scope=int(rows[:, :2].sum()),
        in_all=int(rows[:, 2].sum()) if in_all is None else in_all,
    )
    return standings(network_of(snapshot), activity, snapshot.people.opted_out)

"""Who is listened to in a topic's network, and whether they listen back."""

import numpy as np
import numpy.typing as npt

from service.domain.vocabulary import TopicScope
from service.graph.open_trust import open_trust, strongest
from service.graph.snapshot import Int, Snapshot

Counts = npt.NDArray[np.int64]


def direct_listeners(snapshot: Snapshot, topic: int, scope: TopicScope, as_of: int) -> tuple[Counts, Counts]:
    """(listeners, answered) of every person of the snapshot, in the topic's network on a day (a day number): how many
    people trust them, and how many of those they trust, too."""
    people = len(snapshot.people.index)
    listeners, speakers, _ = strongest(open_trust(snapshot, topic, scope, as_of))
    mutual = _mutual(people, listeners, speakers)
    return np.bincount(speakers, minlength=people), np.bincount(speakers[mutual], minlength=people)


def _mutual(people: int, listeners: Int, speakers: Int) -> npt.NDArray[np.bool_]:
    """Which of these pairs, each given once and sorted, are there the other way round, too."""
    pairs = listeners.astype(np.int64) * people + speakers
    turned = speakers.astype(np.int64) * people + listeners
    places = np.searchsorted(pairs, turned)
    places[places == len(pairs)] = 0
    mutual: npt.NDArray[np.bool_] = pairs[places] == turned if len(pairs) else np.zeros(0, dtype=np.bool_)
    return mutual

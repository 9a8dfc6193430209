"""Trust relationships of many people as a table."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from service.api.context import Info
from service.api.execution.tables import Drawn, Table
from service.api.tables import people
from service.api.types import topics
from service.api.types.trust import Evidence, TrustRelationship
from service.graph.first_pages import FirstTies
from service.graph.snapshot import day_of
from service.graph.stages import stages_of


class Ties(Table):
    """Relationships that a snapshot holds, each seen from one of its ends."""

    def __init__(self, found: FirstTies) -> None:
        self._found = found
        self._snapshot = found.snapshot
        self._terms = found.snapshot.trust.terms[found.rows]

    def __len__(self) -> int:
        return len(self._terms)

    def each(self) -> Sequence[TrustRelationship]:
        return [TrustRelationship.in_snapshot(self._found.tie(place)) for place in range(len(self))]

    async def strength(self, info: Info) -> list[float]:
        ids, topic_ids = self._snapshot.people.index.ids, self._snapshot.topics.index.ids
        keys = []
        for place in range(len(self)):
            tie = self._found.tie(place)
            keys.append((ids[tie.listener], ids[tie.speaker], topic_ids[tie.topic]))
        return await info.context.loaders.strength.load_many(keys)

    def cost(self) -> list[int]:
        costs: list[int] = self._terms["cost"].tolist()
        return costs

    def since(self) -> list[date | None]:
        return self._days("since")

    def last_seen(self) -> list[date | None]:
        return self._days("last_seen")

    def _days(self, term: str) -> list[date | None]:
        return list(map(day_of, self._snapshot.trust.days[self._terms[term]].tolist()))

    def channel(self) -> list[str | None]:
        grounds = self._snapshot.trust.grounds
        names = (None, *grounds.channels[1:])
        return [names[channel] for channel in grounds.channel[self._terms["grounds"]].tolist()]

    def stages(self) -> Drawn:
        bits = self._snapshot.trust.grounds.stages[self._terms["grounds"]]
        distinct, places = np.unique(bits, return_inverse=True)
        return Drawn(list(map(stages_of, distinct.tolist())), places.tolist())

    def paid(self) -> list[bool]:
        paid: list[bool] = self._snapshot.trust.grounds.paid[self._terms["grounds"]].tolist()
        return paid

    def person(self, info: Info) -> "people.PeopleInSnapshot":
        return people.PeopleInSnapshot(self._snapshot, self._found.others)

    def topic(self, info: Info) -> Drawn:
        distinct, places = np.unique(self._terms["topic"], return_inverse=True)
        return Drawn([topics.Topic.in_snapshot(self._snapshot, at) for at in distinct.tolist()], places.tolist())

    def evidence(self) -> Drawn:
        distinct, places = np.unique(self._terms["grounds"], return_inverse=True)
        grounds = self._snapshot.trust.grounds
        return Drawn(
            [[Evidence.of(each) for each in grounds.evidence(at)] for at in distinct.tolist()], places.tolist()
        )

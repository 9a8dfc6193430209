"""How a brand stands to everybody on a topic: who is of it, and at what cost it reaches each."""

from dataclasses import dataclass

import numpy as np

from service.domain.influencers import UNTAPPED_PERCENTILE
from service.domain.paths import TrustedPathsQuestion
from service.domain.vocabulary import InfluencerOrder, StandingMeasure
from service.graph.costs import MICRO, Costs, cost_of, strength_of
from service.graph.influence.brand_circle import BrandCircle, brand_circle
from service.graph.influence.cost_sweep import Bounds, new_sweep, sweep_from
from service.graph.influence.standing import Column, Standings
from service.graph.limits import StopFlag
from service.graph.paths.path_question import NO_MAX_COST, Terrain
from service.graph.paths.search_memory import UNREACHABLE
from service.graph.snapshot import Flags, Int, Snapshot


@dataclass(frozen=True, slots=True)
class BrandOnTopic:
    """The topic's people side by side, as in `standings`: `cost[i]` is that of the best path from the brand to
    `standings.people[i]`, UNREACHABLE where there is none, and `reachable` is authority × its strength. `heard` flags,
    by position in the snapshot, who listens to a voice of the brand. `asked` is the question for paths from the brand,
    its day known, that only lacks whom to reach."""

    snapshot: Snapshot
    asked: TrustedPathsQuestion
    standings: Standings
    circle: BrandCircle
    cost: Costs
    reachable: Column
    heard: Flags

    def column(self, order: InfluencerOrder) -> Column:
        """What a list in this order is sorted by."""
        if order is InfluencerOrder.REACHABLE_AUTHORITY:
            return self.reachable
        return self.standings.columns[StandingMeasure(order.value)]

    def rainmakers(self) -> Int:
        """Places of those without a tie to the brand, by authority."""
        return self._by_authority(~self.circle.tied[self.standings.people])

    def untapped(self) -> Int:
        """Places of those whom the brand could send, who have standing and do not speak for it yet, by authority."""
        people, circle = self.standings.people, self.circle
        standing = self.standings.columns[StandingMeasure.AUTHORITY].percentile >= UNTAPPED_PERCENTILE
        return self._by_authority(standing & circle.sent[people] & ~circle.voices[people])

    def strength(self, place: int) -> float | None:
        """Of the best path from the brand; None where there is none."""
        cost = int(self.cost[place])
        return None if cost == UNREACHABLE else strength_of(cost)

    @property
    def size(self) -> int:
        """Bytes, without the standings: costs and column of the topic's people, flags of everybody."""
        return 28 * len(self.cost) + 7 * len(self.heard)

    def _by_authority(self, kept: Flags) -> Int:
        order = self.standings.columns[StandingMeasure.AUTHORITY].order
        return order[kept[order]]


def brand_on_topic(
    snapshot: Snapshot, standings: Standings, asked: TrustedPathsQuestion, stop: StopFlag
) -> BrandOnTopic:
    """How the brand that `asked` begins at reaches everybody who has a standing, in one sweep. `asked.to` is nobody.

    NotFound for an unknown brand. After a stop the costs mean nothing.
    """
    terrain = Terrain.of(snapshot, asked)
    brand = snapshot.brands.index.of(asked.from_.brand_id or "")
    topic = snapshot.topics.index.of(asked.topic_id or "")
    cost = _costs(terrain, stop)[standings.people]
    authority = standings.columns[StandingMeasure.AUTHORITY].value
    circle = brand_circle(snapshot, brand, topic, asked.scope, terrain.as_of)
    network = standings.network
    heard = np.zeros(len(circle.voices), dtype=np.bool_)
    for voice in np.flatnonzero(circle.voices):
        heard[network.listener[network.listeners_of(int(voice))]] = True
    reachable = Column.of(authority * np.exp(cost / -MICRO))
    return BrandOnTopic(snapshot, asked, standings, circle, cost, reachable, heard)


def _costs(terrain: Terrain, stop: StopFlag) -> Costs:
    """What the best path from the brand to each person costs."""
    snapshot, asked = terrain.snapshot, terrain.question
    starts, entry = terrain.sources(asked.from_)
    bounds = Bounds(asked.max_hops, NO_MAX_COST, cost_of(asked.introducer_strength))
    sweep, closed = new_sweep(len(snapshot.people.names)), snapshot.people.opted_out.copy()
    sweep_from(terrain.arcs, terrain.rules, bounds, snapshot.usual_parts, closed, sweep, starts, entry, stop)
    return sweep.cost

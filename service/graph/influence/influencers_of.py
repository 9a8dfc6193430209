"""To whom a person listens, directly or through others, best path first."""

from dataclasses import dataclass, replace

import numpy as np

from service.domain.contacts import InfluencersQuestion
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import TrustDirection
from service.graph.costs import Costs
from service.graph.influence.sweeps import Sweeps
from service.graph.limits import StopFlag
from service.graph.paths.path_question import Terrain
from service.graph.paths.trusted_paths import FoundPath, PathSearch, search_together
from service.graph.snapshot import Flags, Int, Snapshot

MAX_HOPS = 3
WAYS_COUNTED = 10
"""So many ways without a common introducer are looked for; there may be more."""


@dataclass(frozen=True, slots=True)
class RankedInfluencers:
    """People by the cost of the best path to them, then by id."""

    people: Int
    cost: Costs

    def only(self, kept: Flags) -> "RankedInfluencers":
        """Those among them whose vertex is kept."""
        chosen = kept[self.people]
        return RankedInfluencers(self.people[chosen], self.cost[chosen])


def paths_question(question: InfluencersQuestion) -> TrustedPathsQuestion:
    """The question for paths whose answer says how a person comes to an influencer, who is still to be named."""
    situation = question.situation
    return TrustedPathsQuestion(
        from_=Party(person_id=question.person_id),
        to=Party(),
        topic_id=question.topic_id,
        scope=question.scope,
        direction=TrustDirection.TRUST,
        first=1,
        max_hops=MAX_HOPS,
        as_of=question.as_of,
        channels=situation.channels,
        stages=situation.stages,
        seen_from=situation.seen_from,
        seen_to=situation.seen_to,
        sight=question.sight,
    )


def ranked_influencers(snapshot: Snapshot, asked: TrustedPathsQuestion, stop: StopFlag) -> RankedInfluencers:
    """Everybody to whom paths lead; NotFound for ids that the snapshot does not hold."""
    terrain = Terrain.of(snapshot, asked)
    person, entry = terrain.sources(asked.from_)
    found = Sweeps(terrain).from_people(person, entry, stop)
    others = found.hops > 0
    people, cost = found.people[others], found.cost[others]
    order = np.lexsort((people, cost))
    return RankedInfluencers(people[order], cost[order])


def ways_to(
    snapshot: Snapshot, asked: TrustedPathsQuestion, people: Int, stop: StopFlag
) -> list[tuple[TrustedPathsQuestion, FoundPath, int]]:
    """The best path to each of these, with the question it answers, and how many of the first WAYS_COUNTED ways with
    distinct introducers there are. Empty after a stop."""
    ids = snapshot.people.index.ids
    questions = [replace(asked, to=Party(person_id=ids[person])) for person in people]
    told = []
    for question, found in zip(questions, search_together(snapshot, questions, stop) if questions else (), strict=True):
        distinct = PathSearch(snapshot, replace(question, first=WAYS_COUNTED, distinct_introducers=True)).run(stop)
        if stop[0]:
            return []
        assert not isinstance(found, Exception)  # noqa: S101 (the snapshot holds whom it was asked about)
        told.append((question, found.paths[0], len(distinct.paths)))
    return told

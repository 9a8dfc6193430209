"""The customer at the centre: to whom does this person listen?"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

import numpy as np

from service.domain.communities import Community
from service.domain.contacts import InfluencersQuestion, PersonInfluencer, Situation
from service.domain.errors import InvalidInput
from service.domain.held import HeldList
from service.domain.pages import Page
from service.domain.paths import TrustedPathsQuestion
from service.graph.influence.influencers_of import RankedInfluencers, paths_question, ranked_influencers, ways_to
from service.graph.limits import StopFlag
from service.graph.paths.trusted_paths import FoundPaths
from service.graph.snapshot import Flags, Int, Snapshot
from service.ports.browsing import Listed, Slice
from service.ports.locations import PeopleAt
from service.ports.snapshots import SnapshotProvider
from service.use_cases.find_trusted_paths import told
from service.use_cases.kernel_runs import KernelRuns
from service.use_cases.recent import Recent

ANSWERS_KEPT = 64
PEOPLE_KEPT = 2_000_000
"""What is remembered: 12 bytes a person."""

_Key = tuple[str, TrustedPathsQuestion]


class FindInfluencersOf:
    """Ranks everybody in one sweep, and finds the paths of a page. Remembers whom it ranked."""

    def __init__(
        self,
        snapshots: SnapshotProvider,
        run: KernelRuns,
        people_at: PeopleAt,
        community: Callable[[str], Awaitable[Community]],
    ) -> None:
        self._snapshots = snapshots
        self._run = run
        self._people_at = people_at
        self._community = community
        self._ranked: Recent[_Key, RankedInfluencers] = Recent(
            ANSWERS_KEPT, heaviest=PEOPLE_KEPT, weigh=lambda ranked: len(ranked.people)
        )

    async def __call__(self, question: InfluencersQuestion, part: Slice) -> Listed[PersonInfluencer]:
        """A page of those to whom the person listens, by the strength of the best path, then by id.

        NotFound (person, topic, community), InvalidInput (situation, after), TooComplex, Overloaded, Unavailable.
        """
        _check(question.situation)
        snapshot = self._snapshots.latest()
        asked = paths_question(replace(question, as_of=snapshot.as_of(question.as_of)))
        kept = await self._kept(snapshot, question.situation)
        ranked = await self._everybody(snapshot, asked)
        if kept is not None:
            ranked = ranked.only(kept)
        page = _places(snapshot, question, ranked).page(part.first, part.after)
        people = ranked.people[list(page.items)]
        influencers = await self._run(partial(_described, snapshot, asked, people)) if page.items else ()
        return Listed(Page(influencers, page.cursors, page.has_next, page.has_previous), len(ranked.people))

    async def _everybody(self, snapshot: Snapshot, asked: TrustedPathsQuestion) -> RankedInfluencers:
        key = snapshot.info.id, asked
        ranked = self._ranked.get(key)
        if ranked is None:
            ranked = await self._run(partial(ranked_influencers, snapshot, asked))
            self._ranked.keep(lambda other: other[0] == snapshot.info.id)
            self._ranked.put(key, ranked)
        return ranked

    async def _kept(self, snapshot: Snapshot, situation: Situation) -> Flags | None:
        """Whom location and community leave; None where they leave everybody."""
        groups = []
        if situation.location is not None:
            groups.append(await self._people_at(situation.location))
        if situation.community_id is not None:
            members = (await self._community(situation.community_id)).members
            groups.append([member.person_id for member in members])
        kept = None
        for ids in groups:
            inside = np.zeros(len(snapshot.people.index), dtype=np.bool_)
            # Whoever came after the snapshot is nowhere in it yet.
            inside[[place for place in map(snapshot.people.index.find, ids) if place is not None]] = True
            kept = inside if kept is None else kept & inside
        return kept


def _places(snapshot: Snapshot, question: InfluencersQuestion, ranked: RankedInfluencers) -> HeldList[int]:
    ids = snapshot.people.index.ids
    return HeldList(
        f"influencers/{question}",
        (int, str),
        len(ranked.people),
        lambda place: [int(ranked.cost[place]), ids[ranked.people[place]]],
        lambda place: place,
    )


def _described(
    snapshot: Snapshot,
    asked: TrustedPathsQuestion,
    people: Int,
    stop: StopFlag,
) -> tuple[PersonInfluencer, ...]:
    influencers = []
    for question, path, ways in ways_to(snapshot, asked, people, stop):
        (best,) = told(snapshot, question, FoundPaths((path,), 0, 0), question.deadline_ms).paths
        influencers.append(PersonInfluencer(best.person_ids[-1], best, ways))
    return tuple(influencers)


def _check(situation: Situation) -> None:
    begin, end = situation.seen_from, situation.seen_to
    if begin is not None and end is not None and begin > end:
        raise InvalidInput("situation.from", f"{begin} is after situation.to, {end}.")

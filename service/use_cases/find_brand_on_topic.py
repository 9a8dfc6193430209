"""Who matters on a topic, and how well can this brand reach each of them?"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from service.domain.errors import NotFound
from service.domain.held import HeldList
from service.domain.influencers import BrandOnTopicQuestion
from service.domain.paths import Party, TrustedPath, TrustedPathsQuestion
from service.domain.standing import StandingQuestion
from service.domain.vocabulary import InfluencerOrder, TopicScope
from service.graph.influence.brand_on_topic import BrandOnTopic, brand_on_topic
from service.graph.influence.standing import Column
from service.graph.limits import StopFlag
from service.graph.paths.trusted_paths import search_together
from service.graph.snapshot import Int
from service.use_cases.check_ranges import check_range
from service.use_cases.find_standing import FindStanding, TopicStandings
from service.use_cases.find_trusted_paths import MAX_HOPS, told
from service.use_cases.kernel_runs import KernelRuns
from service.use_cases.recent import Recent

ANSWERS_KEPT = 64
BYTES_KEPT = 100_000_000
"""What is remembered beside standings, which are remembered by themselves."""

_Key = tuple[str, str, str, TopicScope, date, int]


@dataclass(frozen=True, slots=True)
class TopicInfluencers:
    """A topic's people, by place, as a brand sees them."""

    standings: TopicStandings
    brand: BrandOnTopic

    def ordered(self, order: InfluencerOrder) -> HeldList[int]:
        """Places of everybody, the greatest first; ties by id."""
        column = self.brand.column(order)
        return self._list(f"influencers/{order}", column, column.order)

    def rainmakers(self) -> HeldList[int]:
        """Places of those who have no tie to the brand yet, by authority; ties by id."""
        return self._list("rainmakers", self.brand.column(InfluencerOrder.AUTHORITY), self.brand.rainmakers())

    def untapped(self) -> HeldList[int]:
        """Places of the brand's own people whose standing it leaves unused, by authority; ties by id."""
        return self._list("untapped", self.brand.column(InfluencerOrder.AUTHORITY), self.brand.untapped())

    def _list(self, name: str, column: Column, places: Int) -> HeldList[int]:
        question = self.standings.question
        return HeldList(
            f"{name}/{question.topic_id}/{question.scope}/{self.standings.day}/{self.brand.asked.from_.brand_id}"
            f"/{self.brand.asked.max_hops}",
            (float, str),
            len(places),
            lambda at: [-float(column.value[places[at]]), self.standings.id_of(int(places[at]))],
            lambda at: int(places[at]),
        )


class FindBrandOnTopic:
    """One sweep of the graph finds what reaching everybody costs, which is remembered; the paths of a page are found by
    one search."""

    def __init__(self, find_standing: FindStanding, run: KernelRuns) -> None:
        self._find_standing = find_standing
        self._run = run
        self._answers: Recent[_Key, TopicInfluencers] = Recent(
            ANSWERS_KEPT, heaviest=BYTES_KEPT, weigh=lambda answer: answer.brand.size
        )

    async def __call__(self, question: BrandOnTopicQuestion) -> TopicInfluencers:
        """Everybody with a standing on the topic, as the brand sees them.

        NotFound (topic, brand), InvalidInput (maxHops), Overloaded, TooComplex, Unavailable.
        """
        check_range("maxHops", question.max_hops, 0, MAX_HOPS)
        standings = await self._find_standing(StandingQuestion(question.topic_id, question.scope, question.as_of))
        snapshot, day = standings.snapshot, standings.day
        key = snapshot.info.id, question.brand_id, question.topic_id, question.scope, day, question.max_hops
        known = self._answers.get(key)
        # Activity may have changed since, which no snapshot tells.
        if known is not None and known.standings.everybody is standings.everybody:
            return known
        asked = _paths_question(question, day)
        brand = await self._run(partial(brand_on_topic, snapshot, standings.everybody, asked))
        answer = TopicInfluencers(standings, brand)
        self._answers.keep(lambda other: other[0] == snapshot.info.id)
        self._answers.put(key, answer)
        return answer

    def paths(self, found: TopicInfluencers, places: Sequence[int]) -> "PathsOfPage":
        """The best paths to the people of a page, to be searched for when somebody asks."""
        return PathsOfPage(found.brand, places, self._run)


class PathsOfPage:
    """The best path from the brand to each of some people, all of them found when the first is asked for."""

    def __init__(self, brand: BrandOnTopic, places: Sequence[int], run: KernelRuns) -> None:
        self._brand = brand
        self._places = places
        self._run = run
        self._found: dict[int, TrustedPath] | None = None
        self._searching = asyncio.Lock()

    async def of(self, place: int) -> TrustedPath | None:
        """What `trustedPaths` finds with `first: 1` from the brand to this person. Overloaded, TooComplex."""
        async with self._searching:
            if self._found is None:
                self._found = await self._run(partial(_best_paths, self._brand, self._places))
        return self._found.get(place)


def _paths_question(question: BrandOnTopicQuestion, day: date) -> TrustedPathsQuestion:
    """The question whose answer is the best path, but for whom to reach."""
    return TrustedPathsQuestion(
        from_=Party(brand_id=question.brand_id),
        to=Party(),
        topic_id=question.topic_id,
        scope=question.scope,
        first=1,
        max_hops=question.max_hops,
        as_of=day,
    )


def _best_paths(brand: BrandOnTopic, places: Sequence[int], stop: StopFlag) -> dict[int, TrustedPath]:
    """By place; who is not there cannot be reached."""
    reached = [place for place in places if brand.strength(place) is not None]
    ids, people = brand.snapshot.people.index.ids, brand.standings.people
    questions = [replace(brand.asked, to=Party(person_id=ids[int(people[place])])) for place in reached]
    if not questions:
        return {}
    paths = {}
    for place, question, found in zip(
        reached, questions, search_together(brand.snapshot, questions, stop), strict=True
    ):
        if isinstance(found, NotFound):
            raise found
        for path in told(brand.snapshot, question, found, question.deadline_ms).paths:
            paths[place] = path
    return paths

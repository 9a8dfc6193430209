"""Whom should a brand get to know next? The one new relationship that brings it nearest to its targets."""

from functools import partial

import numpy as np

from service.domain.contacts import NextQuestion, NextRelationship, TargetGain
from service.domain.errors import InvalidInput
from service.domain.held import HeldList
from service.domain.pages import Page
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import ContactOrder
from service.graph.costs import cost_of
from service.graph.influence.next_relationships import NextRelationships, RankedRelationships
from service.graph.limits import StopFlag
from service.graph.paths.path_question import Terrain
from service.graph.paths.search_memory import UNREACHABLE
from service.graph.snapshot import Int, Snapshot
from service.ports.browsing import Listed, Slice
from service.ports.snapshots import SnapshotProvider
from service.use_cases.check_ranges import check_range, check_strength
from service.use_cases.find_trusted_paths import MAX_HOPS
from service.use_cases.kernel_runs import KernelRuns

MOST_TARGETS = 200


class FindNextRelationships:
    """Answers from the newest snapshot."""

    def __init__(self, snapshots: SnapshotProvider, run: KernelRuns) -> None:
        self._snapshots = snapshots
        self._run = run

    async def __call__(self, question: NextQuestion, part: Slice) -> Listed[NextRelationship]:
        """A page of the relationships that would bring anything, best first.

        NotFound (brand, person, topic), InvalidInput, TooComplex, Overloaded, Unavailable.
        """
        _check(question)
        return await self._run(partial(answer, self._snapshots.latest(), question, part))


def answer(snapshot: Snapshot, question: NextQuestion, part: Slice, stop: StopFlag) -> Listed[NextRelationship]:
    """The answer on one snapshot."""
    terrain = Terrain.of(
        snapshot,
        TrustedPathsQuestion(
            from_=Party(brand_id=question.brand_id),
            to=Party(),
            topic_id=question.topic_id,
            scope=question.scope,
            max_hops=question.max_hops,
            min_strength=question.min_strength,
            as_of=question.as_of,
            sight=question.sight,
        ),
    )
    sources, entry_costs = terrain.sources(terrain.question.from_)
    targets = _targets(terrain, question)
    step_cost = cost_of(question.assumed_strength)
    search = NextRelationships(terrain, sources, entry_costs, targets, step_cost, stop)
    ranked = search.ranked(paths_first=question.order_by is ContactOrder.PATHS)
    page = _places(snapshot, question, ranked).page(part.first, part.after)
    gains = search.gains(ranked.people[list(page.items)]) if page.items else []
    found = tuple(_told(snapshot, ranked, place, targets, each) for place, each in zip(page.items, gains, strict=True))
    return Listed(Page(found, page.cursors, page.has_next, page.has_previous), len(ranked.people))


def _targets(terrain: Terrain, question: NextQuestion) -> Int:
    """The targets by vertex, each once, without those who opted out."""
    if question.targets.brand_id is not None:
        targets = terrain.targets(Party(brand_id=question.targets.brand_id))
        if len(targets) > MOST_TARGETS:
            raise InvalidInput("targets.brandId", f"{len(targets)} people decide there; at most {MOST_TARGETS} count.")
        return targets
    named = [terrain.targets(Party(person_id=id_)) for id_ in question.targets.person_ids or ()]
    return np.unique(np.concatenate(named)) if named else np.empty(0, dtype=np.int32)


def _places(snapshot: Snapshot, question: NextQuestion, ranked: RankedRelationships) -> HeldList[int]:
    ids = snapshot.people.index.ids

    def key(place: int) -> list[str | float]:
        targets, gained = int(ranked.opened[place] + ranked.strengthened[place]), int(ranked.gained[place])
        worth = [-targets, -gained] if question.order_by is ContactOrder.PATHS else [-gained, -targets]
        return [*worth, ids[ranked.people[place]]]

    name = f"nextRelationships/{question}"
    return HeldList(name, (int, int, str), len(ranked.people), key, lambda place: place)


def _told(
    snapshot: Snapshot, ranked: RankedRelationships, place: int, targets: Int, gains: list[tuple[int, int, int]]
) -> NextRelationship:
    ids = snapshot.people.index.ids
    return NextRelationship(
        contact_id=ids[ranked.people[place]],
        brand_person_id=ids[ranked.brand_people[place]],
        opened=int(ranked.opened[place]),
        strengthened=int(ranked.strengthened[place]),
        gained=int(ranked.gained[place]),
        gains=tuple(
            TargetGain(ids[targets[target]], None if before == UNREACHABLE else before, after)
            for target, before, after in gains
        ),
    )


def _check(question: NextQuestion) -> None:
    given = question.targets.person_ids or ()
    if len(given) > MOST_TARGETS:
        raise InvalidInput("targets.personIds", f"{len(given):,} people, where {MOST_TARGETS} are allowed.")
    check_strength("assumedStrength", question.assumed_strength)
    check_range("minStrength", question.min_strength, 0, 1)
    check_range("maxHops", question.max_hops, 1, MAX_HOPS)

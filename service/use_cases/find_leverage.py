"""A thousand people through one contact: which few together influence most of an audience?"""

from collections.abc import Awaitable, Callable
from functools import partial

import numpy as np

from service.domain.communities import Community
from service.domain.contacts import Audience, Contact, Influenced, Leverage, LeverageQuestion
from service.domain.errors import InvalidInput
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import RoleKind, TrustDirection
from service.graph.influence.leverage import ChosenContact, best_contacts
from service.graph.limits import StopFlag
from service.graph.paths.path_question import Terrain
from service.graph.snapshot import Int, Snapshot
from service.ports.snapshots import SnapshotProvider
from service.use_cases.check_ranges import check_range
from service.use_cases.find_trusted_paths import MAX_HOPS
from service.use_cases.kernel_runs import KernelRuns

MOST_CONTACTS = 100
LARGEST_AUDIENCE = 100_000


class FindLeverage:
    """Answers from the newest snapshot."""

    def __init__(
        self,
        snapshots: SnapshotProvider,
        run: KernelRuns,
        community: Callable[[str], Awaitable[Community]],
    ) -> None:
        self._snapshots = snapshots
        self._run = run
        self._community = community

    async def __call__(self, question: LeverageQuestion) -> Leverage:
        """The contacts in the order of their choice; fewer than asked where more would add nobody.

        NotFound (brand, community, person, topic), InvalidInput, TooComplex, Overloaded, Unavailable.
        """
        _check(question)
        snapshot = self._snapshots.latest()
        audience, ids = question.audience, question.audience.person_ids
        if audience.community_id is not None:
            # Whoever has joined since the snapshot is nowhere in it yet.
            members = (await self._community(audience.community_id)).members
            ids = tuple(member.person_id for member in members if member.person_id in snapshot.people.index)
        return await self._run(partial(answer, snapshot, question, ids))


def answer(snapshot: Snapshot, question: LeverageQuestion, ids: tuple[str, ...] | None, stop: StopFlag) -> Leverage:
    """The answer on one snapshot, about a brand's customers or the people with these ids."""
    terrain = Terrain.of(
        snapshot,
        TrustedPathsQuestion(
            from_=Party(),
            to=Party(),
            topic_id=question.topic_id,
            scope=question.scope,
            direction=TrustDirection.TRUST,
            max_hops=question.max_hops,
            min_strength=question.min_strength,
            as_of=question.as_of,
            via_roles=(RoleKind.CUSTOMER,),
            sight=question.sight,
        ),
    )
    people = _people(terrain, question.audience, ids)
    chosen, reachable = best_contacts(terrain, people, question.contacts, stop)
    return Leverage(len(people), reachable, _told(snapshot, people, chosen), snapshot.info)


def _people(terrain: Terrain, audience: Audience, ids: tuple[str, ...] | None) -> Int:
    """The audience by vertex, each person once, without those who opted out."""
    snapshot = terrain.snapshot
    if ids is None:
        people, _ = terrain.sources(Party(brand_id=audience.brand_id))
        return people
    people = np.unique(np.array([snapshot.person(id_, terrain.question.sight) for id_ in ids], dtype=np.int32))
    return people[~snapshot.people.opted_out[people]]


def _told(snapshot: Snapshot, audience: Int, chosen: list[ChosenContact]) -> tuple[Contact, ...]:
    ids, together, contacts = snapshot.people.index.ids, 0, []
    inside = set(audience.tolist())
    for each in chosen:
        together += len(each.adds)
        adds = [
            Influenced(ids[person], cost) for person, cost in zip(each.adds.tolist(), each.costs.tolist(), strict=True)
        ]
        contacts.append(Contact(ids[each.person], each.person in inside, each.reaches, adds, together))
    return tuple(contacts)


def _check(question: LeverageQuestion) -> None:
    given = question.audience.person_ids or ()
    if len(given) > LARGEST_AUDIENCE:
        raise InvalidInput("audience.personIds", f"{len(given):,} people, where {LARGEST_AUDIENCE:,} are allowed.")
    check_range("contacts", question.contacts, 1, MOST_CONTACTS)
    check_range("minStrength", question.min_strength, 0, 1)
    check_range("maxHops", question.max_hops, 1, MAX_HOPS)

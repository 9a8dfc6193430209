"""Influencers, rainmakers and untapped on a graph small enough to work everything out on paper; what is remembered."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.domain.errors import InvalidInput, NotFound
from service.domain.influencers import BrandOnTopicQuestion
from service.domain.model import Role, Topic
from service.domain.vocabulary import InfluencerOrder, RoleKind, TopicScope
from service.graph.influence import brand_evidence
from service.use_cases.find_brand_on_topic import FindBrandOnTopic, TopicInfluencers
from service.use_cases.find_standing import FindStanding
from service.use_cases.kernel_runs import KernelRuns
from tests.communities import FixedSnapshot, near
from tests.influence import FixedActivity
from tests.scenario import AS_OF, Scenario, Tie

# e, of acme, is heard by m, who is heard by r; v, who advocates for acme on every topic, and a, who does on art, are
# heard by k. n knows nobody of acme and distrusts e; d holds the role of a detractor. l once was of acme.
GRAPH = Scenario(
    people=tuple("adeklmnrv"),
    trust=(
        Tie("m", "e", 0.9, "net"),
        Tie("k", "e", 0.5, "net"),
        Tie("k", "v", 0.5, "net"),
        Tie("k", "a", 0.5, "net"),
        Tie("r", "m", 0.5, "net"),
        Tie("m", "r", 0.5, "net"),
        Tie("r", "n", 0.9, "net"),
        Tie("r", "d", 0.25, "net"),
        Tie("n", "l", 0.25, "net"),
    ),
    distrust=(Tie("n", "e", 0.9, "net"), Tie("r", "e", 0.9, "art")),
    roles=(
        Role("e", "acme", RoleKind.EMPLOYEE, strength=0.5),
        Role("v", "acme", RoleKind.ADVOCATE),
        Role("a", "acme", RoleKind.ADVOCATE, topic_id="art"),
        Role("d", "acme", RoleKind.DETRACTOR),
        Role("l", "acme", RoleKind.EMPLOYEE, until=AS_OF.replace(year=2025)),
    ),
    brands=("acme", "zeta"),
    topics=(Topic("net", "Networks"), Topic("art", "Art")),
)
QUESTION = BrandOnTopicQuestion("net", "acme")
HALF, STRONG, HANDOVER = 693147, 105361, 223144


class Bench:
    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self.snapshots, self.activity = FixedSnapshot(GRAPH.snapshot()), FixedActivity()
        self.find = FindBrandOnTopic(
            FindStanding(self.snapshots, self.activity), KernelRuns(threads, deadline_seconds=600)
        )

    async def path_costs(self, found: TopicInfluencers, ids: str) -> list[int | None]:
        places = {found.standings.id_of(place): place for place in range(len(found.brand.standings.people))}
        page = self.find.paths(found, [places[id_] for id_ in ids])
        paths = [await page.of(places[id_]) for id_ in ids]
        return [None if path is None else path.cost for path in paths]


@pytest.fixture
def bench() -> Iterator[Bench]:
    with ThreadPoolExecutor(1) as threads:
        yield Bench(threads)


def ids(found: TopicInfluencers, places: list[int]) -> str:
    return "".join(found.standings.id_of(place) for place in places)


async def test_what_it_costs_to_reach_everybody(bench: Bench) -> None:
    """Entering e costs 693147. k trusts v and a, whom entering costs nothing, as much as e."""
    found = await bench.find(QUESTION)
    expected = [0, HALF, HALF, HALF + STRONG, HALF + STRONG + HANDOVER + HALF, None, None]
    assert await bench.path_costs(found, "aekmrdn") == expected
    one_hop = await bench.find(BrandOnTopicQuestion("net", "acme", max_hops=1))
    assert await bench.path_costs(one_hop, "mr") == [HALF + STRONG, None]


async def test_reachable_authority_is_authority_times_path_strength(bench: Bench) -> None:
    found = await bench.find(QUESTION)
    place = next(iter(place for place in found.brand.rainmakers().tolist() if found.standings.id_of(place) == "r"))
    figure = brand_evidence.reachable_authority(found.brand, place)
    authority, strength = (each.amount for each in figure.evidence)
    assert strength == near(0.5 * 0.9 * 0.8 * 0.5)
    assert figure.value == pytest.approx(authority * strength)
    whole = found.ordered(InfluencerOrder.REACHABLE_AUTHORITY).page(100, None).items
    values = found.brand.reachable.value[list(whole)].tolist()
    assert values == sorted(values, reverse=True)
    assert values[-3:] == [0, 0, 0]
    assert ids(found, list(whole[-3:])) == "dln", "who cannot be reached, by id"


async def test_rainmakers_have_no_tie_and_detractors_are_shown(bench: Bench) -> None:
    """m and k trust people of acme. d's only role is that of a detractor; l's is over; r's distrust is out of scope."""
    found = await bench.find(QUESTION)
    places = list(found.rainmakers().page(100, None).items)
    assert sorted(ids(found, places)) == ["d", "l", "n", "r"]
    grounds = {found.standings.id_of(place): brand_evidence.stance_grounds(found.brand, place) for place in places}
    assert grounds == {
        "d": ("Holds the role DETRACTOR at Brand acme.",),
        "l": (),
        "n": ("Distrusts Name of e (e) of Brand acme.",),
        "r": (),
    }
    anywhere = await bench.find(BrandOnTopicQuestion("net", "acme", TopicScope.ANY))
    (r,) = (place for place in anywhere.brand.rainmakers().tolist() if anywhere.standings.id_of(place) == "r")
    assert brand_evidence.stance_grounds(anywhere.brand, r), "under ANY every distrust counts"


async def test_untapped_are_those_who_could_speak_and_do_not(bench: Bench) -> None:
    found = await bench.find(QUESTION)
    places = list(found.untapped().page(100, None).items)
    assert ids(found, places) in {"e", "ea", "ae"}, "v speaks on every topic"
    e = next(place for place in places if found.standings.id_of(place) == "e")
    listeners = brand_evidence.listeners(found.brand, e)
    assert (listeners.value, [(each.person_id, each.amount) for each in listeners.evidence]) == (
        2,
        [("m", near(0.9)), ("k", near(0.5))],
    )
    new = brand_evidence.new_listeners(found.brand, e)
    assert (new.value, [each.person_id for each in new.evidence]) == (1, ["m"]), "k hears v already"
    assert [role.kind for role in brand_evidence.roles_at_brand(found.brand, e)] == [RoleKind.EMPLOYEE]


async def test_who_sends_nobody_reaches_nobody(bench: Bench) -> None:
    found = await bench.find(BrandOnTopicQuestion("net", "zeta"))
    assert found.untapped().length == 0
    assert found.rainmakers().length == len(found.brand.standings.people)
    assert await bench.path_costs(found, "er") == [None, None]


async def test_what_cannot_be_meant(bench: Bench) -> None:
    with pytest.raises(NotFound, match="brand"):
        await bench.find(BrandOnTopicQuestion("net", "nobody"))
    with pytest.raises(NotFound, match="topic"):
        await bench.find(BrandOnTopicQuestion("nothing", "acme"))
    with pytest.raises(InvalidInput, match="maxHops"):
        await bench.find(BrandOnTopicQuestion("net", "acme", max_hops=9))


async def test_an_answer_is_remembered_until_graph_or_activity_change(bench: Bench) -> None:
    first = await bench.find(QUESTION)
    assert await bench.find(BrandOnTopicQuestion("net", "acme", as_of=AS_OF)) is first
    bench.activity.changes += 1
    second = await bench.find(QUESTION)
    assert second is not first
    bench.snapshots.snapshot = Scenario(
        ("e", "m"), (Tie("m", "e", 0.9, "net"),), roles=GRAPH.roles[:1], brands=GRAPH.brands, topics=GRAPH.topics
    ).snapshot()
    assert len((await bench.find(QUESTION)).brand.standings.people) == 2
    assert len(bench.find._answers) == 1, "what was computed for former snapshots is forgotten"


async def test_a_page_goes_on_behind_its_cursor(bench: Bench) -> None:
    found = await bench.find(QUESTION)
    whole = found.ordered(InfluencerOrder.AUTHORITY)
    first = whole.page(3, None)
    assert [*first.items, *whole.page(100, first.cursors[-1]).items] == list(whole.page(100, None).items)
    with pytest.raises(InvalidInput, match="after"):
        found.rainmakers().page(1, first.cursors[-1])

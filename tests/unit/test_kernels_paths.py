"""Trusted paths on graphs small enough to reckon by hand. Run compiled, and once more as plain Python for coverage."""

import os
from datetime import date, timedelta
from itertools import permutations

import numpy as np
import pytest

from service.domain.errors import NotFound
from service.domain.model import Dataset, Evidence, Role, Topic
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import PaidPolicy, PurchaseStage, RoleKind, TopicScope, TrustDirection
from service.graph import texts
from service.graph.costs import age_per_day, cost_of
from service.graph.paths import trusted_paths
from service.graph.paths.partial_paths import ROWS, grown, new_pool
from service.graph.paths.path_search import FINISHED, OUT_OF_ROOM, STOPPED
from service.graph.paths.trusted_paths import FoundPaths, PathSearch
from tests.scenario import AS_OF, Scenario, Tie

pytestmark = pytest.mark.kernels

HANDOVER = 223_144  # round(−ln 0.8 · 10⁶)
HALF = 693_147  # round(−ln 0.5 · 10⁶)

TOPICS = (Topic("root", "Root"), Topic("kid", "Kid", "root"), Topic("sib", "Sib", "root"), Topic("far", "Far", "kid"))


def run(scenario: Scenario, question: TrustedPathsQuestion, *, stopped: bool = False) -> FoundPaths:
    return PathSearch(scenario.snapshot(), question).run(np.array([stopped], dtype=np.uint8))


def answer(scenario: Scenario, **options: object) -> list[tuple[int, str]]:
    """(cost, 'a>b>c') of the paths from a to z, unless the options say otherwise."""
    question = TrustedPathsQuestion(
        **{"from_": Party(person_id="a"), "to": Party(person_id="z"), **options}  # type: ignore[arg-type]
    )
    found = run(scenario, question)
    assert found.ending == FINISHED
    return [(path.cost, ">".join(scenario.people[person] for person in path.people)) for path in found.paths]


def graph(*ties: Tie, **more: object) -> Scenario:
    """People a, b, c, d, z: positions equal the order of ids."""
    return Scenario(people=("a", "b", "c", "d", "z"), trust=ties, topics=TOPICS, **more)  # type: ignore[arg-type]


class TestCost:
    def test_a_single_step_pays_no_handover(self) -> None:
        assert answer(graph(Tie("z", "a", 0.5))) == [(HALF, "a>z")]

    def test_every_inner_person_pays_one(self) -> None:
        ties = graph(Tie("b", "a", 0.5), Tie("c", "b", 0.5), Tie("z", "c", 0.5))
        assert answer(ties) == [(3 * HALF + 2 * HANDOVER, "a>b>c>z")]

    def test_a_perfect_introducer_is_free(self) -> None:
        ties = graph(Tie("b", "a", 0.5), Tie("z", "b", 0.5))
        assert answer(ties, introducer_strength=1.0) == [(2 * HALF, "a>b>z")]

    def test_age_counts_whole_days_up_to_the_question(self) -> None:
        ties = graph(Tie("z", "a", 0.5, last_seen=AS_OF - timedelta(days=10)))
        assert answer(ties) == [(HALF + 10 * age_per_day(365.0), "a>z")]
        assert answer(ties, as_of=AS_OF - timedelta(days=30)) == [(HALF, "a>z")]

    def test_what_began_later_does_not_exist_yet(self) -> None:
        ties = graph(Tie("z", "a", 0.5, since=AS_OF))
        assert answer(ties) == [(HALF, "a>z")]
        assert answer(ties, as_of=AS_OF - timedelta(days=1)) == []

    def test_the_cheapest_open_parallel_counts(self) -> None:
        ties = graph(Tie("z", "a", 0.9, "far", paid=True), Tie("z", "a", 0.5, "kid"), Tie("z", "a", 0.25, "root"))
        assert answer(ties) == [(cost_of(0.9), "a>z")]
        assert answer(ties, paid=PaidPolicy.EXCLUDE) == [(HALF, "a>z")]


class TestScope:
    @pytest.mark.parametrize(
        ("topic", "scope", "extra"),
        [
            ("kid", TopicScope.EXACT, 0),
            ("root", TopicScope.EXACT, None),
            ("root", TopicScope.RELATED, 350_000),
            ("sib", TopicScope.RELATED, 700_000),
            ("far", TopicScope.RELATED, 350_000),
            ("", TopicScope.RELATED, 500_000),
            ("", TopicScope.EXACT, None),
            ("unheard", TopicScope.RELATED, None),
            ("unheard", TopicScope.ANY, 1_200_000),
            ("", TopicScope.ANY, 500_000),
        ],
    )
    def test_what_trust_on_a_topic_costs_when_kid_is_asked(
        self, topic: str, scope: TopicScope, extra: int | None
    ) -> None:
        expected = [] if extra is None else [(HALF + extra, "a>z")]
        assert answer(graph(Tie("z", "a", 0.5, topic)), topic_id="kid", scope=scope) == expected

    def test_three_steps_apart_is_out_of_scope(self) -> None:
        assert answer(graph(Tie("z", "a", 0.5, "far")), topic_id="sib") == []

    def test_no_topic_asked_admits_every_relationship_at_no_cost(self) -> None:
        assert answer(graph(Tie("z", "a", 0.5, "unheard")), scope=TopicScope.EXACT) == [(HALF, "a>z")]


class TestDirection:
    def test_each_way(self) -> None:
        ties = graph(Tie("z", "a", 0.5), Tie("a", "z", 0.9))
        assert answer(ties, direction=TrustDirection.INFLUENCE) == [(HALF, "a>z")]
        assert answer(ties, direction=TrustDirection.TRUST) == [(cost_of(0.9), "a>z")]
        assert answer(ties, direction=TrustDirection.EITHER) == [(cost_of(0.9), "a>z")]

    def test_either_shows_the_evidence_of_influence_at_equal_cost(self) -> None:
        against, along = (Evidence("MEETING", 1),), (Evidence("REVIEW", 2),)
        ties = graph(Tie("z", "a", 0.5, evidence=against), Tie("a", "z", 0.5, evidence=along))
        (path,) = run(ties, TrustedPathsQuestion(Party("a"), Party("z"), direction=TrustDirection.EITHER)).paths
        assert path.steps[0].evidence == against
        assert not path.steps[0].listener_is_from

    def test_either_mixes_both_on_one_path(self) -> None:
        ties = graph(Tie("b", "a", 0.5), Tie("b", "z", 0.5))
        assert answer(ties, direction=TrustDirection.EITHER) == [(2 * HALF + HANDOVER, "a>b>z")]


class TestDistrust:
    def test_closes_the_step_of_the_one_who_distrusts(self) -> None:
        assert answer(graph(Tie("z", "a", 0.5), distrust=(Tie("z", "a"),))) == []
        assert answer(graph(Tie("z", "a", 0.5), distrust=(Tie("a", "z"),))) == [(HALF, "a>z")]

    def test_only_on_a_topic_in_scope_or_in_general(self) -> None:
        tie = Tie("z", "a", 0.5, "kid")
        for topic, closes in (("", True), ("sib", True), ("unheard", False)):
            paths = answer(graph(tie, distrust=(Tie("z", "a", topic_id=topic),)), topic_id="kid")
            assert (paths == []) == closes, topic
        exact = {"topic_id": "kid", "scope": TopicScope.EXACT}
        assert answer(graph(tie, distrust=(Tie("z", "a", topic_id="sib"),)), **exact) == [(HALF, "a>z")]
        assert answer(graph(tie, distrust=(Tie("z", "a", topic_id=""),)), **exact) == []

    def test_not_before_it_began(self) -> None:
        ties = graph(Tie("z", "a", 0.5), distrust=(Tie("z", "a", since=AS_OF),))
        assert answer(ties) == []
        assert answer(ties, as_of=AS_OF - timedelta(days=1)) == [(HALF, "a>z")]


class TestEnds:
    BRANDS = ("acme", "zeta")

    def test_a_brand_enters_by_its_strongest_current_role(self) -> None:
        roles = (
            Role("a", "acme", RoleKind.EMPLOYEE, strength=0.25),
            Role("a", "acme", RoleKind.ADVOCATE, strength=0.5),
            Role("a", "acme", RoleKind.ADVOCATE, until=AS_OF - timedelta(days=1)),
            Role("b", "acme", RoleKind.CUSTOMER),
        )
        ties = graph(Tie("z", "a", 0.5), Tie("z", "b", 0.5), roles=roles, brands=self.BRANDS)
        acme = {"from_": Party(brand_id="acme")}
        assert answer(ties, **acme) == [(2 * HALF, "a>z")]
        assert answer(ties, **acme, via_roles=(RoleKind.CUSTOMER,)) == [(HALF, "b>z")]
        assert answer(ties, **acme, via_roles=()) == []
        assert answer(ties, **acme, as_of=AS_OF - timedelta(days=1)) == [(HALF, "a>z")]

    def test_a_brand_is_reached_at_its_decision_makers_on_the_topic(self) -> None:
        roles = (
            Role("z", "zeta", RoleKind.DECISION_MAKER, "kid"),
            Role("d", "zeta", RoleKind.DECISION_MAKER, "unheard"),
            Role("c", "zeta", RoleKind.DECISION_MAKER),
            Role("b", "zeta", RoleKind.EMPLOYEE),
        )
        ties = graph(*(Tie(id_, "a", 0.5, "kid") for id_ in "bcdz"), roles=roles, brands=self.BRANDS)
        zeta = {"to": Party(brand_id="zeta")}
        assert answer(ties, **zeta, topic_id="kid", scope=TopicScope.EXACT) == [(HALF, "a>c"), (HALF, "a>z")]
        assert answer(ties, **zeta) == [(HALF, "a>c"), (HALF, "a>d"), (HALF, "a>z")]

    def test_nobody_inside_is_a_source_or_a_target(self) -> None:
        roles = (Role("a", "acme", RoleKind.EMPLOYEE), Role("b", "acme", RoleKind.EMPLOYEE, strength=0.001))
        ties = graph(Tie("b", "a", 0.9), Tie("z", "b", 0.9), roles=roles, brands=self.BRANDS)
        assert answer(ties, from_=Party(brand_id="acme")) == [(cost_of(0.001) + cost_of(0.9), "b>z")]

    def test_a_source_who_is_a_target_is_a_path_and_may_begin_longer_ones(self) -> None:
        roles = (
            Role("a", "acme", RoleKind.EMPLOYEE, strength=0.5),
            Role("a", "zeta", RoleKind.DECISION_MAKER),
            Role("z", "zeta", RoleKind.DECISION_MAKER),
            Role("b", "acme", RoleKind.EMPLOYEE),
        )
        ties = graph(Tie("z", "a", 0.5), Tie("a", "b", 0.9), roles=roles, brands=self.BRANDS)
        assert answer(ties, from_=Party(brand_id="acme"), to=Party(brand_id="zeta")) == [
            (cost_of(0.9), "b>a"),
            (HALF, "a"),
            (2 * HALF, "a>z"),
        ]

    def test_the_same_person_at_both_ends(self) -> None:
        ties = graph(Tie("a", "b", 0.5), Tie("b", "a", 0.5))
        assert answer(ties, to=Party(person_id="a")) == [(0, "a")]
        assert answer(ties, to=Party(person_id="a"), max_hops=0) == [(0, "a")]


class TestClosed:
    def test_hops(self) -> None:
        ties = graph(Tie("b", "a", 0.9), Tie("z", "b", 0.9), Tie("z", "a", 0.001))
        assert [path for _, path in answer(ties)] == ["a>b>z", "a>z"]
        assert [path for _, path in answer(ties, max_hops=1)] == ["a>z"]
        assert answer(ties, max_hops=0) == []

    def test_a_detour_within_the_hops_beats_a_cheaper_way_beyond_them(self) -> None:
        cheap = (Tie("b", "a", 0.99), Tie("c", "b", 0.99), Tie("d", "c", 0.99), Tie("z", "d", 0.99))
        ties = graph(*cheap, Tie("d", "a", 0.01))
        assert [path for _, path in answer(ties, max_hops=3)] == ["a>d>z"]

    def test_people_excluded_or_opted_out_are_nowhere(self) -> None:
        ties = (Tie("b", "a", 0.9), Tie("z", "b", 0.9))
        assert answer(graph(*ties), exclude_person_ids=("b",)) == []
        assert answer(graph(*ties, opted_out=frozenset("b"))) == []
        for end in "az":
            assert answer(graph(*ties), exclude_person_ids=(end,)) == []
            assert answer(graph(*ties, opted_out=frozenset(end))) == []

    def test_brands_bar_everybody_with_any_role_there_then(self) -> None:
        roles = (Role("b", "acme", RoleKind.DETRACTOR, until=AS_OF),)
        ties = graph(Tie("b", "a", 0.9), Tie("z", "b", 0.9), roles=roles, brands=("acme",))
        assert answer(ties, exclude_brand_ids=("acme",)) == []
        assert len(answer(ties, exclude_brand_ids=("acme",), as_of=AS_OF + timedelta(days=1))) == 1

    def test_channels(self) -> None:
        ties = graph(Tie("z", "a", 0.9), Tie("z", "a", 0.5, "kid", channel="ONLINE"))
        assert answer(ties, channels=("ONLINE",)) == [(HALF, "a>z")]
        assert answer(ties, channels=("FAX",)) == []
        assert answer(ties, channels=()) == []

    def test_stages(self) -> None:
        aware, decided, loyal = PurchaseStage.AWARENESS, PurchaseStage.DECISION, PurchaseStage.LOYALTY
        ties = graph(Tie("z", "a", 0.9), Tie("z", "a", 0.5, "kid", stages=(aware, decided)))
        assert answer(ties, stages=(aware,)) == [(HALF, "a>z")]
        assert answer(ties, stages=(loyal, decided)) == [(HALF, "a>z")]
        assert answer(ties, stages=(loyal,)) == []
        assert answer(ties, stages=()) == []

    def test_min_strength_bounds_the_whole_path_and_admits_what_was_shown(self) -> None:
        ties = graph(Tie("b", "a", 0.5), Tie("z", "b", 0.5))
        ((cost, _),) = answer(ties)
        shown = float(np.exp(-cost / 1e6))
        assert len(answer(ties, min_strength=shown)) == 1
        assert answer(ties, min_strength=shown * 1.000001) == []


class TestOrder:
    def test_cost_then_hops_then_ids(self) -> None:
        quarter = cost_of(0.25)
        ties = graph(
            Tie("c", "a", 0.5), Tie("z", "c", 0.5), Tie("b", "a", 0.5), Tie("z", "b", 0.5), Tie("z", "a", 0.25)
        )
        assert quarter == 2 * HALF
        assert [path for _, path in answer(ties, introducer_strength=1.0)] == ["a>z", "a>b>z", "a>c>z"]
        assert [path for _, path in answer(ties, introducer_strength=1.0, first=2)] == ["a>z", "a>b>z"]

    def test_distinct_introducers_are_taken_greedily(self) -> None:
        ties = graph(
            Tie("b", "a", 0.9), Tie("z", "b", 0.9), Tie("c", "b", 0.9), Tie("z", "c", 0.9),
            Tie("d", "a", 0.5), Tie("z", "d", 0.5), Tie("z", "a", 0.01),
        )  # fmt: skip
        paths = [path for _, path in answer(ties, distinct_introducers=True)]
        assert paths == ["a>b>z", "a>d>z", "a>z"]
        assert [path for _, path in answer(ties, distinct_introducers=True, first=2)] == ["a>b>z", "a>d>z"]


class TestEndings:
    TIES = graph(Tie("b", "a", 0.9), Tie("z", "b", 0.9))

    @pytest.mark.parametrize("distinct", [False, True])
    def test_a_raised_flag_stops_the_search(self, distinct: bool) -> None:
        question = TrustedPathsQuestion(Party("a"), Party("z"), distinct_introducers=distinct)
        assert run(self.TIES, question, stopped=True) == FoundPaths((), STOPPED, 0)

    def test_too_many_partial_paths_end_it_honestly(self, monkeypatch: pytest.MonkeyPatch) -> None:
        crowd = tuple(f"p{number:04}" for number in range(1200))
        ties = tuple(tie for id_ in crowd[1:] for tie in (Tie(id_, crowd[0]), Tie("z", id_)))
        scenario = Scenario(people=(*crowd, "z"), trust=ties)
        question = TrustedPathsQuestion(Party(crowd[0]), Party("z"))
        assert len(run(scenario, question).paths) == 5, "grows its pool"
        monkeypatch.setattr(trusted_paths, "MAX_PARTIAL_PATHS", 1000)
        found = run(scenario, question)
        assert found.ending == OUT_OF_ROOM
        assert found.paths == ()

    def test_unreachable_is_a_complete_answer(self) -> None:
        assert run(graph(), TrustedPathsQuestion(Party("a"), Party("z"))).paths == ()


@pytest.mark.parametrize(
    "options",
    [
        {"from_": Party(person_id="nobody")},
        {"to": Party(brand_id="nobody")},
        {"topic_id": "nobody"},
        {"topic_id": "unheard"},
        {"topic_id": ""},
        {"exclude_person_ids": ("nobody",)},
        {"exclude_brand_ids": ("nobody",)},
    ],
)
def test_unknown_ids_are_errors(options: dict[str, object]) -> None:
    with pytest.raises(NotFound):
        answer(graph(Tie("z", "a", 0.5, "unheard")), **options)


def test_a_step_shows_what_it_rests_on() -> None:
    seen = date(2025, 12, 31)
    stages = (PurchaseStage.CONSIDERATION, PurchaseStage.LOYALTY)
    tie = Tie("z", "a", 0.5, "kid", date(2020, 1, 1), seen, "OFFLINE", True, (Evidence("MEETING", 3),), stages)
    scenario = graph(tie, dataset=Dataset("x", as_of=AS_OF, half_life_days=1.0))
    ((step,),) = (path.steps for path in run(scenario, TrustedPathsQuestion(Party("a"), Party("z"))).paths)
    assert (step.from_id, step.to_id, step.topic_id) == ("a", "z", "kid")
    assert (step.since, step.last_seen, step.channel, step.paid) == (date(2020, 1, 1), seen, "OFFLINE", True)
    assert step.evidence == (Evidence("MEETING", 3),)
    assert step.stages == stages
    assert step.cost == 2 * HALF
    assert step.strength == pytest.approx(0.25, abs=1e-6)


@pytest.mark.skipif("NUMBA_DISABLE_JIT" not in os.environ, reason="to compile once more for wider arrays takes minutes")
def test_the_same_paths_where_row_numbers_need_eight_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = graph(*(Tie(one, other, 0.5) for one, other in permutations("abcz", 2)))
    question = TrustedPathsQuestion(Party(person_id="a"), Party(person_id="z"), first=20)
    expected = run(scenario, question)
    monkeypatch.setattr(texts, "MOST_NARROW", 0)
    trust = scenario.snapshot().trust
    assert {array.itemsize for array in (trust.out_offsets, trust.in_offsets, trust.in_rows)} == {8}
    assert run(scenario, question) == expected


def test_a_grown_pool_keeps_its_rows() -> None:
    pool = new_pool(2)
    pool.people[:] = [[1] * 9, [2] * 9]
    pool.used[ROWS] = 2
    larger = grown(pool, 5)
    assert larger.people[:2].tolist() == pool.people.tolist()
    assert len(larger.heap) == 5

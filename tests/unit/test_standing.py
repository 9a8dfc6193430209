"""The four measures and engagement, by hand on small graphs and against other libraries on random ones."""

import math
from itertools import product
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import percentileofscore

from service.domain.model import Evidence
from service.domain.standing import engagement_class
from service.domain.vocabulary import EngagementClass, StandingMeasure
from service.graph.influence.standing import Standings, percentiles
from service.graph.influence.standing_evidence import engagement_of, standing_of
from service.graph.influence.topic_network import TopicNetwork
from service.graph.snapshot import Snapshot
from tests.communities import near, scenario_of
from tests.scenario import Scenario, Tie
from tests.standing import standings_of

REVIEWS = (Evidence("REVIEW", 2),)
pytestmark = pytest.mark.kernels


def value(everybody: Standings, snapshot: Snapshot, measure: StandingMeasure) -> dict[str, float]:
    ids = snapshot.people.index.ids.at(everybody.people.tolist())
    return dict(zip(ids, everybody.columns[measure].value.tolist(), strict=True))


def arcs(snapshot: Snapshot, network: TopicNetwork) -> dict[tuple[str, str], float]:
    """Strength by (listener, speaker)."""
    ids = snapshot.people.index.ids
    pairs = zip(ids.at(network.listener.tolist()), ids.at(network.speaker.tolist()), strict=True)
    return dict(zip(pairs, network.strength.tolist(), strict=True))


# b, c and d trust a; e trusts b, f trusts c weakly; a trusts b.
STAR = scenario_of(
    [
        Tie("b", "a", 0.8, "net", evidence=REVIEWS),
        Tie("c", "a", 0.5, "net"),
        Tie("d", "a", 0.05, "net", evidence=REVIEWS),
        Tie("e", "b", 0.2, "net", evidence=REVIEWS),
        Tie("f", "c", 0.2, "net"),
        Tie("a", "b", 0.4, "net", evidence=REVIEWS),
    ]
)


def test_reach_counts_who_is_near_enough_over_two_hops() -> None:
    """e: 0.8 · 0.8 · 0.2 = 0.128; f: 0.5 · 0.8 · 0.2 = 0.08 is too weak, as is d with 0.05; b to c over a: 0.16."""
    snapshot = STAR.snapshot()
    everybody = standings_of(snapshot, {})
    assert value(everybody, snapshot, StandingMeasure.REACH) == {"a": 3, "b": 3, "c": 1, "d": 0, "e": 0, "f": 0}


def test_resonance_is_the_strength_of_all_who_listen() -> None:
    snapshot = STAR.snapshot()
    found = value(standings_of(snapshot, {}), snapshot, StandingMeasure.RESONANCE)
    assert found == {"a": near(1.35), "b": near(0.6), "c": near(0.2), "d": 0, "e": 0, "f": 0}


def test_relevance_leans_on_everybodys_share_where_counts_are_small() -> None:
    """Everybody: 300 of 1,000 in scope. b: (30 + 3) / (30 + 10); c: (0 + 3) / (90 + 10); who did nothing: 0.3."""
    snapshot = STAR.snapshot()
    everybody = standings_of(snapshot, {"a": (200, 70, 500), "b": (10, 20, 30), "c": (0, 0, 90)}, in_all=1_000)
    found = value(everybody, snapshot, StandingMeasure.RELEVANCE)
    assert found == pytest.approx({"a": 273 / 510, "b": 33 / 40, "c": 3 / 100, "d": 0.3, "e": 0.3, "f": 0.3})


def test_authority_by_hand() -> None:
    """x listens to y, who listens to nobody. From y and with 0.15 a walk starts anew, at y for three of four:
    x = (0.15 + 0.85 y) / 4, and x + y = 1, so x = 0.25 / 1.2125."""
    snapshot = scenario_of([Tie("x", "y", 0.3, "net")]).snapshot()
    everybody = standings_of(snapshot, {"x": (1, 0, 1), "y": (1, 2, 3)})
    x = 0.25 / 1.2125
    assert value(everybody, snapshot, StandingMeasure.AUTHORITY) == pytest.approx({"x": x, "y": 1 - x}, abs=1e-11)


def test_authority_where_nobody_acts_starts_anew_at_all_alike() -> None:
    snapshot = scenario_of([Tie("x", "y", 0.3, "net"), Tie("y", "x", 0.9, "net")]).snapshot()
    found = value(standings_of(snapshot, {}), snapshot, StandingMeasure.AUTHORITY)
    assert found == pytest.approx({"x": 0.5, "y": 0.5})


@pytest.mark.parametrize("seed", range(5))
def test_authority_is_networkx_pagerank(seed: int) -> None:
    chance = np.random.default_rng(seed)
    people = [f"p{n:02}" for n in range(40)]
    pairs = [(a, b) for a, b in product(people, people) if a != b and chance.random() < 0.08]
    snapshot = scenario_of([Tie(a, b, float(chance.uniform(0.01, 0.99)), "net") for a, b in pairs]).snapshot()
    active = {p: tuple(chance.integers(0, 9, 2).tolist()) for p in people if chance.random() < 0.6}
    everybody = standings_of(snapshot, {p: (given, got, given + got) for p, (given, got) in active.items()})
    graph = nx.DiGraph()
    graph.add_nodes_from(snapshot.people.index.ids.at(everybody.people.tolist()))
    graph.add_weighted_edges_from((a, b, s) for (a, b), s in arcs(snapshot, everybody.network).items())
    jumps = {p: float(sum(active.get(p, (0, 0)))) for p in graph}
    expected = nx.pagerank(graph, alpha=0.85, personalization=jumps, tol=1e-14, max_iter=1_000)
    found = value(everybody, snapshot, StandingMeasure.AUTHORITY)
    assert found == pytest.approx(expected, abs=1e-11)
    assert math.fsum(found.values()) == pytest.approx(1, abs=1e-11)


@given(st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0, 7.0]), max_size=30))
def test_percentiles_are_scipys_of_the_mean_kind(values: list[float]) -> None:
    expected = [percentileofscore(values, each, kind="mean") for each in values]
    assert percentiles(np.array(values)).tolist() == pytest.approx(expected)


def test_the_percentile_of_one_alone_is_fifty() -> None:
    assert percentiles(np.array([3.0])).tolist() == [50.0]


def test_engagement_counts_trust_that_rests_on_interactions() -> None:
    """c's trust in a was stated, so it engages nobody. Of b and d, a engages with b in return."""
    snapshot = STAR.snapshot()
    everybody = standings_of(snapshot, {"a": (4, 5, 9)})
    a, b, f = (engagement_of(snapshot, everybody, place) for place in (0, 1, 5))
    assert (a.given, a.received, a.engaged_by, a.answered, a.reciprocity) == (4, 5, 2, 1, 0.5)
    assert a.kind is EngagementClass.ENGAGER
    assert (b.engaged_by, b.answered, b.reciprocity, b.kind) == (2, 1, 0.5, None)
    assert (f.engaged_by, f.answered, f.reciprocity, f.kind) == (0, 0, None, None)


@pytest.mark.parametrize(
    ("counts", "kind"),
    [
        ((0, 0, 12, 1), None),
        ((5, 5, 10, 2), EngagementClass.BROADCASTER),
        ((50, 5, 10, 2), EngagementClass.BROADCASTER),
        ((5, 5, 8, 2), EngagementClass.ENGAGER),
        ((5, 5, 12, 3), EngagementClass.ENGAGER),
        ((5, 5, 9, 0), EngagementClass.ENGAGER),
        ((10, 5, 9, 0), EngagementClass.LISTENER),
        ((9, 5, 9, 0), EngagementClass.ENGAGER),
        ((0, 5, 0, 0), EngagementClass.LISTENER),
        ((3, 0, 4, 4), EngagementClass.LISTENER),
    ],
)
def test_classes_have_their_thresholds(counts: tuple[int, int, int, int], kind: EngagementClass | None) -> None:
    assert engagement_class(*counts) is kind


def test_trust_in_general_and_nearby_counts_with_its_evidence() -> None:
    """Two relationships join b and a: the cheaper was stated, the other rests on interactions in general."""
    scenario = scenario_of([Tie("b", "a", 0.8, "net"), Tie("b", "a", 0.5, "", evidence=REVIEWS)])
    snapshot = scenario.snapshot()
    everybody = standings_of(snapshot, {})
    assert everybody.engaged_by.tolist() == [1, 0]
    assert value(everybody, snapshot, StandingMeasure.RESONANCE)["a"] == near(0.8)


def test_who_opted_out_is_no_part_of_a_topic_and_who_only_acts_is() -> None:
    scenario = Scenario(
        people=("a", "b", "busy", "gone", "idle"),
        trust=(Tie("a", "b", 0.5, "net"), Tie("gone", "b", 0.5, "net")),
        topics=scenario_of([]).topics,
        opted_out=frozenset({"gone"}),
    )
    snapshot = scenario.snapshot()
    everybody = standings_of(snapshot, {"busy": (1, 0, 1), "gone": (7, 0, 7), "idle": (0, 0, 5)})
    assert snapshot.people.index.ids.at(everybody.people.tolist()) == ["a", "b", "busy"]
    assert value(everybody, snapshot, StandingMeasure.RESONANCE) == {"a": 0, "b": near(0.5), "busy": 0}


def test_an_empty_topic_has_nobody() -> None:
    snapshot = Scenario(people=("a",), topics=scenario_of([]).topics).snapshot()
    assert len(standings_of(snapshot, {}).people) == 0


def test_evidence_says_what_each_measure_was_made_of() -> None:
    snapshot = STAR.snapshot()
    everybody = standings_of(snapshot, {"a": (4, 6, 20), "b": (2, 3, 20), "c": (1, 0, 1), "d": (1, 0, 1)})
    standing = standing_of(snapshot, "net", everybody, 0)
    assert (standing.person_id, standing.topic_id, standing.people) == ("a", "net", 6)
    assert (standing.reach.value, standing.reach.percentile) == pytest.approx((3, 500 / 6))

    def told(measure: Any) -> list[tuple[float, str | None]]:
        return [(each.amount, each.person_id) for each in measure.evidence]

    assert told(standing.reach) == [(2, None), (1, None), (1, "b")]
    assert told(standing.resonance) == [(3, None), (near(0.8), "b"), (near(0.5), "c"), (near(0.05), "d")]
    assert told(standing.relevance) == [(4, None), (6, None), (20, None), (10, None), (17, None), (42, None)]
    (passed_on, _), (anew, _), *parts = told(standing.authority)
    assert passed_on + anew == pytest.approx(standing.authority.value)
    authority = value(everybody, snapshot, StandingMeasure.AUTHORITY)
    assert {id_: part for part, id_ in parts} == pytest.approx({id_: 0.85 * authority[id_] for id_ in "bcd"})
    assert passed_on == pytest.approx(sum(part for part, _ in parts))


def test_order_is_by_value_then_id() -> None:
    everybody = standings_of(STAR.snapshot(), {})
    assert everybody.columns[StandingMeasure.REACH].order.tolist() == [0, 1, 2, 3, 4, 5]
    assert everybody.columns[StandingMeasure.RESONANCE].order.tolist() == [0, 1, 2, 3, 4, 5]
    assert everybody.columns[StandingMeasure.AUTHORITY].order.tolist()[:2] in ([0, 1], [1, 0])

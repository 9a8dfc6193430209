"""The projection: which trust counts, and how much. Every figure here is computed by hand."""

from dataclasses import replace
from datetime import timedelta
from math import exp, log

import numpy as np
import pytest

from service.domain.model import Dataset, Topic
from service.domain.vocabulary import TopicScope
from service.graph.communities.projection import Projection, project
from service.graph.costs import age_per_day, cost_of
from service.graph.open_trust import open_trust, strength_by_topic
from service.graph.snapshot import Snapshot
from tests.communities import DAY, near, projected, scenario_of
from tests.scenario import AS_OF, Scenario, Tie

TREE = (
    Topic("net", "Networking"),
    Topic("crypto", "Crypto", "net"),
    Topic("tls", "TLS", "crypto"),
    Topic("far", "Far"),
)


def ties(snapshot: Snapshot, projection: Projection) -> dict[tuple[str, str], tuple[float, float]]:
    ids = snapshot.people.index.ids
    name = [ids[person] for person in projection.people]
    return {
        (name[a], name[b]): (float(up), float(down))
        for a, b, up, down in zip(projection.low, projection.high, projection.upward, projection.downward, strict=True)
    }


def strength(base: float, extra: int = 0) -> float:
    return exp(-(cost_of(base) + extra) / 1e6)


def test_both_directions_add_up_and_the_cheapest_parallel_trust_counts() -> None:
    graph = scenario_of(
        [
            Tie("b", "a", 0.25, "net"),
            Tie("b", "a", 0.9, "crypto"),
            Tie("a", "b", 0.5, "net"),
            Tie("c", "a", 0.3, "net"),
        ],
        topics=TREE,
    )
    snapshot = graph.snapshot()
    projection = projected(snapshot)
    # 0.9 on a part of the topic (one step, 350,000 micro-nats) beats 0.25 on the topic itself.
    assert ties(snapshot, projection) == {
        ("a", "b"): (near(strength(0.5)), near(strength(0.9, 350_000))),
        ("a", "c"): (0.0, near(strength(0.3))),
    }
    assert projection.weight.tolist() == pytest.approx([strength(0.5) + strength(0.9, 350_000), strength(0.3)])
    # Every relationship counts for what a community is about, here with a and b in one and c in another.
    counting = open_trust(snapshot, snapshot.topics.index.of("net"), TopicScope.RELATED, DAY)
    community_of = np.array([0, 0, 1], dtype=np.int32)
    owner, topic, inside, everywhere = strength_by_topic(counting, community_of, np.ones(2, dtype=np.bool_))
    topics = snapshot.topics.index.ids
    assert {(int(c), topics[t]): s for c, t, s in zip(owner, topic.tolist(), inside, strict=True)} == {
        (0, "net"): near(strength(0.5) + strength(0.25)),
        (0, "crypto"): near(strength(0.9, 350_000)),
    }
    assert everywhere.sum() == near(strength(0.25) + strength(0.9, 350_000) + strength(0.5) + strength(0.3))


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (TopicScope.EXACT, {"net": 0}),
        (TopicScope.RELATED, {"net": 0, "crypto": 350_000, "tls": 700_000, "": 500_000}),
        (TopicScope.ANY, {"net": 0, "crypto": 350_000, "tls": 700_000, "": 500_000, "far": 1_200_000}),
    ],
)
def test_scope_opens_and_prices_topics(scope: TopicScope, expected: dict[str, int]) -> None:
    topics = ("net", "crypto", "tls", "far", "")
    snapshot = scenario_of([Tie(f"p-{t}", "hub", 0.5, t) for t in topics], topics=TREE).snapshot()
    found = ties(snapshot, projected(snapshot, scope=scope))
    assert found == {("hub", f"p-{t}"): (0.0, near(strength(0.5, extra))) for t, extra in expected.items()}


def test_age_counts_whole_days_and_never_makes_younger() -> None:
    seen = {"a": AS_OF - timedelta(days=100), "b": AS_OF + timedelta(days=100), "c": None}
    snapshot = scenario_of([Tie(who, "x", 0.5, "net", last_seen=day) for who, day in seen.items()]).snapshot()
    aged = round(log(2) * 1e6 / 365) * 100
    assert ties(snapshot, projected(snapshot)) == {
        ("a", "x"): (near(strength(0.5, aged)), 0.0),
        ("b", "x"): (near(strength(0.5)), 0.0),
        ("c", "x"): (near(strength(0.5)), 0.0),
    }


def test_what_does_not_exist_yet_or_has_opted_out_is_left_out() -> None:
    trust = [
        Tie("a", "b", 0.5, "net", since=AS_OF),
        Tie("a", "c", 0.5, "net", since=AS_OF + timedelta(days=1)),
        Tie("a", "gone", 0.5, "net"),
        Tie("gone", "d", 0.5, "net"),
    ]
    graph = replace(scenario_of(trust), opted_out=frozenset({"gone"}))
    snapshot = graph.snapshot()
    assert list(ties(snapshot, projected(snapshot))) == [("a", "b")]
    assert [snapshot.people.index.ids[person] for person in projected(snapshot).people] == ["a", "b"]


@pytest.mark.parametrize(
    ("topic_id", "since", "closes"),
    [
        ("net", None, True),
        ("crypto", None, True),
        ("", None, True),
        ("", AS_OF, True),
        ("far", None, False),
        ("net", AS_OF + timedelta(days=1), False),
    ],
)
def test_distrust_closes_its_own_direction_only(topic_id: str, since: object, closes: bool) -> None:
    graph = Scenario(
        people=("a", "b"),
        trust=(Tie("a", "b", 0.5, "net"), Tie("a", "b", 0.4, ""), Tie("b", "a", 0.5, "net")),
        distrust=(Tie("a", "b", 0.5, topic_id, since=since),),  # type: ignore[arg-type]
        topics=TREE,
    )
    snapshot = graph.snapshot()
    upward = 0.0 if closes else near(strength(0.5))
    assert ties(snapshot, projected(snapshot)) == {("a", "b"): (upward, near(strength(0.5)))}


def test_distrust_in_general_closes_under_exact_as_well() -> None:
    graph = Scenario(("a", "b"), (Tie("a", "b", 0.5, "net"),), (Tie("a", "b", 0.5, ""),), topics=TREE)
    assert ties(graph.snapshot(), projected(graph.snapshot(), scope=TopicScope.EXACT)) == {}


def test_nobody_is_tied_by_trust_too_weak_for_a_float() -> None:
    graph = scenario_of([Tie("a", "b", 0.5, "net", last_seen=AS_OF - timedelta(days=2000)), Tie("c", "a", 0.5, "net")])
    graph = replace(graph, dataset=Dataset("fast", as_of=AS_OF, half_life_days=1.0))
    snapshot = graph.snapshot()
    assert age_per_day(1.0) * 2000 > 745 * 10**6
    assert list(ties(snapshot, projected(snapshot))) == [("a", "c")]


def test_a_topic_without_trust_has_an_empty_projection() -> None:
    snapshot = scenario_of([Tie("a", "b", 0.5, "net")], topics=TREE).snapshot()
    empty = project(snapshot, snapshot.topics.index.of("far"), TopicScope.RELATED, DAY)
    assert len(empty.people) == len(empty.low) == len(empty.weight) == 0


def test_the_digest_tells_projections_apart_by_what_the_search_sees() -> None:
    snapshot = scenario_of([Tie("a", "b", 0.5, "net"), Tie("c", "a", 0.5, "net")]).snapshot()
    projection = projected(snapshot)
    assert projection.digest() == projected(snapshot).digest()
    swapped = replace(projection, upward=projection.downward, downward=projection.upward)
    assert swapped.digest() == projection.digest()
    for other in (
        replace(projection, people=np.append(projection.people, np.int32(9))),
        replace(projection, upward=projection.upward + 0.1),
        replace(projection, high=projection.high[::-1].copy()),
    ):
        assert other.digest() != projection.digest()

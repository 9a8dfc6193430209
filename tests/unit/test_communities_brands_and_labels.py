"""Brands present, decision-makers inside, and what a community is called."""

from datetime import timedelta
from math import log

import pytest

from service.domain.communities import BrandPresence
from service.domain.model import Role, Topic
from service.domain.vocabulary import RoleKind, TopicScope
from tests.communities import described, mutual, scenario_of
from tests.scenario import AS_OF, Scenario, Tie

A, B = ["a1", "a2", "a3", "a4"], ["b1", "b2", "b3", "b4"]
TOPICS = (
    Topic("net", "Networking"),
    Topic("virtio", "virtio", "net"),
    Topic("vhost", "vhost", "net"),
    Topic("crypto", "crypto", "net"),
    Topic("far", "Far away"),
)
DAY = timedelta(days=1)


def role(person: str, brand: str, kind: RoleKind = RoleKind.EMPLOYEE, topic_id: str = "", **dates: object) -> Role:
    return Role(person, brand, kind, topic_id, **dates)  # type: ignore[arg-type]


def graph(*roles: Role, trust: tuple[Tie, ...] = ()) -> Scenario:
    return scenario_of([*mutual(A), *mutual(B), *trust], roles, TOPICS)


def test_brands_by_how_many_people_then_by_id() -> None:
    scenario = graph(
        role("a1", "zeta"),
        role("a1", "zeta", RoleKind.CREATOR),
        role("a2", "zeta"),
        role("a3", "beta"),
        role("a4", "acme", topic_id="far"),
        role("b1", "acme", until=AS_OF),
        role("b2", "acme", until=AS_OF - DAY),
        role("b3", "acme", since=AS_OF + DAY),
        role("nobody", "acme"),
    )
    first, second = described(scenario.snapshot(), [A, B]).communities
    assert first.brands == (BrandPresence("zeta", 2), BrandPresence("acme", 1), BrandPresence("beta", 1))
    assert second.brands == (BrandPresence("acme", 1),)


@pytest.mark.parametrize(
    ("scope", "inside"),
    [(TopicScope.EXACT, "a1 a2"), (TopicScope.RELATED, "a1 a2 a3"), (TopicScope.ANY, "a1 a2 a3 a4")],
)
def test_decision_makers_in_scope(scope: TopicScope, inside: str) -> None:
    decider = RoleKind.DECISION_MAKER
    scenario = graph(
        role("a1", "acme", decider),
        role("a2", "acme", decider, "net"),
        role("a3", "acme", decider, "virtio"),
        role("a4", "acme", decider, "far"),
        role("b1", "acme", RoleKind.ADVOCATE),
        role("b2", "acme", decider, until=AS_OF - DAY),
    )
    first, second = described(scenario.snapshot(), [A, B], scope=scope).communities
    assert first.decision_maker_ids == tuple(inside.split())
    assert second.decision_maker_ids == ()


def test_a_secondary_member_brings_neither_brand_nor_decision() -> None:
    scenario = graph(
        role("a1", "acme", RoleKind.DECISION_MAKER),
        trust=(Tie("a1", "b1", 0.9, "net"), Tie("b1", "a1", 0.9, "net")),
    )
    _, second = described(scenario.snapshot(), [A, B]).communities
    assert [m.person_id for m in second.members if not m.primary] == ["a1"]
    assert (second.brands, second.decision_maker_ids) == ((), ())


def test_decision_makers_come_by_rank() -> None:
    # Everybody listens to a4, and a4 to a1 alone.
    trust = [Tie(a, "a4", 0.5, "net") for a in A[:3]] + [Tie("a4", "a1", 0.5, "net")]
    scenario = scenario_of(trust, [role(a, "acme", RoleKind.DECISION_MAKER) for a in A], TOPICS)
    (community,) = described(scenario.snapshot(), [A]).communities
    assert community.decision_maker_ids == tuple(m.person_id for m in community.members)
    assert community.decision_maker_ids != tuple(A)


def test_labels_name_what_is_common_inside_and_rarer_elsewhere() -> None:
    trust = [
        *mutual(A, 0.9, "virtio"),
        *mutual(A, 0.6, "vhost"),
        *mutual(A, 0.5, "crypto"),
        *mutual(A, 0.5, "net"),
        *mutual(A, 0.5, ""),
        *mutual(B, 0.9, "crypto"),
    ]
    roles = [role(p, "acme") for p in [*A[:3], *B]] + [role(p, "intel") for p in A[:2]] + [role("a4", "lone")]
    first, second = described(scenario_of(trust, roles, TOPICS).snapshot(), [A, B]).communities
    # acme is everywhere, so it tells nobody apart; one person does not make a brand.
    assert first.label == "virtio, vhost · Brand intel"
    assert second.label == "crypto · Brand acme"


def test_the_order_of_words_follows_the_divergence() -> None:
    # Of the strength inside, 0.8 rests on vhost and 0.2 on virtio; everywhere it is 0.4 and 0.1.
    trust = [*mutual(A, 0.8, "vhost"), *mutual(A, 0.2, "virtio"), *mutual(B, 0.5, "crypto"), *mutual(B, 0.5, "net")]
    first, second = described(scenario_of(trust, (), TOPICS).snapshot(), [A, B]).communities
    assert 0.8 * log(0.8 / 0.4) > 0.2 * log(0.2 / 0.1)
    assert first.label == "vhost, virtio"
    assert second.label == "crypto"


def test_without_telling_words_a_community_is_called_by_its_centre() -> None:
    scenario = scenario_of([*mutual(A), *mutual(B, 0.4), Tie("b3", "b9", 0.4, "net")], (), TOPICS)
    first, second = described(scenario.snapshot(), [A, [*B, "b9"]]).communities
    assert {first.label, second.label} == {"around Name of a1", "around Name of b3"}


def test_equal_words_are_told_apart_by_the_centre() -> None:
    other = ["c1", "c2"]
    trust = [*mutual(A, 0.5, "virtio"), *mutual(B, 0.5, "virtio"), *mutual(other, 0.5, "crypto")]
    found = described(scenario_of(trust, (), TOPICS).snapshot(), [A, B, other])
    assert [c.label for c in found.communities] == [
        "virtio · around Name of a1",
        "virtio · around Name of b1",
        "crypto",
    ]

"""What is said of communities and their members, on graphs small enough to compute by hand."""

from math import sqrt

import pytest

from service.domain.communities import BrandPresence, CommunityMember
from service.domain.vocabulary import MemberRole, TopicScope
from service.graph.communities import community_measures
from service.graph.communities.community_measures import Found, FoundBridge, FoundCommunity
from tests.communities import described, mutual, near, projected, scenario_of, two_groups
from tests.scenario import Tie

A, B = ["a1", "a2", "a3", "a4"], ["b1", "b2", "b3", "b4"]


def member(community: FoundCommunity, person_id: str) -> CommunityMember:
    return next(member for member in community.members if member.person_id == person_id)


def tie(a: str, b: str, weight: float = 1.0) -> list[Tie]:
    """Mutual trust that adds up to a weight of at most 1.98."""
    return mutual([a, b], weight / 2)


def star(leaves: int) -> Found:
    snapshot = scenario_of([t for n in range(leaves) for t in tie("hub", f"leaf{n}")]).snapshot()
    return described(snapshot, [["hub", *(f"leaf{n}" for n in range(leaves))]])


def test_two_groups() -> None:
    found = described(two_groups(bridge=0.1).snapshot(), [A, B])
    first, second = found.communities
    assert (first.person_ids, second.person_ids) == (tuple(A), tuple(B))
    # Six ties of weight 1 within, one of 0.1 out: volume 12.1 on either side, 24.2 in all.
    assert found.modularity == near(2 * 6 / 12.1 - 2 * 0.25)
    assert found.people == 8
    for community in found.communities:
        assert community.cohesion == near(1.0)
        assert community.conductance == near(0.1 / 12.1)
    assert first.bridges == (FoundBridge("a1", 1, near(0.1)),)
    assert second.bridges == (FoundBridge("b1", 0, near(0.1)),)
    assert member(first, "a1").share == near(3 / 3.1)
    assert member(first, "a2").share == near(1.0)
    # All as strongly tied within as the others: z = 0, so nobody is peripheral.
    assert [m.role for m in first.members] == [MemberRole.MEMBER] * 4
    assert [m.rank for m in first.members] == [near(0.25)] * 4
    assert [m.person_id for m in first.members] == A


def test_modularity_weighs_the_volumes_by_resolution() -> None:
    found = described(two_groups(bridge=0.1).snapshot(), [A, B], resolution=3.0)
    assert found.modularity == near(2 * 6 / 12.1 - 3 * 2 * 0.25)


def test_one_community_of_all_has_nothing_outside() -> None:
    found = described(two_groups().snapshot(), [A + B])
    (community,) = found.communities
    assert community.conductance == 0.0
    assert community.cohesion == near(12.1 / 28)
    assert found.modularity == pytest.approx(0.0, abs=1e-12)
    assert community.bridges == ()


def test_somebody_alone_has_neither_cohesion_nor_share() -> None:
    snapshot = scenario_of(tie("a", "b")).snapshot()
    found = described(snapshot, [["a"], ["b"]])
    for community in found.communities:
        assert (community.cohesion, community.conductance) == (0.0, near(1.0))
        alone = next(m for m in community.members if m.primary)
        assert alone.share == 0.0


def test_conductance_takes_the_smaller_side() -> None:
    snapshot = scenario_of([*mutual([*A, *B]), *tie("a1", "x")]).snapshot()
    small = described(snapshot, [[*A, *B], ["x"]]).communities[1]
    assert small.person_ids == ("x",)
    assert small.conductance == near(1.0)
    assert described(snapshot, [[*A, *B], ["x"]]).communities[0].conductance == near(1.0)


def test_rank_runs_in_the_direction_of_influence() -> None:
    # b trusts a: influence runs from a to b, and b passes nothing on. r(a) = 0.075 + 0.425 r(b), r(a) + r(b) = 1.
    snapshot = scenario_of([Tie("b", "a", 0.5, "net")]).snapshot()
    (community,) = described(snapshot, [["a", "b"]]).communities
    assert member(community, "b").rank == pytest.approx(0.925 / 1.425)
    assert member(community, "a").rank == pytest.approx(0.5 / 1.425)
    assert [m.person_id for m in community.members] == ["b", "a"]


def test_rank_divides_by_strength() -> None:
    # a speaks to b (0.6) and c (0.2), who pass nothing on.
    snapshot = scenario_of([Tie("b", "a", 0.6, "net"), Tie("c", "a", 0.2, "net")]).snapshot()
    (community,) = described(snapshot, [["a", "b", "c"]]).communities
    rank = {m.person_id: m.rank for m in community.members}
    idle = 0.05 + 0.85 / 3 * (rank["b"] + rank["c"])
    assert rank["a"] == pytest.approx(idle)
    assert rank["b"] == near(idle + 0.85 * 0.75 * rank["a"])
    assert rank["c"] == near(idle + 0.85 * 0.25 * rank["a"])
    assert sum(rank.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(("leaves", "role"), [(6, MemberRole.MEMBER), (7, MemberRole.HUB)])
def test_the_centre_of_a_star_is_a_hub_from_seven_leaves(leaves: int, role: MemberRole) -> None:
    # Its z is the square root of the number of leaves; theirs is −1 over that.
    assert (sqrt(6) < 2.5, sqrt(7) > 2.5) == (True, True)
    (community,) = star(leaves).communities
    assert member(community, "hub").role is role
    assert {m.role for m in community.members if m.person_id != "hub"} == {MemberRole.PERIPHERAL}


def test_a_connector_has_its_weight_in_three_communities() -> None:
    groups = [[f"{g}{n}" for n in range(3)] for g in "abc"]
    trust = [t for group in groups for t in mutual(group)]
    thirds = [*trust, *tie("x", "a0"), *tie("x", "b0"), *tie("x", "c0")]
    found = described(scenario_of(thirds).snapshot(), [[*groups[0], "x"], *groups[1:]])
    assert member(found.communities[0], "x").role is MemberRole.CONNECTOR
    halves = [*trust, *tie("x", "a0"), *tie("x", "b0")]
    found = described(scenario_of(halves).snapshot(), [[*groups[0], "x"], *groups[1:]])
    assert member(found.communities[0], "x").role is MemberRole.MEMBER


def test_participation_counts_communities_too_small_to_be_kept() -> None:
    trust = [*mutual(["a", "b", "c", "x"]), *tie("x", "lone1", 1.9), *tie("x", "lone2", 1.9), *tie("x", "lone3", 1.9)]
    snapshot = scenario_of(trust).snapshot()
    found = described(snapshot, [["a", "b", "c", "x"], ["lone1"], ["lone2"], ["lone3"]], min_size=3)
    (community,) = found.communities
    # 3/8.7 stays, three times 1.9/8.7 goes: P = 1 − 0.119 − 0.143 = 0.738.
    assert member(community, "x").role is MemberRole.CONNECTOR
    assert community.bridges == ()
    assert found.people == 7


def test_peripheral_needs_both_little_weight_and_one_community() -> None:
    trust = [
        *mutual(["a", "b", "c"]),
        *tie("x", "a", 0.2),
        *tie("y", "a", 0.2),
        *tie("y", "far", 0.2),
        *tie("far", "f"),
    ]
    snapshot = scenario_of(trust).snapshot()
    community = described(snapshot, [["a", "b", "c", "x", "y"], ["f", "far"]]).communities[0]
    assert member(community, "x").role is MemberRole.PERIPHERAL
    assert member(community, "y").role is MemberRole.MEMBER


@pytest.mark.parametrize(("own", "other", "joins"), [(0.8, 0.2, True), (1.6, 0.4, True), (0.81, 0.19, False)])
def test_a_fifth_elsewhere_is_a_secondary_membership(own: float, other: float, joins: bool) -> None:
    trust = [*mutual(A), *mutual(B), *tie("x", "a1", own), *tie("x", "b1", other)]
    first, second = described(scenario_of(trust).snapshot(), [[*A, "x"], B]).communities
    assert member(first, "x").primary
    assert member(first, "x").share == near(own / (own + other))
    assert [m.person_id for m in second.members if not m.primary] == (["x"] if joins else [])
    if joins:
        assert second.members[-1].person_id == "x"
        assert second.members[-1].share == near(other / (own + other))
    # It changes neither size nor cohesion nor conductance, but takes part in the ranking.
    assert second.person_ids == tuple(B)
    assert second.cohesion == near(1.0)
    assert second.conductance == near(other / (12 + other))
    assert sum(m.rank for m in second.members) == pytest.approx(1.0)
    assert (member(second, "b2").rank < 0.2499) == joins


def test_a_secondary_member_is_judged_by_the_other_communitys_members() -> None:
    # Eight b's in a ring have weight 2 each within; x has 2 there as well, so z = 0 there: nowhere peripheral.
    ring = [f"b{n}" for n in range(8)]
    trust = [t for n in range(8) for t in tie(ring[n], ring[(n + 1) % 8])]
    trust += [*mutual(A), *tie("x", "a1"), *tie("x", "a2"), *tie("x", "b0"), *tie("x", "b4")]
    first, second = sorted(
        described(scenario_of(trust).snapshot(), [[*A, "x"], ring]).communities, key=lambda c: c.person_ids
    )
    assert member(second, "x").role is MemberRole.MEMBER
    assert member(first, "x").role is MemberRole.MEMBER
    assert not member(second, "x").primary


def test_small_communities_are_left_out_but_still_cut() -> None:
    found = described(two_groups(bridge=0.1).snapshot(), [A, B[:2], B[2:]], min_size=3)
    assert [c.person_ids for c in found.communities] == [tuple(A)]
    assert found.communities[0].bridges == ()
    assert found.communities[0].conductance == near(0.1 / 12.1)


def test_bridges_are_the_ten_strongest_of_each_pair() -> None:
    left, right = [f"a{n:02}" for n in range(12)], [f"b{n:02}" for n in range(12)]
    trust = [*mutual(left), *mutual(right)]
    trust += [Tie(a, b, 0.01 * (n + 1), "net") for n, (a, b) in enumerate(zip(left, right, strict=True))]
    first, second = described(scenario_of(trust).snapshot(), [left, right]).communities
    assert [bridge.person_id for bridge in first.bridges] == [f"a{n:02}" for n in range(11, 1, -1)]
    assert [bridge.strength for bridge in second.bridges] == [near(0.01 * (n + 1)) for n in range(11, 1, -1)]
    assert {bridge.to for bridge in first.bridges} == {1}


def test_largest_first_then_by_first_person() -> None:
    trust = [*mutual(["c", "d"]), *mutual(["a", "b"]), *mutual(["x", "y", "z"])]
    found = described(scenario_of(trust).snapshot(), [["c", "d"], ["a", "b"], ["x", "y", "z"]])
    assert [c.person_ids for c in found.communities] == [("x", "y", "z"), ("a", "b"), ("c", "d")]


def test_an_empty_projection_has_no_communities() -> None:
    snapshot = scenario_of([Tie("a", "b", 0.5, "elsewhere")]).snapshot()
    assert len(projected(snapshot).people) == 0
    assert described(snapshot, []) == Found((), 0.0, 0)


def test_brand_presence_counts_people_once() -> None:
    found = described(two_groups().snapshot(), [A, B], scope=TopicScope.EXACT)
    assert found.communities[0].brands == ()
    assert BrandPresence("acme", 1) != BrandPresence("acme", 2)


def test_bridges_are_named_to_the_communities_with_the_strongest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(community_measures, "MOST_BRIDGED", 1)
    c = ["c1", "c2", "c3"]
    trust = [*mutual(A), *mutual(B), *mutual(c), Tie("a1", "b1", 0.1, "net"), Tie("a2", "b2", 0.2, "net")]
    trust += [Tie("a3", "c1", 0.3, "net"), Tie("b1", "c2", 0.05, "net")]
    found = described(scenario_of(trust).snapshot(), [A, B, c]).communities
    named = {
        community.person_ids[0]: [(b.person_id, found[b.to].person_ids[0]) for b in community.bridges]
        for community in found
    }
    assert named == {"a1": [("a3", "c1")], "b1": [("b2", "a1"), ("b1", "a1")], "c1": [("c1", "a1")]}

"""Paths where people have more relationships than a search follows at once, and more people than fit in one's head.

Costs are spread, so that cheap chains of many hops compete with dear ones of few, and hubs have parallel relationships
on every topic: enough for their cheapest ones to be known in order.
"""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.model import Dataset, Role
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.vocabulary import RoleKind, TrustDirection
from service.graph.cheapest_rows import MANY, nth_cheapest, ranked
from service.graph.costs import age_per_day, ageing
from service.graph.paths.path_search import FINISHED
from service.graph.paths.trusted_paths import FoundPaths, PathSearch, search_together
from service.graph.snapshot import Int, Ranked, day_number
from service.graph.texts import Offsets
from service.use_cases.find_trusted_paths_batch import answers
from tests.brute_force import Answer, trusted_paths
from tests.scenario import AS_OF, Scenario, Tie
from tests.strategies import TOPIC_IDS, TOPICS, cases

PEOPLE = tuple(f"p{number:02}" for number in range(30))


def crowded(seed: int) -> Scenario:
    """Thirty people, two of them hubs; now and then one relationship in ten is undated."""
    rng = random.Random(seed)
    undated = rng.choice((0, 0.1))

    def tie(one: str, other: str, topic: str) -> Tie:
        last_seen = None if rng.random() < undated else AS_OF - timedelta(days=rng.randrange(-30, 900))
        return Tie(one, other, rng.choice((0.001, 0.05, 0.2, 0.5, 0.7, 0.9, 0.99)), topic, None, last_seen)

    pairs = {(one, rng.choice(PEOPLE)) for one in PEOPLE for _ in range(rng.randrange(4))}
    trust = {(one, other, ""): tie(one, other, "") for one, other in pairs if one != other}
    for hub in rng.sample(PEOPLE, 2):
        for other in rng.sample(PEOPLE, 8):
            for topic in TOPIC_IDS:
                for one, another in ((hub, other), (other, hub)):
                    if one != another and rng.random() < 0.8:
                        trust[one, another, topic] = tie(one, another, topic)
    roles = tuple(
        Role(id_, "acme", kind, "")
        for kind in (RoleKind.EMPLOYEE, RoleKind.DECISION_MAKER)
        for id_ in rng.sample(PEOPLE, 3)
    )
    dataset = Dataset("crowded", as_of=AS_OF, half_life_days=rng.choice((30.0, 365.0, 7300.0)))
    return Scenario(PEOPLE, tuple(trust.values()), roles=roles, brands=("acme",), topics=TOPICS, dataset=dataset)


@st.composite
def questions(draw: st.DrawFn) -> TrustedPathsQuestion:
    return TrustedPathsQuestion(
        Party(brand_id="acme"),
        draw(st.builds(Party, person_id=st.sampled_from(PEOPLE)) | st.just(Party(brand_id="acme"))),
        topic_id=draw(st.sampled_from((None, "leaf"))),
        direction=draw(st.sampled_from(TrustDirection)),
        first=draw(st.sampled_from((1, 5, 20))),
        max_hops=draw(st.integers(2, 5)),
        introducer_strength=draw(st.sampled_from((1.0, 0.8))),
        as_of=draw(st.sampled_from((None, AS_OF - timedelta(days=300), AS_OF + timedelta(days=300)))),
    )


def shown(scenario: Scenario, found: FoundPaths) -> Answer:
    assert found.ending == FINISHED
    return [(path.cost, len(path.steps), tuple(scenario.people[v] for v in path.people)) for path in found.paths]


def never_stopped() -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
    return np.zeros(1, dtype=np.uint8)


@given(st.integers(0, 2**32), questions())
@settings(max_examples=60, deadline=None)
def test_same_paths_in_the_same_order(seed: int, question: TrustedPathsQuestion) -> None:
    scenario = crowded(seed)
    found = PathSearch(scenario.snapshot(), question).run(never_stopped())
    assert shown(scenario, found) == trusted_paths(scenario, question)


@given(st.integers(0, 2**32), questions())
@settings(max_examples=40, deadline=None)
def test_one_end_shared_by_many_others(seed: int, question: TrustedPathsQuestion) -> None:
    scenario = crowded(seed)
    snapshot = scenario.snapshot()
    everybody = [Party(person_id=id_) for id_ in PEOPLE]
    for asked in (
        [replace(question, to=party) for party in everybody],
        [replace(question, from_=party, to=Party(brand_id="acme")) for party in everybody],
        [replace(question, from_=party) for party in everybody],
    ):
        for each, found in zip(asked, search_together(snapshot, asked, never_stopped()), strict=True):
            alone = PathSearch(snapshot, each).run(never_stopped())
            assert isinstance(found, FoundPaths)
            assert shown(scenario, found) == shown(scenario, alone)


@given(cases(), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_nasty_graphs_with_hubs(case: tuple[Scenario, TrustedPathsQuestion], seed: int) -> None:
    scenario, question = case
    rng = random.Random(seed)
    hub = rng.choice(scenario.people)
    more = {
        (one, another, topic): Tie(one, another, rng.choice((0.001, 0.25, 0.5, 0.9, 0.99)), topic)
        for other in scenario.people
        for topic in TOPIC_IDS
        for one, another in ((hub, other), (other, hub))
        if one != another
    }
    more |= {(tie.from_id, tie.to_id, tie.topic_id): tie for tie in scenario.trust}
    scenario = replace(scenario, trust=tuple(more.values()))
    snapshot = scenario.snapshot()
    found = PathSearch(snapshot, question).run(never_stopped())
    assert shown(replace(scenario, people=tuple(snapshot.people.index.ids)), found) == trusted_paths(scenario, question)
    asked = [replace(question, to=Party(person_id=id_)) for id_ in scenario.people]
    for each, outcome in zip(asked, answers(snapshot, asked, 1000, never_stopped()), strict=True):
        (alone,) = answers(snapshot, [each], 1000, never_stopped())
        assert replace(outcome, examined_relationships=0) == replace(alone, examined_relationships=0)  # type: ignore[type-var]


@given(st.integers(0, 2**32), st.integers(-400, 400))
@settings(max_examples=60, deadline=None)
def test_nothing_that_is_left_out_is_cheaper_than_what_drift_allows(seed: int, days: int) -> None:
    snapshot = crowded(seed).snapshot()
    trust, half_life = snapshot.trust, snapshot.dataset.half_life_days
    as_of = day_number(AS_OF) + days
    drift = snapshot.drift_days(as_of) * age_per_day(half_life)
    costs = trust.terms["cost"] + ageing(trust.days, as_of, half_life)[trust.terms["last_seen"]]
    hubs = 0

    def check(offsets: Offsets, costs: Int, cheapest: Ranked) -> int:
        hubs = 0
        for begin, end in pairwise(offsets.tolist()):
            if end - begin < MANY:
                continue
            hubs += 1
            many = end - begin
            places = [int(nth_cheapest(cheapest, begin, many, rank)) for rank in range(ranked(many))]
            assert len({*places}) == len(places) > 0
            for number, place in enumerate(places):
                left = np.setdiff1d(np.arange(begin, end), places[: number + 1])
                assert begin <= place < end
                assert costs[left].min() >= costs[place] - drift
        return hubs

    hubs += check(trust.out_offsets, costs, trust.out_cheapest)
    hubs += check(trust.in_offsets, costs[trust.in_rows], trust.in_cheapest)
    assert hubs > 0

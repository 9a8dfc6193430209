"""Influencers, leverage and next relationships on random graphs: what trying every path, and really adding every
relationship, gives."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from service.domain.contacts import InfluencersQuestion, LeverageQuestion, NextQuestion
from service.domain.paths import Party, TrustedPathsQuestion
from service.graph.influence.influencers_of import paths_question, ranked_influencers, ways_to
from service.graph.influence.sweeps import Sweeps
from service.graph.paths.path_question import Terrain
from service.graph.paths.trusted_paths import PathSearch
from service.ports.browsing import Slice
from service.use_cases.find_leverage import answer as leverage_answer
from service.use_cases.find_next_relationships import answer as next_answer
from tests import contacts_by_hand
from tests.contact_cases import about_influencers, about_leverage, about_next
from tests.scenario import Scenario
from tests.strategies import cases

GO_ON = np.zeros(1, dtype=np.uint8)


@given(cases())
@settings(max_examples=150)
def test_a_sweep_costs_what_the_best_path_to_each_costs(case: tuple[Scenario, TrustedPathsQuestion]) -> None:
    scenario, question = case
    snapshot = scenario.snapshot()
    terrain = Terrain.of(snapshot, question)
    found = Sweeps(terrain).from_people(*terrain.sources(question.from_), GO_ON)
    swept = {
        snapshot.people.index.ids[person]: (cost, hops)
        for person, cost, hops in zip(found.people, found.cost.tolist(), found.hops.tolist(), strict=True)
    }
    expected = {}
    for id_ in scenario.people:
        alone = replace(question, to=Party(person_id=id_), first=1)
        for path in PathSearch(snapshot, alone).run(GO_ON).paths:
            expected[id_] = path.cost, len(path.steps)
    assert swept == expected


@given(about_influencers())
@settings(max_examples=150)
def test_influencers_have_the_best_paths_and_all_ways(case: tuple[Scenario, InfluencersQuestion]) -> None:
    scenario, question = case
    snapshot = scenario.snapshot()
    asked = paths_question(question)
    ranked = ranked_influencers(snapshot, asked, GO_ON)
    ids = snapshot.people.index.ids
    told = [
        (path.cost, tuple(ids[person] for person in path.people), ways)
        for _, path, ways in ways_to(snapshot, asked, ranked.people, GO_ON)
    ]
    assert told == contacts_by_hand.influencers(scenario, asked)
    assert [cost for cost, _, _ in told] == ranked.cost.tolist()


@given(about_leverage())
@settings(max_examples=150)
def test_contacts_are_those_of_plain_greedy(case: tuple[Scenario, LeverageQuestion]) -> None:
    scenario, question = case
    found = leverage_answer(scenario.snapshot(), question, question.audience.person_ids, GO_ON)
    told = [
        (
            each.person_id,
            each.in_audience,
            each.reaches,
            [(one.cost, one.person_id) for one in each.adds],
            each.together,
        )
        for each in found.contacts
    ]
    assert (found.audience, found.reachable, told) == contacts_by_hand.leverage(scenario, question)


@given(about_next())
@settings(max_examples=150)
def test_next_relationships_bring_what_adding_them_brings(case: tuple[Scenario, NextQuestion]) -> None:
    scenario, question = case
    listed = next_answer(scenario.snapshot(), question, Slice(100), GO_ON)
    told = [
        (
            each.contact_id,
            each.brand_person_id,
            each.opened,
            each.strengthened,
            each.gained,
            [(gain.person_id, gain.before, gain.after) for gain in each.gains],
        )
        for each in listed.page.items
    ]
    assert told == contacts_by_hand.next_relationships(scenario, question)
    assert listed.total == len(told)

"""What reaching everybody costs a brand, and who is what to it, on random graphs: against trying every path."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings

from service.domain.influencers import UNTAPPED_PERCENTILE, BrandOnTopicQuestion
from service.domain.paths import Party, TrustedPath
from service.domain.vocabulary import InfluencerOrder, StandingMeasure
from service.use_cases.find_brand_on_topic import FindBrandOnTopic, TopicInfluencers
from service.use_cases.find_standing import FindStanding
from service.use_cases.kernel_runs import KernelRuns
from tests.brand_cases import Told, about_brands
from tests.brute_force import trusted_paths
from tests.communities import FixedSnapshot
from tests.influence import FixedActivity
from tests.scenario import Scenario

pytestmark = pytest.mark.kernels


def asked(scenario: Scenario, question: BrandOnTopicQuestion) -> tuple[TopicInfluencers, dict[str, TrustedPath | None]]:
    """Everybody, and the path to each."""

    async def ask() -> tuple[TopicInfluencers, dict[str, TrustedPath | None]]:
        with ThreadPoolExecutor(1) as threads:
            standing = FindStanding(FixedSnapshot(scenario.snapshot()), FixedActivity())
            find = FindBrandOnTopic(standing, KernelRuns(threads, deadline_seconds=600))
            found = await find(question)
            places = range(len(found.brand.standings.people))
            paths = find.paths(found, places)
            return found, {found.standings.id_of(place): await paths.of(place) for place in places}

    return asyncio.run(ask())


@given(case=about_brands())
@settings(max_examples=150)
def test_paths_and_costs_are_those_of_trusted_paths(case: tuple[Scenario, BrandOnTopicQuestion]) -> None:
    scenario, question = case
    found, paths = asked(scenario, question)
    for place, (id_, path) in enumerate(paths.items()):
        alone = replace(found.brand.asked, to=Party(person_id=id_))
        best = trusted_paths(scenario, alone)
        assert ([] if path is None else [(path.cost, path.hops, path.person_ids)]) == best
        assert found.brand.strength(place) == (None if path is None else path.strength)
        strength = 0 if path is None else path.strength
        authority = found.brand.standings.columns[StandingMeasure.AUTHORITY].value[place]
        assert found.brand.reachable.value[place] == pytest.approx(authority * strength, rel=1e-12)


@given(case=about_brands())
@settings(max_examples=150)
def test_who_is_what_to_the_brand(case: tuple[Scenario, BrandOnTopicQuestion]) -> None:
    scenario, question = case
    found, _ = asked(scenario, question)
    told, everybody = Told(scenario, question), found.brand.standings
    authority = everybody.columns[StandingMeasure.AUTHORITY]
    ids = [found.standings.id_of(place) for place in range(len(everybody.people))]
    by_authority = sorted(range(len(ids)), key=lambda place: (-authority.value[place], ids[place]))
    assert [ids[place] for place in found.brand.rainmakers()] == [
        ids[place] for place in by_authority if not told.is_tied(ids[place])
    ]
    assert [ids[place] for place in found.brand.untapped()] == [
        ids[place]
        for place in by_authority
        if authority.percentile[place] >= UNTAPPED_PERCENTILE
        and told.is_sent(ids[place])
        and not told.is_voice(ids[place])
    ]
    for place, id_ in enumerate(ids):
        assert found.brand.circle.against(int(everybody.people[place])) == told.is_detractor(id_)
    listed = found.ordered(InfluencerOrder.REACHABLE_AUTHORITY).page(100, None).items
    assert list(listed) == sorted(range(len(ids)), key=lambda place: (-found.brand.reachable.value[place], ids[place]))

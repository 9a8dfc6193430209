"""Who is a candidate, and for how many each one stands."""

import networkx as nx
import numpy as np
from scipy import sparse

from service.evaluate.candidates import SampleSizes, for_likelihood, for_ranking
from service.evaluate.network import Network

PEOPLE = 60
ALL = SampleSizes(listeners=PEOPLE, others=PEOPLE, of_all=PEOPLE, others_of_all=PEOPLE)


def random_network(seed: int) -> Network:
    rng = np.random.default_rng(seed)
    strengths = rng.uniform(0.1, 0.9, (PEOPLE, PEOPLE)) * (rng.random((PEOPLE, PEOPLE)) < 0.04)
    np.fill_diagonal(strengths, 0)
    return Network("t", sparse.csr_array(strengths))


def distances(network: Network) -> dict[int, dict[int, int]]:
    graph = nx.from_scipy_sparse_array(network.trust, create_using=nx.DiGraph)
    return dict(nx.all_pairs_shortest_path_length(graph))


def new_ties(seed: int) -> "dict[int, np.ndarray[tuple[int], np.dtype[np.int32]]]":
    rng = np.random.default_rng(seed)
    return {listener: np.sort(rng.choice(PEOPLE, 8, replace=False)).astype(np.int32) for listener in range(0, 50, 5)}


def test_rings_are_at_their_distance() -> None:
    network = random_network(1)
    for listener, reached in distances(network).items():
        for hops, ring in enumerate(network.rings(listener, 3), 1):
            assert ring.tolist() == sorted(other for other, far in reached.items() if far == hops)


def test_everybody_two_or_three_steps_away_is_ranked_where_there_is_room() -> None:
    network, new, far = random_network(2), new_ties(2), distances(random_network(2))
    ranked = for_ranking(np.random.default_rng(1), network, new, ALL)
    for each in ranked:
        (listener,) = set(each.listener.tolist())
        assert dict(zip(each.speaker.tolist(), each.hops.tolist(), strict=True)) == {
            other: hops for other, hops in far[listener].items() if hops in (2, 3)
        }
        assert set(each.speaker[each.formed].tolist()) == set(new[listener].tolist()) & set(each.speaker.tolist())
    able = {one for one in new if any(far[one].get(other) in (2, 3) for other in new[one].tolist())}
    assert {int(each.listener[0]) for each in ranked} == able


def test_few_others_are_drawn_at_each_distance() -> None:
    network, new = random_network(3), new_ties(3)
    ranked = for_ranking(np.random.default_rng(1), network, new, SampleSizes(listeners=4, others=3))
    assert len(ranked) == 4
    for each in ranked:
        assert each.formed.any()
        assert max(np.bincount(each.hops[~each.formed])) == 3
        assert len(set(each.speaker.tolist())) == len(each)


def test_those_drawn_stand_for_everybody() -> None:
    network, new, far = random_network(4), new_ties(4), distances(random_network(4))
    everybody = {
        (one, other) for one in network.listeners.tolist() for other, hops in far[one].items() if hops in (2, 3)
    }
    formed = {pair for pair in everybody if pair[1] in new.get(pair[0], np.empty(0)).tolist()}
    whole = for_likelihood(np.random.default_rng(1), network, new, ALL)
    pairs = list(zip(whole.listener.tolist(), whole.speaker.tolist(), strict=True))
    assert set(pairs) == everybody
    assert len(pairs) == len(everybody)
    assert {pair for pair, came in zip(pairs, whole.formed.tolist(), strict=True) if came} == formed
    assert set(whole.weight.tolist()) == {1.0}
    # drawn, the weights add up to as many on average
    few = SampleSizes(of_all=20, nearest=2, others_of_all=5)
    drawn = [for_likelihood(np.random.default_rng(seed), network, new, few) for seed in range(50)]
    totals = [float(each.weight[~each.formed].sum()) for each in drawn]
    others = len(everybody) - len(formed)
    assert abs(np.mean(totals) - others) < 4 * np.std(totals) / np.sqrt(50)
    assert all(each.formed.sum() == len(formed) for each in drawn)


def test_the_most_trusted_over_two_steps_are_all_taken() -> None:
    #   0 trusts 1 and 2; over them 3 is trusted most, then 4, 5 and 6
    strengths = np.zeros((7, 7))
    strengths[0, 1], strengths[0, 2] = 0.9, 0.5
    strengths[1, 3], strengths[1, 5], strengths[2, 4], strengths[2, 3], strengths[2, 6] = 0.5, 0.3, 0.8, 0.4, 0.1
    network = Network("t", sparse.csr_array(strengths))
    drawn = for_likelihood(
        np.random.default_rng(1), network, {0: np.array([4], dtype=np.int32)}, SampleSizes(nearest=2, others_of_all=0)
    )
    of_0 = drawn.listener == 0
    assert set(drawn.speaker[of_0 & ~drawn.formed].tolist()) == {3, 5}
    assert drawn.speaker[of_0 & drawn.formed].tolist() == [4]

"""Plain predictors against networkx, on random graphs; communities against those that the service shows."""

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from service.domain.model import Topic
from service.domain.vocabulary import TopicScope
from service.evaluate import predictors
from service.evaluate.network import Network
from service.graph.communities.leiden import leiden
from service.graph.communities.projection import project
from service.graph.snapshot import day_number
from tests.scenario import AS_OF, Scenario, Tie

PEOPLE = 40


def random_network(seed: int) -> Network:
    rng = np.random.default_rng(seed)
    strengths = rng.uniform(0.05, 0.99, (PEOPLE, PEOPLE)) * (rng.random((PEOPLE, PEOPLE)) < 0.06)
    np.fill_diagonal(strengths, 0)
    strengths[5] = 0  # somebody who trusts nobody
    return Network("t", sparse.csr_array(strengths))


def undirected(network: Network) -> "nx.Graph[int]":
    graph = nx.from_scipy_sparse_array(network.trust, create_using=nx.DiGraph)
    return graph.to_undirected()


def every_pair() -> tuple["np.ndarray[tuple[int], np.dtype[np.int32]]", "np.ndarray[tuple[int], np.dtype[np.int32]]"]:
    listeners, speakers = np.nonzero(~np.eye(PEOPLE, dtype=bool))
    return listeners.astype(np.int32), speakers.astype(np.int32)


@pytest.mark.parametrize("seed", range(4))
def test_neighbours_are_those_of_networkx(seed: int) -> None:
    network = random_network(seed)
    graph = undirected(network)
    listeners, speakers = every_pair()
    pairs = list(zip(listeners.tolist(), speakers.tolist(), strict=True))
    common = [len(list(nx.common_neighbors(graph, *pair))) for pair in pairs]
    assert predictors.common_neighbours(network, listeners, speakers).tolist() == common
    assert max(common) > 1
    for ours, theirs in (
        (predictors.adamic_adar, nx.adamic_adar_index),
        (predictors.preferential_attachment, nx.preferential_attachment),
    ):
        expected = [value for _, _, value in theirs(graph, pairs)]
        np.testing.assert_allclose(ours(network, listeners, speakers), expected, rtol=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_pagerank_is_that_of_networkx(seed: int) -> None:
    network = random_network(seed)
    graph = nx.from_scipy_sparse_array(network.trust, create_using=nx.DiGraph)
    expected = nx.pagerank(graph, alpha=0.85, tol=1e-13, max_iter=500)
    ranks = predictors.pagerank(network)
    np.testing.assert_allclose(ranks, [expected[person] for person in range(PEOPLE)], atol=1e-9)
    listeners, speakers = every_pair()
    assert predictors.target_pagerank(network, listeners, speakers).tolist() == ranks[speakers].tolist()


def test_communities_are_those_that_the_service_finds() -> None:
    rng = np.random.default_rng(3)
    people = tuple(f"p{number:02}" for number in range(30))
    ties = tuple(
        Tie(one, other, round(float(rng.uniform(0.1, 0.9)), 3), "t")
        for one in people
        for other in people
        if one != other and rng.random() < (0.4 if one[1] == other[1] else 0.02)
    )
    snapshot = Scenario((*people, "z"), ties, topics=(Topic("t", "Tea"),)).snapshot()
    projection = project(snapshot, snapshot.topics.index.of("t"), TopicScope.RELATED, day_number(AS_OF))
    shown = leiden(len(projection.people), projection.low, projection.high, projection.weight, 1.0)
    network = Network.of(snapshot, "t")
    community = predictors.communities(network)
    assert community[projection.people].tolist() == shown.tolist()
    assert community[snapshot.people.index.of("z")] == -1
    pairs = np.array([[0, 0], [1, 29]], dtype=np.int32)
    same = predictors.same_community(network, *pairs)
    assert same.tolist() == [float(shown[0] == shown[1]), float(shown[0] == shown[29])]
    assert len(set(shown.tolist())) > 1

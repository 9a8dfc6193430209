"""The search for communities, on graphs whose communities are evident."""

import subprocess
import sys

import numpy as np
import pytest

from service.graph.communities.leiden import (
    FEWEST_RUNS,
    MOST_RUNS,
    TIES_IN_ALL,
    Interrupted,
    _runs,
    connected_parts,
    leiden,
)
from service.graph.communities.leiden_kernel import leiden_pass, refined, renumber, shuffled
from service.graph.communities.tie_graph import aggregated, graph_of

pytestmark = pytest.mark.kernels

TWO_TRIANGLES = (np.array([0, 0, 1, 2, 3, 3, 4]), np.array([1, 2, 2, 3, 4, 5, 5]))


def test_two_triangles_joined_by_one_tie_are_two_communities() -> None:
    low, high = TWO_TRIANGLES
    assert leiden(6, low, high, np.ones(7), 1.0).tolist() == [0, 0, 0, 1, 1, 1]


def test_resolution_decides_how_fine() -> None:
    low, high = TWO_TRIANGLES
    assert leiden(6, low, high, np.ones(7), 0.01).tolist() == [0] * 6
    assert leiden(6, low, high, np.ones(7), 50.0).tolist() == [0, 1, 2, 3, 4, 5]


def test_weights_decide_who_belongs_together() -> None:
    square = np.array([0, 0, 1, 2]), np.array([1, 3, 2, 3])
    assert leiden(4, *square, np.array([9.0, 1.0, 1.0, 9.0]), 1.0).tolist() == [0, 0, 1, 1]
    assert leiden(4, *square, np.array([1.0, 9.0, 9.0, 1.0]), 1.0).tolist() == [0, 1, 1, 0]


def test_weights_near_the_least_float_are_no_obstacle() -> None:
    low, high = TWO_TRIANGLES
    assert leiden(6, low, high, np.full(7, 5e-324), 1.0).tolist() == [0, 0, 0, 1, 1, 1]


def test_nobody_and_nothing() -> None:
    none = np.zeros(0, dtype=np.int32)
    assert leiden(0, none, none, np.zeros(0), 1.0).tolist() == []
    assert leiden(2, none, none, np.zeros(0), 1.0).tolist() == [0, 1]


def test_a_disconnected_community_is_cut_into_its_parts() -> None:
    low, high = np.array([0, 2, 1]), np.array([4, 3, 2])
    # 0–4 and 2–3 are put together by the caller, 1 is elsewhere.
    cut = connected_parts(5, low, high, np.array([7, 3, 7, 7, 7]))
    assert cut.tolist() == [0, 1, 2, 2, 0]


def test_large_graphs_get_fewer_runs() -> None:
    assert _runs(1) == MOST_RUNS
    assert _runs(TIES_IN_ALL // 10) == 10
    assert _runs(1000 * TIES_IN_ALL) == FEWEST_RUNS


def test_a_search_that_is_stopped_says_so() -> None:
    low, high = TWO_TRIANGLES
    with pytest.raises(Interrupted):
        leiden(6, low, high, np.ones(7), 1.0, stop=np.ones(1, dtype=np.uint8))


def test_parts_join_only_what_is_well_connected() -> None:
    """Two triangles and a bridge, all put into one community: the bridge's ends do not make one part of it."""
    low, high = (ends.astype(np.int32) for ends in TWO_TRIANGLES)
    graph = graph_of(6, low, high, np.ones(7), np.ones(7))
    everybody, order = np.zeros(6, dtype=np.int32), np.arange(6, dtype=np.int32)
    parts = refined(graph, everybody, np.array([14.0, 0, 0, 0, 0, 0]), 1 / 28, order)
    assert renumber(parts) == 2
    assert parts.tolist() == [0, 0, 0, 1, 1, 1]
    smaller = aggregated(graph, parts, 2)
    assert (smaller.to.tolist(), smaller.weight.tolist()) == ([1, 0], [1.0, 1.0])
    assert smaller.strength.tolist() == [7.0, 7.0]


def test_whoever_fits_nowhere_is_alone() -> None:
    """0 and 1 begin in one community without a tie; an empty one is better than that."""
    low, high = np.array([0, 1], dtype=np.int32), np.array([2, 3], dtype=np.int32)
    graph = graph_of(4, low, high, np.ones(2), np.ones(2))
    start = np.array([0, 0, 1, 2], dtype=np.int32)
    found = leiden_pass(graph, start, 2.0, 1, np.zeros(1, dtype=np.uint8))
    assert len(set(found.tolist())) == 4


def test_orders_are_drawn_and_differ() -> None:
    orders = set()
    state = np.uint64(1)
    for _ in range(50):
        order, state = shuffled(5, state)
        assert sorted(order.tolist()) == [0, 1, 2, 3, 4]
        orders.add(tuple(order.tolist()))
    assert len(orders) > 30


def test_the_same_in_processes_with_other_hash_seeds() -> None:
    program = (
        "import numpy as np; from service.graph.communities.leiden import leiden\n"
        "r = np.random.default_rng(5); a = r.integers(0, 60, (400, 2))\n"
        "a = np.unique(np.sort(a[a[:,0] != a[:,1]]), axis=0)\n"
        "print(leiden(60, a[:,0], a[:,1], r.random(len(a)), 1.0).tolist())"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert len(set(eval(answers.pop()))) > 2  # noqa: S307 (a list that this test printed)

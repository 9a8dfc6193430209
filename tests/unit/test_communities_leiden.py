"""The search for communities, on graphs whose communities are evident."""

import subprocess
import sys

import numpy as np

from service.graph.leiden import FEWEST_RUNS, LARGE, RUNS, _runs, connected_parts, leiden

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
    assert _runs(1) == _runs(LARGE) == RUNS
    assert _runs(2 * LARGE) == RUNS // 2
    assert _runs(1000 * LARGE) == FEWEST_RUNS


def test_the_same_in_processes_with_other_hash_seeds() -> None:
    program = (
        "import numpy as np; from service.graph.leiden import leiden\n"
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

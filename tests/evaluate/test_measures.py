"""Measures against scikit-learn, or against every order counted by hand."""

from itertools import permutations

import numpy as np
import pytest
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import roc_auc_score

from service.evaluate.curves import Curve, bins, fitted
from service.evaluate.measures import (
    Figure,
    Flags,
    Places,
    Scores,
    auc,
    auc_figure,
    mean_figure,
    precision_at,
    resamples,
    rmse_figure,
)


def candidates(seed: int) -> tuple[Scores, Flags, Places]:
    """Scores with many ties among them, what came true, and the group of each."""
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, 12, 200) / 4
    return scores, rng.random(200) < 0.1 + scores / 6, np.sort(rng.integers(0, 15, 200))


@pytest.mark.parametrize("seed", range(5))
def test_auc_is_that_of_scikit_learn(seed: int) -> None:
    scores, formed, _ = candidates(seed)
    assert auc(scores, formed) == pytest.approx(roc_auc_score(formed, scores), abs=1e-12)


def test_auc_of_what_never_or_always_came_true_is_no_number() -> None:
    scores = np.array([1.0, 2.0])
    assert np.isnan(auc(scores, np.array([True, True])))
    assert np.isnan(auc(scores, np.array([False, False])))


def test_resampled_auc_is_that_of_the_groups_drawn() -> None:
    scores, formed, group = candidates(1)
    drawn = resamples(np.random.default_rng(2), 15)[:40]
    found = auc_figure(scores, formed, group, drawn)
    expected = [roc_auc_score(formed, scores, sample_weight=times[group]) for times in drawn]
    np.testing.assert_allclose(found.resampled, expected, atol=1e-12)
    assert found.value == auc(scores, formed)


def test_resamples_draw_as_many_groups_as_there_are() -> None:
    drawn = resamples(np.random.default_rng(1), 7)
    assert set(drawn.sum(axis=1)) == {7.0}
    np.testing.assert_allclose(drawn.mean(axis=0), 1, atol=0.15)


@pytest.mark.parametrize("first", [1, 2, 3, 5, 9])
def test_precision_is_the_mean_over_all_orders_of_equal_scores(first: int) -> None:
    scores, formed = np.array([3.0, 1.0, 1.0, 1.0, 0.5]), np.array([False, True, False, True, True])
    orders = [order for order in permutations(range(5)) if list(scores[list(order)]) == sorted(scores, reverse=True)]
    expected = np.mean([formed[list(order[:first])].mean() for order in orders])
    assert precision_at(first, scores, formed) == pytest.approx(expected)


def test_intervals_hold_the_middle_of_the_resamples() -> None:
    drawn = resamples(np.random.default_rng(3), 400)
    values = np.random.default_rng(4).normal(5, 2, 400)
    found = mean_figure(values, drawn).estimate
    assert found.value == pytest.approx(values.mean())
    # the normal approximation of the same interval
    half = 1.96 * values.std() / 20
    assert (found.low, found.high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.03)


def test_rmse() -> None:
    drawn = np.array([[2.0, 0.0], [1.0, 1.0]])
    found = rmse_figure(np.array([3.0, -4.0]), drawn)
    assert found.value == pytest.approx(12.5**0.5)
    np.testing.assert_allclose(found.resampled, [3, 12.5**0.5])


def test_a_difference_is_sure_only_where_all_resamples_agree() -> None:
    one, other = Figure(0.6, np.array([0.6, 0.7, 0.8])), Figure(0.5, np.array([0.5, 0.65, 0.7]))
    assert one.minus(other).sure == 1
    assert other.minus(one).sure == -1
    assert one.minus(Figure(0.6, np.array([0.7, 0.65, 0.8]))).sure == 0


@pytest.mark.parametrize("seed", range(3))
def test_a_curve_is_isotonic_regression_of_bins(seed: int) -> None:
    rng = np.random.default_rng(seed)
    strengths, weights = rng.random(500), rng.uniform(1, 9, 500)
    outcomes = (rng.random(500) < strengths**2).astype(float)
    edges = np.quantile(strengths, np.linspace(0, 1, 11)[:-1])
    curve = fitted(strengths, outcomes, weights, edges)
    of = bins(strengths, edges)
    means = [[np.average(each[of == k], weights=weights[of == k]) for k in range(10)] for each in (strengths, outcomes)]
    total = [weights[of == k].sum() for k in range(10)]
    peer = IsotonicRegression(out_of_bounds="clip").fit(*means, sample_weight=total)
    asked = np.linspace(-0.1, 1.1, 50)
    np.testing.assert_allclose(curve.at(asked), peer.predict(asked), atol=1e-12)


def test_bins_begin_at_edges_and_empty_ones_do_not_count() -> None:
    edges = np.array([0.0, 0.2, 0.2, 0.5, 0.6])
    assert bins(np.array([-1, 0.1, 0.2, 0.55, 0.6, 3]), edges).tolist() == [0, 0, 1, 2, 3, 3]
    assert bins(np.array([0.1, 0.9]), edges).tolist() == [0, 1]


def test_a_curve_is_straight_between_points_and_level_beyond() -> None:
    curve = Curve((0.1, 0.3), (0.0, 0.5))
    assert curve.at(np.array([0.0, 0.2, 0.9])) == pytest.approx([0, 0.25, 0.5])

"""How uneven an amount is: by hand, and against the definitions written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.graph.influence.concentration import concentration, fewest_making_most


def amounts(*values: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.array(values, dtype=np.int64)


def test_four_people_by_hand() -> None:
    found = concentration(amounts(5, 0, 3, 2))
    assert (found.total, found.people, found.fewest) == (10, 4, 2)  # 5 + 3 are 80 % exactly
    assert found.share_of_people == 0.5
    assert [(point.people, point.amount) for point in found.curve] == [
        (0, 0),
        (0.25, 0),
        (0.5, 0.2),
        (0.75, 0.5),
        (1, 1),
    ]
    assert found.gini == pytest.approx((-3 * 0 - 1 * 2 + 1 * 3 + 3 * 5) / (4 * 10))


@pytest.mark.parametrize(("values", "gini"), [((7,), 0.0), ((2, 2, 2), 0.0), ((0, 0, 0, 9), 0.75)])
def test_all_alike_and_one_with_everything(values: tuple[int, ...], gini: float) -> None:
    assert concentration(amounts(*values)).gini == gini


@pytest.mark.parametrize("values", [(), (0, 0)])
def test_nothing_has_no_curve(values: tuple[int, ...]) -> None:
    found = concentration(amounts(*values))
    assert (found.total, found.fewest, found.gini, found.share_of_people, found.curve) == (0, 0, None, None, ())


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60).filter(any))
def test_gini_is_half_the_relative_mean_difference_and_twice_the_area_over_the_curve(values: list[int]) -> None:
    found = concentration(amounts(*values))
    x = np.array(values)
    assert found.gini == pytest.approx(np.abs(x[:, None] - x).mean() / (2 * x.mean()))
    area = np.trapezoid([point.amount for point in found.curve], [point.people for point in found.curve])
    assert found.gini == pytest.approx(1 - 2 * area)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60).filter(any))
def test_fewest_is_the_least_number_that_makes_80_percent(values: list[int]) -> None:
    descending = sorted(values, reverse=True)
    expected = next(n for n in range(1, len(values) + 1) if 100 * sum(descending[:n]) >= 80 * sum(values))
    assert fewest_making_most(amounts(*descending)) == expected


def test_many_people_make_a_hundred_and_one_points_on_the_curve() -> None:
    values = np.random.default_rng(1).integers(0, 1000, 12_345)
    found = concentration(values)
    assert len(found.curve) == 101
    ascending = np.sort(values)
    for point in found.curve[1:]:
        first = round(point.people * len(values))
        assert point.amount == pytest.approx(ascending[:first].sum() / values.sum())

"""How unevenly an amount is spread over people: the Lorenz curve, the Gini coefficient, and who makes most of it."""

import numpy as np
import numpy.typing as npt

from service.domain.peer_influence import Concentration, LorenzPoint

Amounts = npt.NDArray[np.int64]

MOST = 4, 5
"""Which part of a total counts as most of it: 80 %, as a fraction of integers, so that nothing is rounded."""

MOST_POINTS = 101


def concentration(amounts: Amounts) -> Concentration:
    """Of one amount a person, none negative. Where they sum to 0 there is no curve and no coefficient.

    Gini = Σ (2i − n − 1) x_i / (n Σ x_i), the x_i ascending from i = 1: 0 where all have the same, (n − 1) / n where
    one has everything (Gini 1912).
    """
    ascending = np.sort(amounts)
    people, total = len(ascending), int(ascending.sum())
    fewest = fewest_making_most(ascending[::-1])
    if not total:
        return Concentration(total, people, fewest, None, ())
    ranks = 2 * np.arange(1, people + 1, dtype=np.float64) - people - 1
    return Concentration(total, people, fewest, float(ranks @ ascending) / (people * total), _curve(ascending))


def fewest_making_most(descending: Amounts) -> int:
    """How many of the first together make MOST of the sum; 0 of nothing."""
    part, whole = MOST
    made = np.cumsum(descending)
    if not len(made) or not made[-1]:
        return 0
    return int(np.searchsorted(made * whole, made[-1] * part)) + 1


def _curve(ascending: Amounts) -> tuple[LorenzPoint, ...]:
    """Points on the curve (Lorenz 1905), at every person or at every hundredth of them."""
    people = len(ascending)
    made = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(ascending)))
    steps = min(people, MOST_POINTS - 1)
    places = np.arange(steps + 1, dtype=np.int64) * people // steps
    return tuple(
        LorenzPoint(place / people, amount / int(made[-1]))
        for place, amount in zip(places.tolist(), made[places].tolist(), strict=True)
    )

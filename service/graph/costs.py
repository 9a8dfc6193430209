"""One arithmetic, in integers: strengths become costs in micro-nats, so that two engines can agree exactly."""

import math

import numpy as np
import numpy.typing as npt

from service.graph.snapshot import NO_DAY

Costs = npt.NDArray[np.int64]
"""In micro-nats."""

MICRO = 1_000_000
"""Micro-nats in a nat."""

GENERAL_PENALTY = 500_000
"""Cost of leaning on trust in general when a topic was asked."""

TOPIC_STEP_PENALTY = 350_000
"""Cost of one PART_OF step between the asked topic and the relationship's, up to `MAX_TOPIC_STEPS`."""

MAX_TOPIC_STEPS = 2

OTHER_TOPIC_PENALTY = 1_200_000
"""Cost of trust on any other topic; only the scope ANY admits it."""


def cost_of(strength: float) -> int:
    """`round(−ln(strength) · 10⁶)` for a strength in (0, 1]."""
    return round(-math.log(strength) * MICRO)


def strength_of(cost: int) -> float:
    """`exp(−cost / 10⁶)`, the strength that a cost stands for."""
    return math.exp(-cost / MICRO)


def age_per_day(half_life_days: float) -> int:
    """What each whole day since a relationship was last seen adds: `round(ln 2 · 10⁶ / halfLifeDays)`."""
    return round(math.log(2) * MICRO / half_life_days)


def ageing(days: npt.NDArray[np.int32], as_of: int, half_life_days: float) -> npt.NDArray[np.int64]:
    """What age adds to the cost of what was last seen on each of these days, NO_DAY standing for never: nothing."""
    past = np.maximum(as_of - days.astype(np.int64), 0)
    return np.where(days == NO_DAY, 0, past * age_per_day(half_life_days))


def largest_cost(min_strength: float) -> int | None:
    """The greatest cost whose strength is still at least `min_strength`; None where every cost passes."""
    if min_strength <= 0:
        return None
    cost = math.floor(-math.log(min_strength) * MICRO) + 1
    while strength_of(cost) < min_strength:
        cost -= 1
    return cost

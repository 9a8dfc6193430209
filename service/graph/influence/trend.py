"""Which way a series of counts goes, and where its level changed. Definitions: docs/influence/currents.md."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from service.domain.currents import ChangePoint, Changes, Momentum
from service.domain.intervals import Span

Counts = npt.NDArray[np.int64]

FEWEST = 4
"""Complete intervals below which neither is told: the confidence interval would span everything."""

CONFIDENCE = 0.95

PENALTY_FACTOR = 3.0
"""A change must be worth this many ln n, in units of the noise's variance (Zhang and Siegmund 2007)."""

_MAD_OF_NORMAL = 0.6745
"""Median absolute deviation of a normal distribution with standard deviation 1."""


def momentum(counts: Counts) -> Momentum | None:
    """The median slope between any two intervals and its confidence interval (Sen 1968); None of fewer than FEWEST."""
    from scipy.stats import theilslopes  # heavy

    if len(counts) < FEWEST:
        return None
    found = theilslopes(counts.astype(np.float64), alpha=CONFIDENCE)
    return Momentum(float(found.slope), float(found.low_slope), float(found.high_slope), len(counts))


def changes(spans: Sequence[Span], counts: Counts) -> Changes:
    """Where the level of the counts of these intervals changed; nothing of fewer than FEWEST.

    Counts are made alike in variance by 2 √(x + 3/8) (Anscombe 1948). Of all ways to cut the series the one of least
    (squared distances from the mean of each piece + penalty · changes) is found exactly, by PELT (Killick, Fearnhead
    and Eckley 2012).
    """
    from ruptures import KernelCPD  # heavy

    if len(counts) < FEWEST:
        return Changes((), None)
    steadied = 2 * np.sqrt(counts + 0.375)
    penalty = PENALTY_FACTOR * float(np.log(len(counts))) * _noise(steadied) ** 2
    search = KernelCPD(kernel="linear", min_size=1)  # squared distances from the mean
    begins = search.fit_predict(steadied[:, None], pen=penalty)[:-1]
    pieces = [float(piece.mean()) for piece in np.split(counts, begins)]
    points = zip(begins, pieces, pieces[1:], strict=False)
    return Changes(tuple(ChangePoint(spans[begin].start, before, after) for begin, before, after in points), penalty)


def _noise(steadied: npt.NDArray[np.float64]) -> float:
    """Standard deviation of the noise, from steps between neighbours, which a few changes of level do not move; at
    least 1, that of counts of independent events."""
    step = float(np.median(np.abs(np.diff(steadied))))
    return max(1.0, step / (_MAD_OF_NORMAL * np.sqrt(2)))

"""How good a prediction is, and how sure that is. Plain functions of arrays.

Equal scores tell nothing apart: two such candidates count as half a success, and where they straddle the tenth place
the precision is the mean over all orders of them. Figures are resampled by group (the bootstrap): what is said of one
candidate of a listener goes with what is said of the others.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

LEVEL = 0.95
"""How often an interval should hold the true value."""

RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the bounds of its interval."""

    value: float
    low: float
    high: float

    @property
    def sure(self) -> int:
        """1 where all of the interval is above 0, −1 where all is below, else 0."""
        return int(self.low > 0) - int(self.high < 0)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, and what it came to in each resample (NaN where it had no answer there)."""

    value: float
    resampled: Scores

    @property
    def estimate(self) -> Estimate:
        """The figure with its percentile interval."""
        told = self.resampled[~np.isnan(self.resampled)]
        if not len(told):
            return Estimate(self.value, np.nan, np.nan)
        low, high = np.quantile(told, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        return Estimate(self.value, float(low), float(high))

    def minus(self, other: "Figure") -> Estimate:
        """The difference of two figures of the same resamples."""
        return Figure(self.value - other.value, self.resampled - other.resampled).estimate


def resamples(rng: np.random.Generator, groups: int) -> Scores:
    """How often each group is drawn: a row for each resample, as many drawn as there are groups."""
    return rng.multinomial(groups, np.full(groups, 1 / groups), size=RESAMPLES).astype(np.float64)


def auc(scores: Scores, formed: Flags) -> float:
    """The area under the ROC curve: how often a candidate that came true scores higher than one that did not. NaN
    where all or none came true. (Hanley and McNeil 1982.)"""
    ranks = np.unique(scores, return_inverse=True)[1]
    true, false = (np.bincount(ranks[which], minlength=len(ranks)) for which in (formed, ~formed))
    pairs = int(true.sum()) * int(false.sum())
    return float(true @ (np.cumsum(false) - false / 2) / pairs) if pairs else np.nan


def auc_figure(scores: Scores, formed: Flags, group: Places, drawn: Scores) -> Figure:
    """The same, with its resamples: wins are counted once between each two groups, then weighed by both."""
    groups = drawn.shape[1]
    others, others_group = scores[~formed], group[~formed]
    wins = np.zeros((groups, groups))
    for score, of in zip(scores[formed].tolist(), group[formed].tolist(), strict=True):
        wins[of] += np.bincount(others_group, (others < score) + (others == score) / 2, groups)
    true, false = (np.bincount(group[which], minlength=groups) for which in (formed, ~formed))
    pairs = (drawn @ true) * (drawn @ false)
    won = ((drawn @ wins) * drawn).sum(axis=1)
    return Figure(auc(scores, formed), np.divide(won, pairs, out=np.full(len(won), np.nan), where=pairs > 0))


def precision_at(first: int, scores: Scores, formed: Flags) -> float:
    """The share of the `first` highest scores (of all, where there are fewer) that came true."""
    first = min(first, len(scores))
    bound = np.partition(scores, len(scores) - first)[len(scores) - first]
    above, level = scores > bound, scores == bound
    room = first - int(above.sum())
    return float((formed[above].sum() + formed[level].sum() * room / level.sum()) / first)


def mean_figure(values: Scores, drawn: Scores) -> Figure:
    """The mean over groups of a value that each has."""
    return Figure(float(values.mean()), drawn @ values / len(values))


def rmse_figure(errors: Scores, drawn: Scores) -> Figure:
    """The root of the mean square of errors, each a group of its own."""
    square = mean_figure(errors**2, drawn)
    return Figure(float(np.sqrt(square.value)), np.sqrt(square.resampled))

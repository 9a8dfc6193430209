"""A monotone curve through outcomes: how much of what is predicted comes true."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import isotonic_regression

from service.evaluate.measures import Places, Scores


@dataclass(frozen=True, slots=True)
class Curve:
    """`outcomes[i]` at `strengths[i]`, both ascending; straight between them, level beyond the ends."""

    strengths: tuple[float, ...]
    outcomes: tuple[float, ...]

    def at(self, strengths: Scores) -> Scores:
        """The outcome to expect at each strength."""
        return np.interp(strengths, self.strengths, self.outcomes)


def bins(strengths: Scores, edges: Scores) -> Places:
    """The bin of each strength, from 0: a new one begins at each edge but the first; empty ones do not count."""
    return np.unique(np.searchsorted(np.unique(edges)[1:], strengths, side="right"), return_inverse=True)[1]


def fitted(strengths: Scores, outcomes: Scores, weights: Scores, edges: Scores) -> Curve:
    """Isotonic regression of the mean outcomes of bins (Barlow et al. 1972; pool adjacent violators).

    Bins before the regression: without them its ends would lean on one or two outcomes.
    """
    of = bins(strengths, edges)
    weight, strength, outcome = (np.bincount(of, each) for each in (weights, weights * strengths, weights * outcomes))
    level = isotonic_regression(outcome / weight, weights=weight).x
    return Curve(tuple((strength / weight).tolist()), tuple(level.tolist()))

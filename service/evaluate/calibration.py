"""Calibration: of the people whom a path of some strength reaches, how many come to trust the one it begins with?"""

from dataclasses import dataclass

import numpy as np

from service.evaluate.curves import Curve, bins, fitted
from service.evaluate.formulas import path_strengths
from service.evaluate.measures import Flags, Scores
from service.evaluate.samples import Sample

BINS = 10
"""Each holds about as many of the ties that formed."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Candidates of similar path strength: how many were drawn, for how many these stand, with how many a tie formed,
    and the means of strength and likelihood."""

    low: float
    high: float
    drawn: int
    candidates: float
    formed: int
    strength: float
    likelihood: float

    @property
    def share(self) -> float:
        """The part with whom a tie formed."""
        return self.formed / self.candidates


@dataclass(frozen=True, slots=True)
class Calibration:
    """A curve fitted on one window, and how it does in the next; `bins` of that from weak to strong."""

    curve: Curve
    bins: tuple[Bin, ...]

    @property
    def promised_by_strength(self) -> float:
        """How many ties should have formed for each one that did, if path strength were their probability."""
        return sum(each.strength * each.candidates for each in self.bins) / self._formed

    @property
    def promised_by_likelihood(self) -> float:
        """The same for the likelihood."""
        return sum(each.likelihood * each.candidates for each in self.bins) / self._formed

    @property
    def _formed(self) -> int:
        return sum(each.formed for each in self.bins)


def calibrate(tuned: Sample, judged: Sample) -> Calibration:
    """Fit on the one window, look at the other."""
    fit, test = tuned.everybody, judged.everybody
    strengths = _strengths(tuned)
    curve = fitted(strengths, fit.formed.astype(np.float64), fit.weight, _edges(strengths[fit.formed]))
    later = _strengths(judged)
    of = bins(later, _edges(later[test.formed]))
    likelihood = curve.at(later)
    return Calibration(
        curve,
        tuple(_bin(of == each, later, likelihood, test.formed, test.weight) for each in range(int(of.max()) + 1)),
    )


def _strengths(sample: Sample) -> Scores:
    """Path strength of all candidates for likelihood."""
    return np.concatenate(
        [
            path_strengths(sample.snapshot, topic.network.topic_id, topic.everybody.listener, topic.everybody.speaker)
            for topic in sample.topics
        ]
    )


def _edges(formed: Scores) -> Scores:
    return np.quantile(formed, np.linspace(0, 1, BINS + 1)[:-1])


def _bin(inside: Flags, strengths: Scores, likelihoods: Scores, formed: Flags, weights: Scores) -> Bin:
    weight = weights[inside]
    return Bin(
        float(strengths[inside].min()),
        float(strengths[inside].max()),
        len(weight),
        float(weight.sum()),
        int(formed[inside].sum()),
        float(np.average(strengths[inside], weights=weight)),
        float(np.average(likelihoods[inside], weights=weight)),
    )

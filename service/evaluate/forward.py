"""Forward: what the graph before a day says about the ties that formed after it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from service.domain.likelihood import FARTHEST, NEAREST
from service.evaluate import predictors
from service.evaluate.candidates import Candidates
from service.evaluate.formulas import AS_IT_IS, Formula, path_strengths
from service.evaluate.history import History
from service.evaluate.measures import (
    Estimate,
    Figure,
    Places,
    Scores,
    auc,
    auc_figure,
    mean_figure,
    precision_at,
    resamples,
)
from service.evaluate.network import Network, People
from service.evaluate.samples import Sample

FIRST = 10

BASELINES: Mapping[str, Callable[[Network, People, People], Scores]] = {
    "common neighbours": predictors.common_neighbours,
    "Adamic–Adar": predictors.adamic_adar,
    "preferential attachment": predictors.preferential_attachment,
    "PageRank of the target": predictors.target_pagerank,
    "same community": predictors.same_community,
    "chance": predictors.chance,
}


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well scores rank the candidates: the area under the ROC curve over all of them and at each distance alone,
    and the precision among the first ten of each listener. `auc_beyond` and `precision_beyond` are the differences to
    the scores compared with, in the same resamples."""

    auc: Estimate
    auc_at: Mapping[int, Estimate]
    precision: Estimate
    auc_beyond: Estimate
    precision_beyond: Estimate


def baseline_scores(sample: Sample) -> dict[str, Scores]:
    """What each plain predictor says of the candidates for ranking."""
    return {
        name: np.concatenate(
            [predict(topic.network, topic.ranked.listener, topic.ranked.speaker) for topic in sample.topics]
        )
        for name, predict in BASELINES.items()
    }


def formula_scores(history: History, sample: Sample, formula: Formula = AS_IT_IS) -> Scores:
    """What a formula of path strength says of them, on the graph as it would have been under this formula."""
    snapshot = sample.snapshot
    if formula.dataset(history.dataset) != history.dataset:
        snapshot = history.until(sample.window.begin, formula.dataset(history.dataset))
    return np.concatenate(
        [
            path_strengths(snapshot, topic.network.topic_id, topic.ranked.listener, topic.ranked.speaker, formula)
            for topic in sample.topics
        ]
    )


def total_auc(sample: Sample, scores: Scores) -> float:
    """The area under the ROC curve over all candidates for ranking."""
    return auc(scores, sample.ranked.formed)


def rankings(rng: np.random.Generator, sample: Sample, scores: Mapping[str, Scores]) -> dict[str, Ranking]:
    """How well each of several scores ranks the candidates, compared with the first of them."""
    candidates, case = sample.ranked, sample.case
    drawn = resamples(rng, int(case[-1]) + 1)
    measured = {name: _Measured.of(each, candidates, case, drawn) for name, each in scores.items()}
    first = next(iter(measured.values()))
    return {name: each.beside(first) for name, each in measured.items()}


@dataclass(frozen=True, slots=True)
class _Measured:
    auc: Figure
    auc_at: Mapping[int, Figure]
    precision: Figure

    @classmethod
    def of(cls, scores: Scores, candidates: Candidates, case: Places, drawn: Scores) -> "_Measured":
        formed, auc_at = candidates.formed, {}
        for hops in range(NEAREST, FARTHEST + 1):
            there = candidates.hops == hops
            auc_at[hops] = auc_figure(scores[there], formed[there], case[there], drawn)
        begins = np.flatnonzero(np.diff(case)) + 1
        of_each = zip(np.split(scores, begins), np.split(formed, begins), strict=True)
        precision = np.array([precision_at(FIRST, some, true) for some, true in of_each])
        return cls(auc_figure(scores, formed, case, drawn), auc_at, mean_figure(precision, drawn))

    def beside(self, first: "_Measured") -> Ranking:
        return Ranking(
            self.auc.estimate,
            {hops: figure.estimate for hops, figure in self.auc_at.items()},
            self.precision.estimate,
            self.auc.minus(first.auc),
            self.precision.minus(first.precision),
        )

"""Held-out trust: pairs are hidden in both directions, whatever their trust is about. How strong was it?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from service.evaluate.curves import fitted
from service.evaluate.errors import CannotEvaluate
from service.evaluate.formulas import AS_IT_IS, Formula, path_strengths
from service.evaluate.history import PAIR, History
from service.evaluate.measures import Estimate, Figure, Flags, Scores, auc_figure, resamples, rmse_figure
from service.evaluate.network import Network, People
from service.graph.costs import MICRO, ageing
from service.graph.snapshot import NO_DAY, Snapshot, day_number
from service.ingest.evidence import KEY

STRONG = 0.2
"""From here on trust counts as strong."""

BANDS = (0.0, 0.05, 0.2, 0.5)
"""Where bands of true strength begin."""

FEWEST = 40
CORRECTION_BINS = 20
BASELINE_GUESSES = ("constant", "target's mean", "two-hop mean")
NOISY_OR = Formula("3 ways, noisy-or", ways=3)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Relationships taken out of the graph: `listener` trusted `speaker` on a topic with `strength`, age included.
    `tuning` are those to choose and fit on; the others judge."""

    snapshot: Snapshot
    topic_ids: tuple[str, ...]
    listener: People
    speaker: People
    strength: Scores
    tuning: Flags


@dataclass(frozen=True, slots=True)
class Guesses:
    """How well strengths are guessed. Where a predictor says nothing (the part that `coverage` lacks), the constant
    stands in. `auc` tells strong from weak; by band of true strength: root mean square error, and mean error."""

    coverage: float
    rmse: Estimate
    mean_absolute: float
    auc: Estimate
    bands: tuple[tuple[float, float], ...]
    rmse_beyond: Estimate
    auc_beyond: Estimate


def hide(rng: np.random.Generator, history: History, pairs: int) -> Hidden:
    """Draw pairs, hide all trust between the two, and ask for one relationship of each, drawn too. Half of them are
    for tuning. Raises CannotEvaluate where there are too few."""
    drawn = _drawn_pairs(rng, history, pairs)
    if drawn.height < FEWEST:
        raise CannotEvaluate(f"Only {drawn.height} pairs trust each other: too few to hide some of them.")
    there = drawn.select(PAIR)
    both = pl.concat([there, there.select(fromId="toId", toId="fromId")])
    snapshot = history.without(both)
    place, day = snapshot.people.index.of, day_number(history.last)
    seen = drawn["lastSeen"].to_physical().fill_null(NO_DAY).to_numpy()
    costs = drawn["cost"].to_numpy() + ageing(seen, day, history.dataset.half_life_days)
    tuning = np.zeros(drawn.height, dtype=np.bool_)
    tuning[rng.permutation(drawn.height)[: drawn.height // 2]] = True
    return Hidden(
        snapshot,
        tuple(drawn["topicId"].to_list()),
        np.array([place(id_) for id_ in drawn["fromId"]], dtype=np.int32),
        np.array([place(id_) for id_ in drawn["toId"]], dtype=np.int32),
        np.exp(costs / -MICRO),
        tuning,
    )


def _drawn_pairs(rng: np.random.Generator, history: History, pairs: int) -> pl.DataFrame:
    """One relationship of each of so many pairs, by topic."""
    trust = history.folder.trust.trust.sort(KEY)
    shuffled = trust.with_columns(low=pl.min_horizontal(PAIR), high=pl.max_horizontal(PAIR))[
        rng.permutation(trust.height)
    ]
    one_each = shuffled.unique(["low", "high"], keep="first", maintain_order=True).sort("low", "high")
    chosen = rng.permutation(one_each.height)[:pairs]
    return one_each[np.sort(chosen)].sort("topicId", *PAIR)


def guesses(hidden: Hidden) -> dict[str, Scores]:
    """The strength that each predictor guesses, NaN where it says nothing.

    - path strength, as it is and over several ways; `corrected` is its isotonic fit to the tuning half, which also
      has a word on pairs without a path
    - constant: the mean of the tuning half
    - target's mean: of all trust in the speaker, in the topic's network
    - two-hop mean: of the trust in the speaker of those whom the listener trusts, weighted by how much (Golbeck 2005)
    """
    columns = [_guesses_on_topic(hidden, topic_id) for topic_id in dict.fromkeys(hidden.topic_ids)]
    found = {name: np.concatenate([column[name] for column in columns]) for name in columns[0]}
    constant = np.full(len(hidden.strength), hidden.strength[hidden.tuning].mean())
    corrected = _corrected(hidden, found[AS_IT_IS.name])
    target = np.where(np.isnan(found["target's mean"]), constant, found["target's mean"])
    return {
        AS_IT_IS.name: found[AS_IT_IS.name],
        "constant": constant,
        "target's mean": found["target's mean"],
        "two-hop mean": found["two-hop mean"],
        NOISY_OR.name: found[NOISY_OR.name],
        "corrected": corrected,
        "corrected, and target's mean": (corrected + target) / 2,
    }


def _guesses_on_topic(hidden: Hidden, topic_id: str) -> dict[str, Scores]:
    on_topic = np.array([each == topic_id for each in hidden.topic_ids])
    listeners, speakers = hidden.listener[on_topic], hidden.speaker[on_topic]
    network = Network.of(hidden.snapshot, topic_id)
    return {
        formula.name: _none_as_nan(path_strengths(hidden.snapshot, topic_id, listeners, speakers, formula))
        for formula in (AS_IT_IS, NOISY_OR)
    } | {
        "target's mean": target_mean(network, speakers),
        "two-hop mean": two_hop_mean(network, listeners, speakers),
    }


def target_mean(network: Network, speakers: People) -> Scores:
    """The mean strength of the trust in somebody; NaN where nobody trusts them."""
    counts = np.bincount(network.trust.indices, minlength=network.trust.shape[0])
    sums = network.trust.sum(axis=0)
    return _ratio(sums[speakers], counts[speakers])


def two_hop_mean(network: Network, listeners: People, speakers: People) -> Scores:
    """The mean trust in the speaker of those whom the listener trusts, weighted by that; NaN where there are none."""
    given, received = network.trust[listeners], network.trust.T.tocsr()[speakers]
    known = given.multiply(received.astype(np.bool_))
    return _ratio(given.multiply(received).sum(axis=1), known.sum(axis=1))


def _ratio(sums: npt.ArrayLike, counts: npt.ArrayLike) -> Scores:
    above, below = np.asarray(sums, dtype=np.float64), np.asarray(counts, dtype=np.float64)
    ratio: Scores = np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
    return ratio


def _none_as_nan(strengths: Scores) -> Scores:
    return np.where(strengths > 0, strengths, np.nan)


def _corrected(hidden: Hidden, strengths: Scores) -> Scores:
    known, tuning = np.nan_to_num(strengths), hidden.tuning
    edges = np.quantile(known[tuning], np.linspace(0, 1, CORRECTION_BINS + 1))
    curve = fitted(known[tuning], hidden.strength[tuning], np.ones(int(tuning.sum())), edges)
    return curve.at(known)


def judged(rng: np.random.Generator, hidden: Hidden, guessed: Mapping[str, Scores]) -> dict[str, Guesses]:
    """How well each predictor guesses the half that judges, compared with the first of them."""
    half = ~hidden.tuning
    true, constant = hidden.strength[half], float(hidden.strength[hidden.tuning].mean())
    drawn = resamples(rng, len(true))
    measured = {name: _Measured.of(each[half], true, constant, drawn) for name, each in guessed.items()}
    first = next(iter(measured.values()))
    return {name: each.beside(first) for name, each in measured.items()}


def tuned_rmse(hidden: Hidden, guessed: Scores) -> float:
    """The root mean square error on the half to choose on."""
    half = hidden.tuning
    constant = float(hidden.strength[half].mean())
    errors = np.where(np.isnan(guessed), constant, guessed)[half] - hidden.strength[half]
    return float(np.sqrt(np.mean(errors**2)))


@dataclass(frozen=True, slots=True)
class _Measured:
    coverage: float
    errors: Scores
    true: Scores
    rmse: Figure
    auc: Figure

    @classmethod
    def of(cls, guessed: Scores, true: Scores, constant: float, drawn: Scores) -> "_Measured":
        told = np.isnan(guessed)
        filled = np.where(told, constant, guessed)
        each = np.arange(len(true))
        return cls(
            float(1 - told.mean()),
            filled - true,
            true,
            rmse_figure(filled - true, drawn),
            auc_figure(filled, true >= STRONG, each, drawn),
        )

    def beside(self, first: "_Measured") -> Guesses:
        return Guesses(
            self.coverage,
            self.rmse.estimate,
            float(np.abs(self.errors).mean()),
            self.auc.estimate,
            tuple(self._band(begin, end) for begin, end in zip(BANDS, (*BANDS[1:], np.inf), strict=True)),
            self.rmse.minus(first.rmse),
            self.auc.minus(first.auc),
        )

    def _band(self, begin: float, end: float) -> tuple[float, float]:
        errors = self.errors[(self.true >= begin) & (self.true < end)]
        if not len(errors):
            return np.nan, np.nan
        return float(np.sqrt(np.mean(errors**2))), float(errors.mean())

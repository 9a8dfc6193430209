"""The whole evaluation of a folder: three questions, each asked of what nobody looked at while choosing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from service.domain.likelihood import Likelihood
from service.evaluate import held_out
from service.evaluate.calibration import Calibration, calibrate
from service.evaluate.candidates import SampleSizes
from service.evaluate.choosing import Choice, choose
from service.evaluate.formulas import AS_IT_IS
from service.evaluate.forward import Ranking, baseline_scores, formula_scores, rankings
from service.evaluate.history import History, Window
from service.evaluate.samples import Sample, draw
from service.ingest.folder import read_folder, require_people


@dataclass(frozen=True, slots=True)
class Plan:
    """What an evaluation is made with. The same plan on the same folder gives the same figures."""

    seed: int
    days: int
    sizes: SampleSizes = field(default_factory=SampleSizes)
    hidden_pairs: int = 2_000


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was asked: topics, listeners on them, candidates to rank, and how many of these came true."""

    topics: int
    listeners: int
    candidates: int
    formed: int

    @classmethod
    def of(cls, sample: Sample) -> "Counts":
        ranked = sample.ranked
        return cls(len(sample.topics), int(sample.case[-1]) + 1, len(ranked), int(ranked.formed.sum()))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that was found. `forward` and `held_out` begin with path strength; changes of the formula, which
    were chosen elsewhere, come last."""

    dataset: str
    plan: Plan
    tuned: Window
    judged: Window
    counts: Counts
    forward: Mapping[str, Ranking]
    choice: Choice
    hidden: int
    hidden_strong: int
    held_out: Mapping[str, held_out.Guesses]
    held_out_tuned: Mapping[str, float]
    calibration: Calibration

    @property
    def likelihood(self) -> Likelihood:
        """What was fitted, as it is kept with the data."""
        curve = self.calibration.curve
        return Likelihood(self.plan.days, curve.strengths, curve.outcomes)


def evaluate(history: History, plan: Plan, stage: Callable[[str], None]) -> Evaluation:
    """Evaluate a folder, telling `stage` what is under way. Raises CannotEvaluate where it holds too little."""
    tuned, judged = history.windows(plan.days)
    streams = np.random.default_rng(plan.seed).spawn(5)
    stage(f"Drawing candidates for ties from {tuned.begin} to {judged.end}")
    to_choose, to_judge = (
        draw(history, window, stream, plan.sizes) for window, stream in zip((tuned, judged), streams, strict=False)
    )
    stage("Trying changes of the formula on the earlier window")
    choice = choose(history, to_choose)
    stage("Ranking the candidates of the later window")
    scores = {AS_IT_IS.name: formula_scores(history, to_judge)} | baseline_scores(to_judge)
    scores |= {formula.name: formula_scores(history, to_judge, formula) for formula in choice.tried}
    stage("Hiding trust")
    hidden = held_out.hide(streams[2], history, plan.hidden_pairs)
    guessed = held_out.guesses(hidden)
    stage("Calibrating")
    calibration = calibrate(to_choose, to_judge)
    return Evaluation(
        dataset=history.dataset.name,
        plan=plan,
        tuned=tuned,
        judged=judged,
        counts=Counts.of(to_judge),
        forward=rankings(streams[3], to_judge, scores),
        choice=choice,
        hidden=len(hidden.strength),
        hidden_strong=int((hidden.strength[~hidden.tuning] >= held_out.STRONG).sum()),
        held_out=held_out.judged(streams[4], hidden, guessed),
        held_out_tuned={name: held_out.tuned_rmse(hidden, each) for name, each in guessed.items()},
        calibration=calibration,
    )


def measured(folder: Path, plan: Plan, stage: Callable[[str], None]) -> Evaluation:
    """Read a graph folder and evaluate it. Raises NothingLoaded or CannotEvaluate where it will not do."""
    checked = read_folder(folder, lambda: None)
    require_people(checked)
    return evaluate(History(checked.as_text()), plan, stage)

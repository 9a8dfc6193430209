"""The report of an evaluation: a page in Markdown, the same for the same figures, and a table of all predictors."""

from collections.abc import Iterable, Sequence

from service.evaluate.candidates import FARTHEST, NEAREST
from service.evaluate.evaluation import Evaluation
from service.evaluate.formulas import AS_IT_IS
from service.evaluate.forward import BASELINES
from service.evaluate.held_out import BANDS, BASELINE_GUESSES, STRONG
from service.evaluate.measures import Estimate
from service.evaluate.wording import DEFINITIONS, INTRODUCTION, LIMITS

Row = Sequence[str]

SUMMARY_HEADER = ("part", "predictor", "AUC", "precision at 10", "RMSE", "coverage", "beside path strength")


def summary(found: Evaluation) -> list[Row]:
    """Every predictor's figures in one table, SUMMARY_HEADER above it."""
    rows: list[Row] = []
    for name, ranking in found.forward.items():
        rows.append(
            ("forward", name, _interval(ranking.auc), _interval(ranking.precision), "", "", _word(ranking.auc_beyond))
        )
    for name, guess in found.held_out.items():
        beside = _word(guess.rmse_beyond, less_is_better=True)
        rows.append(
            ("held-out", name, _interval(guess.auc), "", _interval(guess.rmse), f"{guess.coverage:.0%}", beside)
        )
    calibration = found.calibration
    promised = (("path strength", calibration.promised_by_strength), ("likelihood", calibration.promised_by_likelihood))
    rows += [
        ("calibration", f"{name}: {times:,.2f} ties promised for each that formed", *[""] * 5)
        for name, times in promised
    ]
    return rows


def page(found: Evaluation, command: str) -> str:
    """The whole report as Markdown; `command` made it."""
    parts = [
        INTRODUCTION.format(dataset=found.dataset, command=command, seed=found.plan.seed),
        _forward(found),
        _changes(found),
        _held_out(found),
        _calibration(found),
        DEFINITIONS.format(days=found.plan.days),
        LIMITS,
    ]
    return "\n".join(part.strip() + "\n" for part in parts)


def _forward(found: Evaluation) -> str:
    counts, window = found.counts, found.judged
    names = [AS_IT_IS.name, *BASELINES]
    header = ("predictor", "AUC", *_distances("AUC, {} steps"), "precision at 10", "AUC beside path strength")
    rows = [
        (
            name,
            _interval(ranking.auc),
            *(_interval(ranking.auc_at[hops]) for hops in range(NEAREST, FARTHEST + 1)),
            _interval(ranking.precision),
            _difference(ranking.auc_beyond),
        )
        for name in names
        for ranking in [found.forward[name]]
    ]
    return f"""
## Forward: which ties will form?

The graph of {window.begin}; ties that formed until {window.end}. {counts.topics} topics, {counts.listeners}
listeners on them, {counts.candidates:,} candidates, of whom {counts.formed} came to be trusted.

{_table(header, rows)}
{_beaten(found)}
"""


def _beaten(found: Evaluation) -> str:
    """Where a plain predictor does better than path strength, said in words."""
    own = found.forward[AS_IT_IS.name]
    words = []
    for name in BASELINES:
        ranking = found.forward[name]
        if ranking.auc.value > own.auc.value:
            words.append(
                f"**{name}** ranks better than path strength over all candidates ({_word(ranking.auc_beyond)})."
            )
        words += [
            f"**{name}** ranks better than path strength among candidates {hops} steps away"
            f" ({ranking.auc_at[hops].value:.3f} against {own.auc_at[hops].value:.3f})."
            for hops in range(NEAREST, FARTHEST + 1)
            if ranking.auc_at[hops].value > own.auc_at[hops].value
        ]
        if ranking.precision.value > own.precision.value:
            words.append(f"**{name}** has more hits among the first ten ({_word(ranking.precision_beyond)}).")
    return (
        "\n".join(words)
        if words
        else "No plain predictor does better than path strength, at either distance or among the first ten."
    )


def _changes(found: Evaluation) -> str:
    choice = found.choice
    header = (
        "formula",
        f"AUC until {found.tuned.end} (chosen on)",
        f"AUC until {found.judged.end} (judged on)",
        "precision at 10",
        "AUC beside the formula as it is",
    )
    rows = []
    for name in [AS_IT_IS.name, *(formula.name for formula in choice.tried)]:
        ranking = found.forward[name]
        shown = f"**{name}**" if name == choice.best else name
        rows.append(
            (
                shown,
                f"{choice.tuned[name]:.3f}",
                _interval(ranking.auc),
                _interval(ranking.precision),
                _difference(ranking.auc_beyond),
            )
        )
    best = found.forward[choice.best]
    if choice.best == AS_IT_IS.name:
        verdict = "On the window for choosing, no change came out above the formula as it is."
    else:
        verdict = (
            f"Chosen on the earlier window: **{choice.best}**. On the later one, which had no part in the choice,"
            f" its AUC is {_word(best.auc_beyond)}, its precision at 10 {_word(best.precision_beyond)}."
        )
    return f"""
## Which change of the formula would win?

Each change alone, and the best of each kind together, chosen by AUC on the window before ({found.tuned.begin} to
{found.tuned.end}).

{_table(header, rows)}
{verdict}
"""


def _held_out(found: Evaluation) -> str:
    guessed = found.held_out
    header = (
        "predictor",
        "coverage",
        "RMSE",
        "mean absolute error",
        f"AUC, strong (≥ {STRONG:g}) against weak",
        "RMSE beside path strength",
    )
    rows = [
        (
            name,
            f"{guess.coverage:.0%}",
            _interval(guess.rmse),
            f"{guess.mean_absolute:.3f}",
            _interval(guess.auc),
            _difference(guess.rmse_beyond),
        )
        for name, guess in guessed.items()
    ]
    ends = (*(f"{end:g}" for end in BANDS[1:]), "1")
    bands = ("predictor", *(f"{begin:g} to {end}" for begin, end in zip(BANDS, ends, strict=True)))
    by_band = [
        (name, *(f"{error:.3f} ({mean:+.3f})" for error, mean in guess.bands)) for name, guess in guessed.items()
    ]
    changes = {name: error for name, error in found.held_out_tuned.items() if name not in BASELINE_GUESSES}
    best = min(changes, key=lambda name: changes[name])
    return f"""
## Held-out trust: how strong is it?

{found.hidden:,} pairs are hidden in both directions; half of them judge, {found.hidden_strong} of these being strong.

{_table(header, rows)}
By band of true strength, root mean square error (and mean error):

{_table(bands, by_band)}
Of path strength and its changes, **{best}** had the least error on the other half; on the judging half its RMSE is
{_word(guessed[best].rmse_beyond, less_is_better=True)}, its AUC {_word(guessed[best].auc_beyond)}.
"""


def _calibration(found: Evaluation) -> str:
    fit = found.calibration
    header = ("path strength", "candidates", "ties formed", "share formed", "mean strength", "mean likelihood")
    rows = [
        (
            f"{each.low:.2g} to {each.high:.2g}",
            f"{each.candidates:,.0f}",
            f"{each.formed}",
            f"{each.share:.3%}",
            f"{each.strength:.3%}",
            f"{each.likelihood:.3%}",
        )
        for each in fit.bins
    ]
    return f"""
## Calibration: is path strength a probability?

As the probability that the tie forms, path strength promises {fit.promised_by_strength:,.1f} ties for each one that
formed: it orders people, it is no probability. The likelihood, a monotone curve fitted to the earlier window, promises
{fit.promised_by_likelihood:.2f} in the later one.

{_table(header, rows)}
"""


def _distances(text: str) -> Iterable[str]:
    return (text.format(hops) for hops in range(NEAREST, FARTHEST + 1))


def _table(header: Row, rows: Iterable[Row]) -> str:
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _interval(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"


def _difference(estimate: Estimate) -> str:
    return f"{estimate.value:+.3f} [{estimate.low:+.3f}, {estimate.high:+.3f}]"


def _word(estimate: Estimate, *, less_is_better: bool = False) -> str:
    """A difference with its verdict: better or worse where the whole interval says so."""
    sure = -estimate.sure if less_is_better else estimate.sure
    return f"{_difference(estimate)}: {('no clear difference', 'better', 'worse')[sure]}"

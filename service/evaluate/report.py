"""The report of an evaluation: a page in Markdown, the same for the same figures."""

from service.domain.likelihood import FARTHEST, NEAREST
from service.evaluate.evaluation import Evaluation
from service.evaluate.formulas import AS_IT_IS
from service.evaluate.forward import BASELINES, FIRST
from service.evaluate.held_out import BANDS, BASELINE_GUESSES, STRONG
from service.evaluate.telling import Row, difference, interval, paragraph, table, verdict
from service.evaluate.wording import DEFINITIONS, INTRODUCTION, LIMITS, TITLE

DISTANCES = range(NEAREST, FARTHEST + 1)


def page(found: Evaluation, command: str) -> str:
    """The whole report; `command` made it."""
    parts = [
        TITLE.format(dataset=found.dataset),
        paragraph(*(sentence.format(command=command) for sentence in INTRODUCTION)),
        *_forward(found),
        *_changes(found),
        *_held_out(found),
        *_calibration(found),
        DEFINITIONS.format(days=found.plan.days),
        LIMITS,
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _forward(found: Evaluation) -> list[str]:
    counts, window = found.counts, found.judged
    header = (
        "predictor",
        "AUC",
        *(f"AUC, {hops} steps" for hops in DISTANCES),
        f"precision at {FIRST}",
        "AUC beside path strength",
    )
    rows: list[Row] = [
        (
            name,
            interval(ranking.auc),
            *(interval(ranking.auc_at[hops]) for hops in DISTANCES),
            interval(ranking.precision),
            difference(ranking.auc_beyond),
        )
        for name in (AS_IT_IS.name, *BASELINES)
        for ranking in [found.forward[name]]
    ]
    return [
        "## Forward: which ties will form?",
        paragraph(
            f"From the graph of {window.begin}, ties that formed until {window.end}: {counts.topics} topics,"
            f" {counts.listeners} listeners on them, {counts.candidates:,} candidates, of whom {counts.formed} came"
            " to be trusted."
        ),
        table(header, rows),
        paragraph(*(_better_forward(found) or ["No plain predictor does better than path strength in any column."])),
    ]


def _better_forward(found: Evaluation) -> list[str]:
    """Where plain predictors do better than path strength."""
    own = found.forward[AS_IT_IS.name]
    told = []
    for name in BASELINES:
        other = found.forward[name]
        if other.auc.value > own.auc.value:
            told.append(f"**{name}** ranks better than path strength: AUC {verdict(other.auc_beyond)}.")
        told += [
            f"**{name}** ranks better than path strength among candidates {hops} steps away: AUC"
            f" {other.auc_at[hops].value:.3f} against {own.auc_at[hops].value:.3f}."
            for hops in DISTANCES
            if other.auc_at[hops].value > own.auc_at[hops].value
        ]
        if other.precision.value > own.precision.value:
            told.append(f"**{name}** has more hits among the first {FIRST}: {verdict(other.precision_beyond)}.")
    return told


def _changes(found: Evaluation) -> list[str]:
    choice = found.choice
    header = ("formula", "AUC, chosen on", "AUC, judged on", f"precision at {FIRST}", "AUC beside the formula as it is")
    rows: list[Row] = [
        (
            f"**{name}**" if name == choice.best else name,
            f"{choice.tuned[name]:.3f}",
            interval(ranking.auc),
            interval(ranking.precision),
            difference(ranking.auc_beyond),
        )
        for name in choice.tuned
        for ranking in [found.forward[name]]
    ]
    best = found.forward[choice.best]
    return [
        "## Which change of the formula would win?",
        paragraph(
            "Each change alone, then the best of each kind together, are chosen by AUC on the window before"
            f" ({found.tuned.begin} to {found.tuned.end}) and judged on the later one, which has no part in the choice."
        ),
        table(header, rows),
        paragraph("On the window for choosing, no change came out above the formula as it is.")
        if choice.best == AS_IT_IS.name
        else paragraph(
            f"Chosen: **{choice.best}**. Judged beside the formula as it is: AUC {verdict(best.auc_beyond)};"
            f" precision at {FIRST} {verdict(best.precision_beyond)}."
        ),
    ]


def _held_out(found: Evaluation) -> list[str]:
    guessed = found.held_out
    header = (
        "predictor",
        "coverage",
        "RMSE",
        "mean absolute error",
        "AUC, strong against weak",
        "RMSE beside path strength",
        "AUC beside path strength",
    )
    rows: list[Row] = [
        (
            name,
            f"{guess.coverage:.0%}",
            interval(guess.rmse),
            f"{guess.mean_absolute:.3f}",
            interval(guess.auc),
            difference(guess.rmse_beyond),
            difference(guess.auc_beyond),
        )
        for name, guess in guessed.items()
    ]
    ends = (*(f"{end:g}" for end in BANDS[1:]), "1")
    bands = ("predictor", *(f"{begin:g} to {end}" for begin, end in zip(BANDS, ends, strict=True)))
    by_band: list[Row] = [
        (name, *(f"{error:.3f} ({mean:+.3f})" for error, mean in guess.bands)) for name, guess in guessed.items()
    ]
    changes = [name for name in guessed if name not in BASELINE_GUESSES]
    best = min(changes, key=lambda name: found.held_out_tuned[name])
    return [
        "## Held-out trust: how strong is it?",
        paragraph(
            f"{found.hidden:,} pairs are hidden in both directions. Half of them judge; of these {found.hidden_strong}"
            f" are strong (at least {STRONG:g})."
        ),
        table(header, rows),
        paragraph(*(_better_guesses(found) or ["No plain predictor does better than path strength in any column."])),
        "By band of true strength, root mean square error and (mean error):",
        table(bands, by_band),
        paragraph(
            f"Of path strength and its changes, **{best}** has the least error on the half for choosing. On the half"
            f" that judges: RMSE {verdict(guessed[best].rmse_beyond, less_is_better=True)}; AUC"
            f" {verdict(guessed[best].auc_beyond)}."
        ),
    ]


def _better_guesses(found: Evaluation) -> list[str]:
    """Where plain predictors do better than path strength."""
    own, told = found.held_out[AS_IT_IS.name], []
    for name in BASELINE_GUESSES:
        other = found.held_out[name]
        if other.rmse.value < own.rmse.value:
            told.append(
                f"**{name}** has less error than path strength: RMSE {verdict(other.rmse_beyond, less_is_better=True)}."
            )
        if other.mean_absolute < own.mean_absolute:
            told.append(
                f"**{name}** has less absolute error: {other.mean_absolute:.3f} against {own.mean_absolute:.3f}."
            )
        if other.auc.value > own.auc.value:
            told.append(f"**{name}** tells strong from weak better: AUC {verdict(other.auc_beyond)}.")
    return told


def _calibration(found: Evaluation) -> list[str]:
    fit = found.calibration
    header = ("path strength", "candidates", "drawn", "ties formed", "share formed", "mean strength", "mean likelihood")
    rows: list[Row] = [
        (
            f"{each.low:.2g} to {each.high:.2g}",
            f"{each.candidates:,.0f}",
            f"{each.drawn:,}",
            f"{each.formed}",
            f"{each.share:.2g}",
            f"{each.strength:.2g}",
            f"{each.likelihood:.2g}",
        )
        for each in fit.bins
    ]
    return [
        "## Calibration: is path strength a probability?",
        paragraph(
            "Taken as the probability that the tie forms, path strength promises"
            f" {fit.promised_by_strength:,.1f} ties for each one that formed: it orders people, it is no probability."
            " The likelihood, a monotone curve fitted to the earlier window, promises"
            f" {fit.promised_by_likelihood:.2f} in the later one."
        ),
        table(header, rows),
    ]

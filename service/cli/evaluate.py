"""`evaluate`: what the numbers of a graph folder are worth."""

from pathlib import Path
from typing import Annotated

import typer

from service.cli.screen import answers, done, summary_table, working
from service.settings import DEMO_DATA, PROJECT

DEMO_REPORT = PROJECT / "docs" / "accuracy.md"
REPORT = "accuracy.md"
SEED, DAYS = 1, 730


def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="A graph folder; no Neo4j is needed.")] = DEMO_DATA,
    seed: Annotated[int, typer.Option(metavar="S", min=0, help="The same seed gives the same figures.")] = SEED,
    days: Annotated[
        int,
        typer.Option(metavar="D", min=1, help="How long ties have to form; twice that much must lie after the first."),
    ] = DAYS,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=f"The report, else docs/accuracy.md (demo data) or FOLDER/{REPORT}."),
    ] = None,
) -> None:
    """Measure path strength against what happened later, beside plain predictors; show a table, write a report.

    How likely ties form, by path strength, is kept as likelihood.toml in the folder, for the next load."""
    from service.evaluate.errors import CannotEvaluate
    from service.evaluate.evaluation import Plan, measured  # heavy, and only for this command
    from service.evaluate.report import page
    from service.evaluate.summary import HEADER, summary
    from service.ingest.likelihood_file import LIKELIHOOD_FILE, write_likelihood

    own = folder.resolve() == DEMO_DATA
    file = report or (DEMO_REPORT if own else folder / REPORT)
    with working(f"Reading {folder}") as say:
        found = measured(folder, Plan(seed=seed, days=days), say)
    table = summary_table(*HEADER)
    for row in summary(found):
        table.add_row(*row)
    answers.print(table)
    try:
        file.write_text(page(found, _command(None if own else folder.name, seed, days)), encoding="utf-8")
        write_likelihood(folder, found.likelihood)
    except OSError as error:
        raise CannotEvaluate(f"The figures are known, but cannot be kept: {error}.") from error
    done(f"{file} has the figures in full, {folder / LIKELIHOOD_FILE} what to load with the data.")


def _command(folder: str | None, seed: int, days: int) -> str:
    """The words that make the same report again."""
    words = ["./rainmaker evaluate", *([] if folder is None else [folder])]
    words += [f"--days {days}"] * (days != DAYS) + [f"--seed {seed}"] * (seed != SEED)
    return " ".join(words)

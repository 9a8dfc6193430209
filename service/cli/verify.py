"""`test`: everything that must hold before a change is kept, one step after the other."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

import typer

from service.cli.screen import done, fail, messages, say
from service.local.errors import LocalProblem
from service.settings import PROJECT

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Step:
    """One command, run in the project. `python` steps are modules or code of the environment's own Python."""

    name: str
    words: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


CHECKS = (
    Step("lint", ("-m", "ruff", "check", ".")),
    Step("format", ("-m", "ruff", "format", "--check", ".")),
    Step("layers", ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")),
    Step("types", ("-m", "mypy")),
)

# coverage cannot look into compiled kernels, so their own tests run once more as plain Python
TESTS = (
    Step("tests", ("-m", "pytest", "--cov", "--cov-report=")),
    Step(
        "kernels, not compiled",
        ("-m", "pytest", "-m", "kernels", "--cov", "--cov-append", "--cov-report="),
        {"NUMBA_DISABLE_JIT": "1"},
    ),
    Step("coverage", ("-m", "coverage", "report")),
)


def verify(
    arguments: Annotated[
        list[str] | None, typer.Argument(help="Passed to pytest, which then runs alone and measures no coverage.")
    ] = None,
) -> None:
    """Lint, layers, types and all tests, against a real Neo4j."""
    if not arguments:
        _have_browser()
    chosen = (Step("tests", ("-m", "pytest", *arguments)),) if arguments else (*CHECKS, *TESTS)
    results = [(step, *run(step)) for step in chosen]
    say("")
    for step, status, seconds in results:
        tell = done if status == 0 else fail
        tell(f"{step.name}: {'passed' if status == 0 else 'FAILED'} in {seconds:.0f} s")
    if any(status for _, status, _ in results):
        raise typer.Exit(1)


def run(step: Step) -> tuple[int, float]:
    """Exit status and seconds of a step, whose output goes where ours goes."""
    messages.rule(step.name)
    begin = time.monotonic()
    command = [sys.executable, *step.words]
    status = subprocess.run(command, cwd=PROJECT, env=os.environ | step.environment, check=False).returncode
    return status, time.monotonic() - begin


def _have_browser() -> None:
    """Tests of the pages need Chromium: installed on a CI machine (CI=true, Debian, root), asked for elsewhere."""
    if any(shutil.which(browser) for browser in BROWSERS):
        return
    if os.environ.get("CI") != "true" or not shutil.which("apt-get") or os.geteuid() != 0:
        raise LocalProblem("The tests of the pages need Chromium (Debian, Ubuntu: apt install chromium).")
    say("Chromium is missing: installing it with apt-get.")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "chromium"]):
        if subprocess.run(["apt-get", *words], stdout=subprocess.DEVNULL, env=quiet, check=False).returncode != 0:
            raise LocalProblem(f"apt-get {' '.join(words)} failed; its own words are above.")

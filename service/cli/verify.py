"""`test`: everything that must hold before a change is kept, in stages; the lanes of a stage run side by side."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Annotated

import typer

from service.cli.screen import done, fail, messages, say
from service.local.errors import LocalProblem
from service.settings import PROJECT

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Step:
    """One command, run in the project. `words` are modules or code of the environment's own Python."""

    name: str
    words: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a step."""

    step: Step
    status: int
    seconds: float


Lane = tuple[Step, ...]
"""Steps one after the other."""

Stage = tuple[Lane, ...]
"""Lanes side by side."""


def tests(name: str, *words: str, **environment: str) -> Step:
    """A step of pytest."""
    return Step(name, ("-m", "pytest", *words), environment)


def measured(step: Step) -> Step:
    """A step of tests with its coverage in a file of its own; how much is enough only the sum of all files says."""
    python, pytest, *words = step.words
    measure = ("--cov", "--cov-report=", "--cov-fail-under=0")
    file = f".coverage.{step.name.replace(' ', '-')}"
    environment = {**step.environment, "COVERAGE_FILE": file}
    return Step(step.name, (python, pytest, *measure, *words), environment)


OWN_SERVERS = ("tests/cli", "tests/pressure", "tests/property", "tests/unit")
"""Tests that need no server, or start some of their own."""

SHARED_SERVERS = tests("tests on shared servers", *(f"--ignore={folder}" for folder in OWN_SERVERS))

QUICK_START = "-XX:TieredStopAtLevel=1"
"""Servers that live for seconds are not worth the second compiler: one is up on 7 s of processor time instead of 12."""

STAGES: tuple[Stage, ...] = (
    (
        (
            Step("lint", ("-m", "ruff", "check", ".")),
            Step("format", ("-m", "ruff", "format", "--check", ".")),
            Step("layers", ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")),
            Step("types", ("-m", "mypy")),
            # as plain Python an index out of bounds is an error, and coverage sees inside
            tests("kernels uncompiled", "-m", "kernels", NUMBA_DISABLE_JIT="1"),
        ),
        (
            Step("Neo4j, kernels, the page", ("-m", "tests.prepare")),
            Step("the page's own checks", ("-m", "tests.check_page")),
        ),
    ),
    (
        (SHARED_SERVERS,),
        (tests("tests on own servers", *OWN_SERVERS, JDK_JAVA_OPTIONS=QUICK_START),),
    ),
)

COVERAGE: Stage = (
    (
        Step("gathering coverage", ("-m", "coverage", "combine", "--quiet")),
        Step("coverage", ("-m", "coverage", "report")),
    ),
)


def verify(
    arguments: Annotated[
        list[str] | None, typer.Argument(help="Passed to pytest, which then runs alone and measures no coverage.")
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Measure what the tests reach, too, which takes half as long again.")
    ] = False,
) -> None:
    """Lint, layers, types and all tests, against a real Neo4j."""
    if arguments:
        stages: tuple[Stage, ...] = (((tests("tests", *arguments),),),)
    else:
        _have_browser()
        stages = (*map(_with_coverage, STAGES), COVERAGE) if coverage else STAGES
    outcomes = [outcome for stage in stages for outcome in run(stage)]
    say("")
    for outcome in outcomes:
        tell = done if outcome.status == 0 else fail
        tell(f"{outcome.step.name}: {'passed' if outcome.status == 0 else 'FAILED'} in {outcome.seconds:.0f} s")
    if any(outcome.status for outcome in outcomes):
        raise typer.Exit(1)


def run(stage: Stage) -> list[Outcome]:
    """What became of every step. The first lane is seen as it goes, each other one when it has ended."""
    with ThreadPoolExecutor(len(stage)) as threads, tempfile.TemporaryDirectory() as scratch:
        files = [Path(scratch) / f"lane-{number}" for number in range(1, len(stage))]
        others = [threads.submit(_run_aside, lane, file) for lane, file in zip(stage[1:], files, strict=True)]
        outcomes = [_run(step) for step in stage[0]]
        for other, file in zip(others, files, strict=True):
            outcomes += other.result()
            sys.stdout.write(file.read_text(encoding="utf-8", errors="replace"))
            sys.stdout.flush()
    return outcomes


def _with_coverage(stage: Stage) -> Stage:
    """The same with the coverage of every step of pytest."""
    return tuple(tuple(measured(step) if "pytest" in step.words else step for step in lane) for lane in stage)


def _run_aside(lane: Lane, file: Path) -> list[Outcome]:
    with file.open("w", encoding="utf-8") as output:
        return [_run(step, output) for step in lane]


def _run(step: Step, output: IO[str] | None = None) -> Outcome:
    """Run a step; what it says goes to a file, or where our own words go."""
    if output is None:
        messages.rule(step.name)
    else:
        output.write(f"──── {step.name}\n")
        output.flush()
    begin = time.monotonic()
    command, environment = [sys.executable, *step.words], os.environ | step.environment
    errors = None if output is None else subprocess.STDOUT
    ran = subprocess.run(command, cwd=PROJECT, env=environment, stdout=output, stderr=errors, check=False)
    return Outcome(step, ran.returncode, time.monotonic() - begin)


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

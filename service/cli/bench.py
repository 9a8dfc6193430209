"""`bench`: the benchmarks of `bench/`, which are no part of the service."""

import subprocess
import sys
from typing import Annotated

import typer

from service.cli.generate import Size
from service.settings import PROJECT

Names = Annotated[list[str] | None, typer.Argument(metavar="[NAME…]", help="Which; all where none is named.")]
Sizes = Annotated[list[Size] | None, typer.Option(help="S, M or L; may be given several times. S unless said.")]


def bench(
    names: Names = None,
    size: Sizes = None,
    which: Annotated[bool, typer.Option("--list", help="Only tell which there are.")] = False,
) -> None:
    """Measure against targets and peers on generated graphs; renew the table and plots in bench/results."""
    words = [*(names or []), *(word for one in size or [] for word in ("--size", one)), *(["--list"] if which else [])]
    status = subprocess.run([sys.executable, "-m", "bench.run", *words], cwd=PROJECT, check=False).returncode
    raise typer.Exit(status)

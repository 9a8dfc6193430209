"""Runs one benchmark at one size in this process, and writes its figures as JSON.

.venv/bin/python -m bench.one NAME SIZE FILE
"""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from bench.ground import Ground
from bench.registry import Figure, benchmarks
from service.cli.screen import say


def main() -> None:
    name, size, file = sys.argv[1:]
    figures = []
    for figure in benchmarks()[name].run(Ground(size)):
        figures.append(figure)
        say(f"  {figure.what}: {figure.value:,.4g} {figure.unit}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures.append(Figure(f"{name}: peak memory of the benchmark's process", peak, "MiB"))
    Path(file).write_text(json.dumps([asdict(figure) for figure in figures]), encoding="utf-8")


if __name__ == "__main__":
    main()

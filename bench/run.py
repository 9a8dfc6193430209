"""Runs benchmarks by name and size, each in a process of its own, and renews `bench/results/`.

    ./rainmaker bench [NAME…] [--size S] [--size M]

Results of other benchmarks and sizes stay as they were; every row says when it was measured.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.growth import draw_growth
from bench.registry import SIZES, Figure, benchmarks
from bench.results import RESULTS, Row, read_rows, renewed, write_rows
from service.cli.screen import answers, fail, say


def main() -> None:
    parser = argparse.ArgumentParser(prog="./rainmaker bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="all, where none is named")
    parser.add_argument("--size", action="append", choices=SIZES, help="may be given several times; S unless said")
    parser.add_argument("--list", action="store_true", help="only tell which there are")
    arguments = parser.parse_args()
    known = benchmarks()
    if arguments.list:
        for benchmark in known.values():
            answers.print(f"{benchmark.name:14} {' '.join(benchmark.sizes):6} {benchmark.about}", highlight=False)
        return
    unknown = [name for name in arguments.names if name not in known]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}; there are {', '.join(known)}")
    failed = False
    for name in arguments.names or known:
        for size in arguments.size or ["S"]:
            if size in known[name].sizes:
                failed |= not _measure(name, size)
    rows = read_rows()
    draw_growth(rows, RESULTS)
    answers.print((RESULTS / "table.md").read_text(encoding="utf-8"), markup=False, highlight=False, soft_wrap=True)
    sys.exit(1 if failed else 0)


def _measure(name: str, size: str) -> bool:
    """Run one and keep what it measured at once; False where it failed."""
    say(f"{name} at {size} …")
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "figures.json"
        done = subprocess.run([sys.executable, "-m", "bench.one", name, size, str(file)], check=False)
        if done.returncode or not file.is_file():
            fail(f"{name} at {size} failed; its own words are above. Its former results stay.")
            return False
        figures = [Figure(**figure) for figure in json.loads(file.read_text(encoding="utf-8"))]
    at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    rows = [
        Row(name, size, f"./rainmaker bench {name} --size {size}", at, figure, round(load, 1)) for figure in figures
    ]
    write_rows(renewed(read_rows(), rows))
    return True


if __name__ == "__main__":
    main()

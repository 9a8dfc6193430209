"""Time and memory against size, on logarithmic axes, with the fitted exponent."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure as Picture

from bench.results import Row
from service.cli.generate import SIZES, Size

TIMES = {"s": 1.0, "ms": 0.001}
SPACES = {"MiB": 1.0, "bytes": 1 / 1024**2}

Line = list[tuple[float, float]]
"""(trust relationships, value) by size."""


def draw_growth(rows: Sequence[Row], folder: Path) -> None:
    """`time.svg` and `memory.svg`: one line for each thing measured at two sizes or more."""
    for name, units, label in (("time", TIMES, "seconds"), ("memory", SPACES, "MiB")):
        lines = _lines(rows, units)
        if lines:
            _draw(lines, label).savefig(folder / f"{name}.svg", metadata={"Date": None})


def exponent(line: Line) -> float:
    """The slope of the line of least squares through the logarithms: 1 is in proportion to size."""
    size, value = np.log(np.array(line)).T
    return float(np.polyfit(size, value, 1)[0])


def _lines(rows: Sequence[Row], units: dict[str, float]) -> dict[str, Line]:
    lines: dict[str, Line] = defaultdict(list)
    for row in rows:
        if row.figure.unit in units and row.figure.value > 0:
            trust = SIZES[Size(row.size)][1]
            lines[row.figure.what].append((trust, row.figure.value * units[row.figure.unit]))
    return {what: sorted(line) for what, line in lines.items() if len(line) > 1}


def _draw(lines: dict[str, Line], label: str) -> Picture:
    picture = Picture(figsize=(11, 6.5), layout="constrained")
    panel = picture.subplots()
    for what, line in lines.items():
        panel.plot(*np.array(line).T, "o-", label=f"{what}  (exponent {exponent(line):.2f})")
    sizes = {str(size): trust for size, (_, trust) in SIZES.items()}
    panel.set(xscale="log", yscale="log", xlabel="trust relationships", ylabel=label)
    panel.set_xticks(list(sizes.values()), [f"{name}\n{trust:,}" for name, trust in sizes.items()], minor=False)
    panel.grid(alpha=0.3, which="both")
    picture.legend(loc="outside right upper", fontsize="small", frameon=False)
    return picture

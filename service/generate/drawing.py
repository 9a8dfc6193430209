"""Two shapes in one picture: distributions on logarithmic axes, as far as they are distributions."""

from typing import TYPE_CHECKING

import numpy as np

from service.generate.errors import CannotGenerate

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from service.generate.shape import Shape

_POINTS = 400
_AGE = "days since last seen"


def require_picture(file: "Path") -> None:
    """CannotGenerate unless `file` is of a kind that can be drawn, in a folder that is there or will be."""
    from matplotlib.figure import Figure  # slow to import

    known = sorted(Figure().canvas.get_supported_filetypes())
    if file.suffix[1:] not in known:
        raise CannotGenerate(f"{file} is no picture that can be drawn: name a file that ends in {', '.join(known)}.")


def draw(shapes: "list[Shape]", file: "Path") -> None:
    """One panel a series, one line a shape: the share of things with at least so much. The suffix of `file` is the
    picture's format."""
    from matplotlib.figure import Figure  # slow to import

    names = [name for name in shapes[0].series if all(name in shape.series for shape in shapes)]
    figure = Figure(figsize=(13, 7.5), layout="constrained")
    for panel, name in zip(figure.subplots(2, 3).flat, [*names, None], strict=False):
        if name is None:
            panel.axis("off")
            panel.legend(*figure.axes[0].get_legend_handles_labels(), loc="center", frameon=False)
            continue
        for shape, style in zip(shapes, ("o", "-"), strict=False):
            values, share = _at_least(shape.series[name])
            panel.plot(values, share, style, markersize=3, alpha=0.8, label=shape.name)
        panel.set(xlabel=name, ylabel="share with at least as many")
        if name == _AGE:
            panel.set_ylabel("share at least as old")
        elif any(len(shape.series[name]) for shape in shapes):
            panel.set(xscale="log", yscale="log")
        panel.grid(alpha=0.3)
    figure.savefig(file, dpi=110, metadata={"Software": None} if file.suffix == ".png" else None)


def _at_least(values: "NDArray[np.int64]") -> "tuple[NDArray[np.int64], NDArray[np.float64]]":
    """The complementary distribution of values sorted from large to small, thinned to what a picture shows."""
    if not len(values):
        return values, np.empty(0)
    ranks = np.unique(np.geomspace(1, len(values), _POINTS).astype(np.int64))
    even = np.unique(np.linspace(1, len(values), _POINTS).astype(np.int64))
    chosen = np.union1d(ranks, even)
    return values[chosen - 1], chosen / len(values)

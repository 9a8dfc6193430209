"""What was measured, kept as `results/results.json` and shown as `results/table.md`."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.registry import SIZES, Figure

RESULTS = Path(__file__).resolve().parent / "results"
_KEPT = RESULTS / "results.json"


@dataclass(frozen=True, slots=True)
class Row:
    """A figure, and how it came about. `at` is UTC, `load` how many processes wanted a processor just before."""

    benchmark: str
    size: str
    command: str
    at: str
    figure: Figure
    load: float | None = None


def read_rows() -> list[Row]:
    """All that is kept."""
    if not _KEPT.is_file():
        return []
    rows = json.loads(_KEPT.read_text(encoding="utf-8"))
    return [Row(**{**row, "figure": Figure(**{k: v for k, v in row["figure"].items() if k != "met"})}) for row in rows]


def renewed(kept: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    """`kept` with all rows of the new ones' benchmark and size replaced, in order of benchmark and size."""
    again = {(row.benchmark, row.size) for row in new}
    rows = [row for row in kept if (row.benchmark, row.size) not in again] + list(new)
    return sorted(rows, key=lambda row: (row.benchmark, SIZES.index(row.size)))


def write_rows(rows: Sequence[Row]) -> None:
    """Both files."""
    RESULTS.mkdir(exist_ok=True)
    whole = [asdict(row) | {"figure": asdict(row.figure) | {"met": row.figure.met}} for row in rows]
    _KEPT.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (RESULTS / "table.md").write_text(table(rows), encoding="utf-8")


def table(rows: Sequence[Row]) -> str:
    """One Markdown table."""
    lines = [
        "| what | size | measured | target | met | peer, in the same run | command | when (UTC) | load before |",
        "|---|---|---:|---:|---|---|---|---|---:|",
    ]
    for row in rows:
        figure, load = row.figure, "" if row.load is None else row.load
        note = f" ({figure.note})" if figure.note else ""
        lines.append(
            f"| {figure.what}{note} | {row.size} | {number(figure.value)} {figure.unit} | {_target(figure)} "
            f"| {_met(figure)} | {_peer(figure)} | `{row.command}` | {row.at} | {load} |"
        )
    return "\n".join(lines) + "\n"


def number(value: float) -> str:
    """Three digits that count; whole where it is large."""
    if value >= 1000 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _target(figure: Figure) -> str:
    if figure.at_most is not None:
        return f"≤ {number(figure.at_most)}"
    return "" if figure.at_least is None else f"≥ {number(figure.at_least)}"


def _met(figure: Figure) -> str:
    return {None: "", True: "yes", False: "**no**"}[figure.met]


def _peer(figure: Figure) -> str:
    if figure.peer_value is None:
        return figure.peer
    ratio = f", {number(figure.value / figure.peer_value)} × its" if figure.peer_value else ""
    return f"{figure.peer}: {number(figure.peer_value)} {figure.unit}{ratio}"

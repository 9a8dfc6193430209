"""The benchmark table: whether targets are met, what is kept, and the fitted exponent."""

from pathlib import Path

import pytest

from bench import results
from bench.growth import draw_growth, exponent
from bench.registry import MODULES, Figure, benchmarks
from bench.results import Row, number, read_rows, renewed, table, write_rows


def row(benchmark: str, size: str, figure: Figure) -> Row:
    return Row(benchmark, size, f"./rainmaker bench {benchmark} --size {size}", "2026-01-01 10:00", figure)


@pytest.mark.parametrize(
    ("figure", "met"),
    [
        (Figure("a", 8.0, "ms", at_most=8), True),
        (Figure("a", 8.1, "ms", at_most=8), False),
        (Figure("a", 9.9, "×", at_least=10), False),
        (Figure("a", 10.0, "×", at_least=10), True),
        (Figure("a", float("nan"), "ms"), None),
    ],
)
def test_targets(figure: Figure, met: bool | None) -> None:
    assert figure.met is met


def test_a_row_tells_all() -> None:
    figure = Figure("load", 30_000.0, "rows/s", at_least=25_000, peer="naive", peer_value=20_000.0, note="cold")
    assert table([row("load", "M", figure)]).splitlines()[2] == (
        "| load (cold) | M | 30,000 rows/s | ≥ 25,000 | yes | naive: 20,000 rows/s, 1.5 × its "
        "| `./rainmaker bench load --size M` | 2026-01-01 10:00 |  |"
    )
    assert "| **no** |" in table([row("load", "S", Figure("x", 2.0, "s", at_most=1))])
    assert [number(value) for value in (0.01234, 3.0, 12.34, 1234.5)] == ["0.0123", "3", "12.3", "1,234"]


def test_measuring_again_replaces_only_what_was_measured() -> None:
    kept = [row(name, size, Figure("old", 1, "s")) for name in ("a", "b") for size in ("S", "M")]
    rows = renewed(kept, [row("b", "S", Figure("new", 2, "s")), row("b", "L", Figure("new", 3, "s"))])
    found = [(one.benchmark, one.size, one.figure.what) for one in rows]
    assert found == [("a", "S", "old"), ("a", "M", "old"), ("b", "S", "new"), ("b", "M", "old"), ("b", "L", "new")]


def test_what_is_written_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "RESULTS", tmp_path)
    monkeypatch.setattr(results, "_KEPT", tmp_path / "results.json")
    assert read_rows() == []
    rows = [row("a", size, Figure("time", value, "s", at_most=5)) for size, value in (("S", 0.1), ("M", 1.0))]
    write_rows(rows)
    assert read_rows() == rows
    draw_growth(rows, tmp_path)
    assert "<svg" in (tmp_path / "time.svg").read_text()
    assert not (tmp_path / "memory.svg").exists()


def test_exponents() -> None:
    assert exponent([(1e5, 2.0), (1e6, 20.0), (1e7, 200.0)]) == pytest.approx(1)
    assert exponent([(1e5, 3.0), (1e7, 300.0 * 100)]) == pytest.approx(2)


def test_every_module_has_a_benchmark_of_its_own() -> None:
    assert len(benchmarks()) == len(MODULES)
    for name, benchmark in benchmarks().items():
        assert name == benchmark.name
        assert benchmark.about

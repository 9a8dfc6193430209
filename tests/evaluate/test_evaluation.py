"""A whole evaluation of a small generated folder, twice."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli.main import app
from service.evaluate import evaluation
from service.evaluate.candidates import SampleSizes
from service.evaluate.evaluation import Evaluation, Plan, measured
from service.evaluate.forward import BASELINES
from service.evaluate.report import page
from service.evaluate.summary import HEADER, summary
from service.generate.folder import generate_folder
from service.generate.graph import Wish
from service.settings import DEMO_DATA

SMALL = Plan(
    seed=3,
    days=400,
    sizes=SampleSizes(topics=4, listeners=6, others=8, of_all=15, nearest=3, others_of_all=4),
    hidden_pairs=120,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("evaluate")
    generate_folder(DEMO_DATA, place / "small", Wish(300, 3_000, 1), 1.0, place / "shape.svg")
    return place / "small"


@pytest.fixture(scope="module")
def found(folder: Path) -> Evaluation:
    return measured(folder, SMALL, lambda _: None)


def test_a_second_run_gives_the_same_page(folder: Path, found: Evaluation) -> None:
    again = measured(folder, SMALL, lambda _: None)
    assert page(again, "x") == page(found, "x")


def test_another_seed_asks_something_else(folder: Path, found: Evaluation) -> None:
    other = measured(folder, Plan(4, SMALL.days, SMALL.sizes, SMALL.hidden_pairs), lambda _: None)
    assert other.forward["path strength"].auc != found.forward["path strength"].auc


def test_every_predictor_is_measured(found: Evaluation) -> None:
    assert list(found.forward)[: len(BASELINES) + 1] == ["path strength", *BASELINES]
    assert found.forward["chance"].auc.value == 0.5
    assert found.choice.tuned.keys() == {"path strength", *(formula.name for formula in found.choice.tried)}
    for ranking in found.forward.values():
        assert 0 <= ranking.auc.low <= ranking.auc.value <= ranking.auc.high <= 1
        assert 0 <= ranking.precision.value <= 1
    rows = summary(found)
    assert {len(row) for row in rows} == {len(HEADER)}
    assert [row[1] for row in rows if row[0] == "forward"] == list(found.forward)
    assert [row[1] for row in rows if row[0] == "held-out"] == list(found.held_out)


def test_the_calibration_counts_every_new_tie(found: Evaluation) -> None:
    calibration = found.calibration
    assert list(calibration.curve.outcomes) == sorted(calibration.curve.outcomes)
    assert sum(each.formed for each in calibration.bins) > 0
    assert all(each.low <= each.strength <= each.high for each in calibration.bins)


def test_the_command_writes_its_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "Plan", lambda seed, days: Plan(seed, days, SMALL.sizes, SMALL.hidden_pairs))
    done = CliRunner().invoke(app, ["evaluate", str(folder), "--days", "400", "--seed", "3"])
    assert done.exit_code == 0, done.stderr
    assert "path strength" in done.stdout
    written = (folder / "accuracy.md").read_text(encoding="utf-8")
    assert "`./rainmaker evaluate small --days 400 --seed 3`" in " ".join(written.split())  # lines are broken anywhere
    assert "| path strength | " in written


def test_a_folder_without_history_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name\na,Ada\n")
    done = CliRunner().invoke(app, ["evaluate", str(tmp_path)])
    assert done.exit_code == 2
    assert "Nothing in the folder is dated, so" in done.stderr

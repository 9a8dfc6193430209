"""`generate`, as people call it."""

from pathlib import Path

from typer.testing import CliRunner, Result

from service.cli.main import app


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["generate", *map(str, words)])


def test_two_shapes_side_by_side_and_a_picture(tmp_path: Path) -> None:
    done = call(tmp_path / "g", "--people", "1000", "--trust", "9000", "--plot", tmp_path / "here.svg")
    assert done.exit_code == 0, done.stderr
    rows = [line.split("  ") for line in done.stdout.splitlines()]
    figures = {row[0].strip(): [cell.strip() for cell in row[1:] if cell.strip()] for row in rows}
    assert figures["people"] == ["7,504", "1,000"]
    assert figures["trust relationships"] == ["114,503", "9,000"]
    assert f"./rainmaker load {tmp_path / 'g'}" in done.stderr
    assert "<svg" in (tmp_path / "here.svg").read_text()
    assert sorted(file.name for file in (tmp_path / "g").iterdir()) == [
        "brands.parquet",
        "dataset.toml",
        "interactions.parquet",
        "people.parquet",
        "roles.parquet",
        "topics.parquet",
        "trust.parquet",
    ]


def test_how_large_is_said_once(tmp_path: Path) -> None:
    for words in ([], ["--people", "100"], ["--size", "S", "--trust", "5"]):
        done = call(tmp_path / "g", *words)
        assert done.exit_code == 2
        assert "both --people and --trust, or --size alone" in done.stderr
    assert not (tmp_path / "g").exists()


def test_a_picture_that_cannot_be_drawn_is_told_before_anything_is_written(tmp_path: Path) -> None:
    done = call(tmp_path / "g", "--people", "100", "--trust", "500", "--plot", tmp_path / "picture.docx")
    assert done.exit_code == 2
    assert "picture.docx" in done.stderr
    assert not (tmp_path / "g").exists()

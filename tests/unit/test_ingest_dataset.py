"""dataset.toml: what it may say, and what stops a load."""

from datetime import date
from pathlib import Path

import pytest

from service.domain.model import Dataset
from service.ingest.dataset_file import read_dataset
from service.ingest.errors import NothingLoaded


def dataset(tmp_path: Path, content: str | bytes) -> Dataset:
    (tmp_path / "dataset.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_dataset(tmp_path)[0]


def test_everything(tmp_path: Path) -> None:
    content = (
        'name = "Tea"\nas_of = 2026-07-31\n[trust]\nsaturation = 2\nhalf_life_days = 100.5\n'
        "[trust.weights]\nZ = 0\nA = 1\n"
        '[activity]\ncontent = ["Z", "A", "Z"]\n'
    )
    found = dataset(tmp_path, content)
    assert found == Dataset("Tea", date(2026, 7, 31), 2.0, 100.5, {"A": 1.0, "Z": 0.0}, ("A", "Z"))
    assert list(found.weights) == ["A", "Z"]
    assert all(type(weight) is float for weight in found.weights.values())


def test_defaults(tmp_path: Path) -> None:
    expected = Dataset(tmp_path.name, None, 3.0, 730.0, {})
    assert read_dataset(tmp_path) == (expected, ())
    assert dataset(tmp_path, "") == expected
    assert dataset(tmp_path, "[trust]\n[trust.weights]\n") == expected


def test_a_bom_and_crlf(tmp_path: Path) -> None:
    assert dataset(tmp_path, b'\xef\xbb\xbfname = "Tea"\r\n').name == "Tea"


def test_unknown_keys(tmp_path: Path) -> None:
    (tmp_path / "dataset.toml").write_text("color = 1\n[trust]\nfoo = 1\n[other]\nx = 1\n[activity]\nbar = 1\n")
    assert read_dataset(tmp_path)[1] == ("color", "other", "trust.foo", "activity.bar")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name = ", "cannot be read"),
        (b'name = "\xff"', "cannot be read"),
        ("name = 3", "name is not a text"),
        ('name = ""', "name is not a text"),
        ('name = "\\u0000"', "name is not a text"),
        (f'name = "{"x" * 1001}"', "name is not a text"),
        ('as_of = "2026-07-31"', "as_of is not a date"),
        ("as_of = 2026-07-31T00:00:00Z", "as_of is not a date"),
        ("trust = 3", "trust is not a table"),
        ("[trust]\nweights = 3", "weights is not a table"),
        ("[trust]\nsaturation = 0", "saturation is 0; it must be above 0"),
        ("[trust]\nsaturation = -1", "saturation is -1; it must be above 0"),
        ("[trust]\nsaturation = inf", "saturation is not a number"),
        ("[trust]\nsaturation = true", "saturation is not a number"),
        ('[trust]\nsaturation = "3"', "saturation is not a number"),
        ("[trust]\nhalf_life_days = 0", "half_life_days is 0; it must be above 0"),
        ("[trust]\nhalf_life_days = nan", "half_life_days is not a number"),
        ("[trust.weights]\nREVIEW = -0.1", r"trust\.weights\.REVIEW is -0\.1; it must be at least 0"),
        ('[trust.weights]\nREVIEW = "1"', r"trust\.weights\.REVIEW is not a number"),
        ('[trust.weights]\n"" = 1', "a kind in trust.weights"),
        (f"[trust.weights]\n{'K' * 201} = 1", "a kind in trust.weights"),
        ("activity = 3", "activity is not a table"),
        ('[activity]\ncontent = "REVIEW"', r"activity\.content is not a list of kinds"),
        ('[activity]\ncontent = [""]', r"activity\.content is not a list of kinds"),
    ],
)
def test_what_stops_a_load(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(NothingLoaded, match=rf"dataset\.toml.*{message}"):
        dataset(tmp_path, content)

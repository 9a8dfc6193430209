"""Rows that are written side by side lock nothing in common, and none is lost on the way."""

from collections.abc import Callable
from functools import partial
from itertools import combinations

import polars as pl
import pytest

from service.store import lanes


def _everybody(frame: pl.DataFrame, columns: list[str]) -> set[tuple[str, str]]:
    """Whom a frame refers to; people and brands may have the same id."""
    kinds = {"fromId": "person", "toId": "person", "personId": "person", "brandId": "brand", "id": "thing"}
    return {(kinds[column], value) for column in columns for value in frame[column]}


@pytest.mark.parametrize(
    ("split", "columns", "rounds"),
    [
        (lanes.between_people, ["fromId", "toId"], 3),
        (partial(lanes.across, one="personId", other="brandId"), ["personId", "brandId"], 2),
    ],
)
@pytest.mark.parametrize("size", [0, 1, 2, 30])
def test_frames_of_a_round_have_nobody_in_common(
    split: Callable[[pl.DataFrame], lanes.Rounds], columns: list[str], rounds: int, size: int
) -> None:
    ids = [f"p{n}" for n in range(size)]
    rows = pl.DataFrame({columns[0]: ids, "n": range(size)}).join(pl.DataFrame({columns[1]: ids}), how="cross")
    done = split(rows)
    assert len(done) == rounds
    for frames in done:
        assert len(frames) <= 2
        for one, other in combinations(frames, 2):
            assert not _everybody(one, columns) & _everybody(other, columns)
    frames = [frame for frames in done for frame in frames]
    assert sorted(row for frame in frames for row in frame.rows()) == sorted(rows.rows())
    assert size < 30 or len(frames) == 2 * rounds, "many rows, and yet nothing to write beside them"


@pytest.mark.parametrize("size", [0, 1, 2, 7])
def test_things_are_halved(size: int) -> None:
    rows = pl.DataFrame({"id": [f"p{n}" for n in range(size)]}, schema={"id": pl.String})
    (frames,) = lanes.of_things(rows)
    assert [row for frame in frames for row in frame.rows()] == rows.rows()
    assert len(frames) == min(size, 2)

"""Which rows two transactions may write side by side: those that lock nothing in common, so that neither waits.

Each function gives rounds, to be written one after the other, of frames that may be written at once.
"""

import polars as pl

Rounds = list[list[pl.DataFrame]]

_PARTS = 4
_PAIRS = (((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2)))
"""Every pair of the four parts once; the two pairs of a round have no part in common."""


def of_things(rows: pl.DataFrame) -> Rounds:
    """Rows that say something each of a node of its own: any two halves."""
    half = (rows.height + 1) // 2
    return _filled([[rows.head(half), rows.slice(half)]])


def between_people(rows: pl.DataFrame) -> Rounds:
    """People (`fromId`, `toId`) fall into four parts. A row between two parts goes with their pair, a row inside a part
    with the pair that the first round has for it."""
    listener, speaker = (pl.col(column).hash() % _PARTS for column in ("fromId", "toId"))
    partner = listener + 1 - 2 * (listener % 2)
    other = pl.when(listener == speaker).then(partner).otherwise(speaker)
    lane = pl.min_horizontal(listener, other) * _PARTS + pl.max_horizontal(listener, other)
    lanes = _by_lane(rows, lane)
    return _filled([[lanes.get(low * _PARTS + high) for low, high in pairs] for pairs in _PAIRS])


def across(rows: pl.DataFrame, one: str, other: str) -> Rounds:
    """Rows between things of two kinds, whose ids are in the columns `one` and `other`: both kinds fall into halves,
    and each half of the one has its turn with each of the other."""
    lanes = _by_lane(rows, pl.col(one).hash() % 2 * 2 + pl.col(other).hash() % 2)
    return _filled([[lanes.get(0), lanes.get(3)], [lanes.get(1), lanes.get(2)]])


def _by_lane(rows: pl.DataFrame, lane: pl.Expr) -> dict[int, pl.DataFrame]:
    parts = rows.with_columns(lane=lane).partition_by("lane", as_dict=True, include_key=False)
    return {int(key): part for (key,), part in parts.items()}


def _filled(rounds: list[list[pl.DataFrame | None]]) -> Rounds:
    """Without frames that hold nothing."""
    return [[frame for frame in frames if frame is not None and frame.height] for frames in rounds]

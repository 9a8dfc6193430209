"""Reads dataset.toml: what the numbers are made with."""

import math
import tomllib
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from service.domain.model import DEFAULT_HALF_LIFE_DAYS, DEFAULT_SATURATION, Dataset
from service.ingest.cells import MAX_ID, MAX_NAME
from service.ingest.errors import NothingLoaded
from service.ingest.tables import DATASET_FILE

if TYPE_CHECKING:
    from pathlib import Path

_TOP = ("name", "as_of", "trust", "activity")
_TRUST = ("saturation", "half_life_days", "weights")
_ACTIVITY = ("content",)


def read_dataset(folder: "Path") -> tuple[Dataset, tuple[str, ...]]:
    """The data set and the names of keys that mean nothing. Without a file: the folder's name and the defaults.

    Raises NothingLoaded where the file is no TOML or a value cannot be meant: every number would be wrong.
    """
    path = folder / DATASET_FILE
    if not path.is_file():
        return Dataset(name=folder.resolve().name or "graph"), ()
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise NothingLoaded(f"{DATASET_FILE} cannot be read: {error}.") from error
    trust = _section(content, "trust")
    weights = _section(trust, "weights")
    activity = _section(content, "activity")
    dataset = Dataset(
        name=_name(content.get("name", folder.resolve().name or "graph")),
        as_of=_day(content.get("as_of")),
        saturation=_number("trust.saturation", trust.get("saturation", DEFAULT_SATURATION), zero=False),
        half_life_days=_number("trust.half_life_days", trust.get("half_life_days", DEFAULT_HALF_LIFE_DAYS), zero=False),
        weights=MappingProxyType({kind: _weight(kind, weights[kind]) for kind in sorted(weights)}),
        content_kinds=_kinds("activity.content", activity.get("content", [])),
    )
    unknown = [key for key in content if key not in _TOP]
    unknown += [f"trust.{key}" for key in trust if key not in _TRUST]
    unknown += [f"activity.{key}" for key in activity if key not in _ACTIVITY]
    return dataset, tuple(unknown)


def _section(content: dict[str, object], key: str) -> dict[str, object]:
    section = content.get(key, {})
    if not isinstance(section, dict):
        raise NothingLoaded(f"{DATASET_FILE}: {key} is not a table.")
    return section


def _name(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= MAX_NAME or "\0" in value:
        raise NothingLoaded(f"{DATASET_FILE}: name is not a text of 1 to {MAX_NAME:,} characters.")
    return value


def _day(value: object) -> date | None:
    if value is None:
        return None
    if isinstance(value, datetime) or not isinstance(value, date):
        raise NothingLoaded(f"{DATASET_FILE}: as_of is not a date like 2026-07-31 (without quotes).")
    return value


def _kinds(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(kind, str) and _is_kind(kind) for kind in value):
        raise NothingLoaded(f"{DATASET_FILE}: {key} is not a list of kinds, texts of 1 to {MAX_ID} characters each.")
    return tuple(sorted(set(value)))


def _is_kind(text: str) -> bool:
    return 0 < len(text) <= MAX_ID and "\0" not in text


def _weight(kind: str, value: object) -> float:
    if not _is_kind(kind):
        raise NothingLoaded(f"{DATASET_FILE}: a kind in trust.weights is not a text of 1 to {MAX_ID} characters.")
    return _number(f"trust.weights.{kind}", value, zero=True)


def _number(key: str, value: object, *, zero: bool) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise NothingLoaded(f"{DATASET_FILE}: {key} is not a number.")
    if value < 0 or (value == 0 and not zero):
        raise NothingLoaded(f"{DATASET_FILE}: {key} is {value}; it must be {'at least' if zero else 'above'} 0.")
    return float(value)

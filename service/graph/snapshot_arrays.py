"""A snapshot taken apart into named arrays and a few plain values, and put together again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from service.domain.model import Dataset
from service.domain.snapshots import SnapshotInfo
from service.graph.snapshot import Brands, Distrust, Grounds, People, Roles, Snapshot, Topics, Trust
from service.graph.texts import Index, Texts

Array = npt.NDArray[Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PlainParts:
    """What of a snapshot is not an array."""

    info: SnapshotInfo
    dataset: Dataset
    channels: tuple[str, ...]
    evidence_kinds: tuple[str, ...]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "PlainParts":
        grounds = snapshot.trust.grounds
        return cls(snapshot.info, snapshot.dataset, grounds.channels, grounds.kinds)


def arrays_of(value: object) -> Iterator[tuple[str, Array]]:
    """Every array in a snapshot, or in a part of one, by the dotted name of its place."""
    if isinstance(value, np.ndarray):
        yield "", value
        return
    if isinstance(value, Texts):
        parts: Mapping[str, object] = {"blob": value.blob, "offsets": value.offsets}
    elif isinstance(value, Index):
        parts = {"ids": value.ids}
    elif is_dataclass(value):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
    else:
        return
    for name, part in parts.items():
        for inner, array in arrays_of(part):
            yield f"{name}.{inner}".rstrip("."), array


def frozen(snapshot: Snapshot) -> Snapshot:
    """The same snapshot, its arrays read-only from now on."""
    for _, array in arrays_of(snapshot):
        array.flags.writeable = False
    return snapshot


def snapshot_from(arrays: Mapping[str, Array], plain: PlainParts) -> Snapshot:
    """The inverse of `arrays_of` and `PlainParts.of`. KeyError for an array that is missing."""

    def texts(name: str) -> Texts:
        return Texts(arrays[f"{name}.blob"], arrays[f"{name}.offsets"])

    def part(kind: type[T], place: str, **given: object) -> T:
        rest = (field.name for field in fields(kind) if field.name not in given)  # type: ignore[arg-type]
        return kind(**given, **{name: arrays[f"{place}.{name}"] for name in rest})

    def named(kind: type[T], place: str, what: str) -> T:
        return part(kind, place, index=Index(texts(f"{place}.index.ids"), what), names=texts(f"{place}.names"))

    grounds = part(Grounds, "trust.grounds", channels=plain.channels, kinds=plain.evidence_kinds)
    return Snapshot(
        plain.info,
        plain.dataset,
        people=named(People, "people", "person"),
        brands=named(Brands, "brands", "brand"),
        topics=named(Topics, "topics", "topic"),
        roles=part(Roles, "roles"),
        trust=part(Trust, "trust", grounds=grounds),
        distrust=part(Distrust, "distrust"),
    )

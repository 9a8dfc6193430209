"""The id of a snapshot: equal graphs have equal ids, however they were put together."""

from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from numba import njit

from service.domain.model import Dataset
from service.graph.snapshot import Brands, Distrust, Int, People, Roles, Terms, Topics, Trust
from service.graph.texts import Offsets

Words = npt.NDArray[np.uint64]

_ODD, _OTHER_ODD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT = np.uint64(29)


def snapshot_id(
    dataset: Dataset, people: People, brands: Brands, topics: Topics, roles: Roles, trust: Trust, distrust: Distrust
) -> str:
    """Sixteen hexadecimal digits."""
    digest = blake2b(digest_size=8)
    weights = sorted(dataset.weights.items())
    settings = (dataset.name, dataset.as_of, dataset.saturation, dataset.half_life_days, weights, dataset.content_kinds)
    digest.update(repr(settings).encode())
    digest.update(repr(dataset.likelihood).encode())
    for texts in (people.index.ids, people.names, brands.index.ids, brands.names, topics.index.ids, topics.names):
        digest.update(texts.digest)
    for column in (
        people.opted_out, topics.parent, topics.known,
        roles.offsets, roles.person, roles.kind, roles.topic, roles.cost, roles.since, roles.until,
        distrust.offsets, distrust.to, distrust.topic, distrust.since,
    ):  # fmt: skip
        digest.update(np.ascontiguousarray(column).data)
    digest.update(trust.out_offsets.data)
    with np.errstate(over="ignore"):  # words wrap around
        rows = _sum_of_rows(trust.out_offsets, trust.to, trust.terms, trust.days, trust.grounds.digest)
    digest.update(rows.data)
    return digest.hexdigest()


@njit(cache=True, nogil=True)
def _sum_of_rows(offsets: Offsets, to: Int, terms: Terms, days: Int, grounds: Words) -> Words:
    """Two words that stand for all rows, whatever the order of equal ones and however days and grounds are numbered."""
    total = np.zeros(2, dtype=np.uint64)
    for owner in range(len(offsets) - 1):
        for row in range(offsets[owner], offsets[owner + 1]):
            said = terms[row]
            mixed = _mixed(_mixed(_ODD, np.uint64(owner)), np.uint64(to[row]))
            mixed = _mixed(_mixed(mixed, np.uint64(said["cost"])), np.uint64(said["topic"]))
            mixed = _mixed(mixed, np.uint64(np.int64(days[said["since"]])))
            mixed = _mixed(mixed, np.uint64(np.int64(days[said["last_seen"]])))
            mixed = _mixed(mixed, grounds[said["grounds"]])
            total[0] += mixed
            total[1] += ((mixed * _ODD) >> _SHIFT) ^ mixed
    return total


@njit(cache=True, nogil=True, inline="always")
def _mixed(mixed: np.uint64, word: np.uint64) -> np.uint64:
    mixed = (mixed ^ word) * _OTHER_ODD
    return mixed ^ (mixed >> _SHIFT)

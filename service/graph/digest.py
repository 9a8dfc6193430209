"""The id of a snapshot: equal graphs have equal ids, however they were put together."""

from collections.abc import Callable, Iterator
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from service.domain.model import Dataset
from service.graph.snapshot import Brands, Distrust, People, Roles, Topics, Trust
from service.graph.texts import Texts

Words = npt.NDArray[np.uint64]

_ODD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_SHIFT = np.uint64(29)
_BLOCK = 2**15
"""Rows mixed at a time: few enough to stay in the processor's cache."""


def snapshot_id(
    dataset: Dataset, people: People, brands: Brands, topics: Topics, roles: Roles, trust: Trust, distrust: Distrust
) -> str:
    """Sixteen hexadecimal digits."""
    digest = blake2b(digest_size=8)
    weights = sorted(dataset.weights.items())
    settings = (dataset.name, dataset.as_of, dataset.saturation, dataset.half_life_days, weights)
    digest.update(repr(settings).encode())
    for texts in (people.index.ids, people.names, brands.index.ids, brands.names, topics.index.ids, topics.names):
        _add_texts(digest.update, texts)
    for column in (
        people.opted_out, topics.parent, topics.known,
        roles.offsets, roles.person, roles.kind, roles.topic, roles.cost, roles.since, roles.until,
        distrust.offsets, distrust.to, distrust.topic, distrust.since,
    ):  # fmt: skip
        digest.update(np.ascontiguousarray(column).data)
    digest.update(trust.out_offsets.data)
    digest.update(_sum_of_rows(trust).data)
    return digest.hexdigest()


def _add_texts(update: Callable[[memoryview], None], texts: Texts) -> None:
    update(texts.offsets.data)
    update(texts.blob.data)


def _sum_of_rows(trust: Trust) -> Words:
    """Two words that stand for all rows, whatever the order of equal ones and however days and grounds are numbered."""
    total = np.zeros(2, dtype=np.uint64)
    for words in _blocks(trust):
        mixed = np.full(len(words[0]), _ODD[0])
        for word in words:
            mixed = (mixed ^ word) * _ODD[1]
            mixed ^= mixed >> _SHIFT
        again = ((mixed * _ODD[0]) >> _SHIFT) ^ mixed
        total += np.array([mixed.sum(), again.sum()], dtype=np.uint64)
    return total


def _blocks(trust: Trust) -> Iterator[list[Words]]:
    """The columns of some rows at a time, each as words."""
    for begin in range(0, len(trust.to), _BLOCK):
        rows = slice(begin, begin + _BLOCK)
        terms = trust.terms[rows]
        owner = np.searchsorted(trust.out_offsets, np.arange(begin, begin + len(terms)), side="right")
        columns = (
            owner, trust.to[rows], terms["cost"], terms["topic"],
            trust.days[terms["since"]], trust.days[terms["last_seen"]],
        )  # fmt: skip
        yield [*(column.astype(np.uint64) for column in columns), trust.grounds.digest[terms["grounds"]]]

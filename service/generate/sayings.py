"""What each pair rests on: every generated pair is modelled on one of the original's between people like them.

A model pair brings all its rows with it: how many topics, since when, how strong, on what evidence, paid or not.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.random import Generator

    from service.generate.original import Ints, Original
    from service.generate.society import Society
    from service.generate.wiring import Pairs

_LEVELS = 12
_FEWEST = 30
"""A bucket of fewer model pairs is joined with its neighbours, or one pair would be copied all over."""


def model_pairs(original: "Original", society: "Society", pairs: "Pairs", random: "Generator") -> "Ints":
    """The number of an original pair for each pair: drawn from those whose listener trusts, and whose speaker is
    trusted by, about as many. Mutual pairs are modelled on mutual ones, mirrors on the model's mirror."""
    ties = original.ties
    mirror = mirrors(original)
    listens = _level(original.mutual + original.told)
    speaks = _level(original.mutual + original.heard)
    level_of_model = listens[ties.listener] * _LEVELS + speaks[ties.speaker]
    level = listens[society.model[pairs.listener]] * _LEVELS + speaks[society.model[pairs.speaker]]
    alone, together = np.flatnonzero(mirror < 0), np.flatnonzero(mirror >= 0)
    model = np.empty(len(level), dtype=np.int64)
    model[2 * pairs.mutual :] = _drawn(alone, level_of_model, level[2 * pairs.mutual :], random)
    model[: pairs.mutual] = _drawn(together, level_of_model, level[: pairs.mutual], random)
    model[pairs.mutual : 2 * pairs.mutual] = mirror[model[: pairs.mutual]]
    return model


def mirrors(original: "Original") -> "Ints":
    """For each of the original's pairs the number of the pair in the other direction, or −1."""
    ties, people = original.ties, original.people.height
    forth, back = ties.listener * people + ties.speaker, ties.speaker * people + ties.listener
    at = np.minimum(np.searchsorted(forth, back), len(forth) - 1)
    return np.where(forth[at] == back, at, -1)


def _drawn(models: "Ints", level_of_model: "Ints", level: "Ints", random: "Generator") -> "Ints":
    """One of `models` of each level, or of a near one."""
    if not len(level):
        return np.empty(0, dtype=np.int64)
    bucket_of_model, bucket_of_level = _joined(level_of_model[models])
    by_bucket = models[np.argsort(bucket_of_model, kind="stable")]
    sizes = np.bincount(bucket_of_model)
    begins = np.cumsum(sizes) - sizes
    bucket = bucket_of_level[level]
    drawn: Ints = by_bucket[begins[bucket] + (random.random(len(bucket)) * sizes[bucket]).astype(np.int64)]
    return drawn


def rows_of(pairs: "Ints", first_row: "Ints") -> tuple["Ints", "Ints"]:
    """For model `pairs`: to which position each row belongs, and which row of the original it is modelled on."""
    sizes = np.diff(first_row)[pairs]
    owner = np.repeat(np.arange(len(pairs)), sizes)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return owner, first_row[pairs][owner] + within


def _level(degree: "Ints") -> "Ints":
    return np.minimum(np.log2(np.maximum(degree, 1)).astype(np.int64), _LEVELS - 1)


def _joined(bucket: "Ints") -> tuple["Ints", "Ints"]:
    """Buckets in a row joined until each holds enough: the new number of each, and of every former
    number."""
    counts = np.bincount(bucket, minlength=_LEVELS * _LEVELS)
    number, new, held = 0, np.empty(len(counts), dtype=np.int64), 0
    for former, count in enumerate(counts):
        if held >= _FEWEST:
            number, held = number + 1, 0
        new[former] = number
        held += count
    if held < _FEWEST and number:
        new[new == number] = number - 1
    return new[bucket], new

"""Candidates for new ties on a topic: people two or three steps away, those with whom a tie formed, and others.

There are two samples of them. For ranking: listeners with whom a tie did form, each with all of their new ties and
some others at each distance. For likelihood: all new ties of the topic, and others of listeners drawn from everybody,
each standing for as many as it was drawn from. Of these, the people most trusted over two steps are all taken: they are
few, and without them nothing could be said of strong paths.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.domain.likelihood import FARTHEST, NEAREST
from service.evaluate.network import Network, People

NewTies = Mapping[int, People]
"""For each listener, in order, whom they came to trust."""

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SampleSizes:
    """How many are drawn. Of each topic: `listeners` to rank for, with `others` at each distance beside their new
    ties; and `of_all` listeners from everybody, with the `nearest` most trusted over two steps, and `others_of_all` of
    the rest at each distance."""

    topics: int = 24
    listeners: int = 20
    others: int = 25
    of_all: int = 80
    nearest: int = 12
    others_of_all: int = 8


@dataclass(frozen=True, slots=True)
class Candidates:
    """Aligned columns: might `listener` come to trust `speaker`, `hops` steps away? `formed` says it did; `weight`
    is how many candidates each one stands for."""

    listener: People
    speaker: People
    hops: People
    formed: Flags
    weight: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.listener)

    @classmethod
    def joined(cls, parts: Iterable["Candidates"]) -> "Candidates":
        """All candidates of several samples, one after the other."""
        columns = [(each.listener, each.speaker, each.hops, each.formed, each.weight) for each in parts]
        return cls(*(np.concatenate(column) for column in zip(*columns, strict=True)))


def for_ranking(rng: np.random.Generator, network: Network, new: NewTies, sizes: SampleSizes) -> list[Candidates]:
    """The candidates of each listener drawn, new ties and others; listeners without a new tie in reach have none."""
    ranked: list[Candidates] = []
    for listener in rng.permutation(list(new)).tolist():
        if len(ranked) == sizes.listeners:
            break
        parts = []
        for hops, ring in _rings(network, listener):
            came = np.isin(ring, new[listener])
            parts += [
                _candidates(listener, ring[came], hops, formed=True),
                _candidates(listener, _drawn(rng, ring[~came], sizes.others), hops, formed=False),
            ]
        candidates = Candidates.joined(parts)
        if 0 < candidates.formed.sum() < len(candidates):
            ranked.append(candidates)
    return ranked


def for_likelihood(rng: np.random.Generator, network: Network, new: NewTies, sizes: SampleSizes) -> Candidates:
    """All new ties within reach, and others of listeners drawn from everybody who trusts somebody."""
    parts = [
        _candidates(listener, ring[np.isin(ring, speakers)], hops, formed=True)
        for listener, speakers in new.items()
        for hops, ring in _rings(network, listener)
    ]
    everybody = network.listeners
    drawn = _drawn(rng, everybody, sizes.of_all)
    for listener in drawn.tolist():
        nearest = _most_trusted(network, listener, new, sizes.nearest)
        parts.append(_candidates(listener, nearest, NEAREST, formed=False, weight=len(everybody) / len(drawn)))
        for hops, ring in _rings(network, listener):
            others = ring[~np.isin(ring, [*new.get(listener, ()), *nearest])]
            few = _drawn(rng, others, sizes.others_of_all)
            each = len(everybody) / len(drawn) * len(others) / max(len(few), 1)
            parts.append(_candidates(listener, few, hops, formed=False, weight=each))
    return Candidates.joined(parts)


def _most_trusted(network: Network, listener: int, new: NewTies, most: int) -> People:
    """Of those two steps away with whom no tie formed, the ones with the greatest sum of strength over these steps."""
    _, ring = network.rings(listener, NEAREST)
    others = ring[~np.isin(ring, new.get(listener, ()))]
    strength = (network.trust[[listener]] @ network.trust).toarray()[0, others]
    return np.sort(others[np.argsort(-strength, kind="stable")[:most]])


def _rings(network: Network, listener: int) -> list[tuple[int, People]]:
    rings = network.rings(listener, FARTHEST)
    return [(hops, rings[hops - 1]) for hops in range(NEAREST, FARTHEST + 1)]


def _drawn(rng: np.random.Generator, people: People, most: int) -> People:
    """Some of them, in order; all where there are no more."""
    return people if len(people) <= most else np.sort(rng.choice(people, most, replace=False))


def _candidates(listener: int, speakers: People, hops: int, *, formed: bool, weight: float = 1.0) -> Candidates:
    count = len(speakers)
    return Candidates(
        np.full(count, listener, dtype=np.int32),
        speakers.astype(np.int32),
        np.full(count, hops, dtype=np.int32),
        np.full(count, formed, dtype=np.bool_),
        np.full(count, weight),
    )

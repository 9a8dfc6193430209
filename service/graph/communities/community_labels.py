"""What to call a community: the subtopics and the brand that tell it from the rest. Definition: docs/communities.md."""

from collections import Counter

import numpy as np

from service.graph.communities.partition import Integers, Partition, summed
from service.graph.communities.projection import Projection
from service.graph.open_trust import OpenTrust, Weights, strength_by_topic
from service.graph.snapshot import Flags, Int, Snapshot
from service.graph.topic_scope import GENERAL

MOST_TOPICS = 2
LEAST_PEOPLE = 2
"""A brand names a community only if so many of its people are in it."""


def labels(
    snapshot: Snapshot,
    trust: OpenTrust,
    projection: Projection,
    cut: Partition,
    kept: Flags,
    topic: int | None,
    presence: Int,
) -> dict[int, str]:
    """A label for every kept community. Where the words do not tell them apart, the name of their centre is added.

    `presence` has a row (brand, vertex) for each person of the projection with a role at a brand.
    """
    topics = _distinguishing_topics(trust, projection, cut, kept, topic)
    brands = _distinguishing_brands(cut, presence)
    said = {c: _said(snapshot, topics.get(c, []), brands.get(c, [])) for c in np.flatnonzero(kept).tolist()}
    usage = Counter(said.values())
    centres = _centres(cut)
    names = snapshot.people.names
    return {
        c: words if words and usage[words] == 1 else _around(words, names[int(projection.people[centres[c]])])
        for c, words in said.items()
    }


def _said(snapshot: Snapshot, topics: list[int], brands: list[int]) -> str:
    parts = (
        ", ".join(snapshot.topics.names[topic] for topic in topics[:MOST_TOPICS]),
        ", ".join(snapshot.brands.names[brand] for brand in brands[:1]),
    )
    return " · ".join(filter(None, parts))


def _around(words: str, centre: str) -> str:
    return " · ".join(filter(None, (words, f"around {centre}")))


def _centres(cut: Partition) -> Int:
    """For each community the vertex with the most weight inside; of several the first by id."""
    order = np.lexsort((-cut.inside(), cut.membership))
    return order[np.searchsorted(cut.membership[order], np.arange(len(cut.sizes)))].astype(np.int32)


def _distinguishing_topics(
    trust: OpenTrust, projection: Projection, cut: Partition, kept: Flags, topic: int | None
) -> dict[int, list[int]]:
    """By trust: what part of the strength inside rests on a topic, against the whole projection."""
    community_of = np.full(len(trust.opted_out), -1, dtype=np.int32)
    community_of[projection.people] = cut.membership
    owner, topics, strength, usual = strength_by_topic(trust, community_of, kept)
    size = summed(owner, strength, len(cut.sizes))
    named = (topics != GENERAL) & (topics != (GENERAL if topic is None else topic))
    return _told_apart(owner[named], topics[named], strength[named], size, usual / usual.sum(), least=0)


def _distinguishing_brands(cut: Partition, presence: Int) -> dict[int, list[int]]:
    """By people: what part of the members has a role at a brand, against the whole projection."""
    brands, vertices = presence[:, 0], presence[:, 1]
    usual = np.bincount(brands) / max(len(cut.membership), 1)
    ones = np.ones(len(brands))
    return _told_apart(cut.membership[vertices], brands, ones, cut.sizes.astype(np.float64), usual, least=LEAST_PEOPLE)


def _told_apart(
    community: Integers, thing: Integers, weight: Weights, size: Weights, usual: Weights, least: float
) -> dict[int, list[int]]:
    """The things of each community that are more common inside than usual, the most telling first.

    Ordered by p · ln(p / q), p being the thing's part inside and q = `usual` its part everywhere: a term of the
    Kullback–Leibler divergence, great where a thing is both common inside and rarer elsewhere.
    """
    things = max(len(usual), 1)
    keys, place = np.unique(community.astype(np.int64) * things + thing, return_inverse=True)
    amount = summed(place, weight, len(keys))
    owner, what = keys // things, keys % things
    part = amount / size[owner]
    information = part * np.log(part / usual[what])
    # Rounding must not make a thing telling that is exactly as common as everywhere.
    telling = np.flatnonzero((information > 1e-9) & (amount >= least))
    order = telling[np.lexsort((what[telling], -information[telling], owner[telling]))]
    found: dict[int, list[int]] = {}
    for c, t in zip(owner[order].tolist(), what[order].tolist(), strict=True):
        found.setdefault(c, []).append(t)
    return found

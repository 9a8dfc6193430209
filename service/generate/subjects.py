"""What each relationship is about: trees of topics copied from the original, and a topic for each row.

Rows of one pair are about different topics. Most are the speaker's own few subjects, or their community's; shares
are measured on the original.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from service.generate.original import NO_TOPIC
from service.generate.sayings import mirrors

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from service.generate.original import Ints, Original
    from service.generate.society import Society
    from service.generate.wiring import Pairs

OWN = 3
"""So many subjects are a person's own."""

SHARED = 24
"""So many subjects are a community's."""

_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Subjects:
    """Generated topics as numbers: field f has `first[f]:first[f + 1]`. `model` is the original's topic, `parent` the
    generated one (or NO_TOPIC); `weight` adds up from topic to topic, all fields in a row."""

    model: "Ints"
    parent: "Ints"
    first: "Ints"
    weight: "NDArray[np.float64]"


def plant(original: "Original", field_model: "Ints", random: "Generator") -> Subjects:
    """A copy of the original's tree for each field, weights varied by a quarter."""
    forest = original.forest
    if forest.trees == 0:
        return Subjects(
            np.empty(0, np.int64), np.empty(0, np.int64), np.zeros(len(field_model) + 1, np.int64), np.zeros(1)
        )
    trees = [np.flatnonzero(forest.tree == tree) for tree in range(forest.trees)]
    position = np.empty(len(forest.tree), dtype=np.int64)
    for tree in trees:
        position[tree] = np.arange(len(tree))
    sizes = np.array([len(trees[tree]) for tree in field_model])
    first = np.concatenate([[0], np.cumsum(sizes)])
    model = np.concatenate([trees[tree] for tree in field_model])
    above = forest.parent[model]
    parent = np.where(above == NO_TOPIC, NO_TOPIC, position[above] + np.repeat(first[:-1], sizes))
    weights = forest.relationships[model] * random.lognormal(0.0, 0.25, len(model))
    return Subjects(model, parent, first, np.concatenate([[0.0], np.cumsum(weights)]))


@dataclass(frozen=True, slots=True)
class Focus:
    """Shares of rows that are about the speaker's, or the listener's, OWN most frequent topics, and of rows that are
    neither, about the SHARED most frequent ones of the speaker's community."""

    speaker: float
    listener: float
    community: float


def measure_focus(original: "Original") -> Focus:
    """How the original's rows keep to few topics."""
    ties = original.ties
    about = ties.row_topic != NO_TOPIC
    if not about.any():
        return Focus(0.0, 0.0, 0.0)
    topic = ties.row_topic[about]
    speaker, listener = (np.repeat(end, np.diff(ties.first_row))[about] for end in (ties.speaker, ties.listener))
    spoken, heard = _among_top(speaker, topic, OWN), _among_top(listener, topic, OWN)
    other = ~spoken & ~heard
    shared = _among_top(original.community[speaker], topic, SHARED)[other]
    return Focus(float(spoken.mean()), float(heard.mean()), float(shared.mean()) if len(shared) else 0.0)


def _among_top(group: "Ints", topic: "Ints", top: int) -> "NDArray[np.bool_]":
    """Whether each row's topic is one of the `top` most frequent of its group."""
    keys, place, counts = np.unique(group * (int(topic.max()) + 1) + topic, return_inverse=True, return_counts=True)
    of = keys // (int(topic.max()) + 1)
    order = np.lexsort((-counts, of))
    begins = np.searchsorted(of[order], of[order])
    among = np.empty(len(keys), dtype=bool)
    among[order] = np.arange(len(keys)) - begins < top
    return among[place]


def choose(
    society: "Society", subjects: Subjects, focus: Focus, pairs: "Pairs", pair: "Ints", random: "Generator"
) -> "Ints":
    """A topic for each row, by the row's pair; NO_TOPIC where none is found that the pair does not have yet."""
    topics = np.full(len(pair), NO_TOPIC, dtype=np.int64)
    if not len(subjects.model):
        return topics
    taste = _taste(society, subjects, random)
    open_rows = np.arange(len(pair))
    taken = np.empty(0, dtype=np.int64)
    for attempt in range(_ROUNDS):
        of = pair[open_rows]
        drawn = taste.draw(focus, pairs.speaker[of], pairs.listener[of], attempt, random)
        said = of * len(subjects.model) + drawn
        new = _first_times(said, taken)
        topics[open_rows[new]] = drawn[new]
        taken = np.sort(np.concatenate([taken, said[new]]))
        open_rows = open_rows[~new]
    return topics


@dataclass(frozen=True, slots=True)
class _Taste:
    """OWN topics of each person, SHARED ones of each community."""

    society: "Society"
    subjects: Subjects
    own: "Ints"
    shared: "Ints"

    def draw(self, focus: Focus, speaker: "Ints", listener: "Ints", attempt: int, random: "Generator") -> "Ints":
        """A topic each; later attempts draw wider: without the people's own, without the community's, by no weight."""
        field = self.society.field[speaker]
        drawn = _of_field(self.subjects, field, random, even=attempt >= _ROUNDS // 2)
        if attempt >= _ROUNDS // 2:
            return drawn
        size = len(speaker)
        near = self.society.community[speaker] * SHARED + random.integers(0, SHARED, size)
        drawn = np.where(random.random(size) < focus.community, self.shared[near], drawn)
        if attempt:
            return drawn
        by_speaker = focus.speaker * (1 - focus.listener / 2)
        by_listener = focus.listener * (1 - focus.speaker / 2)
        luck, which = random.random(size), random.integers(0, OWN, size)
        drawn = np.where(luck < by_speaker + by_listener, self.own[listener * OWN + which], drawn)
        return np.where(luck < by_speaker, self.own[speaker * OWN + which], drawn)


def _taste(society: "Society", subjects: Subjects, random: "Generator") -> _Taste:
    shared = _of_field(subjects, np.repeat(society.community_field, SHARED), random)
    picked = random.integers(0, SHARED, OWN * len(society.model))
    return _Taste(society, subjects, shared[np.repeat(society.community, OWN) * SHARED + picked], shared)


def measure_echo(original: "Original") -> float:
    """Where two people trust each other: how many of the topics that could be common to both directions are."""
    ties, mirror = original.ties, mirrors(original)
    topics = int(ties.row_topic.max()) + 2
    pair = np.repeat(np.arange(len(mirror)), np.diff(ties.first_row))
    told = pair * topics + ties.row_topic + 1
    answered = mirror[pair] >= 0
    echoed = np.isin(mirror[pair[answered]] * topics + ties.row_topic[answered] + 1, told).sum()
    sizes = np.diff(ties.first_row)
    could = np.minimum(sizes[mirror >= 0], sizes[mirror[mirror >= 0]]).sum()
    return float(echoed / could) if could else 0.0


def echo(topics: "Ints", pair: "Ints", mutual: int, share: float, random: "Generator") -> "Ints":
    """`topics` with those of mirrors (pairs `mutual` to 2 · `mutual`) taken from the pair they mirror, for a `share` of
    the rows that can; rows are ordered by pair. NO_TOPIC where the pair would have a topic twice."""
    begins = np.searchsorted(pair, np.arange(2 * mutual + 1))
    rows = np.arange(begins[mutual], begins[2 * mutual])
    source = begins[pair[rows] - mutual] + rows - begins[pair[rows]]
    can = (source < begins[pair[rows] - mutual + 1]) & (random.random(len(rows)) < share)
    echoed = topics.copy()
    echoed[rows[can]] = topics[source[can]]
    first = np.full(len(topics), fill_value=False)
    taken = np.zeros(len(topics), dtype=bool)
    taken[rows[can]] = True
    order = np.lexsort((~taken, echoed, pair))  # what was taken over goes before what was drawn
    first[order] = np.append(True, (np.diff(echoed[order]) != 0) | (np.diff(pair[order]) != 0))
    return np.where(first, echoed, NO_TOPIC)


def _of_field(subjects: Subjects, field: "Ints", random: "Generator", *, even: bool = False) -> "Ints":
    """A topic of each field, by weight or (`even`) each as likely as the other."""
    low, high = subjects.first[field], subjects.first[field + 1]
    if even:
        return low + (random.random(len(field)) * (high - low)).astype(np.int64)
    at = subjects.weight[low] + random.random(len(field)) * (subjects.weight[high] - subjects.weight[low])
    return np.clip(np.searchsorted(subjects.weight, at, side="right") - 1, low, high - 1)


def _first_times(said: "Ints", taken: "Ints") -> "NDArray[np.bool_]":
    _, first = np.unique(said, return_index=True)
    new = np.zeros(len(said), dtype=bool)
    new[first] = True
    if len(taken):
        at = np.minimum(np.searchsorted(taken, said), len(taken) - 1)
        new &= taken[at] != said
    return new

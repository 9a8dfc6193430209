"""A whole generated graph as arrays, step by step, each step with a source of chance of its own."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from service.generate.errors import CannotGenerate
from service.generate.original import NO_TOPIC
from service.generate.roles import Roles, staff
from service.generate.sayings import model_pairs, rows_of
from service.generate.society import Society, gather
from service.generate.subjects import Subjects, choose, echo, measure_echo, measure_focus, plant
from service.generate.wiring import measure_mixing, wire

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from service.generate.original import Ints, Original

FEWEST_PEOPLE = 10
_DENSEST = 8  # at most one in so many of all possible pairs
_ATTEMPTS = 8
_SURPLUS = 1.02


@dataclass(frozen=True, slots=True)
class Wish:
    """`paid` and `distrust` are shares of the relationships; None: as in the original. `trust` counts positive
    relationships only."""

    people: int
    trust: int
    seed: int
    paid: float | None = None
    distrust: float | None = None


@dataclass(frozen=True, slots=True)
class Relationships:
    """One row a (listener, speaker, topic); `model` is the original's row that strength, dates, channel and evidence
    are copied from. `paid` is None where the model says so itself."""

    listener: "Ints"
    speaker: "Ints"
    topic: "Ints"
    model: "Ints"
    distrust: "NDArray[np.bool_]"
    paid: "NDArray[np.bool_] | None"


@dataclass(frozen=True, slots=True)
class Graph:
    """All parts of a generated graph."""

    society: Society
    subjects: Subjects
    roles: Roles
    relationships: Relationships


def generate(original: "Original", wish: Wish) -> Graph:
    """Draw a graph. The same original and wish give the same graph. CannotGenerate where the numbers do not fit."""
    _require_room(original, wish)
    chance = [np.random.default_rng(source) for source in np.random.SeedSequence(wish.seed).spawn(_ATTEMPTS + 2)]
    share = original.distrust_share if wish.distrust is None else wish.distrust
    distrusted = round(wish.trust * share / (1 - share))
    wanted = wish.trust + distrusted
    pairs = max(1.0, _SURPLUS * wanted / (len(original.ties.row_topic) / len(original.ties.listener)))
    for attempt in range(_ATTEMPTS):
        society, subjects, relationships = _relate(original, wish.people, pairs, chance[attempt])
        if len(relationships[0]) >= wanted:
            cut = _cut(relationships, wanted, distrusted, wish.paid, chance[-2])
            return Graph(society, subjects, staff(original, society, subjects, chance[-1]), cut)
        pairs *= _SURPLUS * wanted / max(0.5, len(relationships[0]))
    raise CannotGenerate(
        f"{wish.people:,} people hold no {wanted:,} relationships of this shape "
        f"(the last attempt came to {len(relationships[0]):,}): take more people or less trust."
    )


def _require_room(original: "Original", wish: Wish) -> None:
    if wish.people < FEWEST_PEOPLE:
        raise CannotGenerate(f"--people is {wish.people}; it takes at least {FEWEST_PEOPLE}.")
    if wish.trust < 1:
        raise CannotGenerate(f"--trust is {wish.trust}; it takes at least 1.")
    a_pair = len(original.ties.row_topic) / len(original.ties.listener)
    most = int(wish.people * (wish.people - 1) / _DENSEST * a_pair)
    if wish.trust > most:
        raise CannotGenerate(
            f"--trust {wish.trust:,} is too much for {wish.people:,} people, who hold at most {most:,} in this shape: "
            "take more people or less trust."
        )
    for name, share in (("--paid", wish.paid), ("--distrust", wish.distrust)):
        if share is not None and not 0 <= share < 1:
            raise CannotGenerate(f"{name} is {share}; a share is at least 0 and below 1.")


def _relate(
    original: "Original", people: int, pair_count: float, random: "Generator"
) -> tuple[Society, Subjects, tuple["Ints", "Ints", "Ints", "Ints", "Ints"]]:
    """People, topics, and as many relationships as come of about `pair_count` pairs: (pair, listener, speaker, topic,
    model), ordered by pair."""
    society = gather(original, people, pair_count, random)
    subjects = plant(original, society.field_model, random)
    pairs = wire(society, measure_mixing(original), random)
    pair, model = rows_of(model_pairs(original, society, pairs, random), original.ties.first_row)
    topic = choose(society, subjects, measure_focus(original), pairs, pair, random)
    topic = echo(topic, pair, pairs.mutual, measure_echo(original), random)
    general = original.ties.row_topic[model] == NO_TOPIC
    topic[general] = NO_TOPIC
    kept = general | (topic != NO_TOPIC)
    pair, model, topic = pair[kept], model[kept], topic[kept]
    return society, subjects, (pair, pairs.listener[pair], pairs.speaker[pair], topic, model)


def _cut(
    relationships: tuple["Ints", "Ints", "Ints", "Ints", "Ints"],
    wanted: int,
    distrusted: int,
    paid: float | None,
    random: "Generator",
) -> Relationships:
    """Leave out pairs at random until exactly `wanted` relationships are left; mark those that are distrust or paid."""
    pair, listener, speaker, topic, model = relationships
    order = np.argsort(random.permutation(int(pair.max()) + 1)[pair], kind="stable")
    kept = np.sort(order[:wanted])
    kept = kept[np.lexsort((topic[kept], speaker[kept], listener[kept]))]
    distrust = np.zeros(wanted, dtype=bool)
    distrust[random.choice(wanted, distrusted, replace=False, shuffle=False)] = True
    bought = None if paid is None else random.random(wanted) < paid
    return Relationships(listener[kept], speaker[kept], topic[kept], model[kept], distrust, bought)

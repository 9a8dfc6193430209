"""Who trusts whom: ends of pairs are matched at random inside communities, fields, or anywhere.

A configuration model (Molloy & Reed 1995) in three levels: degrees are kept but for the ends that would make
somebody trust themselves or a pair come twice; these are matched again one level wider, and in the end dropped.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from service.generate.original import Ints, Original
    from service.generate.society import Society

_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Mixing:
    """The shares of pairs inside a community, and inside a field but between communities."""

    community: float
    field: float


@dataclass(frozen=True, slots=True)
class Pairs:
    """Who listens to whom. Pair i < `mutual` has its mirror at `mutual` + i; all from 2 · `mutual` on have none."""

    listener: "Ints"
    speaker: "Ints"
    mutual: int


def measure_mixing(original: "Original") -> Mixing:
    """How the original's pairs mix."""
    ties = original.ties
    same_community = original.community[ties.listener] == original.community[ties.speaker]
    same_field = original.field[ties.listener] == original.field[ties.speaker]
    return Mixing(float(same_community.mean()), float((same_field & ~same_community).mean()))


def wire(society: "Society", mixing: Mixing, random: "Generator") -> Pairs:
    """All pairs, none twice; degrees as the society wants them."""
    people = len(society.model)
    mutual = random.permutation(np.repeat(np.arange(people), society.mutual))
    told, heard = (np.repeat(np.arange(people), counts) for counts in (society.told, society.heard))
    half = len(mutual) // 2
    both_a, both_b, known = _wired(
        society, mutual[:half], mutual[half : 2 * half], mixing, np.empty(0, np.int64), random
    )
    one_a, one_b, _ = _wired(society, told, heard, mixing, known, random)
    return Pairs(np.concatenate([both_a, both_b, one_a]), np.concatenate([both_b, both_a, one_b]), len(both_a))


def _wired(
    society: "Society", left: "Ints", right: "Ints", mixing: Mixing, known: "Ints", random: "Generator"
) -> tuple["Ints", "Ints", "Ints"]:
    """Match each of `left` with one of `right`; `known` are the pairs (as numbers, whatever the direction) already
    there, and come back with the new ones."""
    places = {"community": society.community, "field": society.field, "anywhere": np.zeros_like(society.field)}
    kept_left, kept_right = [], []
    for place, share in _steps(mixing, len(left)):
        a, b, left, right = _match(places[place], share, left, right, random)
        new, known = _new_pairs(a, b, known, len(society.model))
        kept_left.append(a[new])
        kept_right.append(b[new])
        left, right = np.concatenate([left, a[~new]]), np.concatenate([right, b[~new]])
    return np.concatenate(kept_left), np.concatenate(kept_right), known


def _steps(mixing: Mixing, ends: int) -> "Iterator[tuple[str, float]]":
    """Where to match next, and what share of the ends still free: first as the pairs shall mix, then what is left over,
    each time a bit wider."""
    yield "anywhere", max(0.0, 1 - mixing.community - mixing.field)
    yield "community", mixing.community / max(1e-9, mixing.community + mixing.field)
    yield from (("field", 1.0),) * _ROUNDS
    yield from (("anywhere", 1.0),) * _ROUNDS


def _match(
    place: "Ints", share: float, left: "Ints", right: "Ints", random: "Generator"
) -> tuple["Ints", "Ints", "Ints", "Ints"]:
    """Match a `share` of the ends, as far as each place has ends for it: (left, right) matched, (left, right) over."""
    left, right = (ends[_by_place(place[ends], random)] for ends in (left, right))
    places = int(place.max()) + 1
    of_left, of_right = (np.bincount(place[ends], minlength=places) for ends in (left, right))
    wanted = np.floor(np.maximum(of_left, of_right) * share + random.random(places)).astype(np.int64)
    takes = np.minimum(wanted, np.minimum(of_left, of_right))
    taken_left, taken_right = (_rank_in_place(place[ends], places) < takes[place[ends]] for ends in (left, right))
    return left[taken_left], right[taken_right], left[~taken_left], right[~taken_right]


def _by_place(place: "Ints", random: "Generator") -> "Ints":
    """An order by place, random inside each."""
    shuffled = random.permutation(len(place))
    return shuffled[np.argsort(place[shuffled], kind="stable")]


def _rank_in_place(place: "Ints", places: int) -> "Ints":
    """The position of each inside its place; `place` is sorted."""
    sizes = np.bincount(place, minlength=places)
    return np.arange(len(place)) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def _new_pairs(a: "Ints", b: "Ints", known: "Ints", people: int) -> tuple["Ints", "Ints"]:
    """Which pairs are of two people and not there yet; `known` with these (sorted)."""
    numbers = np.minimum(a, b) * people + np.maximum(a, b)
    _, first = np.unique(numbers, return_index=True)
    new = np.zeros(len(a), dtype=bool)
    new[first] = True
    new &= a != b
    if len(known):
        at = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
        new &= known[at] != numbers
    return new, np.sort(np.concatenate([known, numbers[new]]))

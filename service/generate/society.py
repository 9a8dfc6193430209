"""The people of a generated graph: whom each one is modelled on, where they belong, how many they know."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from service.generate.brands import NO_BRAND, found, loyalty

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from service.generate.brands import Brands
    from service.generate.original import Ints, Original

FIELD_GROWTH = 0.5
"""Fields (trees of topics) grow with the square root of the people, as subjects do with text (Heaps' law)."""

TAIL = 0.01
SMALLEST_COMMUNITY = 10
_MOST_KNOWN = 0.25  # of all people, by one person


@dataclass(frozen=True, slots=True)
class Society:
    """`model` is the original's person that one is modelled on; `field_model` the original's tree of each field.
    `mutual`, `told`, `heard` as in Original."""

    model: "Ints"
    field: "Ints"
    community: "Ints"
    field_model: "Ints"
    community_field: "Ints"
    brands: "Brands"
    mutual: "Ints"
    told: "Ints"
    heard: "Ints"


def gather(original: "Original", people: int, pairs: float, random: "Generator") -> Society:
    """Draw `people` people who together make about `pairs` pairs."""
    active = np.flatnonzero(original.mutual + original.told + original.heard)
    model = active[stratified(len(active), people, random)]
    field_model, community_field, community_sizes = _places(original, people, random)
    brands = found(original, model, community_sizes, random)
    community = _settle(original, brands, community_sizes, community_field, random)
    field = community_field[community]
    mutual, told, heard = _degrees(original, model, pairs, random)
    lacking = np.bincount(field, weights=told - heard, minlength=len(field_model)).astype(np.int64)
    told += _more_ends(told, field, np.maximum(-lacking, 0), random)
    heard += _more_ends(heard, field, np.maximum(lacking, 0), random)
    return Society(model, field, community, field_model, community_field, brands, mutual, told, heard)


def stratified(kinds: int, count: int, random: "Generator") -> "Ints":
    """`count` draws from range(kinds), each kind equally often give or take one, in random order."""
    whole, rest = divmod(count, kinds)
    drawn = np.concatenate([np.tile(np.arange(kinds), whole), random.permutation(kinds)[:rest]])
    return random.permutation(drawn)


def _places(original: "Original", people: int, random: "Generator") -> tuple["Ints", "Ints", "Ints"]:
    """Fields like those of the original, each full of communities like those inside them."""
    shares = np.bincount(original.field, minlength=max(1, original.forest.trees)).astype(float)
    growth = (people / len(original.field)) ** FIELD_GROWTH
    field_model = stratified(len(shares), max(1, round(len(shares) * growth)), random)
    weights = shares[field_model] * random.lognormal(0.0, 0.25, len(field_model))
    if not weights.any():
        weights[:] = 1.0
    field_sizes = random.multinomial(people, weights / weights.sum())
    sizes = np.bincount(original.community)
    sizes = sizes[sizes >= min(SMALLEST_COMMUNITY, sizes.max())]
    community_field, community_sizes = [], []
    for number, size in enumerate(field_sizes):
        drawn = sizes[random.integers(0, len(sizes), size // int(sizes.mean()) + 1)]
        parts = random.multinomial(size, drawn / drawn.sum())
        community_sizes.append(parts)
        community_field.append(np.full(len(parts), number))
    return field_model, np.concatenate(community_field), np.concatenate(community_sizes)


def _settle(original: "Original", brands: "Brands", sizes: "Ints", field_of: "Ints", random: "Generator") -> "Ints":
    """A community for everybody: loyal people live where their brand is at home, some elsewhere in its field, others
    anywhere."""
    anywhere = random.permutation(np.repeat(np.arange(len(sizes)), sizes))
    employed = np.flatnonzero(brands.main != NO_BRAND)
    brand = brands.main[employed]
    to_field = loyalty(original, original.field)[brands.model[brand]]
    to_community = np.minimum(loyalty(original, original.community)[brands.model[brand]], to_field)
    luck = random.random(len(employed))
    home = brands.home[brand]
    places = np.repeat(np.arange(len(sizes)), sizes)  # of one field stand together
    field_sizes = np.bincount(field_of, weights=sizes).astype(np.int64)
    begins = np.cumsum(field_sizes) - field_sizes
    near = begins[field_of[home]] + (random.random(len(employed)) * field_sizes[field_of[home]]).astype(np.int64)
    community = anywhere.copy()
    community[employed] = np.where(
        luck < to_community, home, np.where(luck < to_field, places[near], anywhere[employed])
    )
    return community


def _degrees(original: "Original", model: "Ints", pairs: float, random: "Generator") -> tuple["Ints", "Ints", "Ints"]:
    """Each model's three counts, with a Pareto tail instead of the original's few largest, shrunk or grown to
    `pairs` in all. Shrinking keeps everybody who knew somebody at one pair at least while that is possible."""
    parts = np.column_stack([original.mutual, original.told, original.heard])[model].astype(float)
    total = 2 * parts[:, 0] + parts[:, 1] + parts[:, 2]
    longer = _with_tail(total, random)
    longer = np.minimum(longer, _MOST_KNOWN * len(model))
    wanted, least = 2 * pairs, np.minimum(longer, 1.0)
    if wanted >= least.sum():
        scaled = least + (longer - least) * (wanted - least.sum()) / max(1e-9, (longer - least).sum())
    else:
        scaled = least * wanted / least.sum()
    scaled = np.minimum(scaled, _MOST_KNOWN * len(model))
    parts *= np.divide(scaled, total, out=np.zeros_like(total), where=total > 0)[:, None]
    whole = np.floor(parts + random.random(parts.shape)).astype(np.int64)
    return whole[:, 0], whole[:, 1], whole[:, 2]


def _with_tail(total: "NDArray[np.float64]", random: "Generator") -> "NDArray[np.float64]":
    """The largest TAIL drawn anew from a Pareto distribution (exponent by Hill): more people have larger
    hubs."""
    threshold = np.quantile(total, 1 - TAIL)
    top = np.flatnonzero(total > threshold)
    if not len(top):
        return total
    exponent = 1 / np.log(total[top] / threshold).mean()
    quantiles = (random.permutation(len(top)) + 0.5) / len(top)
    drawn = threshold * quantiles ** (-1 / exponent)
    longer = total.copy()
    longer[top] = drawn
    return longer


def _more_ends(ends: "Ints", field: "Ints", lacking: "Ints", random: "Generator") -> "Ints":
    """How many more ends each gets, so that a field has as many that listen as that are listened to: in proportion to
    those they have."""
    owner = np.repeat(np.arange(len(ends)), ends)
    owner = owner[np.argsort(field[owner], kind="stable")]
    sizes = np.bincount(field[owner], minlength=len(lacking))
    lacking = np.where(sizes > 0, lacking, 0)
    begins = np.repeat(np.cumsum(sizes) - sizes, lacking)
    drawn = begins + (random.random(len(begins)) * np.repeat(sizes, lacking)).astype(np.int64)
    return np.bincount(owner[drawn], minlength=len(ends))

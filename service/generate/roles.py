"""Roles: everybody has those of the person they are modelled on, at brands modelled on the same ones."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from service.generate.brands import main_brands
from service.generate.original import NO_TOPIC

if TYPE_CHECKING:
    from numpy.random import Generator

    from service.generate.original import Ints, Original
    from service.generate.society import Society
    from service.generate.subjects import Subjects


@dataclass(frozen=True, slots=True)
class Roles:
    """Holder, brand, topic (or NO_TOPIC), and the original's role that each is modelled on."""

    person: "Ints"
    brand: "Ints"
    topic: "Ints"
    model: "Ints"


def staff(original: "Original", society: "Society", subjects: "Subjects", random: "Generator") -> Roles:
    """A person's main brand is the one they were shared out to; others are of the same field where there is one."""
    by_person = np.argsort(original.role_person, kind="stable")
    sizes = np.bincount(original.role_person, minlength=original.people.height)
    begins = np.cumsum(sizes) - sizes
    counts = sizes[society.model]
    person = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(person)) - np.repeat(np.cumsum(counts) - counts, counts)
    model = by_person[begins[society.model][person] + within]
    main = original.role_brand[model] == main_brands(original)[society.model[person]]
    elsewhere = _near(society, original.role_brand[model], society.field[person], random)
    brand = np.where(main, society.brands.main[person], elsewhere)
    topic = _topics(original, society, subjects, model, person, random)
    drawn = pl.DataFrame({"person": person, "brand": brand, "topic": topic, "model": model})
    kept = _first_of_key(drawn.filter(pl.col("brand") >= 0), original)
    return Roles(*(kept[column].to_numpy() for column in ("person", "brand", "topic", "model")))


def _near(society: "Society", brand: "Ints", field: "Ints", random: "Generator") -> "Ints":
    """A copy of each original `brand` at home in `field`, or anywhere; −1 where the brand has no copy."""
    brands = society.brands
    if not len(brands.model):
        return np.full(len(brand), -1)
    fields = len(society.field_model)
    keys = brands.model * fields + society.community_field[brands.home]
    order = np.argsort(keys, kind="stable")
    low, high = (np.searchsorted(keys[order], brand * fields + field, side) for side in ("left", "right"))
    none = low == high
    low = np.where(none, brands.first[brand], low)
    high = np.where(none, brands.first[brand + 1], high)
    at = low + (random.random(len(brand)) * (high - low)).astype(np.int64)
    return np.where(low == high, -1, order[np.minimum(at, len(order) - 1)])


def _topics(
    original: "Original",
    society: "Society",
    subjects: "Subjects",
    model: "Ints",
    person: "Ints",
    random: "Generator",
) -> "Ints":
    """Roles with a topic get one of the holder's field: as far apart from each other as their models' topics are."""
    field = society.field[person]
    low, size = subjects.first[field], np.diff(subjects.first)[field]
    shift = random.integers(0, 1 << 20, len(society.model))[person]
    drawn = low + (original.role_topic[model] + shift) % np.maximum(size, 1)
    return np.where((original.role_topic[model] != NO_TOPIC) & (size > 0), drawn, NO_TOPIC)


def _first_of_key(roles: pl.DataFrame, original: "Original") -> pl.DataFrame:
    """One role for each (person, brand, kind, topic, since): topics of two models may have become one."""
    columns = [column for column in ("kind", "since") if column in original.roles.columns]
    said = original.roles[roles["model"]].select(columns)
    key = ["person", "brand", "topic", *columns]
    return roles.hstack(said).unique(key, keep="first", maintain_order=True).select(roles.columns)

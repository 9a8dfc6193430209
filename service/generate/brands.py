"""Brands: those modelled on the same person's brand are shared out among copies of it, each with a home community."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from service.generate.original import Ints, Original

NO_BRAND = -1


@dataclass(frozen=True, slots=True)
class Brands:
    """`model` is the original's brand of each generated one; those of one model stand together, from `first[model]`
    to `first[model + 1]`. `home` is a community, `main` each person's first brand (or NO_BRAND)."""

    model: "Ints"
    first: "Ints"
    home: "Ints"
    main: "Ints"


def found(original: "Original", model: "Ints", community_sizes: "Ints", random: "Generator") -> Brands:
    """As many copies of each brand as keep its size; homes by size of the communities."""
    main = main_brands(original)[model]
    held = np.bincount(main[main != NO_BRAND], minlength=original.brands.height)
    of_original = main_brands(original)
    one = np.bincount(of_original[of_original != NO_BRAND], minlength=original.brands.height)
    growth = len(model) / original.people.height
    of_others = np.floor(growth + random.random(len(one)))  # nobody's first brand: as many as there are people
    copies = np.where(one > 0, np.rint(held / np.maximum(one, 1)), of_others).astype(np.int64)
    copies = np.maximum(copies, held > 0)
    first = np.concatenate([[0], np.cumsum(copies)])
    home = random.choice(len(community_sizes), int(first[-1]), p=community_sizes / community_sizes.sum())
    return Brands(np.repeat(np.arange(len(copies)), copies), first, home, _shared_out(main, first, copies, random))


def main_brands(original: "Original") -> "Ints":
    """The brand of each person's first role."""
    main = np.full(original.people.height, NO_BRAND)
    main[original.role_person[::-1]] = original.role_brand[::-1]
    return main


def _shared_out(main: "Ints", first: "Ints", copies: "Ints", random: "Generator") -> "Ints":
    """Each person's copy of the brand they are modelled on: equal shares, at random."""
    order = random.permutation(len(main))
    order = order[np.argsort(main[order], kind="stable")]
    order = order[main[order] != NO_BRAND]
    brand = main[order]
    sizes = np.bincount(brand, minlength=len(copies))
    rank = np.arange(len(brand)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    shared = np.full(len(main), NO_BRAND)
    shared[order] = first[brand] + rank % np.maximum(copies[brand], 1)
    return shared


def loyalty(original: "Original", place: "Ints") -> "NDArray[np.float64]":
    """For each brand the probability that one of its people is at its main `place` (a number for each person): the
    square root of that two of them are at the same; 1 where there are not two."""
    held = pl.DataFrame({"brand": original.role_brand, "person": original.role_person}).unique(maintain_order=True)
    held = held.with_columns(place=pl.Series(place[held["person"].to_numpy()]))
    together = held.group_by("brand", "place").len().with_columns(pl.col("len").cast(pl.Int64))
    size = pl.col("len").sum()
    same = together.group_by("brand").agg(same=(pl.col("len") * (pl.col("len") - 1)).sum(), pairs=size * (size - 1))
    several = same.filter(pl.col("pairs") > 0)
    share = np.ones(original.brands.height)
    share[several["brand"].to_numpy()] = np.sqrt((several["same"] / several["pairs"]).to_numpy())
    return share

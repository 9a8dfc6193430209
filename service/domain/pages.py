"""A slice of a long list, and what is needed to ask for the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`cursors[i]` stands behind `items[i]`; pass it as `after` to go on from there."""

    items: tuple[T, ...]
    cursors: Sequence[str]
    has_next: bool
    has_previous: bool

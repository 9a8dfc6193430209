"""Several things of one type, told a field at a time for all of them: what a wide answer is made of.

Five hundred relationships cost five hundred objects and as many calls a field where each is a thing of its own, and
one call a field where they are a table.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any


class Table(ABC):
    """Things of one type, in order.

    A method named like a field of the type, with the parameters of that field's resolver, tells the field of all the
    things, asynchronously or not; None where it cannot with these arguments. What no method tells is asked of `things`,
    one by one.
    """

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def each(self) -> Sequence[object]:
        """The things as objects that resolvers know."""

    @cached_property
    def things(self) -> Sequence[object]:
        """The same objects each time, since what one field has read of a thing may serve another."""
        return self.each()


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists, end to end in `items`, by their lengths."""

    items: "Told"
    lengths: Sequence[int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Things of which many are the same: `things[place]` for each of `places`. Each is told once."""

    things: "Table | Sequence[Any]"
    places: Sequence[int]


Told = Table | Lists | Drawn | Sequence[Any]
"""A field of several things: what stands for each, or in one of the forms that save looking at each."""

Gather = Callable[[Sequence[Any]], Table]
Gatherers = Mapping[type, Gather]
"""For types that have a table: how to make one of objects."""

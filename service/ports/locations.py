"""Who is where: a snapshot does not hold it."""

from collections.abc import Awaitable, Collection
from typing import Protocol


class PeopleAt(Protocol):
    """The ids of the people whose `location` is exactly this text."""

    def __call__(self, location: str, /) -> Awaitable[Collection[str]]: ...

"""From when the trust of a snapshot is. Compiled."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from service.graph.snapshot import Flags, Int, Terms


class Dating(NamedTuple):
    """The `last` day on which the trust of anybody was seen, 0 where none was dated; whether some is `undated`."""

    last: int
    undated: bool


def dating(days: "Int", terms: "Terms") -> Dating:
    """That of some relationships; `days` are those of a `Trust`, NO_DAY first."""
    seen = _seen(len(days), terms)
    return Dating(int(days[seen].max(initial=0)), bool(seen[0]))


@njit(cache=True, nogil=True)
def _seen(days: int, terms: "Terms") -> "Flags":
    seen = np.zeros(days, dtype=np.bool_)
    for row in range(len(terms)):
        seen[terms[row]["last_seen"]] = True
    return seen

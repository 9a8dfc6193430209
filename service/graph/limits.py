"""What bounds a search."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

StopFlag = npt.NDArray[np.uint8]
"""One byte; raised from another thread, it ends a search with what it has proved."""

FINISHED, STOPPED, OUT_OF_ROOM = 0, 1, 2
"""Why a search ended: it proved its answer, its stop flag was raised, or it holds too much."""


class Limits(NamedTuple):
    """`first` paths of at most `max_hops`, none above `max_total`; `handover` is an introducer's price.

    `max_total` is the largest cost of a path and one handover: while searching, every step costs one.
    `skip_direct` paths without an inner person are passed over, and `until_introduced` ends the search with the
    first path that has one: together they let `distinctIntroducers` go on from path to path.
    `max_partial` bounds the partial paths held at a time.
    """

    first: int
    max_hops: int
    max_total: int
    handover: int
    skip_direct: int
    until_introduced: bool
    max_partial: int

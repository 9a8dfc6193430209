"""How kernels are compiled."""

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """For functions that make no arrays: without numba's reference counts.

    These are kept for every array of a tuple at every call, which took more than half of the time of searches, whose
    functions hand dozens of arrays to each other.
    """
    compiled: F = njit(cache=True, nogil=True, _nrt=False)(function)  # type: ignore[call-overload]
    return compiled

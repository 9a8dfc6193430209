"""What a benchmark is, and which there are.

A module of this folder joins by a `BENCHMARK` in it and its name in MODULES. It is run in a process of its own.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bench.ground import Ground

MODULES = (
    "load",
    "bulk",
    "communities",
    "snapshot",
    "freshness",
    "api",
    "kernel_paths",
    "path_peers",
)
"""Modules of `bench` that hold a BENCHMARK, in the order in which they run."""

SIZES = ("S", "M", "L")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    `what` is the same at every size, so that growth can be drawn; `unit` is ms, s, MiB, bytes, ×, or something a second
    ("relationships/s"). The target is `at_most` or `at_least`. `peer` is who else was measured in the same run,
    `peer_value` its number in the same unit.
    """

    what: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    peer: str = ""
    peer_value: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.at_most is None and self.at_least is None:
            return None
        return not (
            (self.at_most is not None and self.value > self.at_most)
            or (self.at_least is not None and self.value < self.at_least)
        )


@dataclass(frozen=True, slots=True)
class Benchmark:
    """`run` measures on a ground, and its peers with it; `about` is one line for the list."""

    name: str
    about: str
    run: "Callable[[Ground], Iterable[Figure]]"
    sizes: tuple[str, ...] = SIZES


def benchmarks() -> dict[str, Benchmark]:
    """All of them by name, in order."""
    found = [import_module(f"bench.{module}").BENCHMARK for module in MODULES]
    return {benchmark.name: benchmark for benchmark in found}

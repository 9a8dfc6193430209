"""What a load tells of its progress, as seconds of each stage."""

from collections.abc import Iterator
from time import perf_counter


class Stages:
    """Remembers when each stage began, and how much it had to do. A LoadProgress (`service.ports.loading`)."""

    def __init__(self) -> None:
        self._began: list[tuple[str, int, float]] = []

    def stage(self, name: str, total: int) -> None:
        """A stage begins."""
        self._began.append((name, total, perf_counter()))

    def advance(self, steps: int) -> None:
        """Only beginnings matter here."""

    def seconds(self) -> Iterator[tuple[str, int, float]]:
        """Each stage, how much it had to do, and how long it took; the last one lasts until now."""
        ends = [*(at for _, _, at in self._began[1:]), perf_counter()]
        for (name, total, at), end in zip(self._began, ends, strict=True):
            yield name, total, end - at

    def report(self) -> None:
        """One line a stage."""
        for name, total, seconds in self.seconds():
            print(f"  {name:32} {total:>9,} rows {seconds:7.2f} s {total / seconds if seconds else 0:>11,.0f} rows/s")

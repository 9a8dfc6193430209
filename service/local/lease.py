"""Who uses a state's Neo4j just now. Whoever leaves last stops it; a killed user leaves by the kernel's hand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from service.local.files import Lock, alone

T = TypeVar("T")


@contextmanager
def leased(folder: Path, start: Callable[[], T], stop: Callable[[], object]) -> Iterator[T]:
    """What `start` gives, for a block. `start` must find what runs already; `stop` is called by the last to leave."""
    users = Lock(folder / "users.lock")
    try:
        with alone(folder / "change.lock"):
            given = start()
            users.try_shared()
        try:
            yield given
        finally:
            with alone(folder / "change.lock"):
                if users.try_exclusive():
                    stop()
    finally:
        users.close()

"""What lies in a state folder while a service still writes there."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def contents(state: Path, *, without: str) -> Iterator[tuple[Path, bytes]]:
    """Every file and its bytes, but for the folders called `without`. What goes meanwhile is left out."""
    for folder, inner, names in os.walk(state):  # forgives a folder that goes meanwhile, as `rglob` does not
        if without in inner:
            inner.remove(without)
        for name in names:
            path = Path(folder, name)
            with suppress(FileNotFoundError):
                yield path, path.read_bytes()

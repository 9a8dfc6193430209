"""The key that marks of forgotten people are made with: a file of 64 hex digits that only its owner can read."""

import os
from pathlib import Path
from secrets import token_hex

from service.domain.errors import Unavailable
from service.domain.forgetting import Marks

BYTES = 32


def marks_of(path: Path) -> Marks:
    """Marks by the key in a file, which is made if it is not there. Unavailable where it cannot be read."""
    try:
        if not path.exists():
            _create(path)
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise Unavailable(f"The key of forgotten people in {path} cannot be read: {error}.") from error
    if len(key) != BYTES:
        raise Unavailable(f"The key of forgotten people in {path} is not of {2 * BYTES} hex digits.")
    return Marks(key)


def _create(path: Path) -> None:
    """Whole or not at all, and by one process only: who comes second takes the first one's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writing = path.with_name(f"{path.name}.{token_hex(4)}")
    handle = os.open(writing, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        os.write(handle, token_hex(BYTES).encode())
        os.fsync(handle)
        os.close(handle)
        os.link(writing, path)
    except FileExistsError:
        return
    finally:
        writing.unlink(missing_ok=True)

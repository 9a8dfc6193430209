"""Small files of a state folder: written whole or not at all, private where they must be, and locks."""

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step, so that nobody reads half of it."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def create_private(path: Path, text: str) -> None:
    """Create a file that only its owner can read, from its first byte on; FileExistsError if it is there."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def tail(path: Path, lines: int = 20) -> str:
    """The end of a log; empty if there is none."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 16_384))
        text = file.read().decode("utf-8", "replace")
    return "\n".join(text.splitlines()[-lines:])


class Lock:
    """A lock on a file, held by this process and let go by the kernel however the process ends."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)

    def try_exclusive(self) -> bool:
        """Take the lock for this process alone, or say that somebody else holds it."""
        return self._try(fcntl.LOCK_EX)

    def try_shared(self) -> bool:
        """Take the lock beside others who share it, or say that somebody holds it alone."""
        return self._try(fcntl.LOCK_SH)

    def wait_exclusive(self) -> None:
        # polled, so that signals are handled between two tries
        while not self.try_exclusive():
            time.sleep(0.05)

    def close(self) -> None:
        """Let go."""
        os.close(self._file)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def alone_if_free(path: Path) -> Iterator[bool]:
    """Hold a lock for a block and give True; give False where somebody else holds it."""
    lock = Lock(path)
    try:
        yield lock.try_exclusive()
    finally:
        lock.close()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock for a block, waiting for it first."""
    lock = Lock(path)
    try:
        lock.wait_exclusive()
        yield
    finally:
        lock.close()

"""The file of a state folder that holds its keys: changed by commands, noticed by the running service at once."""

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from service.access.keys import Key
from service.domain.caller import CallerRole
from service.domain.errors import InvalidInput, NotFound, Unavailable
from service.local.files import alone, write_whole

log = logging.getLogger(__name__)

_Mark = tuple[int, int, int] | None
"""Changes whenever the file is replaced; None where there is none."""


class KeyFile:
    """Keys by id. Whoever writes holds a lock and replaces the whole file, which only its owner can read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mark: _Mark = None
        self._keys: Mapping[str, Key] | None = {}

    def keys(self) -> Mapping[str, Key]:
        """Those of this moment: looks whether the file was replaced, which takes microseconds.

        Unavailable where it cannot be read: a key that was revoked by hand must not go on working for a slip.
        """
        mark = _mark_of(self.path)
        if mark != self._mark:
            self._keys, self._mark = self._read(mark), mark
        if self._keys is None:
            raise Unavailable("The keys cannot be read; the log says why.")
        return self._keys

    def add(self, key: Key) -> None:
        """InvalidInput where a key has this name already."""
        with self._changing() as keys:
            if any(other.name == key.name for other in keys.values()):
                raise InvalidInput("NAME", f"there is a key named {key.name!r}; revoke it first, or take another name.")
            keys[key.id] = key

    def remove(self, name: str) -> Key:
        """Take out the key with a name or an id. NotFound where there is none."""
        with self._changing() as keys:
            found = next((key for key in keys.values() if name in (key.name, key.id)), None)
            if found is None:
                raise NotFound("key", name)
            del keys[found.id]
            return found

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Key]]:
        with alone(self.path.with_suffix(".lock")):
            keys = dict(self.keys())
            yield keys
            # a fresh temporary file has mode 600, and takes the place of the former in one step
            write_whole(self.path, json.dumps({"keys": [_told(key) for key in keys.values()]}, indent=2) + "\n")

    def _read(self, mark: _Mark) -> Mapping[str, Key] | None:
        if mark is None:
            return {}
        try:
            entries = json.loads(self.path.read_text(encoding="utf-8"))["keys"]
            return {key.id: key for key in map(_key, entries)}
        except (OSError, ValueError, TypeError, KeyError) as error:
            log.error("%s is no file of keys, so nobody is let in: %s", self.path, type(error).__name__)
            return None


def _mark_of(path: Path) -> _Mark:
    try:
        found = os.stat(path)  # noqa: PTH116 (half the time of Path.stat, at every request)
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _told(key: Key) -> dict[str, Any]:
    return asdict(key) | {"created": key.created.isoformat(), "expires": key.expires and key.expires.isoformat()}


def _key(entry: dict[str, Any]) -> Key:
    expires = entry["expires"]
    return replace(
        Key(**entry),
        role=CallerRole(entry["role"]),
        created=datetime.fromisoformat(entry["created"]),
        expires=None if expires is None else datetime.fromisoformat(expires),
    )

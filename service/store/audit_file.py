"""The audit trail as a file of JSON lines, to which lines are only ever added."""

import asyncio
import json
import logging
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

from service.domain.errors import Unavailable

if TYPE_CHECKING:
    from pathlib import Path

    from service.domain.writing import AuditEntry

log = logging.getLogger(__name__)


class AuditFile:
    """The AuditTrail in a file that only its owner can read; without a file it goes to the log."""

    def __init__(self, path: "Path | None") -> None:
        self._path = path

    async def append(self, entry: "AuditEntry") -> None:
        await asyncio.to_thread(self.write, entry)

    def write(self, entry: "AuditEntry") -> None:
        """The same for who has no event loop to keep free."""
        line = json.dumps(asdict(entry) | {"at": entry.at.isoformat(timespec="milliseconds")}, ensure_ascii=False)
        if self._path is None:
            log.info("Audit: %s", line)
            return
        try:
            _append(self._path, line + "\n")
        except OSError as error:
            log.exception("The audit trail cannot be written.")
            raise Unavailable("What was asked is not done: the audit trail cannot be written.") from error


def _append(path: "Path", line: str) -> None:
    """One write, which others that append do not cut in two, and on disk before anybody hears of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)

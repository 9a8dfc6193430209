"""Commands that change the graph in the audit trail, beside the calls of the API that do."""

import getpass
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from secrets import token_hex

from service.cli.state import State
from service.domain.writing import AuditEntry
from service.store.audit_file import AuditFile

ROLE = "COMMAND"


@contextmanager
def told(
    place: State, operation: str, *things: str, undone_by: tuple[type[Exception], ...] = ()
) -> Iterator[Counter[str]]:
    """A line before anything is changed, and behind the block another of the same id with the counts, which the block
    fills. Where only the first is there, the command was cut short, and some of what it does may be done; `undone_by`
    are errors after which nothing is. Raises Unavailable where the trail cannot be written."""
    trail = AuditFile(place.audit_file)
    began = AuditEntry(token_hex(8), datetime.now(UTC), _user(), ROLE, operation, {}, things=things)
    trail.write(began)
    rows: Counter[str] = Counter()
    try:
        yield rows
    except undone_by:
        trail.write(replace(began, at=datetime.now(UTC), undone=True))
        raise
    trail.write(replace(began, at=datetime.now(UTC), rows=dict(sorted(rows.items()))))


def _user() -> str:
    """Who runs the command; a number where the system has no name for them, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())

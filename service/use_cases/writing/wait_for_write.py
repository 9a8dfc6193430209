"""Write tokens: what a call that wrote gives, and a later one shows to be answered from a graph that has the write."""

import asyncio
import base64
import binascii
from typing import TYPE_CHECKING

from service.domain.errors import InvalidInput, RainmakerError, Unavailable

if TYPE_CHECKING:
    from service.ports.writing import SnapshotWaiting

MOST_TOKENS = 20
FIELD = "Rainmaker-After"
"""What callers show tokens in: a header, tokens by commas."""


def token_of(bookmark: str) -> str:
    """A write token: text that says nothing to its holder and fits into a header."""
    return base64.urlsafe_b64encode(bookmark.encode()).decode().rstrip("=")


class WaitForWrite:
    """Waits until the snapshot contains what tokens stand for, at most so many seconds."""

    def __init__(self, snapshots: "SnapshotWaiting", seconds: float) -> None:
        self._snapshots = snapshots
        self._seconds = seconds

    async def __call__(self, tokens: str) -> None:
        """Raises InvalidInput for what is no token of this graph, Unavailable where the time does not do."""
        given = [token.strip() for token in tokens.split(",")]
        if len(given) > MOST_TOKENS:
            raise InvalidInput(FIELD, f"at most {MOST_TOKENS} tokens, not {len(given)}.")
        bookmarks = [_bookmark(token) for token in given]
        try:
            async with asyncio.timeout(self._seconds):
                await self._snapshots.containing("|".join(bookmarks))
        except TimeoutError as error:
            raise Unavailable(
                f"The graph that answers does not contain that write after {self._seconds:g} s; ask again."
            ) from error
        except RainmakerError as error:
            if error.code == InvalidInput.code:
                raise InvalidInput(FIELD, "this is no write token of this graph.") from error
            raise


def _bookmark(token: str) -> str:
    try:
        text = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise InvalidInput(FIELD, "this is no write token.") from error
    if not text or not text.isprintable():
        raise InvalidInput(FIELD, "this is no write token.")
    return text

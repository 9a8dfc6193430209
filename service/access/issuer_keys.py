"""The public keys that an issuer signs its tokens with: a JSON Web Key Set (RFC 7517) in a file or at a URL."""

import asyncio
import logging
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

import jwt

from service.domain.errors import InvalidInput, Unavailable

log = logging.getLogger(__name__)

FETCH_SECONDS = 5
LARGEST_SET = 1_000_000
"""Bytes."""

FRESH_SECONDS = 600
"""After which the keys are read again, so that a key that its issuer took back ends."""

PAUSE_SECONDS = 15
"""Between two readings, whatever tokens ask for: unknown key ids cost nobody a flood of requests."""


class IssuerKeys:
    """Keys by their id. Read again when a token names one that is not there, and every FRESH_SECONDS."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._keys: dict[str, jwt.PyJWK] = {}
        self._read_at = self._tried_at = float("-inf")
        self._reading = asyncio.Lock()

    async def key(self, id_: str) -> jwt.PyJWK | None:
        """None where the issuer has no such key; Unavailable where its keys have never been read."""
        if id_ not in self._keys or time.monotonic() - self._read_at > FRESH_SECONDS:
            async with self._reading:
                if time.monotonic() - self._tried_at > PAUSE_SECONDS:
                    await self._read()
        if not self._keys:
            raise Unavailable("The keys of whoever issues tokens cannot be read; try again in a moment.")
        return self._keys.get(id_)

    async def _read(self) -> None:
        """Where that fails, those read before go on."""
        self._tried_at = time.monotonic()
        try:
            text = await asyncio.to_thread(_content, self._place)
            keys = jwt.PyJWKSet.from_json(text).keys
        except (OSError, ValueError, jwt.PyJWTError) as problem:
            log.error("No keys of tokens at %s: %s", self._place, problem)
            return
        # a shared secret among public keys would let whoever reads the set sign tokens
        self._keys = {key.key_id: key for key in keys if key.key_id and key.key_type != "oct"}
        self._read_at = time.monotonic()


def check_place(place: str) -> None:
    """Raise InvalidInput for what is neither a readable file nor an address that nobody on the way can change."""
    url = urlsplit(place)
    if url.scheme == "https" or (url.scheme == "http" and url.hostname in ("127.0.0.1", "localhost", "::1")):
        return
    if url.scheme or not Path(place).is_file():
        raise InvalidInput("RAINMAKER_TOKEN_KEYS", f"{place} is neither a file nor an https address of a JWK set.")


def _content(place: str) -> str:
    if "://" not in place:
        return Path(place).read_text(encoding="utf-8")
    request = urllib.request.Request(place, headers={"accept": "application/json"})  # noqa: S310 (checked at the start)
    with urllib.request.urlopen(request, timeout=FETCH_SECONDS) as response:  # noqa: S310
        content: bytes = response.read(LARGEST_SET + 1)
    if len(content) > LARGEST_SET:
        raise URLError(f"more than {LARGEST_SET:,} bytes")
    return content.decode()

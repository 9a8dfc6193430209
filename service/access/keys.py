"""API keys: how they are made, what is kept of them, and whose key a request shows.

A key is `rmk_<id>_<secret>`. The secret has 256 random bits, so that nobody can guess it and one plain SHA-256 keeps
it: slow hashes and salts are for passwords, which people choose and thieves can therefore try. The id is no secret; it
finds the entry, and it stands in lists where the key must not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest
from secrets import token_hex, token_urlsafe

from service.domain.caller import CallerRole
from service.domain.errors import Unauthenticated

PREFIX = "rmk_"
_SHAPE = re.compile(r"rmk_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_NOBODYS_DIGEST = "0" * 64


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key. Budgets are by the minute; None: no bound of its own."""

    id: str
    name: str
    role: CallerRole
    digest: str
    """SHA-256 of the secret, in hex."""
    created: datetime
    expires: datetime | None = None
    requests_per_minute: int | None = None
    cost_per_minute: int | None = None
    metrics: bool = False
    """Whether it also reads /metrics, as an ADMIN's does."""

    @property
    def expired(self) -> bool:
        return self.expires is not None and self.expires <= datetime.now(UTC)


def new_key(
    name: str,
    role: CallerRole,
    *,
    expires: datetime | None = None,
    requests_per_minute: int | None = None,
    cost_per_minute: int | None = None,
    metrics: bool = False,
) -> tuple[Key, str]:
    """A key, and the text of it, which is nowhere else."""
    id_, secret = token_hex(6), token_urlsafe(32)
    now = datetime.now(UTC).replace(microsecond=0)
    key = Key(id_, name, role, _digest(secret), now, expires, requests_per_minute, cost_per_minute, metrics)
    return key, f"{PREFIX}{id_}_{secret}"


def key_shown(text: str, keys: Mapping[str, Key]) -> Key:
    """Whose key this is, of those `keys` by id; Unauthenticated where it is nobody's, or has expired.

    Unknown ids cost the same comparison as known ones, so that the time tells nothing.
    """
    shape = _SHAPE.fullmatch(text)
    key = keys.get(shape[1]) if shape else None
    digest = _digest(shape[2]) if shape else _digest(text)
    if not compare_digest(digest, _NOBODYS_DIGEST if key is None else key.digest) or key is None:
        raise Unauthenticated("This key is not known here. It may have been revoked.")
    if key.expired:
        raise Unauthenticated("This key has expired.")
    return key


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

"""Which entrance a service has, and where it may have none."""

import ipaddress
from enum import StrEnum
from typing import TYPE_CHECKING

from service.access.entrance import Entrance, GuardedEntrance, OpenEntrance
from service.access.key_file import KeyFile
from service.domain.errors import InvalidInput

if TYPE_CHECKING:
    from service.access.tokens import Tokens
    from service.settings import Settings


class WayIn(StrEnum):
    """What callers show: nothing, a key of ours, somebody else's token, or one of these two."""

    NONE = "none"
    KEYS = "keys"
    JWT = "jwt"
    KEYS_OR_JWT = "keys+jwt"

    @property
    def takes_keys(self) -> bool:
        return self in (WayIn.KEYS, WayIn.KEYS_OR_JWT)

    @property
    def takes_tokens(self) -> bool:
        return self in (WayIn.JWT, WayIn.KEYS_OR_JWT)


def entrance_of(settings: "Settings") -> Entrance:
    """The entrance that the settings describe; InvalidInput names the one that is missing or not safe."""
    way = WayIn(settings.auth)
    if way is WayIn.NONE:
        return OpenEntrance()
    if way.takes_keys and settings.key_file is None:
        raise InvalidInput("RAINMAKER_KEY_FILE", "must name the file that holds the keys.")
    keys = KeyFile(settings.key_file) if way.takes_keys and settings.key_file is not None else None
    tokens = _tokens(settings) if way.takes_tokens else None
    return GuardedEntrance(keys, tokens, settings.requests_per_minute, settings.cost_per_minute)


def check_open_to(host: str, way: WayIn) -> None:
    """InvalidInput where everybody in a network could come in without showing anything."""
    if way is WayIn.NONE and not is_loopback(host):
        raise InvalidInput(
            "--auth",
            f"{host} can be reached from other machines, so callers must show who they are. Say --auth keys (or "
            "RAINMAKER_AUTH=keys) and make a key with `./rainmaker keys create NAME`; or --auth jwt, with "
            "RAINMAKER_TOKEN_ISSUER, _AUDIENCE and _KEYS. Without any it listens on 127.0.0.1 only.",
        )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address; a name other than localhost may mean any."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _tokens(settings: "Settings") -> "Tokens":
    from service.access.tokens import TokenRules, Tokens  # cryptography takes a tenth of a second to import

    rules = TokenRules(
        settings.token_issuer,
        settings.token_audience,
        settings.token_keys,
        settings.token_algorithms,
        settings.token_role_claim,
    )
    rules.check()
    return Tokens(rules)

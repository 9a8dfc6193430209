"""Bearer tokens of somebody else's making (JWT, RFC 7519, checked as RFC 8725 says): whose, and in which role."""

import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import jwt

from service.access.issuer_keys import IssuerKeys, check_place
from service.domain.caller import Caller, CallerRole
from service.domain.errors import Forbidden, InvalidInput, Unauthenticated

PUBLIC_KEY_ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
"""With shared secrets (HS…) whoever can check a token can make one, and with `none` everybody can: never."""

LEEWAY_SECONDS = 30
LONGEST_TOKEN = 8_192
CHECKED_KEPT = 2_000
CHECKED_SECONDS = 60
"""How long a token that was found good is not checked again, but for its end: a signature takes a tenth of a
millisecond. A key that its issuer takes back ends so much later."""


@dataclass(frozen=True, slots=True)
class TokenRules:
    """What a token must say. `role_claim` is a path of names by dots; what is there is a role, or a list of them."""

    issuer: str
    audience: str
    keys: str
    algorithms: Sequence[str]
    role_claim: str

    def check(self) -> None:
        """Raise InvalidInput naming the setting that is missing or not safe."""
        for name, value in (("ISSUER", self.issuer), ("AUDIENCE", self.audience), ("KEYS", self.keys)):
            if not value:
                raise InvalidInput(f"RAINMAKER_TOKEN_{name}", "must be set where --auth takes jwt.")
        unsafe = sorted(set(self.algorithms) - PUBLIC_KEY_ALGORITHMS)
        if unsafe or not self.algorithms:
            allowed = ", ".join(sorted(PUBLIC_KEY_ALGORITHMS))
            raise InvalidInput("RAINMAKER_TOKEN_ALGORITHMS", f"{unsafe or 'nothing'}: only some of {allowed}.")
        check_place(self.keys)


class Tokens:
    """Checks tokens by the rules."""

    def __init__(self, rules: TokenRules) -> None:
        self._rules = rules
        self._keys = IssuerKeys(rules.keys)
        self._checked: OrderedDict[bytes, tuple[Caller, float, float]] = OrderedDict()

    async def caller(self, token: str) -> Caller:
        """Whose it is. Unauthenticated says what is wrong with it, Forbidden that it names no role; Unavailable where
        the issuer's keys cannot be read."""
        if len(token) > LONGEST_TOKEN:
            raise Unauthenticated("This token is too long.")
        digest = sha256(token.encode()).digest()
        known = self._checked.get(digest)
        if known is not None:
            caller, ends, again = known
            if time.time() < ends and time.monotonic() < again:
                return caller
            del self._checked[digest]
        claims = await self._claims(token)
        caller = Caller(str(claims["sub"]), _role(claims, self._rules.role_claim))
        self._checked[digest] = caller, float(claims["exp"]), time.monotonic() + CHECKED_SECONDS
        if len(self._checked) > CHECKED_KEPT:
            self._checked.popitem(last=False)
        return caller

    async def _claims(self, token: str) -> Mapping[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError as error:
            raise Unauthenticated("This is neither a key nor a token.") from error
        if header.get("alg") not in self._rules.algorithms:
            raise Unauthenticated("The token is signed in a way that is not accepted here.")
        key = await self._keys.key(str(header.get("kid")))
        if key is None:
            raise Unauthenticated("The token's key (kid) is none of its issuer's.")
        try:
            claims: Mapping[str, Any] = jwt.decode(
                token,
                key,
                algorithms=list(self._rules.algorithms),
                issuer=self._rules.issuer,
                audience=self._rules.audience,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iss", "aud", "sub"], "strict_aud": False},
            )
        except jwt.PyJWTError as error:
            raise Unauthenticated(_why(error)) from error
        return claims


def _why(error: jwt.PyJWTError) -> str:
    """In words that tell an honest caller what to do, and nothing of the token."""
    match error:
        case jwt.ExpiredSignatureError():
            return "The token has expired."
        case jwt.ImmatureSignatureError():
            return "The token is not valid yet."
        case jwt.InvalidAudienceError():
            return "The token is for somebody else (aud)."
        case jwt.InvalidIssuerError():
            return "The token is not of the issuer that is trusted here (iss)."
        case jwt.MissingRequiredClaimError():
            return f"The token lacks a claim: {error.claim}."
    return "The token's signature or form is not right."


def _role(claims: Mapping[str, Any], path: str) -> CallerRole:
    """The mightiest of the roles that a token names."""
    value: Any = claims
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    named = value if isinstance(value, list) else [value]
    roles = [role for role in CallerRole if role.value in named]
    if not roles:
        raise Forbidden(f"The token names no role in {path}: {', '.join(CallerRole)}.")
    return roles[-1]

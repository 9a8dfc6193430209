"""Bearer tokens over HTTP: only those that a trusted issuer signed for this service, and not past their time."""

import asyncio
import base64
import http.server
import json
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from service.access import issuer_keys, tokens
from service.access.key_file import KeyFile
from service.access.keys import new_key
from service.access.ways_in import entrance_of
from service.domain.caller import CallerRole
from service.domain.errors import InvalidInput, Unauthenticated, Unavailable
from service.settings import Settings
from tests.api.client import Api, serving, shown

ISSUER, AUDIENCE = "https://issuer.example", "rainmaker"
NAME = {"query": '{ person(id: "ada") { name } }'}
ELLIPTIC = ec.generate_private_key(ec.SECP256R1())
RSA = rsa.generate_private_key(65537, 2048)
STRANGER = ec.generate_private_key(ec.SECP256R1())


def jwk(key: Any, kid: str, algorithm: str) -> dict[str, Any]:
    made = jwt.get_algorithm_by_name(algorithm).to_jwk(key.public_key(), as_dict=True)
    return {**made, "kid": kid, "alg": algorithm, "use": "sig"}


def key_set(*more: dict[str, Any]) -> str:
    return json.dumps({"keys": [jwk(ELLIPTIC, "ec", "ES256"), jwk(RSA, "rsa", "RS256"), *more]})


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    said = {"iss": ISSUER, "aud": AUDIENCE, "sub": "maja", "exp": now + 300, "iat": now, "role": "READER"}
    return {name: value for name, value in (said | changes).items() if value is not None}


def token(key: Any = ELLIPTIC, kid: str | None = "ec", algorithm: str = "ES256", **changes: Any) -> str:
    return jwt.encode(claims(**changes), key, algorithm, headers={} if kid is None else {"kid": kid})


def by_hand(header: dict[str, Any], signature: bytes = b"") -> str:
    parts = json.dumps(header).encode(), json.dumps(claims()).encode(), signature
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def confused() -> str:
    """The public key, which everybody has, taken for the secret of an HMAC."""
    public = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    parts = [{"alg": "HS256", "kid": "rsa", "typ": "JWT"}, claims()]
    text = ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts)
    signature = jwt.get_algorithm_by_name("HS256").sign(text.encode(), public)
    return f"{text}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


@pytest.fixture(scope="module")
def taking_tokens(tmp_path_factory: pytest.TempPathFactory, scratch_settings: Settings) -> Settings:
    folder = tmp_path_factory.mktemp("issuer")
    # a careless issuer publishes a shared secret, too
    secret = {"kty": "oct", "kid": "shared", "k": base64.urlsafe_b64encode(b"s" * 32).decode(), "alg": "HS256"}
    (folder / "jwks.json").write_text(key_set(secret))
    return scratch_settings.model_copy(
        update={
            "auth": "keys+jwt",
            "key_file": folder / "keys.json",
            "token_issuer": ISSUER,
            "token_audience": AUDIENCE,
            "token_keys": str(folder / "jwks.json"),
        }
    )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guarded(api: Api, taking_tokens: Settings) -> AsyncIterator[Api]:
    assert await api.ids("people", "{ people { edges { node { id } } } }")
    async with serving(taking_tokens) as served:
        yield served


async def asked(api: Api, text: str) -> httpx.Response:
    return await api.http.post("/graphql", json=NAME, headers=shown(text))


@pytest.mark.parametrize(
    "good",
    [
        lambda: token(),
        lambda: token(RSA, "rsa", "RS256"),
        lambda: token(aud=["another", AUDIENCE]),
        lambda: token(role=["unknown", "WRITER"]),
        lambda: token(exp=int(time.time()) - 10),
    ],
    ids=["elliptic", "rsa", "several audiences", "several roles", "within the leeway"],
)
async def test_good_tokens(guarded: Api, good: Callable[[], str]) -> None:
    text = good()
    for _ in range(2):  # the second time from memory
        answer = await asked(guarded, text)
        assert answer.json() == {"data": {"person": {"name": "Ada Lind"}}}


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (lambda: token(exp=int(time.time()) - 3600), "has expired"),
        (lambda: token(exp=None), "lacks a claim: exp"),
        (lambda: token(sub=None), "lacks a claim: sub"),
        (lambda: token(nbf=int(time.time()) + 3600), "not valid yet"),
        (lambda: token(iss="https://evil.example"), "(iss)"),
        (lambda: token(iss=None), "lacks a claim: iss"),
        (lambda: token(aud="another"), "(aud)"),
        (lambda: token(aud=None), "lacks a claim: aud"),
        (lambda: token(STRANGER), "signature"),
        (lambda: token(STRANGER, "stranger"), "(kid)"),
        (lambda: token(kid=None), "(kid)"),
        (lambda: token()[:-4] + "AAAA", "signature"),
        (lambda: by_hand({"alg": "none", "kid": "ec"}), "not accepted"),
        (lambda: by_hand({"alg": "None", "kid": "ec"}), "not accepted"),
        (lambda: by_hand({"alg": "ES256", "kid": "ec"}), "signature"),
        (lambda: by_hand({"kid": "ec"}), ""),
        (lambda: by_hand({"alg": "ES256", "kid": {"a": 1}}), ""),
        (lambda: confused(), "not accepted"),
        (lambda: token(b"s" * 32, "shared", "HS256"), "not accepted"),
        (lambda: token(RSA, "ec", "RS256"), "signature"),
        (lambda: token() + ".more", ""),
        (lambda: "a.b.c", "neither a key nor a token"),
        (lambda: "x" * 9_000, "too long"),
    ],
)
async def test_bad_tokens(guarded: Api, bad: Callable[[], str], why: str) -> None:
    text = bad()
    refused = await asked(guarded, text)
    assert refused.status_code == 401
    (error,) = refused.json()["errors"]
    assert error["extensions"] == {"code": "UNAUTHENTICATED"}
    assert why in error["message"]
    assert text[:20] not in error["message"]


@pytest.mark.parametrize("role", [None, "reader", "OWNER", [], {"READER": True}])
async def test_a_token_that_names_no_role(guarded: Api, role: Any) -> None:
    refused = await asked(guarded, token(role=role))
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]) == (403, {"code": "FORBIDDEN"})


async def test_keys_are_taken_beside_tokens(guarded: Api, taking_tokens: Settings) -> None:
    key, text = new_key("crm", CallerRole.READER)
    assert taking_tokens.key_file is not None
    KeyFile(taking_tokens.key_file).add(key)
    assert (await asked(guarded, text)).status_code == 200
    assert (await asked(guarded, text[:-1] + "!")).status_code == 401


async def test_a_token_from_memory_ends_when_it_ends(taking_tokens: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "LEEWAY_SECONDS", 0)
    entrance = entrance_of(taking_tokens)
    text = token(exp=int(time.time()) + 2)
    assert (await entrance.admitted(f"Bearer {text}")).caller.name == "maja"
    await asyncio.sleep(2.1)
    with pytest.raises(Unauthenticated):
        await entrance.admitted(f"Bearer {text}")


async def test_a_role_inside_other_claims(taking_tokens: Settings) -> None:
    settings = taking_tokens.model_copy(update={"token_role_claim": "realm.roles"})
    admitted = await entrance_of(settings).admitted(f"Bearer {token(realm={'roles': ['READER', 'ADMIN']})}")
    assert admitted.caller.role is CallerRole.ADMIN


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"token_issuer": ""}, "RAINMAKER_TOKEN_ISSUER"),
        ({"token_audience": ""}, "RAINMAKER_TOKEN_AUDIENCE"),
        ({"token_keys": ""}, "RAINMAKER_TOKEN_KEYS"),
        ({"token_keys": "http://issuer.example/jwks"}, "RAINMAKER_TOKEN_KEYS"),
        ({"token_keys": "/nowhere.json"}, "RAINMAKER_TOKEN_KEYS"),
        ({"token_algorithms": ("ES256", "HS256")}, "RAINMAKER_TOKEN_ALGORITHMS"),
        ({"token_algorithms": ("none",)}, "RAINMAKER_TOKEN_ALGORITHMS"),
        ({"token_algorithms": ()}, "RAINMAKER_TOKEN_ALGORITHMS"),
    ],
)
def test_unsafe_settings_are_refused(taking_tokens: Settings, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        entrance_of(taking_tokens.model_copy(update=changes))
    assert refused.value.field == field


@contextmanager
def issuer_at(content: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """An issuer that serves its keys by HTTP on this machine, and what it was asked for."""
    asked_for: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked_for.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(content["keys"].encode())

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/jwks", asked_for
        server.shutdown()
        thread.join()


async def test_keys_that_turn_over(taking_tokens: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new key is fetched when the first token names it; unknown ones are not fetched for one by one."""
    monkeypatch.setattr(issuer_keys, "PAUSE_SECONDS", 0.2)
    content = {"keys": key_set()}
    with issuer_at(content) as (address, asked_for):
        entrance = entrance_of(taking_tokens.model_copy(update={"token_keys": address}))
        await entrance.admitted(f"Bearer {token()}")
        assert len(asked_for) == 1
        content["keys"] = key_set(jwk(STRANGER, "new", "ES256"))
        await asyncio.sleep(0.25)
        await entrance.admitted(f"Bearer {token(STRANGER, 'new')}")
        assert len(asked_for) == 2
        for number in range(200):
            with pytest.raises(Unauthenticated):
                await entrance.admitted(f"Bearer {token(kid=f'unknown {number}')}")
        assert len(asked_for) < 20
    # the issuer is gone: what was read goes on
    await asyncio.sleep(0.25)
    await entrance.admitted(f"Bearer {token(sub='another')}")


async def test_an_issuer_out_of_reach(taking_tokens: Settings) -> None:
    entrance = entrance_of(taking_tokens.model_copy(update={"token_keys": "http://127.0.0.1:9/jwks"}))
    with pytest.raises(Unavailable, match="try again"):
        await entrance.admitted(f"Bearer {token()}")


def test_a_file_of_keys_is_named_by_path(tmp_path: Path) -> None:
    (tmp_path / "jwks.json").write_text(key_set())
    issuer_keys.check_place(str(tmp_path / "jwks.json"))

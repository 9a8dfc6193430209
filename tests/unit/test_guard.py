"""Who passes the guard and the look at origins, on connections as a server describes them."""

from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from service.access.entrance import GuardedEntrance
from service.access.key_file import KeyFile
from service.access.keys import new_key
from service.domain.caller import CallerRole
from service.domain.errors import TooMany, Unauthenticated
from service.web.guard import WRONG_A_MINUTE, Doorkeeper, Guard
from service.web.origins import Origins, is_nobodys

ADDRESS = "192.0.2.1"


def connection(kind: str, **headers: str) -> Scope:
    return {
        "type": kind,
        "method": "POST",
        "path": "/graphql",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": (ADDRESS, 1),
    }


async def sent_by(app: Any, scope: Scope) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect" if scope["type"] == "websocket" else "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent


async def opening(scope: Scope, receive: Receive, send: Send) -> None:
    """Whatever comes this far is let in, and told who it is."""
    await send({"type": "websocket.accept", "caller": scope.get("caller")})


@pytest.fixture
def keys(tmp_path: Any) -> KeyFile:
    return KeyFile(tmp_path / "keys.json")


async def test_wrong_keys_are_counted_by_address_over_sockets_and_requests_alike(keys: KeyFile) -> None:
    key, text = new_key("page", CallerRole.READER)
    keys.add(key)
    doorkeeper = Doorkeeper(GuardedEntrance(keys, None))
    guard = Guard(opening, doorkeeper)
    for _ in range(WRONG_A_MINUTE):
        with pytest.raises(Unauthenticated):
            await doorkeeper.let_in("Bearer wrong", ADDRESS)
    with pytest.raises(TooMany):
        await doorkeeper.let_in("Bearer wrong", ADDRESS)
    refused, _ = await sent_by(guard, connection("http", authorization="Bearer wrong"))
    assert refused["status"] == 429
    caller, _ = await doorkeeper.let_in(f"Bearer {text}", ADDRESS)
    assert caller.name == "page", "whoever shows a right one is let in all the same"
    with pytest.raises(Unauthenticated):
        await doorkeeper.let_in("Bearer wrong", "192.0.2.2")


@pytest.mark.parametrize(
    ("origin", "let_in"),
    [
        (None, True),  # no browser
        ("http://localhost:8000", True),
        ("https://app.example", True),
        ("https://evil.example", False),
        ("http://localhost:9000", False),
        ("http://localhost:8000.evil.example", False),
        ("null", False),
        ("", False),
    ],
)
async def test_pages_that_may_open_a_websocket(origin: str | None, let_in: bool) -> None:
    app = Origins(opening, ["https://app.example"], [], only_local=True)
    headers = {"host": "localhost:8000"} | ({} if origin is None else {"origin": origin})
    (message,) = await sent_by(app, connection("websocket", **headers))
    assert (message["type"] == "websocket.accept") is let_in


@pytest.mark.parametrize(
    ("host", "passes"),
    [
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("192.0.2.7", True),
        ("localhost:8000", True),
        ("rainmaker", True),
        ("mine.localhost", True),
        ("listed.example:8000", True),
        ("evil.example:8000", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
    ],
)
async def test_names_by_which_a_service_without_keys_is_asked(host: str, passes: bool) -> None:
    scope = connection("http", host=host)
    first = (await sent_by(Origins(opening, [], ["listed.example"], only_local=True), scope))[0]
    assert first["type"] == ("websocket.accept" if passes else "http.response.start")
    assert passes or first["status"] == 421
    (message,) = await sent_by(Origins(opening, [], [], only_local=False), scope)
    assert message["type"] == "websocket.accept", "whoever shows a key may come by any name"


def test_nobodys() -> None:
    assert is_nobodys("")
    assert not is_nobodys("a.b")

"""Who passes the guard and the look at origins, on connections as a server describes them."""

from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from service.access.entrance import GuardedEntrance
from service.access.key_file import KeyFile
from service.access.keys import new_key
from service.domain.caller import CallerRole
from service.web.guard import Guard
from service.web.origins import Origins, is_nobodys


def connection(kind: str, **headers: str) -> Scope:
    return {
        "type": kind,
        "method": "POST",
        "path": "/graphql",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("192.0.2.1", 1),
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


async def test_websockets_show_keys_too(keys: KeyFile) -> None:
    key, text = new_key("page", CallerRole.READER)
    keys.add(key)
    guard = Guard(opening, GuardedEntrance(keys, None))
    (message,) = await sent_by(guard, connection("websocket", authorization=f"Bearer {text}"))
    assert message["type"] == "websocket.accept"
    assert message["caller"].name == "page"
    for scope in (connection("websocket"), connection("websocket", authorization=f"Bearer {text[:-1]}")):
        assert await sent_by(guard, scope) == [{"type": "websocket.close", "code": 1008}]


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

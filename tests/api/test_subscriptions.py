"""Subscriptions over a real WebSocket, as a client would open one."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from service.access.key_file import KeyFile
from service.access.keys import new_key
from service.api import sockets
from service.domain.caller import CallerRole
from service.local.machine import free_port
from service.settings import Settings
from tests.api.client import Api, serving

PATH_CHANGED = """subscription ($from: ID!, $to: ID!) {
  pathChanged(input: { from: { personId: $from }, to: { personId: $to } }) { paths { strength people { name } } }
}"""
STATE = "mutation ($rows: [TrustRow!]!) { stateTrust(rows: $rows) { writeToken } }"
PEOPLE = "mutation ($rows: [PersonRow!]!) { upsertPeople(rows: $rows) { writeToken } }"
PATIENCE = 60


class Socket:
    """A client of graphql-transport-ws."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    async def hello(self, **payload: object) -> dict[str, Any]:
        await self.send(type="connection_init", payload=payload)
        return await self.next()

    async def send(self, **message: object) -> None:
        await self._connection.send(json.dumps(message))

    async def subscribe(self, query: str, name: str = "1", **variables: object) -> None:
        await self.send(id=name, type="subscribe", payload={"query": query, "variables": variables})

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            message: dict[str, Any] = json.loads(await self._connection.recv())
        return message

    async def data(self) -> Any:
        """What the next answer holds."""
        message = await self.next()
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        return message["payload"]["data"]

    async def code(self) -> str:
        """The code of the error that comes next, whichever way it is told."""
        message = await self.next()
        errors = message["payload"] if message["type"] == "error" else message["payload"]["errors"]
        return str(errors[0]["extensions"]["code"])

    async def silent(self, seconds: float = 2.0) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._connection.recv()
        except TimeoutError:
            return True
        return False


@asynccontextmanager
async def listening(api: Api) -> AsyncIterator[str]:
    """The app on a real port; its lifespan is run already."""
    port = free_port()
    config = uvicorn.Config(api.app, port=port, lifespan="off", log_config=None, ws="websockets-sansio")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"ws://127.0.0.1:{port}/graphql"
    finally:
        server.should_exit = True
        await running


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def address(api: Api) -> AsyncIterator[str]:
    async with listening(api) as at:
        yield at


@asynccontextmanager
async def opened(address: str, **more: Any) -> AsyncIterator[Socket]:
    async with connect(address, subprotocols=["graphql-transport-ws"], **more) as connection:  # type: ignore[list-item]
        yield Socket(connection)


def under_way(api: Api) -> int:
    """How many subscriptions the service says there are."""
    for route in api.app.routes:
        schema = getattr(getattr(route, "app", None), "schema", None)
        if schema is not None:
            return int(schema.subscriptions)
    raise AssertionError("no route has a schema")


async def test_answers_come_again_when_the_graph_has_changed_them(api: Api, address: str) -> None:
    await api.answer(PEOPLE, rows=[{"id": "s1", "name": "S"}, {"id": "s2", "name": "T"}])
    token = (await api.answer(STATE, rows=[{"fromId": "s2", "toId": "s1", "strength": 0.5}]))["stateTrust"][
        "writeToken"
    ]
    await api.http.post("/graphql", json={"query": "{ snapshot { id } }"}, headers={"Rainmaker-After": token})
    async with opened(address) as socket:
        assert (await socket.hello())["type"] == "connection_ack"
        await socket.subscribe(PATH_CHANGED, **{"from": "s1", "to": "s2"})
        (path,) = (await socket.data())["pathChanged"]["paths"]
        assert path["strength"] == pytest.approx(0.5, abs=1e-6)
        await api.answer(STATE, rows=[{"fromId": "ben", "toId": "fay", "strength": 0.5}])
        assert await socket.silent(), "what changes another answer is none of its business"
        await api.answer(STATE, rows=[{"fromId": "s2", "toId": "s1", "strength": 0.25}])
        await api.answer(PEOPLE, rows=[{"id": "s2", "name": "Changed"}])
        (path,) = (await socket.data())["pathChanged"]["paths"]
        assert path["strength"] == pytest.approx(0.25, abs=1e-6)
        await socket.send(id="1", type="complete")


async def test_new_snapshots_and_communities(api: Api, address: str) -> None:
    found = await api.answer('{ topicalCommunities(topicId: "net", minSize: 2) { edges { node { id size } } } }')
    community = found["topicalCommunities"]["edges"][0]["node"]
    async with opened(address) as socket:
        await socket.hello()
        await socket.subscribe("subscription { snapshotChanged { id current } }", name="s")
        first = (await socket.data())["snapshotChanged"]["id"]
        await socket.subscribe(
            "subscription ($id: ID!) { communityChanged(id: $id) { id size } }", name="c", **community
        )
        assert (await socket.data())["communityChanged"] == community
        await api.answer(PEOPLE, rows=[{"id": "c1", "name": "One more"}])
        message = await socket.next()
        assert message["id"] == "s", "a community that is as it was is not told again"
        assert message["payload"]["data"]["snapshotChanged"]["id"] != first
        await socket.send(id="s", type="complete")
        await socket.subscribe('subscription { communityChanged(id: "net~nothing") { id } }', name="n")
        assert (await socket.data())["communityChanged"] is None


async def test_it_ends_when_the_client_goes(api: Api, address: str) -> None:
    async with opened(address) as socket:
        await socket.hello()
        for number in range(3):
            await socket.subscribe("subscription { snapshotChanged { id } }", name=str(number))
            await socket.data()
        assert under_way(api) == 3
        await socket.send(id="0", type="complete")
        async with asyncio.timeout(PATIENCE):
            while under_way(api) != 2:
                await asyncio.sleep(0.01)
    async with asyncio.timeout(PATIENCE):
        while under_way(api):
            await asyncio.sleep(0.01)


async def test_there_are_so_many_and_no_more(api: Api, scratch_settings: Settings) -> None:
    few = {"max_sockets": 2, "max_subscriptions": 2, "max_subscriptions_a_socket": 1}
    async with (
        serving(scratch_settings.model_copy(update=few)) as small,
        listening(small) as at,
        opened(at) as first,
        opened(at) as second,
    ):
        for socket in (first, second):
            await socket.hello()
            await socket.subscribe("subscription { snapshotChanged { id } }")
            await socket.data()
        await first.subscribe("subscription { snapshotChanged { id } }", name="2")
        assert (await first.next())["payload"] == [{"message": "Subscription limit reached"}]
        with pytest.raises(InvalidStatus):
            async with opened(at):
                pass
    few = {"max_subscriptions": 1}
    async with (
        serving(scratch_settings.model_copy(update=few)) as small,
        listening(small) as at,
        opened(at) as socket,
    ):
        await socket.hello()
        await socket.subscribe("subscription { snapshotChanged { id } }", name="1")
        await socket.data()
        await socket.subscribe("subscription { snapshotChanged { id } }", name="2")
        assert await socket.code() == "UNAVAILABLE"


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{ snapshot { id } }", {}, "INVALID_INPUT"),
        ("mutation { upsertPeople(rows: []) { created } }", {}, "INVALID_INPUT"),
        ("subscription { nothing }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { snapshotChanged { id } } #" + 100_000 * " ", {}, "TOO_COMPLEX"),
        (PATH_CHANGED, {"from": "ada", "to": 10_001 * "x"}, "TOO_COMPLEX"),
        (PATH_CHANGED, {"from": "ada", "to": "nobody"}, "NOT_FOUND"),
        ("subscription { " + "".join(f"s{n}: snapshotChanged {{ id }} " for n in range(40)) + "}", {}, None),
    ],
)
async def test_what_is_refused(address: str, query: str, variables: dict[str, str], code: str | None) -> None:
    async with opened(address) as socket:
        await socket.hello()
        await socket.subscribe(query, **variables)
        found = await socket.code()
        assert found == code or code is None


async def test_a_page_of_somebody_else_may_not(address: str) -> None:
    with pytest.raises(InvalidStatus):
        async with opened(address, origin="https://elsewhere.example"):
            pass
    own = address.replace("ws://", "http://").removesuffix("/graphql")
    async with opened(address, origin=own) as socket:
        assert (await socket.hello())["type"] == "connection_ack"


async def test_who_may(api: Api, scratch_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A key comes as a header, or, from a browser, in the first message."""
    keys = KeyFile(tmp_path_factory.mktemp("state") / "keys.json")
    key, text = new_key("page", CallerRole.READER)
    keys.add(key)
    guarded_settings = scratch_settings.model_copy(update={"auth": "keys", "key_file": keys.path})
    async with serving(guarded_settings) as guarded, listening(guarded) as at:
        async with opened(at) as socket:
            assert (await socket.hello(authorization=f"Bearer {text}"))["type"] == "connection_ack"
            await socket.subscribe("subscription { snapshotChanged { id } }")
            await socket.data()
            # dan opted out, and she may not know of him
            await socket.subscribe(PATH_CHANGED, name="2", **{"from": "dan", "to": "ada"})
            assert await socket.code() == "NOT_FOUND"
        async with opened(at, additional_headers={"authorization": f"Bearer {text}"}) as socket:
            assert (await socket.hello())["type"] == "connection_ack"
        for payload in ({}, {"authorization": "Bearer wrong"}, {"authorization": 7}):
            async with opened(at) as socket:
                with pytest.raises(ConnectionClosed) as closed:
                    await socket.hello(**payload)
                assert closed.value.rcvd is not None
                assert closed.value.rcvd.code == 4403
        async with opened(at) as socket:
            await socket.subscribe("subscription { snapshotChanged { id } }")
            with pytest.raises(ConnectionClosed):
                await socket.next()


async def test_a_key_that_is_revoked_ends_its_sockets(
    scratch_settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(sockets, "LOOK_AGAIN_SECONDS", 0.05)
    keys = KeyFile(tmp_path_factory.mktemp("state") / "keys.json")
    texts = {}
    for name in ("stays", "goes"):
        key, texts[name] = new_key(name, CallerRole.READER)
        keys.add(key)
    guarded_settings = scratch_settings.model_copy(update={"auth": "keys", "key_file": keys.path})
    async with (
        serving(guarded_settings) as guarded,
        listening(guarded) as at,
        opened(at) as staying,
        opened(at) as going,
    ):
        with caplog.at_level("INFO", "rainmaker.requests"):
            for socket, name in ((staying, "stays"), (going, "goes")):
                await socket.hello(authorization=f"Bearer {texts[name]}")
                await socket.subscribe("subscription { snapshotChanged { id } }")
                await socket.data()
        told = [vars(record)["told"] for record in caplog.records if record.getMessage().startswith("SUBSCRIBE")]
        assert [line["caller"] for line in told] == ["stays", "goes"]
        keys.remove("goes")
        with pytest.raises(ConnectionClosed) as closed:
            await going.next()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4403
        assert await staying.silent(0.5)


async def test_none_is_opened_while_the_service_stops(api: Api, scratch_settings: Settings) -> None:
    async with serving(scratch_settings) as stopping, listening(stopping) as at:
        app: Any = stopping.app
        app.state.doors.closed = True
        with pytest.raises(InvalidStatus):
            async with opened(at):
                pass


async def test_over_http_there_are_none(api: Api) -> None:
    for accept in ("application/json", "multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json"):
        response = await api.http.post(
            "/graphql", json={"query": "subscription { snapshotChanged { id } }"}, headers={"accept": accept}
        )
        (error,) = response.json()["errors"]
        assert (error["extensions"]["code"], error["message"]) == (
            "INVALID_INPUT",
            "query: subscriptions come over WebSocket.",
        )

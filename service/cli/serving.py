"""The API in this process, from the first snapshot to the last request."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from service.app import create_app
from service.cli.screen import working
from service.cli.state import RunningService
from service.cli.where import tell_where
from service.local.errors import LocalProblem
from service.settings import Settings

GRACE_SECONDS = 5
"""How long open requests may take to end when the service stops."""


class Server(uvicorn.Server):
    """Tells when it listens, and leaves signals to `up`, which has more to stop than this."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn does it, then say so."""
        await super().startup(sockets)
        if self.started:
            self.up.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is captured."""
        yield


async def serve(
    settings: Settings, host: str, port: int, service: RunningService, on_ready: Callable[[], None]
) -> None:
    """Serve until cancelled, then let open requests end. Raises LocalProblem if the service does not come up."""
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http="httptools",
        lifespan="on",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        with working("Building the snapshot"):
            await asyncio.wait([serving, asyncio.create_task(server.up.wait())], return_when=asyncio.FIRST_COMPLETED)
        if server.started:
            on_ready()
            tell_where(service)
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        if not server.started:
            serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        raise
    if not server.started:
        raise LocalProblem("The service did not come up; the reason is above.")

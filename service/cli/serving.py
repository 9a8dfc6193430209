"""The API in this process, from the first snapshot to the last request."""

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import uvicorn

from service.app import KEEP_ALIVE_SECONDS, create_app
from service.cli.collector import settle_memory
from service.cli.screen import done, messages, progress_bar, working
from service.cli.state import RunningService
from service.cli.where import example_on, tell_where
from service.local.errors import LocalProblem
from service.settings import Settings
from service.telemetry import tracing
from service.telemetry.lines import JsonLines
from service.web.draining import Doors

if TYPE_CHECKING:
    from rich.progress import TaskID

IN_WORDS = "%(asctime)s %(levelname)s %(name)s: %(message)s"

LAST_SECONDS = 2
"""How long connections may take to close once their answers have been sent, or given up."""

_log = logging.getLogger(__name__)

SOCKET_MESSAGE_BYTES = 1_000_000
"""The largest message that a WebSocket takes."""


class Server(uvicorn.Server):
    """Tells when it listens, and leaves signals to `up`, which has more to stop than this."""

    def __init__(self, config: uvicorn.Config, on_listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_listening = on_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn does it, then say so."""
        await super().startup(sockets)
        if self.started:
            self._on_listening()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is captured."""
        yield


class CommunityBar:
    """Shows how the stored communities come along; answers do not wait for them."""

    def __init__(self) -> None:
        self._progress = progress_bar()
        self._task: TaskID | None = None

    def __call__(self, topics: int, total: int, name: str) -> None:
        """Hears of each topic that is done."""
        if self._task is None:
            self._progress.start()
            self._task = self._progress.add_task("communities", total=total)
        self._progress.update(self._task, completed=topics, description=f"communities: {name}"[:60])
        if topics == total:
            self._progress.stop()
            done(f"Communities of {total:,} topics are stored in Neo4j.")

    def close(self) -> None:
        """Give the terminal back, also in the middle."""
        self._progress.stop()


async def serve(settings: Settings, service: RunningService, on_ready: Callable[[RunningService], None]) -> None:
    """Serve until cancelled, then let open requests end. Raises what keeps the service from coming up."""

    def listening() -> None:
        ready = replace(service, example=example_on(app.state.running.snapshots.latest()))
        on_ready(ready)
        tell_where(ready)

    _log_to_stderr(settings)
    try:
        tracing.begin_if_asked()
    except tracing.NotInstalled as missing:
        raise LocalProblem(str(missing)) from missing
    communities = CommunityBar()
    app = create_app(settings, communities)
    config = uvicorn.Config(
        app,
        host=service.host,
        port=service.port,
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=SOCKET_MESSAGE_BYTES,
        # opened here instead, so that what goes wrong there comes up as it is
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=LAST_SECONDS,
    )
    server = Server(config, listening)
    async with AsyncExitStack() as stack:
        stack.callback(communities.close)
        with working("Building the snapshot"):
            await stack.enter_async_context(app.router.lifespan_context(app))
        settle_memory()
        await _until_cancelled(server, app.state.doors, settings.grace_seconds)


async def _until_cancelled(server: Server, doors: Doors, grace_seconds: float) -> None:
    """Then what is under way is answered, as far as `grace_seconds` suffice, and what comes meanwhile gets 503."""
    serving = asyncio.create_task(server.serve())
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        if not await doors.close(grace_seconds):
            _log.warning("Answers that were not ready after %g s are given up.", grace_seconds)
        server.should_exit = True
        await serving
        raise
    except SystemExit as end:  # uvicorn's way of saying that the port was taken meanwhile
        raise LocalProblem(f"Nothing can listen on {server.config.host}:{server.config.port}.") from end


def _log_to_stderr(settings: Settings) -> None:
    """Into a file all is logged, a line of JSON each; on a terminal only what somebody should look at, in words."""
    in_words = settings.log_format == "text" or (settings.log_format == "auto" and messages.is_terminal)
    # nobody tells these, and every line would pay for them
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(IN_WORDS) if in_words else JsonLines())
    logging.basicConfig(level=logging.WARNING if messages.is_terminal else logging.INFO, handlers=[handler])
    for quiet in ("uvicorn", "neo4j", "numba"):
        logging.getLogger(quiet).setLevel(logging.WARNING)

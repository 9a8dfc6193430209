"""`up`: everything, from nothing to an API that answers."""

import asyncio
import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from service.access.ways_in import WayIn, check_open_to, entrance_of
from service.api import trusted_documents
from service.cli import background, page
from service.cli.collector import held_off
from service.cli.neo4j import given_connection, neo4j_of, password_place, settings_for
from service.cli.screen import done, say
from service.cli.state import DEFAULT_STATE, RunningService, State, StateOption
from service.domain.errors import InvalidInput
from service.local import machine
from service.local.connection import Connection
from service.local.errors import LocalProblem
from service.local.files import alone_if_free
from service.local.processes import Mark
from service.settings import DEMO_DATA, Settings

NO_DATA = "none"


def up(
    data: Annotated[
        str,
        typer.Option(metavar="FOLDER|none", help="Loaded if the database is empty; none leaves it as it is."),
    ] = str(DEMO_DATA),
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the API listens.")] = 8000,
    host: Annotated[str, typer.Option(help="The address it listens on: loopback unless said otherwise.")] = "127.0.0.1",
    state: StateOption = DEFAULT_STATE,
    documents: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER|FILE",
            help="Answer only these GraphQL documents, by id: a folder of .graphql files, or a manifest of Relay or "
            "Apollo.",
        ),
    ] = None,
    auth: Annotated[
        WayIn,
        typer.Option(
            envvar="RAINMAKER_AUTH",
            help="What callers show: a key (`keys create`), a token (RAINMAKER_TOKEN_…), or nothing, on loopback only.",
        ),
    ] = WayIn.NONE,
    detach: Annotated[bool, typer.Option("--detach", help="Leave it running in the background.")] = False,
) -> None:
    """Start everything: Neo4j, schema, data, snapshot, communities, the API. Ctrl-C stops what it started."""
    place = State(state)
    folder = None if data == NO_DATA else Path(data).resolve()
    if folder is not None and not folder.is_dir():
        raise InvalidInput("--data", f"{folder} is no folder. Name a graph folder, or none.")
    changes: dict[str, object] = {"auth": auth.value}
    # what is wrong with these is told here, also with --detach
    if documents is not None:
        trusted_documents.load(documents)
        changes["documents"] = documents.resolve()
    check_open_to(host, auth)
    entrance_of(Settings(key_file=place.key_file).model_copy(update=changes))
    with alone_if_free(place.lock_file) as free:
        if not free:
            _tell_where_it_runs(place)
            return
        if not machine.port_is_free(port, host):
            raise LocalProblem(f"Port {port} is taken. Choose another with --port, or see `./rainmaker status`.")
        if not detach:
            _run(place, folder, host, port, changes)
            return
    words = ["--data", str(folder or NO_DATA), "--port", str(port), "--host", host, "--state", str(place.folder)]
    options = [word for name, value in changes.items() for word in (f"--{name}", str(value))]
    background.start(place, [*words, *options])


def _run(place: State, folder: Path | None, host: str, port: int, changes: dict[str, object]) -> None:
    """From here on whatever was started is stopped again, however it ends. `changes` are to the settings."""
    # heavy, and only for this command
    with held_off():
        from service.cli.loading import prepare
        from service.cli.serving import serve

    ready = False

    def on_ready(service: RunningService) -> None:
        nonlocal ready
        ready = True
        place.announce(service)

    page.build_meanwhile()
    try:
        place.announce(_this_service(place, host, port, None))
        with neo4j_of(place).in_use() as connection, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            settings = settings_for(connection, place).model_copy(update=changes)
            service = replace(_this_service(place, host, port, connection), auth=settings.auth)
            place.announce(service)
            runner.run(prepare(settings, folder, place))
            runner.run(serve(settings, service, on_ready))
    except KeyboardInterrupt:
        if not ready:
            raise
    finally:
        place.withdraw()
    done("Stopped.")


def _this_service(place: State, host: str, port: int, connection: Connection | None) -> RunningService:
    mark = Mark.of(os.getpid())
    assert mark is not None  # noqa: S101 (this very process)
    bolt, user = (connection.uri, connection.user) if connection else ("", "")
    return RunningService(
        mark.pid, mark.began, host, port, bolt, user, password_place(place), given_connection() is not None
    )


def _tell_where_it_runs(place: State) -> None:
    service = place.service()
    if service is None:
        say(f"Another `up` is starting or ending on {place.folder}.")
    else:
        say(f"Already running: {service.url}/graphql, process {service.pid}. `./rainmaker down` stops it.")

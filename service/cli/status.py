"""`status`: what of a state runs where."""

import asyncio
import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

from rich.table import Table

from service.cli.neo4j import given_connection, own_neo4js, password_place, probe, settings_for
from service.cli.screen import answers
from service.cli.state import DEFAULT_STATE, RunningService, State, StateOption
from service.domain.errors import RainmakerError
from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import connected

KEY = "RAINMAKER_KEY"
"""The variable of the environment with a key for the commands that ask the service."""

SNAPSHOT = "{ snapshot { id builtAt people relationships current } }"


def status(state: StateOption = DEFAULT_STATE) -> None:
    """What runs where, whether it is ready, and on which data."""
    place = State(state)
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_row("state", str(place.folder))
    service = place.service()
    for name, value in [*_service(service), *_neo4j(place)]:
        table.add_row(name, value)
    answers.print(table)


def get(url: str, question: str | None = None, patience_seconds: float = 5) -> tuple[int, Any]:
    """Status and decoded JSON of a local address, GET or a GraphQL POST; status 0 where nobody answers."""
    body = None if question is None else json.dumps({"query": question}).encode()
    headers = {"content-type": "application/json"}
    if os.environ.get(KEY):
        headers["authorization"] = f"Bearer {os.environ[KEY]}"
    request = urllib.request.Request(url, body, headers)  # noqa: S310 (our own address)
    try:
        with urllib.request.urlopen(request, timeout=patience_seconds) as response:  # noqa: S310
            return response.status, json.load(response)
    except urllib.error.HTTPError as answer:
        with answer:
            text = answer.read().decode("utf-8", "replace")
        return answer.code, _json_or(text)
    except (OSError, ValueError) as problem:
        return 0, str(problem)


def _json_or(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _service(service: RunningService | None) -> Iterator[tuple[str, str]]:
    if service is None:
        yield "service", "not running"
        return
    code, missing = get(f"{service.url}/readyz")
    ready = "ready" if code == 200 else f"not ready: {missing}"
    yield "service", f"{service.url}/graphql, process {service.pid}, {ready}"
    if code != 200:
        return
    code, answer = get(f"{service.url}/graphql", SNAPSHOT)
    if code == 401:
        yield "snapshot", f"told to who shows a key: put one into {KEY} to see it here"
        return
    snapshot = answer["data"]["snapshot"]
    size = f"{snapshot['people']:,} people, {snapshot['relationships']:,} relationships"
    current = "current" if snapshot["current"] else "a newer one is being built"
    yield "snapshot", f"{snapshot['id']}, {size}, built {snapshot['builtAt']}, {current}"


def _neo4j(place: State) -> Iterator[tuple[str, str]]:
    given = given_connection()
    running = [neo4j.running() for neo4j in own_neo4js(place)] if given is None else [given]
    connection = next((each for each in running if each is not None), None)
    if connection is None:
        yield "Neo4j", "not running"
        return
    try:
        missing = probe(connection)
    except RainmakerError as problem:
        missing = str(problem)
    yield "Neo4j", f"{connection.uri}, {'online' if missing is None else missing}"
    yield "", f"user {connection.user}, password in {password_place(place)}"
    if missing is None:
        yield "data set", asyncio.run(_dataset(settings_for(connection, place)))


async def _dataset(settings: Settings) -> str:
    async with connected(settings, Catalog.load(CYPHER)) as database:
        rows = await database.fetch("snapshot_dataset")
        people = await database.fetch("people_page", afterName="", afterId="", limit=1, withOptedOut=True)
    if not rows:
        return "of no name" if people else "none: the database is empty"
    return f"{rows[0]['name']}, as of {rows[0]['asOf'] or 'today'}"

"""What a benchmark stands on: a generated graph of one size, and servers that hold it or nothing.

Everything is kept under `.rainmaker/bench-*`, apart from any user's data, and made where it is missing.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.stages import Stages
from service.cli.bulk import fill
from service.cli.generate import PICTURE, SIZES, Size
from service.cli.neo4j import probe, settings_for
from service.cli.screen import say
from service.cli.state import DEFAULT_STATE, State
from service.generate.folder import generate_folder
from service.generate.graph import Wish
from service.local.server import LocalNeo4j
from service.settings import DEMO_DATA, Settings

SEED = 1
EVIDENCE = 0.25
STATES = DEFAULT_STATE


@dataclass(frozen=True, slots=True)
class Ground:
    """One size: S, M or L."""

    size: str

    @property
    def people(self) -> int:
        return SIZES[Size(self.size)][0]

    @property
    def trust(self) -> int:
        return SIZES[Size(self.size)][1]

    @property
    def folder(self) -> Path:
        """The generated graph folder, the same bytes each time."""
        folder = STATES / "bench-data" / self.size
        if not folder.is_dir():
            half = folder.with_name(f"{self.size}.making")
            shutil.rmtree(half, ignore_errors=True)
            say(f"Generating {folder}")
            generate_folder(DEMO_DATA, half, Wish(self.people, self.trust, SEED), EVIDENCE, half / PICTURE)
            half.rename(folder)
        return folder

    @contextmanager
    def neo4j(self) -> Iterator[Settings]:
        """A server that holds the graph, imported if it did not. What a benchmark changes it undoes."""
        state, server = _server(f"bench-{self.size}")
        if not server.has_data():
            fill(server, self.folder, state, Stages())
        with server.in_use() as connection:
            yield settings_for(connection, state)

    @contextmanager
    def empty_neo4j(self) -> Iterator[Settings]:
        """A new server that holds nothing; its store is deleted afterwards."""
        with self.no_neo4j() as (state, server), server.in_use() as connection:
            yield settings_for(connection, state)

    @contextmanager
    def no_neo4j(self) -> Iterator[tuple[State, LocalNeo4j]]:
        """A server that was never started; its store is deleted afterwards."""
        state, server = _server("bench-empty")
        shutil.rmtree(server.folder / "home", ignore_errors=True)
        yield state, server
        shutil.rmtree(server.folder / "home", ignore_errors=True)


def _server(name: str) -> tuple[State, LocalNeo4j]:
    state = State(STATES / name)
    return state, LocalNeo4j(state.folder, probe=probe, jar_sources=[DEFAULT_STATE / "neo4j" / "lib"], say=say)

"""A Neo4j that somebody else runs and NEO4J_URI names."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from service.local.connection import Connection
from service.local.errors import LocalProblem
from service.local.server import Probe


class GivenNeo4j:
    """Used as it is; never started and never stopped."""

    def __init__(
        self,
        connection: Connection,
        *,
        probe: Probe,
        say: Callable[[str], None] = lambda _: None,
        patience_seconds: float = 30,
    ) -> None:
        self._connection = connection
        self._probe = probe
        self._say = say
        self._patience = patience_seconds

    def running(self) -> Connection | None:
        """How to reach it; whether it answers is seen by asking."""
        return self._connection

    @contextmanager
    def in_use(self) -> Iterator[Connection]:
        """Waits a while for it, since it may be starting at this moment."""
        until = time.monotonic() + self._patience
        while (missing := self._probe(self._connection)) is not None:
            if time.monotonic() > until:
                who = f"The Neo4j of NEO4J_URI ({self._connection.uri})"
                raise LocalProblem(f"{who} did not answer in {self._patience:.0f} s: {missing}")
            self._say(f"Waiting for Neo4j at {self._connection.uri}")
            time.sleep(0.5)
        yield self._connection

    def stop(self) -> bool:
        """Not ours to stop."""
        return False

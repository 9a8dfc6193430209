"""For tests that start Neo4j servers of their own: the jars, wherever the project has them already."""

import os
from pathlib import Path

from service.cli.neo4j import probe
from service.local import jars
from service.local.server import LocalNeo4j
from service.settings import PROJECT


def neo4j_jars() -> Path:
    """A complete folder of the server's jars; made complete for the scratch server if there is none."""
    named = os.environ.get("RAINMAKER_NEO4J_LIB")
    states = [PROJECT / ".rainmaker" / name for name in (".", "test-scratch", "test-demo")]
    places = [*([Path(named)] if named else []), *(state / "neo4j" / "lib" for state in states)]
    for place in places:
        if jars.is_complete(place):
            return place
    LocalNeo4j(states[1], probe=probe).install()
    return places[-2]

"""`down`: stop what belongs to a state."""

from service.cli.neo4j import stop_neo4j
from service.cli.screen import done, say, working
from service.cli.state import DEFAULT_STATE, State, StateOption

# it stops its Neo4j before it ends, which may have much to write
PATIENCE_SECONDS = 120


def down(state: StateOption = DEFAULT_STATE) -> None:
    """Stop the service and the Neo4j of a state. The data stay."""
    place = State(state)
    stopped = False
    service = place.service()
    if service is not None:
        with working("Stopping the service"):
            service.mark.stop(PATIENCE_SECONDS)
        done(f"Stopped the service at {service.url} (process {service.pid}).")
        stopped = True
    place.withdraw()
    if stop_neo4j(place):
        done("Stopped its Neo4j.")
        stopped = True
    if not stopped:
        say(f"Nothing of {place.folder} was running.")

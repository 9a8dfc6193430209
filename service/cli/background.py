"""`up --detach`: the same command in a session of its own, watched until it is ready."""

import os
import sys
import time

from service.cli.screen import done, working
from service.cli.state import RunningService, State
from service.cli.status import get
from service.cli.where import tell_where
from service.local.errors import LocalProblem
from service.local.files import tail
from service.local.processes import Mark, signals_held_back, spawn
from service.settings import PROJECT


def start(place: State, words: list[str]) -> None:
    """Start `up` with these options; returns when it answers, raises LocalProblem with the end of its log if it ends.

    Interrupted, it takes the started `up` along.
    """
    place.log.parent.mkdir(parents=True, exist_ok=True)
    place.log.unlink(missing_ok=True)
    # importable from any folder, and nothing of the caller's folder imported by mistake
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "PYTHONSAFEPATH": "1", "PYTHONUNBUFFERED": "1"}
    with signals_held_back():
        mark = spawn([sys.executable, "-m", "service", "up", *words], place.log, environment)
    try:
        with working(f"Starting in the background, log in {place.log}"):
            service = _when_ready(place, mark)
    except KeyboardInterrupt:
        if mark is not None:
            mark.stop()
        raise
    tell_where(service)
    done(f"It runs in the background (process {service.pid}); `./rainmaker down` stops it. Log: {place.log}")


def _when_ready(place: State, mark: Mark | None) -> RunningService:
    while mark is not None and mark.alive():
        service = place.service()
        # it has an example from the moment it listens
        if service is not None and service.example and get(f"{service.url}/readyz")[0] == 200:
            return service
        time.sleep(0.1)
    raise LocalProblem(f"It ended before it was ready. The end of {place.log}:\n{tail(place.log)}")

"""Ctrl-C at the worst moments, and what the next `up` makes of it."""

import signal
import subprocess
import time
from pathlib import Path

from service.cli.neo4j import probe
from service.cli.state import State
from service.cli.status import get
from service.local.server import LocalNeo4j
from tests.cli.conftest import Instance
from tests.graph_folders import make


def large(folder: Path) -> Path:
    """Data that take some seconds to load."""
    people = [f"p{number}" for number in range(6000)]
    rows = [
        f"{person},{people[(at * 7 + step * 131 + 1) % 6000]},0.5"
        for at, person in enumerate(people)
        for step in range(8)
    ]
    return make(
        folder,
        people="id,name\n" + "".join(f"{person},{person}\n" for person in people),
        trust="fromId,toId,strength\n" + "\n".join(dict.fromkeys(rows)) + "\n",
    )


def wait_for(process: subprocess.Popen[str], words: str) -> str:
    """What the process says on stderr until a line holds the words."""
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if words in line:
            return said
    raise AssertionError(said)


def test_load_cut_short_is_done_again(instance: Instance) -> None:
    neo4j = LocalNeo4j(instance.state, probe=probe)
    data = large(instance.data.parent / "large")
    words = ["up", "--data", str(data), "--port", str(instance.port)]
    with instance.start(*words) as process:
        wait_for(process, "writing trust")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=120)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert "Stopped." in err
    assert neo4j.process() is None
    assert State(instance.state).interrupted_load() == data
    assert State(instance.state).service() is None

    with instance.start(*words) as process:
        wait_for(process, "cut short: loading it again")
        wait_for(process, "Rainmaker is ready")
        _, answer = get(f"{instance.url}/graphql", "{ snapshot { people } }")
        assert answer == {"data": {"snapshot": {"people": 6000}}}
        # the port is let go and Neo4j stopped by SIGTERM as by Ctrl-C
        began = time.monotonic()
        process.terminate()
        _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    assert time.monotonic() - began < 60
    assert neo4j.process() is None
    assert get(f"{instance.url}/healthz")[0] == 0
    assert State(instance.state).interrupted_load() is None

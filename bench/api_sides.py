"""The two servers that `bench.api` compares, each in a process of its own. The peer is installed from npm on first use
(bench/peers/neo4j-graphql; needs Node 20)."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from bench.serving import service_process
from service.local.machine import free_port
from service.settings import PROJECT, Settings

PEER = PROJECT / "bench" / "peers" / "neo4j-graphql"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Side:
    """One server: where it answers, and its process."""

    url: str
    pid: int

    def processor_seconds(self) -> float:
        """What the process has used so far, user and system."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def ours_on(settings: Settings) -> Iterator[Side]:
    """Rainmaker on the graph of a Neo4j."""
    with service_process(settings) as service:
        yield Side(f"{service.url}/graphql", service.pid)


@contextmanager
def peer_on(settings: Settings) -> Iterator[Side]:
    """@neo4j/graphql on the same graph."""
    if not (PEER / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=PEER, check=True)
    port = free_port()
    environment = {
        **os.environ,
        "NEO4J_URI": settings.neo4j_uri or "",
        "NEO4J_USER": settings.neo4j_user,
        "NEO4J_PASSWORD": settings.neo4j_password.get_secret_value(),
        "NODE_ENV": "production",
        "PORT": str(port),
    }
    with subprocess.Popen(["node", "server.mjs"], cwd=PEER, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            while not _listens(port):
                if process.poll() is not None:
                    raise SystemExit(f"The peer ended with {process.returncode}")
                sleep(0.2)
            yield Side(f"http://127.0.0.1:{port}/", process.pid)
        finally:
            process.terminate()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

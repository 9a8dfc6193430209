"""A service in a process of its own, started and measured from outside.

python -m bench.serving PORT     serves what the environment names
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, perf_counter, sleep

import httpx
import uvloop

from service.cli.collector import held_off, settle_memory
from service.local.machine import free_port
from service.settings import PROJECT, Settings

PATIENCE_SECONDS = 900
MIB = 1024


@dataclass(frozen=True, slots=True)
class ServiceProcess:
    """`ready_seconds` passed from its start until /readyz said yes."""

    url: str
    pid: int
    ready_seconds: float

    def memory(self, kind: str = "VmRSS") -> float:
        """MiB by the kernel's account: VmRSS is what it holds, VmHWM the most it ever held, mapped files included."""
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith(f"{kind}:"):
                return int(line.split()[1]) / MIB
        raise LookupError(kind)


@contextmanager
def service_process(settings: Settings, snapshots: Path | None = None) -> Iterator[ServiceProcess]:
    """A service on a database, which keeps its snapshot in a folder."""
    port = free_port()
    environment = os.environ | {
        "NEO4J_URI": settings.neo4j_uri or "",
        "NEO4J_USER": settings.neo4j_user,
        "NEO4J_PASSWORD": settings.neo4j_password.get_secret_value(),
        # what is computed beside would be measured along
        "RAINMAKER_COMMUNITIES_MIN_RELATIONSHIPS": str(10**9),
    }
    if snapshots is not None:
        environment["RAINMAKER_SNAPSHOT_FOLDER"] = str(snapshots)
    began = perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "bench.serving", str(port)], cwd=PROJECT, env=environment)
    try:
        url = f"http://127.0.0.1:{port}"
        _until_ready(process, url)
        yield ServiceProcess(url, process.pid, perf_counter() - began)
    finally:
        process.terminate()
        process.wait(timeout=60)


def _until_ready(process: "subprocess.Popen[bytes]", url: str) -> None:
    until = monotonic() + PATIENCE_SECONDS
    while monotonic() < until:
        try:
            if httpx.get(f"{url}/readyz", timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            sleep(0.02)
        if process.poll() is not None:
            raise SystemExit("The service did not start; its own words are above.")
    raise SystemExit(f"The service was not ready within {PATIENCE_SECONDS} s.")


async def _serve(port: int) -> None:
    """As `up` does it, until it is terminated."""
    with held_off():
        import uvicorn

        from service.app import KEEP_ALIVE_SECONDS, create_app
        from service.cli.serving import Server
    app = create_app(Settings())
    config = uvicorn.Config(
        app,
        port=port,
        http="httptools",
        lifespan="off",
        access_log=False,
        log_level="warning",
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )
    async with app.router.lifespan_context(app):
        settle_memory()
        server = Server(config, lambda: None)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, setattr, server, "should_exit", True)
        await server.serve()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(int(sys.argv[1])))

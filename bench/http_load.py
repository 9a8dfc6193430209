"""Requests a second against one address, from a process of its own, lean enough not to be what is measured.

    .venv/bin/python -m bench.http_load URL CLIENTS SECONDS < bodies

Each line of standard input is a body; clients post them in turn, each over one connection, the next as soon as the
last is answered. One line of JSON comes out: requests, seconds, and the quantiles of their times in milliseconds.
"""

import asyncio
import json
import re
import sys
from itertools import cycle
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import uvloop

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Client(asyncio.Protocol):
    """One connection. Every answer must be 200 with a Content-Length."""

    def __init__(self, requests: "cycle[bytes]", ends_at: float, seconds: list[float]) -> None:
        self._requests = requests
        self._ends_at = ends_at
        self._seconds = seconds
        self._received = b""
        self._missing = 0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401 (of several kinds)
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        self._received, self._missing = b"", -1
        self._asked_at = perf_counter()
        self._transport.write(next(self._requests))

    def data_received(self, data: bytes) -> None:
        if self._missing < 0:
            self._received += data
            head, end, rest = self._received.partition(b"\r\n\r\n")
            if not end:
                return
            length = _LENGTH.search(head)
            if not head.startswith(b"HTTP/1.1 200") or length is None:
                self.done.set_exception(RuntimeError(f"not an answer: {self._received[:500]!r}"))
                self._transport.close()
                return
            self._missing = int(length[1]) - len(rest)
        else:
            self._missing -= len(data)
        if self._missing == 0:
            now = perf_counter()
            self._seconds.append(now - self._asked_at)
            if now < self._ends_at:
                self._ask()
            else:
                self._transport.close()
                self.done.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("closed by the server"))


async def load(url: str, bodies: list[bytes], clients: int, seconds: float) -> dict[str, Any]:
    """What `clients` connections get done in so many seconds."""
    address = urlsplit(url)
    head = f"POST {address.path or '/'} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n"
    requests = cycle([head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body for body in bodies])
    times: list[float] = []
    loop, began = asyncio.get_running_loop(), perf_counter()
    made = [
        await loop.create_connection(
            lambda: Client(requests, began + seconds, times), address.hostname or "127.0.0.1", address.port or 80
        )
        for _ in range(clients)
    ]
    await asyncio.gather(*(client.done for _, client in made))
    took = perf_counter() - began
    times.sort()
    quantiles = {f"p{q}": times[min(len(times) - 1, len(times) * q // 100)] * 1000 for q in (50, 90, 99)}
    return {"requests": len(times), "seconds": took, **quantiles}


def main() -> None:
    url, clients, seconds = sys.argv[1:]
    bodies = [line.strip() for line in sys.stdin.buffer if line.strip()]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(load(url, bodies, int(clients), float(seconds)))))


if __name__ == "__main__":
    main()

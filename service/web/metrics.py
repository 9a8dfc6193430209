"""/metrics for Prometheus: what the process has counted, and what an app is made of at this moment."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, GCCollector, Metric, PlatformCollector, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from service.domain.errors import Unavailable
from service.telemetry.metrics import REGISTRY
from service.web.draining import Doors

if TYPE_CHECKING:
    from service.composition import Services

for collector in (ProcessCollector, PlatformCollector, GCCollector):
    collector(registry=REGISTRY)


class Metrics:
    """The page, as one ASGI application. `services` finds those of the app that a request came to."""

    def __init__(self, services: "Callable[[HTTPConnection], Services]", doors: Doors) -> None:
        self._services = services
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        everything = _Everything(self._services(HTTPConnection(scope)), self._doors.inside)
        await Response(generate_latest(everything), media_type=CONTENT_TYPE_LATEST)(scope, receive, send)


class _Everything(CollectorRegistry):
    """What the process has counted, and an app's gauges."""

    def __init__(self, services: "Services", under_way: int) -> None:
        super().__init__(auto_describe=False)
        self._services = services
        self._under_way = under_way

    def collect(self) -> Iterator[Metric]:
        yield from REGISTRY.collect()
        yield _gauge("rainmaker_http_requests_under_way", "Requests under way.", self._under_way)
        yield from _snapshot(self._services)
        yield from _queues(self._services)
        yield from _connections(self._services)


def _snapshot(services: "Services") -> Iterator[Metric]:
    try:
        info = services.snapshots.latest().info
    except Unavailable:
        return
    yield _gauge("rainmaker_snapshot_people", "People in the snapshot.", info.people)
    yield _gauge("rainmaker_snapshot_relationships", "Trust relationships in the snapshot.", info.relationships)
    age = (datetime.now(UTC) - info.built_at).total_seconds()
    yield _gauge("rainmaker_snapshot_age_seconds", "How long ago the snapshot was read from Neo4j.", age)
    unsure = time.monotonic() - services.snapshots.current_at
    yield _gauge(
        "rainmaker_snapshot_unconfirmed_seconds",
        "How long ago the snapshot was last found to hold all there is.",
        unsure,
    )


def _queues(services: "Services") -> Iterator[Metric]:
    inside = GaugeMetricFamily("rainmaker_gate_under_way", "What runs behind a gate.", labels=["gate"])
    waiting = GaugeMetricFamily("rainmaker_gate_waiting", "What waits in front of it.", labels=["gate"])
    room = GaugeMetricFamily("rainmaker_gate_room", "How much may run and wait; more is refused.", labels=["gate"])
    for gate in services.gates:
        inside.add_metric([gate.what], gate.under_way)
        waiting.add_metric([gate.what], gate.waiting)
        room.add_metric([gate.what], gate.room)
    yield from (inside, waiting, room)


def _connections(services: "Services") -> Iterator[Metric]:
    in_use, idle = services.database.connections()
    pool = GaugeMetricFamily("rainmaker_neo4j_connections", "Connections to Neo4j.", labels=["state"])
    pool.add_metric(["in use"], in_use)
    pool.add_metric(["idle"], idle)
    yield pool


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value)

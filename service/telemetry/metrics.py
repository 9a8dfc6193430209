"""What is counted over all requests of this process. `service.web.metrics` tells it, with what is read off an app."""

from functools import cache
from typing import TypeVar

from prometheus_client import CollectorRegistry, Counter, Histogram

M = TypeVar("M", Counter, Histogram)

REGISTRY = CollectorRegistry(auto_describe=False)

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

REQUESTS = Counter(
    "rainmaker_http_requests", "Requests answered, by path and status.", ["path", "status"], registry=REGISTRY
)
OPERATIONS = Histogram(
    "rainmaker_operation_seconds",
    "From the first byte of a GraphQL request to the last of its answer, by the operation's name.",
    ["operation"],
    buckets=SECONDS,
    registry=REGISTRY,
)
ERRORS = Counter("rainmaker_errors", "Errors told to callers, by their code.", ["code"], registry=REGISTRY)
REFUSED = Counter(
    "rainmaker_refused",
    "Requests refused before they were looked at: for a wrong key, a budget, a load, a size, or the end.",
    ["status"],
    registry=REGISTRY,
)
KERNEL = Histogram(
    "rainmaker_kernel_seconds", "In kernels, by what they compute.", ["kernel"], buckets=SECONDS, registry=REGISTRY
)
STATEMENTS = Histogram(
    "rainmaker_neo4j_statement_seconds", "In Neo4j, by statement.", ["statement"], buckets=SECONDS, registry=REGISTRY
)
STATEMENTS_FAILED = Counter(
    "rainmaker_neo4j_statements_failed", "Statements that failed, by name.", ["statement"], registry=REGISTRY
)
REFRESHES = Histogram(
    "rainmaker_snapshot_refresh_seconds",
    "New snapshots, by what was read for them: changes, or everything.",
    ["read"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0),
    registry=REGISTRY,
)
REFRESHES_FAILED = Counter(
    "rainmaker_snapshot_refreshes_failed", "Times that the graph could not be read.", registry=REGISTRY
)


@cache
def of(metric: M, *labels: str | int) -> M:
    """The one of a metric with these labels; found again in a tenth of the time that the library takes."""
    return metric.labels(*labels)


MOST_NAMES = 200
OTHERS = "(others)"
_names: set[str] = set()


def operation_name(name: str | None) -> str:
    """A label: callers name operations, so only so many names are told apart."""
    if name is None:
        return "(unnamed)"
    if name not in _names:
        if len(_names) >= MOST_NAMES:
            return OTHERS
        _names.add(name)
    return name[:100]

"""The parts of answering: each block is timed for the request it is done for, for all, and as a span."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from time import perf_counter
from typing import TypeVar

from service.telemetry import tracing
from service.telemetry.account import current
from service.telemetry.metrics import KERNEL, STATEMENTS, STATEMENTS_FAILED, of

T = TypeVar("T")

_NEO4J = {"db.system": "neo4j"}


@contextmanager
def parsing() -> Iterator[None]:
    """A document is read, checked and planned."""
    account, began = current(), perf_counter()
    try:
        yield
    finally:
        if account is not None:
            account.parse += perf_counter() - began


@contextmanager
def in_neo4j(statement: str) -> Iterator[None]:
    """A statement runs."""
    account, began = current(), perf_counter()
    with tracing.span(f"cypher {statement}", _NEO4J):
        try:
            yield
        except BaseException:
            of(STATEMENTS_FAILED, statement).inc()
            raise
        finally:
            took = perf_counter() - began
            of(STATEMENTS, statement).observe(took)
            if account is not None:
                account.neo4j += took
                account.statements += 1


def in_kernel(kernel: str, work: Callable[..., T]) -> Callable[..., T]:
    """The same function, timed wherever it runs: for the request that is under way where this is called."""
    account = current()
    here = copy_context() if tracing.on() else None

    def traced(*args: object) -> T:
        with tracing.span(f"kernel {kernel}"):
            return work(*args)

    def timed(*args: object) -> T:
        began = perf_counter()
        try:
            return work(*args) if here is None else here.run(traced, *args)
        finally:
            took = perf_counter() - began
            of(KERNEL, kernel).observe(took)
            if account is not None:
                account.kernel += took

    return timed

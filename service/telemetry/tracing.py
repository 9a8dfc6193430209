"""Traces by OpenTelemetry, where the environment asks for them; else nothing of it is imported."""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_NO_SPAN: AbstractContextManager[Any] = nullcontext()

_tracer: Any = None


class NotInstalled(RuntimeError):
    """Traces are asked for, and the packages for them are not there."""


def begin_if_asked() -> None:
    """Send traces where OTEL_EXPORTER_OTLP_ENDPOINT says; NotInstalled where that cannot be."""
    if not any(map(os.environ.get, ENDPOINTS)):
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as missing:
        raise NotInstalled(
            "OTEL_EXPORTER_OTLP_ENDPOINT asks for traces, which need: pip install opentelemetry-sdk "
            "opentelemetry-exporter-otlp-proto-http (the extra `traces`)."
        ) from missing
    begin(BatchSpanProcessor(OTLPSpanExporter()))


def begin(processor: Any) -> None:  # noqa: ANN401 (a SpanProcessor, of a package that may not be there)
    """Give every span to a processor, from now on. Once a process."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    global _tracer
    provider = TracerProvider(
        resource=Resource.create({"service.name": os.environ.get("OTEL_SERVICE_NAME", "rainmaker")})
    )
    provider.add_span_processor(processor)
    _tracer = provider.get_tracer("rainmaker")


def end() -> None:
    """No more spans."""
    global _tracer
    _tracer = None


def on() -> bool:
    return _tracer is not None


def span(name: str, attributes: Mapping[str, str] | None = None) -> AbstractContextManager[Any]:
    """What the block does, inside what is being done."""
    return _NO_SPAN if _tracer is None else _tracer.start_as_current_span(name, attributes=attributes)


def span_of_request(
    name: str, headers: Mapping[str, str], attributes: Mapping[str, str]
) -> AbstractContextManager[Any]:
    """The same, inside what the caller is doing, as the header `traceparent` has it (W3C Trace Context)."""
    from opentelemetry.propagate import extract
    from opentelemetry.trace import SpanKind

    begun: AbstractContextManager[Any] = _tracer.start_as_current_span(
        name, context=extract(headers), kind=SpanKind.SERVER, attributes=attributes
    )
    return begun

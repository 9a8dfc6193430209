"""What an operator sees of requests: a line of JSON each, numbers for Prometheus, spans, ids in and out."""

import json
import logging
import re
from collections.abc import AsyncIterator, Iterator
from io import StringIO

import pytest
import pytest_asyncio
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client.parser import text_string_to_metric_families

from service.access.key_file import KeyFile
from service.access.keys import new_key
from service.domain.caller import CallerRole
from service.settings import Settings
from service.telemetry import tracing
from service.telemetry.lines import JsonLines
from service.telemetry.metrics import MOST_NAMES, OTHERS, operation_name
from tests.api.client import Api, serving, shown

PATHS = """query Through($to: ID!) {
  trustedPaths(input: { from: { personId: "ada" }, to: { personId: $to } }) { paths { people { name headline } } } }"""


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What the service's log would hold."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


def told(stream: StringIO, logger: str = "rainmaker.requests") -> list[dict[str, object]]:
    """The lines of one logger; that each is JSON is the point."""
    everything = [json.loads(line) for line in stream.getvalue().splitlines()]
    return [line for line in everything if line["logger"] == logger]


async def test_a_request_is_one_line(api: Api, lines: StringIO) -> None:
    answer = await api.http.post("/graphql", json={"query": PATHS, "variables": {"to": "ben"}})
    (line,) = told(lines)
    assert {name: line[name] for name in ("method", "path", "status", "operation", "caller", "role", "statements")} == {
        "method": "POST",
        "path": "/graphql",
        "status": 200,
        "operation": "Through",
        "caller": "local",
        "role": "ADMIN",
        "statements": 1,
    }
    assert line["bytes"] == len(answer.content)
    assert line["requestId"] == answer.headers["x-request-id"]
    for part in ("cost", "ms", "parseMs", "kernelMs", "neo4jMs"):
        assert float(str(line[part])) > 0
    assert "ben" not in lines.getvalue(), "variables are nobody's business"


@pytest.mark.parametrize("given", ["abc-1.2_3:4", "x" * 64])
async def test_a_request_id_goes_through(api: Api, given: str) -> None:
    answer = await api.http.get("/healthz", headers={"x-request-id": given})
    assert answer.headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, 'a"b', "a\\nb", "é"])
async def test_a_request_id_that_could_do_harm_does_not(api: Api, given: str) -> None:
    answer = await api.http.get("/healthz", headers=[(b"x-request-id", given.encode())])
    assert re.fullmatch("[0-9a-f]{16}", answer.headers["x-request-id"])


async def test_an_error_says_its_code_and_what_was_masked_its_request(
    api: Api, lines: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    await api.http.post("/graphql", json={"query": '{ topic(id: "net") { peerInfluence { people } } }'})
    await api.http.post(
        "/graphql", json={"query": '{ trustedPaths(input: {from: {personId: "x"}, to: {personId: "y"}}) { complete } }'}
    )

    async def broken(*_: object) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setattr("service.store.browsing.Neo4jBrowser.count_brands", broken)
    answer = await api.http.post(
        "/graphql", json={"query": "{ brands { totalCount } }"}, headers={"x-request-id": "mine"}
    )
    fine, unknown, failed = told(lines)
    assert "codes" not in fine
    assert unknown["codes"] == ["NOT_FOUND"]
    assert failed["codes"] == ["INTERNAL"]
    (masked,) = told(lines, "service.api.errors")
    assert masked["requestId"] == "mine"
    assert answer.json()["errors"][0]["extensions"]["id"] in str(masked["message"])
    assert "RuntimeError: the inside" in str(masked["traceback"])


async def test_a_slow_question_is_told_with_its_document(api: Api, scratch_settings: Settings, lines: StringIO) -> None:
    assert await api.ids("people", "{ people { edges { node { id } } } }")
    async with serving(scratch_settings.model_copy(update={"slow_seconds": 0.0})) as slow:
        await slow.http.post("/graphql", json={"query": PATHS, "variables": {"to": "ben"}})
    (line,) = told(lines, "rainmaker.slow")
    assert (line["operation"], line["document"]) == ("Through", PATHS)
    assert "ben" not in json.dumps(line)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guarded(
    api: Api, scratch_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Api, KeyFile]]:
    assert await api.ids("people", "{ people { edges { node { id } } } }")
    keys = KeyFile(tmp_path_factory.mktemp("state") / "keys.json")
    async with serving(scratch_settings.model_copy(update={"auth": "keys", "key_file": keys.path})) as served:
        yield served, keys


async def test_metrics_are_for_who_administers(guarded: tuple[Api, KeyFile], lines: StringIO) -> None:
    served, keys = guarded
    statuses = {}
    for role in CallerRole:
        key, text = new_key(f"one {role}", role)
        keys.add(key)
        statuses[role] = (await served.http.get("/metrics", headers=shown(text))).status_code
    assert statuses == {CallerRole.READER: 403, CallerRole.WRITER: 403, CallerRole.ADMIN: 200}
    key, text = new_key("prometheus", CallerRole.READER, metrics=True)
    keys.add(key)
    assert (await served.http.get("/metrics", headers=shown(text))).status_code == 200
    assert (await served.http.get("/metrics")).status_code == 401
    assert [(line["caller"], line["status"]) for line in told(lines)] == [
        (None, 403),
        (None, 403),
        ("one ADMIN", 200),
        ("prometheus", 200),
        (None, 401),
    ]


async def samples(api: Api) -> dict[tuple[str, tuple[str, ...]], float]:
    page = await api.http.get("/metrics")
    assert page.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(page.text)
        for sample in family.samples
    }


async def test_what_is_counted(api: Api) -> None:
    before = await samples(api)
    await api.answer(PATHS, to="ben")
    await api.error('{ trustedPaths(input: {from: {personId: "x"}, to: {personId: "y"}}) { complete } }')
    await api.http.post("/graphql", content=b"{", headers={"content-type": "application/json"})
    after = await samples(api)

    def more(name: str, *labels: str) -> float:
        return after[name, labels] - before.get((name, labels), 0)

    assert more("rainmaker_http_requests_total", "/graphql", "200") == 2
    assert more("rainmaker_http_requests_total", "/graphql", "400") == 1
    assert more("rainmaker_operation_seconds_count", "Through") == 1
    assert more("rainmaker_kernel_seconds_count", "paths") == 3  # what failed is asked again of graphql-core
    assert more("rainmaker_neo4j_statement_seconds_count", "people_by_id") == 1
    assert more("rainmaker_errors_total", "NOT_FOUND") == 1
    assert after["rainmaker_http_requests_under_way", ()] == 1
    assert after["rainmaker_snapshot_people", ()] == 7
    assert after["rainmaker_snapshot_relationships", ()] > 5
    assert after["rainmaker_snapshot_age_seconds", ()] > 0
    assert after["rainmaker_snapshot_unconfirmed_seconds", ()] < 30
    assert after["rainmaker_gate_room", ("path searches",)] == 66
    assert after["rainmaker_gate_under_way", ("path searches",)] == 0
    assert after["rainmaker_neo4j_connections", ("idle",)] >= 1
    assert after["process_resident_memory_bytes", ()] > 10_000_000


def test_callers_cannot_fill_memory_with_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.telemetry.metrics._names", set())
    names = [operation_name(f"made{number}") for number in range(MOST_NAMES + 50)]
    assert names[:2] == ["made0", "made1"]
    assert set(names[MOST_NAMES:]) == {OTHERS}


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    tracing.begin(SimpleSpanProcessor(exporter))
    yield exporter
    tracing.end()


async def test_a_trace_goes_from_http_to_cypher(api: Api, spans: InMemorySpanExporter) -> None:
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    await api.http.post("/graphql", json={"query": PATHS, "variables": {"to": "ben"}}, headers={"traceparent": parent})
    found = {span.name: span for span in spans.get_finished_spans() if span.context is not None}
    assert {"POST /graphql", "graphql Through", "kernel paths", "cypher people_by_id"} <= set(found)
    request, graphql = found["POST /graphql"], found["graphql Through"]
    assert request.parent is not None
    assert f"{request.parent.span_id:x}" == "b7ad6b7169203331"
    mine = [span for span in found.values() if span.context and f"{span.context.trace_id:032x}" == parent[3:35]]
    assert len(mine) >= 4
    for span, outer in ((graphql, request), (found["kernel paths"], graphql), (found["cypher people_by_id"], graphql)):
        assert span.parent is not None
        assert outer.context is not None
        assert span.parent.span_id == outer.context.span_id
    assert "ben" not in "".join(span.to_json() for span in mine)


def test_traces_that_are_not_asked_for_are_not_even_imported() -> None:
    import subprocess
    import sys

    code = "import sys, service.app; print([name for name in sys.modules if name.startswith('opentelemetry.sdk')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"

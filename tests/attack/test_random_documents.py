"""Random documents of the schema, hostile texts among them: nothing is INTERNAL. Many more: `bench/attack.py`."""

import asyncio
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.attack import SCHEMA, Toll, codes_of
from bench.fuzz_documents import fuzz_documents, with_hostile_texts
from tests.api.client import Api

KNOWN = ("ada", "ben", "acme", "net")


async def test_nothing_is_internal(api: Api) -> None:
    loop, toll = asyncio.get_running_loop(), Toll()

    async def ask(body: dict[str, object]) -> None:
        toll.add(codes_of(await api.http.post("/graphql", json=body)), 0, body)

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(fuzz_documents(SCHEMA.read_text(encoding="utf-8")), st.integers(0, 2**32))
    def asked(document: str, seed: int) -> None:
        body: dict[str, object] = {"query": with_hostile_texts(document, KNOWN, Random(seed))}
        asyncio.run_coroutine_threadsafe(ask(body), loop).result()
        assert not toll.faults

    await asyncio.to_thread(asked)
    assert toll.codes["answered"] > 5, toll.codes

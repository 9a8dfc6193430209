"""The threads that search communities: out of the way, never changing an answer, and gone when told."""

import asyncio
import threading
import time

import numpy as np
import pytest

from service.domain.errors import Unavailable
from service.graph.communities.leiden import leiden
from service.graph.communities.projection import Projection
from service.use_cases.leiden_threads import LeidenThreads


def random_projection(people: int, ties: int) -> Projection:
    rng = np.random.default_rng(7)
    ends = np.unique(np.sort(rng.integers(0, people, (ties, 2), dtype=np.int32), axis=1), axis=0)
    ends = ends[ends[:, 0] != ends[:, 1]]
    weight = rng.random(len(ends))
    low, high = np.ascontiguousarray(ends[:, 0]), np.ascontiguousarray(ends[:, 1])
    return Projection(np.arange(people, dtype=np.int32), low, high, weight, weight * 0)


async def test_the_event_loop_goes_on_while_communities_are_searched() -> None:
    projection = random_projection(30_000, 300_000)
    with LeidenThreads(2) as threads:
        await threads.leiden(random_projection(30, 60), 1.0)
        began, longest, beats = time.perf_counter(), 0.0, 0
        search = asyncio.create_task(threads.leiden(projection, 1.0))
        while not search.done():
            before = time.perf_counter()
            await asyncio.sleep(0.01)
            longest, beats = max(longest, time.perf_counter() - before), beats + 1
        took = time.perf_counter() - began
    # A kernel that kept the interpreter's lock would have stalled the loop for as long as it took.
    assert beats > 10
    assert longest < took * 0.6


@pytest.mark.parametrize("count", [1, 2, 5])
async def test_how_many_threads_there_are_changes_nothing(count: int) -> None:
    projection = random_projection(400, 1500)
    here = leiden(400, projection.low, projection.high, projection.weight, 1.0)
    with LeidenThreads(count) as threads:
        found = await asyncio.gather(*(threads.leiden(projection, 1.0) for _ in range(3)))
    assert all(each.tolist() == here.tolist() for each in found)


async def test_closing_does_not_wait_for_a_long_search() -> None:
    others = set(threading.enumerate())
    threads = LeidenThreads(1)
    await threads.leiden(random_projection(30, 60), 1.0)
    search = asyncio.create_task(threads.leiden(random_projection(100_000, 1_000_000), 1.0))
    await asyncio.sleep(0.5)
    assert not search.done()
    began = time.perf_counter()
    await asyncio.to_thread(threads.close)
    assert time.perf_counter() - began < 3
    with pytest.raises(Unavailable, match="interrupted"):
        await search
    new = set(threading.enumerate()) - others
    assert not [thread for thread in new if thread.name.startswith("communities")]


async def test_a_search_that_nobody_waits_for_makes_room() -> None:
    with LeidenThreads(1) as threads:
        await threads.leiden(random_projection(30, 60), 1.0)
        search = asyncio.create_task(threads.leiden(random_projection(100_000, 1_000_000), 1.0))
        await asyncio.sleep(0.5)
        search.cancel()
        began = time.perf_counter()
        await threads.leiden(random_projection(30, 60), 1.0)
        assert time.perf_counter() - began < 3
    assert search.cancelled()

"""The processes that search communities: out of the way, replaceable, and gone when told."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children

import numpy as np
import pytest

from service.domain.errors import Unavailable
from service.graph.leiden import leiden
from service.graph.projection import Projection
from service.use_cases.leiden_workers import LeidenWorkers


def random_projection(people: int, ties: int) -> Projection:
    rng = np.random.default_rng(7)
    ends = np.unique(np.sort(rng.integers(0, people, (ties, 2), dtype=np.int32), axis=1), axis=0)
    ends = ends[ends[:, 0] != ends[:, 1]]
    weight, none = rng.random(len(ends)), np.zeros(0, dtype=np.int32)
    low, high = np.ascontiguousarray(ends[:, 0]), np.ascontiguousarray(ends[:, 1])
    return Projection(np.arange(people, dtype=np.int32), low, high, weight, weight * 0, none, none, none, np.zeros(0))


async def test_the_event_loop_goes_on_while_communities_are_searched() -> None:
    with LeidenWorkers(1) as workers:
        await workers.warm()
        projection = random_projection(5000, 40_000)
        began, longest, beats = time.perf_counter(), 0.0, 0
        search = asyncio.create_task(workers.leiden(projection, 1.0))
        while not search.done():
            before = time.perf_counter()
            await asyncio.sleep(0.01)
            longest, beats = max(longest, time.perf_counter() - before), beats + 1
        took = time.perf_counter() - began
    # Searched here, it would have stalled the loop for as long as it took.
    assert beats > 10
    assert longest < took * 0.6
    here = leiden(5000, projection.low, projection.high, projection.weight, 1.0)
    assert search.result().tolist() == here.tolist()


async def test_a_worker_that_dies_is_replaced() -> None:
    others = set(active_children())
    with LeidenWorkers(1) as workers:
        await workers.warm()
        (worker,) = set(active_children()) - others
        search = asyncio.create_task(workers.leiden(random_projection(3000, 20_000), 1.0))
        await asyncio.sleep(0.1)
        os.kill(worker.pid or 0, signal.SIGKILL)
        with pytest.raises(Unavailable, match="interrupted"):
            await search
        small = random_projection(30, 60)
        assert len(await workers.leiden(small, 1.0)) == 30
    assert set(active_children()) <= others


async def test_closing_does_not_wait_for_a_long_search() -> None:
    others = set(active_children())
    workers = LeidenWorkers(1)
    await workers.warm()
    search = asyncio.create_task(workers.leiden(random_projection(20_000, 200_000), 1.0))
    await asyncio.sleep(0.2)
    began = time.perf_counter()
    await asyncio.to_thread(workers.close)
    assert time.perf_counter() - began < 3
    with pytest.raises(Unavailable):
        await search
    assert set(active_children()) <= others


def test_workers_end_with_the_process_that_started_them() -> None:
    program = """
import asyncio, os
from multiprocessing import active_children
from service.use_cases.leiden_workers import LeidenWorkers
async def main():
    await LeidenWorkers(1).warm()
    print(active_children()[0].pid, flush=True)
    os._exit(1)
if __name__ == "__main__":
    asyncio.run(main())
"""
    # The worker shares the pipe that is read here to its end: were it left behind, this would time out.
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode, int(result.stdout) > 0) == (1, True)


def test_there_are_no_more_workers_than_processors() -> None:
    with LeidenWorkers(1000) as many, LeidenWorkers(0) as least:
        assert many.count == os.cpu_count()
        assert least.count == 1

"""So many inside, so many waiting, the next refused; whoever gives up leaves room."""

import asyncio

import pytest

from service.domain.errors import Overloaded
from service.use_cases.gate import Gate


async def _through(gate: Gate, may_go: asyncio.Event, inside: list[int]) -> None:
    async with gate:
        inside.append(1)
        await may_go.wait()
        inside.pop()


async def test_a_gate() -> None:
    gate, may_go, inside = Gate("searches", 2, 3), asyncio.Event(), list[int]()
    tasks = [asyncio.create_task(_through(gate, may_go, inside)) for _ in range(5)]
    await asyncio.sleep(0)
    assert len(inside) == 2
    with pytest.raises(Overloaded, match="Too many searches are under way"):
        await _through(gate, may_go, inside)
    tasks[4].cancel()
    tasks[0].cancel()
    await asyncio.sleep(0.01)
    assert len(inside) == 3  # the cancelled one never popped; two are inside again
    tasks += [asyncio.create_task(_through(gate, may_go, inside)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded):
        await _through(gate, may_go, inside)
    may_go.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(isinstance(result, asyncio.CancelledError) for result in results) == 2
    async with gate:
        pass


async def test_a_failure_inside_leaves_room() -> None:
    gate = Gate("searches", 1, 0)
    for _ in range(3):
        with pytest.raises(ValueError, match="no"):
            async with gate:
                raise ValueError("no")

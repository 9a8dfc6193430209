"""Answers that are remembered: equal questions at once are computed once, and a failure is nobody's answer."""

import asyncio

import pytest

from service.domain.errors import Unavailable
from service.use_cases.gate import Gate
from service.use_cases.remembered import Remembered
from tests.scenario import Scenario

SNAPSHOT = Scenario(people=("a",)).snapshot()


async def test_whoever_waits_for_the_same_gets_it_from_memory() -> None:
    remembered: Remembered[str, str] = Remembered(4, Gate("questions", 1, 9))
    computed = []

    async def answer() -> str:
        computed.append("once")
        await asyncio.sleep(0)
        return "so"

    asked = [remembered.of(SNAPSHOT, "who?", answer) for _ in range(3)]
    assert await asyncio.gather(*asked) == ["so"] * 3
    assert computed == ["once"]


async def test_a_failure_is_not_remembered() -> None:
    remembered: Remembered[str, str] = Remembered(4, Gate("questions", 1, 0))

    async def fails() -> str:
        raise Unavailable("Neo4j is away")

    async def answers() -> str:
        return "so"

    with pytest.raises(Unavailable):
        await remembered.of(SNAPSHOT, "who?", fails)
    assert await remembered.of(SNAPSHOT, "who?", answers) == "so"

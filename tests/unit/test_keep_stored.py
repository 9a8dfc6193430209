"""The rounds that keep what is stored: when they come, in what order, and that one which fails is not the last."""

import asyncio
from typing import Any

import pytest

from service.domain.errors import Unavailable
from service.ports.communities import KeepingProgress
from service.use_cases import keep_stored as module
from service.use_cases.keep_stored import KeepStored


class Rounds:
    """Both things that a round does, told in order."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.more = asyncio.Event()
        self.fails = False

    async def keep_stored(self, progress: KeepingProgress | None) -> None:
        self._tell("communities, shown" if progress else "communities")
        if self.fails:
            raise Unavailable("Neo4j is away")

    async def __call__(self) -> None:
        self._tell("standing")

    async def until(self, rounds: int) -> list[str]:
        while len(self.told) < rounds:
            self.more.clear()
            await asyncio.wait_for(self.more.wait(), 10)
        return self.told

    def _tell(self, what: str) -> None:
        self.told.append(what)
        self.more.set()


def keeper(rounds: Rounds, calm_seconds: float = 0) -> KeepStored:
    both: Any = rounds
    return KeepStored(both, both, lambda *_: None, calm_seconds=calm_seconds)


async def test_a_change_keeps_communities_first_and_standing_then() -> None:
    rounds = Rounds()
    kept = keeper(rounds)
    async with kept.running():
        assert await rounds.until(2) == ["communities, shown", "standing"]
        kept.graph_changed()
        assert (await rounds.until(4))[2:] == ["communities", "standing"]


async def test_a_round_waits_until_changes_have_stopped() -> None:
    rounds = Rounds()
    kept = keeper(rounds, calm_seconds=0.5)
    async with kept.running():
        await rounds.until(2)  # the first waits for nothing
        for _ in range(10):
            kept.graph_changed()
            await asyncio.sleep(0.1)
        assert len(rounds.told) == 2
        assert (await rounds.until(4))[2:] == ["communities", "standing"]


async def test_a_graph_that_never_stands_still_is_followed_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_UNREST_SECONDS", 0.3)
    rounds = Rounds()
    kept = keeper(rounds, calm_seconds=60)
    async with kept.running():
        await rounds.until(2)
        while len(rounds.told) < 4:
            kept.graph_changed()
            await asyncio.sleep(0.01)
        assert rounds.told[2:] == ["communities", "standing"]


async def test_without_a_change_standing_is_looked_at_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.01)
    rounds = Rounds()
    async with keeper(rounds).running():
        assert (await rounds.until(4))[:4] == ["communities, shown", "standing", "standing", "standing"]


async def test_a_round_that_fails_is_not_the_last(caplog: pytest.LogCaptureFixture) -> None:
    rounds = Rounds()
    rounds.fails = True
    kept = keeper(rounds)
    async with kept.running():
        await rounds.until(1)
        rounds.fails = False
        kept.graph_changed()
        assert (await rounds.until(3))[1:] == ["communities", "standing"]
    assert "not up to date" in caplog.text


@pytest.mark.parametrize("steps", range(6))
async def test_it_ends_whenever_it_is_told_to(steps: int) -> None:
    """Also while it takes note of a change."""

    async def a_short_life() -> None:
        async with keeper(Rounds()).running():
            for _ in range(steps):
                await asyncio.sleep(0)

    _, unended = await asyncio.wait({ending := asyncio.ensure_future(a_short_life())}, timeout=2)
    ending.cancel()
    assert not unended

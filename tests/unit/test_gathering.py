"""Look-ups that arrive while others are under way go out together, and fail together."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from service.store.gathering import AT_ONCE, Gathering


class Source:
    """Answers when told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.may_answer = asyncio.Event()
        self.fails_with: Exception | None = None

    async def __call__(self, ids: Sequence[str]) -> Mapping[str, str]:
        self.asked.append(list(ids))
        await self.may_answer.wait()
        if self.fails_with is not None:
            raise self.fails_with
        return {id_: id_.upper() for id_ in ids if id_ != "nobody"}


async def _asked(load: Gathering[str], *ids: str) -> "asyncio.Task[Mapping[str, str]]":
    task = asyncio.create_task(_load(load, ids))
    await asyncio.sleep(0)
    return task


async def _load(load: Gathering[str], ids: Sequence[str]) -> Mapping[str, str]:
    return await load(ids)


async def test_the_first_go_out_at_once_the_rest_together() -> None:
    source = Source()
    load = Gathering(source)
    tasks = [await _asked(load, id_) for id_ in "abcdca"]
    tasks.append(await _asked(load, "nobody", "e"))
    await asyncio.sleep(0)
    assert source.asked == [["a"], ["b"]]
    assert len(source.asked) == AT_ONCE
    source.may_answer.set()
    answers = await asyncio.gather(*tasks)
    assert source.asked == [["a"], ["b"], ["a", "c", "d", "e", "nobody"]]
    assert [answer[id_] for answer, id_ in zip(answers, "abcdca", strict=False)] == list("ABCDCA")
    assert answers[-1]["e"] == "E"
    assert "nobody" not in answers[-1]


async def test_a_failure_reaches_all_who_asked_with_it_and_nobody_else() -> None:
    source = Source()
    source.fails_with = ValueError("no")
    load = Gathering(source)
    tasks = [await _asked(load, id_) for id_ in "abcd"]
    source.may_answer.set()
    for task in tasks:
        with pytest.raises(ValueError, match="no"):
            await task
    source.fails_with = None
    assert (await load(["a"]))["a"] == "A"


async def test_who_gives_up_takes_nobody_along() -> None:
    source = Source()
    load = Gathering(source)
    tasks = [await _asked(load, id_) for id_ in "abcc"]
    tasks[2].cancel()
    await asyncio.sleep(0)
    source.may_answer.set()
    assert (await tasks[3])["c"] == "C"
    assert tasks[2].cancelled()

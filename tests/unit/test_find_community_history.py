"""The history of communities of a small graph whose ties are dated."""

from dataclasses import replace
from datetime import date

import pytest

from service.domain.communities import CommunitiesQuestion
from service.domain.community_history import CommunityHistory, CommunityHistoryQuestion
from service.domain.errors import InvalidInput, NotFound
from service.domain.vocabulary import CommunityChange, Interval
from service.use_cases.find_communities import FindCommunities
from service.use_cases.find_community_history import FindCommunityHistory
from tests.communities import GROWN, FixedSnapshot, HereSearch, MemoryHistories, MemoryStore
from tests.scenario import AS_OF

BORN, GREW, SHRANK, MERGED, SPLIT, ENDED = CommunityChange
QUESTION = CommunityHistoryQuestion("net", Interval.YEAR, date(2021, 1, 1))


class Bench:
    def __init__(self) -> None:
        self.snapshots = FixedSnapshot(GROWN.snapshot())
        self.search = HereSearch()
        self.communities = FindCommunities(self.snapshots, MemoryStore(), self.search)
        self.histories = MemoryHistories()
        self.find = FindCommunityHistory(self.snapshots, self.communities, self.histories)


def sizes(found: CommunityHistory) -> list[list[int]]:
    return [[moment.community.size for moment in stage.moments] for stage in found.stages]


async def test_year_by_year() -> None:
    found = await Bench().find(QUESTION)
    days = [*(date(year, 12, 31) for year in (2021, 2022, 2023, 2024, 2025)), AS_OF]
    assert [stage.day for stage in found.stages] == days
    assert sizes(found) == [[4], [4, 4], [5, 4], [9], [9], [9]]
    assert [(event.day.year, event.change) for event in found.events] == [(2022, BORN), (2023, GREW), (2024, MERGED)]
    merged = found.events[-1]
    assert {moment.line_id for moment in merged.before} == {moment.line_id for moment in found.stages[2].moments}
    assert [moment.community.size for moment in merged.after] == [9]


async def test_lines_keep_their_ids() -> None:
    found = await Bench().find(QUESTION)
    abcd = found.stages[0].moments[0].line_id
    assert [moment.line_id for stage in found.stages[1:] for moment in stage.moments].count(abcd) == 5


async def test_each_day_has_the_communities_of_that_day() -> None:
    bench = Bench()
    found = await bench.find(QUESTION)
    for stage in found.stages:
        alone = await bench.communities(CommunitiesQuestion("net", as_of=stage.day))
        assert tuple(moment.community for moment in stage.moments) == alone.communities
        assert (stage.people, stage.modularity) == (alone.people, alone.modularity)


async def test_a_history_is_remembered() -> None:
    bench = Bench()
    found = await bench.find(QUESTION)
    assert await bench.find(replace(QUESTION, to=AS_OF)) is found


async def test_the_last_day_is_the_one_asked_for() -> None:
    found = await Bench().find(replace(QUESTION, every=Interval.QUARTER, from_=date(2023, 7, 1), to=date(2024, 2, 1)))
    assert [stage.day for stage in found.stages] == [date(2023, 9, 30), date(2023, 12, 31), date(2024, 2, 1)]
    assert [event.change for event in found.events] == [MERGED]


async def test_where_nobody_trusts_there_is_nothing() -> None:
    found = await Bench().find(replace(QUESTION, from_=date(2018, 1, 1), to=date(2020, 1, 1)))
    assert sizes(found) == [[], [], []]
    assert found.events == ()


@pytest.mark.parametrize(
    "asked", [{"from_": date(2001, 12, 31)}, {"from_": date(2027, 1, 1)}, {"to": date(2020, 12, 31)}]
)
async def test_stretches_that_cannot_be_told(asked: dict[str, date]) -> None:
    with pytest.raises(InvalidInput) as refused:
        await Bench().find(replace(QUESTION, **asked))  # type: ignore[arg-type]
    assert refused.value.field == "from"


async def test_unknown_topics() -> None:
    with pytest.raises(NotFound, match="topic"):
        await Bench().find(CommunityHistoryQuestion("nowhere"))


async def test_the_plain_question_is_written_back_once() -> None:
    bench = Bench()
    found = await bench.find(CommunityHistoryQuestion("net"))
    await bench.find(QUESTION)
    await bench.find(CommunityHistoryQuestion("net", to=AS_OF))
    assert bench.histories.stored == {"net": found}
    again = FindCommunityHistory(bench.snapshots, bench.communities, bench.histories)
    await again(CommunityHistoryQuestion("net"))
    assert bench.histories.writes == 1


async def test_what_cannot_be_stored_is_answered_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench()
    bench.histories.away = True
    assert (await bench.find(CommunityHistoryQuestion("net"))).events
    assert "Neo4j is away" in caplog.text

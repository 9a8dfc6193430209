"""Currents of a topic and of a person on it, worked out by hand."""

from dataclasses import replace
from datetime import date

import pytest

from service.domain.currents import Currents, CurrentsQuestion, History, HistoryQuestion
from service.domain.errors import InvalidInput, NotFound
from service.domain.model import Dataset, Topic
from service.domain.vocabulary import Interval, TopicScope, Trend
from service.use_cases.find_currents import FindCurrents
from service.use_cases.find_history import FindHistory
from tests.communities import FixedSnapshot
from tests.influence import Act, FixedActivity
from tests.scenario import Scenario, Tie

TOPICS = (
    Topic("tech", "Technology"),
    Topic("net", "Networking", "tech"),
    Topic("dns", "DNS", "net"),
    Topic("mail", "Mail", "net"),
    Topic("art", "Art"),
)
AS_OF = date(2026, 2, 15)
NET = CurrentsQuestion("net", Interval.MONTH, date(2025, 10, 1))
ACTS = (
    Act("old", "net", 202401, 7),
    Act("old", "net", 202510, 2, 1, 1),
    Act("ada", "dns", 202510, 0, 2),
    Act("ada", "dns", 202511, 3),
    Act("ada", "mail", 202511, 1),
    Act("ben", "mail", 202601, 8, 1, 5),
    Act("ada", "mail", 202601, 2),
    Act("ben", "mail", 202602, 100),
    Act("cat", "art", 202511, 9),
    Act("gone", "net", 202511, 50),
)
TRUST = (
    Tie("ada", "old", 0.5, "net", since=date(2025, 10, 31)),
    Tie("old", "ada", 0.5, "dns", since=date(2025, 12, 1)),
    Tie("ben", "ada", 0.5, "", since=date(2025, 12, 31)),
    Tie("ben", "old", 0.5, "art", since=date(2025, 12, 31)),
    Tie("gone", "old", 0.5, "net", since=date(2025, 12, 31)),
    Tie("cat", "ada", 0.5, "net"),
    Tie("cat", "old", 0.5, "net", since=date(2026, 2, 20)),
)
SCENARIO = Scenario(
    ("ada", "ben", "cat", "gone", "old"),
    TRUST,
    topics=TOPICS,
    opted_out=frozenset({"gone"}),
    dataset=Dataset("currents", as_of=AS_OF),
)


async def currents(**asked: object) -> Currents:
    find = FindCurrents(FixedSnapshot(SCENARIO.snapshot()), FixedActivity(ACTS))
    return await find(replace(NET, **asked))  # type: ignore[arg-type]


async def history(person_id: str, **asked: object) -> History:
    find = FindHistory(FixedSnapshot(SCENARIO.snapshot()), FixedActivity(ACTS))
    return await find(HistoryQuestion(person_id, replace(NET, **asked)))  # type: ignore[arg-type]


def rows(found: Currents) -> list[tuple[int, int, int, int]]:
    return [(each.interactions, each.active_people, each.newcomers, each.new_trust) for each in found.intervals]


async def test_month_by_month() -> None:
    found = await currents()
    # interactions, active people, newcomers, new trust; old came long before
    assert rows(found) == [(2, 2, 1, 1), (4, 1, 0, 0), (0, 0, 0, 2), (10, 2, 1, 0), (100, 1, 0, 1)]
    assert [each.span.start for each in found.intervals][::4] == [date(2025, 10, 1), date(2026, 2, 1)]
    assert [each.span.complete for each in found.intervals] == [True, True, True, True, False]


async def test_momentum_is_that_of_complete_intervals() -> None:
    found = await currents()
    assert found.momentum is not None
    # 2 4 0 10: slopes 2 -4 10 -1 3 8/3
    assert found.momentum.slope == pytest.approx((2 + 8 / 3) / 2)
    assert (found.momentum.intervals, found.momentum.trend) == (4, Trend.STEADY)


async def test_who_rises() -> None:
    found = await currents()
    assert (found.recent_total, found.former_total) == (10, 6)  # December and January; October and November
    # (8 + 5 · 10/16) / 10 over (0 + 5 · 6/16) / 6
    (ben,) = found.rising_people
    assert (ben.id, ben.recent, ben.former) == ("ben", 8, 0)
    assert ben.rise == pytest.approx((11.125 / 10) / (1.875 / 6))
    (mail,) = found.rising_topics
    assert (mail.id, mail.recent, mail.former) == ("mail", 10, 1)
    assert mail.rise == pytest.approx((13.125 / 10) / (2.875 / 6))


async def test_an_odd_number_of_intervals_leaves_out_the_first() -> None:
    found = await currents(from_=date(2025, 11, 1))
    assert (found.recent_total, found.former_total) == (10, 0)
    assert found.rising_people == found.rising_topics == ()
    assert found.momentum is None


async def test_nothing_behind_the_last_day_counts() -> None:
    found = await currents(to=date(2025, 12, 15))
    assert rows(found) == [(2, 2, 1, 1), (4, 1, 0, 0), (0, 0, 0, 2)]
    assert all(each.span.complete for each in found.intervals)
    quarter = await currents(interval=Interval.QUARTER, to=date(2025, 11, 1))
    assert rows(quarter) == [(6, 2, 1, 1)]
    assert not quarter.intervals[0].span.complete


async def test_scopes() -> None:
    exact = await currents(scope=TopicScope.EXACT)
    assert rows(exact) == [(2, 1, 0, 1), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 1)]
    everything = await currents(scope=TopicScope.ANY)
    assert rows(everything)[1:3] == [(13, 2, 1, 0), (0, 0, 0, 3)]
    # art is in scope, but not below
    assert [riser.id for riser in everything.rising_topics] == ["mail"]


async def test_24_intervals_are_told_unless_asked_otherwise() -> None:
    found = await currents(from_=None, interval=Interval.QUARTER)
    assert len(found.intervals) == 24
    assert found.intervals[0].span.start == date(2020, 4, 1)
    assert found.question.to == AS_OF


@pytest.mark.parametrize(
    "asked",
    [
        {"from_": date(2026, 3, 1)},
        {"from_": date(2025, 2, 1), "to": date(2025, 1, 31)},
        {"from_": date(1986, 2, 28)},
    ],
)
async def test_stretches_that_cannot_be_told(asked: dict[str, date]) -> None:
    with pytest.raises(InvalidInput) as refused:
        await currents(**asked)
    assert refused.value.field == "from"


async def test_480_intervals_are_the_most() -> None:
    assert len((await currents(from_=date(1986, 3, 1))).intervals) == 480


async def test_a_person() -> None:
    found = await history("ada")
    shown = [(e.given, e.received, e.posts, e.trust_gained, e.trust_given) for e in found.intervals]
    assert shown == [(0, 2, 0, 0, 1), (4, 0, 0, 0, 0), (0, 0, 0, 2, 0), (2, 0, 0, 0, 0), (0, 0, 0, 0, 0)]
    assert found.momentum is not None
    assert found.momentum.intervals == 4


async def test_who_opted_out_has_a_history_of_nothing() -> None:
    found = await history("gone")
    assert {(e.given, e.received, e.posts, e.trust_gained, e.trust_given) for e in found.intervals} == {(0, 0, 0, 0, 0)}


async def test_unknown_ids() -> None:
    with pytest.raises(NotFound, match="topic"):
        await currents(topic_id="nowhere")
    with pytest.raises(NotFound, match="topic"):
        await history("ada", topic_id="nowhere")
    with pytest.raises(NotFound, match="person"):
        await history("nobody")

"""Asking for standing: what is computed, remembered, shared and refused."""

import asyncio
from datetime import date

import pytest

from service.domain.errors import NotFound, Unavailable
from service.domain.model import Topic
from service.domain.standing import StandingQuestion
from service.domain.vocabulary import StandingMeasure, TopicScope
from service.use_cases.activity_in_scope import topics_in_scope
from service.use_cases.find_standing import FindStanding
from tests.communities import FixedSnapshot, mutual, near, scenario_of
from tests.influence import Act, FixedActivity
from tests.scenario import Tie

TOPICS = (
    Topic("tech", "Technology"),
    Topic("net", "Networks", "tech"),
    Topic("dns", "Names", "net"),
    Topic("art", "Art"),
)
GRAPH = scenario_of([Tie("b", "a", 0.8, "net"), Tie("c", "a", 0.5, ""), *mutual(["x", "y"], 0.5, "art")], topics=TOPICS)
ACTS = [
    Act("a", "net", 202510, 1, 2),
    Act("a", "net", 202602, 50, 50),
    Act("a", "art", 202511, 4, 0),
    Act("b", "dns", 202512, 3, 0),
    Act("c", "art", 202512, 0, 20),
    Act("too-new", "net", 202512, 6, 8),
    Act("y", "art", 202601, 2, 4),
]
NET = StandingQuestion("net")


class Bench:
    def __init__(self) -> None:
        self.snapshots = FixedSnapshot(GRAPH.snapshot())
        self.activity = FixedActivity(ACTS)
        self.find = FindStanding(self.snapshots, self.activity)


async def test_a_standing_is_made_of_network_and_activity() -> None:
    """In scope are net, dns and tech: 20 interactions up to January 2026, of 50 on all topics."""
    bench = Bench()
    standing = await bench.find.of_person("a", NET)
    assert standing is not None
    assert (standing.people, standing.snapshot_id) == (3, bench.snapshots.latest().info.id)
    assert standing.resonance.value == near(0.8 + 0.5 * 0.606531)
    assert standing.relevance.value == pytest.approx((3 + 10 * 20 / 50) / (7 + 10))
    assert standing.reach.value == 2
    found = await bench.find(NET)
    assert found.everybody.everywhere.tolist() == [7, 3, 20], "c is in the network, though not active in scope"


@pytest.mark.parametrize(
    ("scope", "topics"),
    [
        (TopicScope.EXACT, ["net"]),
        (TopicScope.RELATED, ["dns", "net", "tech"]),
        (TopicScope.ANY, ["art", "dns", "net", "tech"]),
    ],
)
def test_activity_counts_on_the_topics_in_scope(scope: TopicScope, topics: list[str]) -> None:
    snapshot = GRAPH.snapshot()
    assert topics_in_scope(snapshot, snapshot.topics.index.of("net"), scope) == topics


async def test_where_everything_is_in_scope_everybody_is_as_relevant() -> None:
    found = await Bench().find(StandingQuestion("net", TopicScope.ANY))
    assert found.everybody.columns[StandingMeasure.RELEVANCE].value.tolist() == [1, 1, 1, 1, 1]


async def test_the_day_bounds_the_months() -> None:
    found = await Bench().find(StandingQuestion("net", as_of=date(2026, 2, 1)))
    assert found.everybody.given.tolist() == [51, 3, 0]


async def test_somebody_elsewhere_has_no_standing() -> None:
    bench = Bench()
    assert await bench.find.of_person("x", NET) is None
    assert await bench.find.engagement("x", NET) is None
    engagement = await bench.find.engagement("a", NET)
    assert engagement is not None
    assert (engagement.given, engagement.received) == (1, 2)


async def test_unknown_ids_are_not_found() -> None:
    bench = Bench()
    for topic_id in ("nowhere", ""):
        with pytest.raises(NotFound, match="topic"):
            await bench.find(StandingQuestion(topic_id))
    with pytest.raises(NotFound, match="person"):
        await bench.find.of_person("nobody", NET)
    with pytest.raises(NotFound, match="person"):
        await bench.find.engagement("nobody", NET)


async def test_without_a_snapshot_it_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        await FindStanding(FixedSnapshot(None), FixedActivity(ACTS))(NET)


async def test_an_answer_is_computed_once_until_graph_or_activity_change() -> None:
    bench = Bench()
    first, second = await asyncio.gather(bench.find(NET), bench.find(NET))
    assert first is second is await bench.find(StandingQuestion("net", as_of=date(2026, 1, 1)))
    assert bench.activity.reads == 1
    bench.activity.changes += 1
    assert await bench.find(NET) is not first
    assert bench.activity.reads == 2
    bench.snapshots.snapshot = scenario_of([Tie("b", "a", 0.7, "net")], topics=TOPICS).snapshot()
    other = await bench.find(NET)
    assert other.snapshot is bench.snapshots.snapshot
    assert len(bench.find._answers) == 1, "what was computed for former snapshots is forgotten"


async def test_whoever_gives_up_does_not_end_it_for_others() -> None:
    bench = Bench()
    waiting = [asyncio.create_task(bench.find(NET)) for _ in range(2)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    assert len((await waiting[1]).everybody.people) == 3
    await bench.find.close()

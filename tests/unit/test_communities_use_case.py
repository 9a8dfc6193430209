"""Asking for communities: what is refused, remembered, shared, stored and told by id."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import inf, nan

import pytest

from service.domain.communities import CommunitiesQuestion, TopicalCommunities
from service.domain.errors import InvalidInput, NotFound, Unavailable
from service.domain.model import Dataset, Topic
from service.domain.vocabulary import TopicScope
from service.graph.snapshot import Snapshot
from service.use_cases import find_communities as module
from service.use_cases import kept_topics as kept_topics_module
from service.use_cases.find_communities import FindCommunities
from tests.communities import FixedSnapshot, HereSearch, MemoryStore, mutual, scenario_of, two_groups
from tests.scenario import AS_OF, Scenario, Tie

NET = CommunitiesQuestion("net")
TOPICS = (Topic("net", "Networking"), Topic("virtio", "virtio", "net"), Topic("tiny", "Tiny"))


class Bench:
    """A use case with its stand-ins, and a clock that the test moves."""

    def __init__(self, scenario: Scenario | None = None, *, min_relationships: int = 20) -> None:
        self.snapshots = FixedSnapshot((scenario or two_groups()).snapshot())
        self.search = HereSearch()
        self.store = MemoryStore()
        self.now = datetime(2026, 5, 5, 12, tzinfo=UTC)
        self.find = FindCommunities(
            self.snapshots, self.store, self.search, min_relationships=min_relationships, now=lambda: self.now
        )

    def restarted(self) -> "Bench":
        """Another process over the same graph and the same store."""
        other = Bench()
        other.snapshots.snapshot, other.store.kept, other.now = self.snapshots.snapshot, self.store.kept, self.now
        return other

    @property
    def snapshot(self) -> Snapshot:
        return self.snapshots.latest()


def ids(answer: TopicalCommunities) -> list[str]:
    return [community.id for community in answer.communities]


def groups(answer: TopicalCommunities) -> list[list[str]]:
    return [sorted(m.person_id for m in community.members if m.primary) for community in answer.communities]


async def test_two_groups_are_two_communities() -> None:
    bench = Bench()
    answer = await bench.find(NET)
    assert groups(answer) in (
        [["a1", "a2", "a3", "a4"], ["b1", "b2", "b3", "b4"]],
        [["b1", "b2", "b3", "b4"], ["a1", "a2", "a3", "a4"]],
    )
    first, second = answer.communities
    assert first.id < second.id
    assert (first.size, first.topic_id, first.snapshot_id) == (4, "net", bench.snapshot.info.id)
    assert first.computed_at == bench.now
    assert first.bridges[0].to_id == second.id
    assert (answer.question, answer.people, answer.snapshot_id) == (NET, 8, bench.snapshot.info.id)


@pytest.mark.parametrize(
    ("field", "value", "argument"),
    [
        ("resolution", 0.0, "resolution"),
        ("resolution", -1.0, "resolution"),
        ("resolution", nan, "resolution"),
        ("resolution", inf, "resolution"),
        ("resolution", 100.1, "resolution"),
        ("min_size", 0, "minSize"),
        ("min_size", 1_000_001, "minSize"),
    ],
)
async def test_values_that_cannot_be_meant_are_refused(field: str, value: float, argument: str) -> None:
    bench = Bench()
    with pytest.raises(InvalidInput) as refused:
        await bench.find(replace(NET, **{field: value}))  # type: ignore[arg-type]
    assert refused.value.field == argument
    assert bench.search.runs == 0


@pytest.mark.parametrize("topic_id", ["nowhere", "", "only-mentioned"])
async def test_unknown_topics_are_not_found(topic_id: str) -> None:
    bench = Bench(scenario_of([*mutual(["a", "b", "c"]), Tie("a", "b", 0.5, "only-mentioned")]))
    with pytest.raises(NotFound, match="topic"):
        await bench.find(CommunitiesQuestion(topic_id))
    assert bench.find._running == {}


async def test_without_a_snapshot_it_is_unavailable() -> None:
    bench = Bench()
    bench.snapshots.snapshot = None
    with pytest.raises(Unavailable):
        await bench.find(NET)


async def test_equal_questions_are_computed_once() -> None:
    bench = Bench()
    bench.search.leave = asyncio.Event()
    dated = replace(NET, as_of=AS_OF)
    asked = [asyncio.create_task(bench.find(question)) for question in (NET, NET, dated)]
    await asyncio.sleep(0.05)
    # One of those who wait gives up; the others get their answer all the same.
    asked[0].cancel()
    bench.search.leave.set()
    first, second = await asyncio.gather(*asked[1:])
    assert first is second
    assert await bench.find(NET) is first
    assert (bench.search.runs, bench.store.replaced) == (1, ["net"])
    assert asked[0].cancelled()


async def test_a_failure_is_not_remembered() -> None:
    bench = Bench()
    search, bench.search.leave = bench.search.leiden, None
    failing = True

    async def leiden(*args: object) -> object:
        if failing:
            raise Unavailable("died")
        return await search(*args)  # type: ignore[arg-type]

    bench.search.leiden = leiden  # type: ignore[assignment, method-assign]
    with pytest.raises(Unavailable):
        await bench.find(NET)
    failing = False
    assert len((await bench.find(NET)).communities) == 2


async def test_only_stored_questions_are_stored() -> None:
    bench = Bench()
    for question in (
        replace(NET, scope=TopicScope.ANY),
        replace(NET, resolution=0.5),
        replace(NET, min_size=2),
        replace(NET, as_of=AS_OF - timedelta(days=1)),
    ):
        await bench.find(question)
    assert bench.store.replaced == []
    await bench.find(replace(NET, as_of=AS_OF))
    assert bench.store.replaced == ["net"]


async def test_the_same_ties_are_searched_once_per_resolution() -> None:
    bench = Bench()
    for question in (NET, replace(NET, min_size=1), replace(NET, scope=TopicScope.ANY)):
        await bench.find(question)
    assert bench.search.runs == 1
    await bench.find(replace(NET, resolution=0.5))
    assert bench.search.runs == 2


async def test_every_id_of_an_answer_leads_back_to_its_community() -> None:
    bench = Bench()
    for question in (
        NET,
        CommunitiesQuestion("net", TopicScope.EXACT, 1.5, 2, AS_OF - timedelta(days=3)),
        replace(NET, scope=TopicScope.ANY, min_size=1),
    ):
        answer = await bench.find(question)
        assert len(answer.communities) == 2
        for community in answer.communities:
            assert await bench.find.by_id(community.id) is community
    assert len({*ids(await bench.find(NET)), *ids(await bench.find(replace(NET, min_size=1)))}) == 4


@pytest.mark.parametrize(
    "id_", ["", "net", "net~00000000", "nowhere~00000000", "net~00000000:r1000.0", "net~00000000:n0", "net~0000000"]
)
async def test_ids_that_no_answer_gave_are_not_found(id_: str) -> None:
    with pytest.raises(NotFound, match="community") as refused:
        await Bench().find.by_id(id_)
    assert refused.value.id == id_


async def test_ids_follow_the_communities_through_changes() -> None:
    bench = Bench()
    answer = await bench.find(NET)
    before = {group[0][0]: id_ for group, id_ in zip(groups(answer), ids(answer), strict=True)}
    # Two join the a's, one leaves the b's, and a third group appears.
    trust = [*mutual(["a1", "a2", "a3", "a4", "a5", "a6"]), *mutual(["b1", "b2", "b3"]), *mutual(["c1", "c2", "c3"])]
    bench.snapshots.snapshot = scenario_of(trust).snapshot()
    answer = await bench.find(NET)
    after = {group[0][0]: id_ for group, id_ in zip(groups(answer), ids(answer), strict=True)}
    assert after["a"] == before["a"]
    assert after["b"] == before["b"]
    assert after["c"] not in before.values()
    assert ids(answer)[0] == after["a"]


async def test_after_a_restart_the_answer_is_the_stored_one() -> None:
    bench = Bench()
    answer = await bench.find(NET)
    other = bench.restarted()
    other.now += timedelta(days=3)
    assert await other.find(NET) == answer


async def test_the_answer_is_given_though_it_cannot_be_stored(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench()
    bench.store.away = True
    monkeypatch.setattr(module, "RETRY_AFTER_SECONDS", 1000.0)
    answer = await bench.find(NET)
    assert len(answer.communities) == 2
    assert "not stored: Neo4j is away" in caplog.text
    bench.store.away = False
    assert await bench.find(NET) is answer
    assert bench.store.replaced == []

    bench = bench.restarted()
    bench.store.away = True
    monkeypatch.setattr(module, "RETRY_AFTER_SECONDS", 0.0)
    await bench.find(NET)
    bench.store.away = False
    assert await bench.find(NET) == answer
    assert bench.store.replaced == ["net"]
    assert bench.search.runs == 1


async def test_a_store_that_failed_is_left_alone_for_a_while() -> None:
    bench = Bench(forest())
    bench.store.away = True
    await bench.find(NET)
    bench.store.away = False
    # Another topic does not wait for it either, until somebody has seen that it answers again.
    virtio = CommunitiesQuestion("virtio")
    assert len((await bench.find(virtio)).communities) == 2
    assert bench.store.replaced == []
    await bench.find.keep_stored()
    assert set(bench.store.replaced) == {"net", "virtio"}


async def test_an_older_answer_does_not_replace_a_newer_one() -> None:
    bench = Bench()
    bench.search.leave = asyncio.Event()
    asked = asyncio.create_task(bench.find(NET))
    await asyncio.sleep(0.05)
    leave, bench.search.leave = bench.search.leave, None
    bench.snapshots.snapshot = two_groups(bridge=0.2).snapshot()
    newer = await bench.find(NET)
    leave.set()
    assert (await asked).snapshot_id != bench.snapshot.info.id
    assert bench.store.replaced == ["net"]
    assert bench.store.kept["net"] == newer.communities
    # Nor is it remembered.
    assert await bench.find(NET) is newer
    assert len(bench.find._answers) == 1


async def test_an_answer_that_took_long_is_stored_where_there_is_no_newer_one() -> None:
    """Or a graph that changes all the time would have none."""
    bench = Bench()
    bench.search.leave = asyncio.Event()
    asked = asyncio.create_task(bench.find(NET))
    await asyncio.sleep(0.05)
    bench.snapshots.snapshot = two_groups(bridge=0.2).snapshot()
    bench.search.leave.set()
    assert bench.store.kept == {"net": (await asked).communities}


async def test_closing_lets_go_of_what_is_under_way() -> None:
    bench = Bench()
    bench.search.leave = asyncio.Event()
    asked = asyncio.create_task(bench.find(NET))
    await asyncio.sleep(0.05)
    await bench.find.close()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert bench.find._running == {}
    await bench.find.close()


def forest() -> Scenario:
    """20 relationships on virtio, a part of net (6 of its own), 2 on tiny."""
    a, b = [f"a{n}" for n in range(5)], [f"b{n}" for n in range(3)]
    return scenario_of([*mutual(a, topic_id="virtio"), *mutual(b), *mutual(["x", "y"], topic_id="tiny")], (), TOPICS)


async def test_topics_with_enough_trust_are_kept_those_with_most_first() -> None:
    bench = Bench(forest())
    seen: list[tuple[int, int, str]] = []
    await bench.find.keep_stored(lambda done, total, name: seen.append((done, total, name)))
    # net counts its direct part: 26.
    assert sorted(seen) == [(1, 2, seen[0][2]), (2, 2, seen[1][2])]
    assert {name for _, _, name in seen} == {"Networking", "virtio"}
    assert set(bench.store.replaced) == {"net", "virtio"}
    await bench.find.keep_stored()
    await bench.restarted().find.keep_stored()
    assert len(bench.store.replaced) == 2


async def test_a_topic_once_asked_for_is_kept_up_to_date_and_a_vanished_one_dropped() -> None:
    bench = Bench(forest(), min_relationships=1000)
    await bench.find(CommunitiesQuestion("net"))
    await bench.find(CommunitiesQuestion("virtio"))
    assert all(bench.store.kept.values())
    changed = replace(
        forest(),
        topics=TOPICS[:1],
        trust=(*forest().trust, Tie("b0", "b9", 0.5, "net")),
        people=(*forest().people, "b9"),
    )
    bench.snapshots.snapshot = changed.snapshot()
    await bench.find.keep_stored()
    assert bench.store.kept["virtio"] == ()
    assert {c.snapshot_id for c in bench.store.kept["net"]} == {bench.snapshot.info.id}


async def test_without_a_date_in_the_data_set_what_was_stored_holds_for_its_day() -> None:
    undated = replace(two_groups(), dataset=Dataset("undated"))
    bench = Bench(undated)
    bench.now = datetime.now(UTC)
    await bench.find.keep_stored()
    await bench.find.keep_stored()
    assert bench.store.replaced == ["net"]
    bench.now += timedelta(days=1)
    await bench.find.keep_stored()
    assert bench.store.replaced == ["net", "net"]


async def test_keeping_says_when_it_could_not_store() -> None:
    bench = Bench(forest())
    bench.store.away = True
    with pytest.raises(Unavailable, match="away"):
        await bench.find.keep_stored()
    bench.store.away = False
    failing = bench.store.replace

    async def replace_failing(*args: object) -> None:
        raise Unavailable("no leader")

    bench.store.replace = replace_failing  # type: ignore[assignment, method-assign]
    with pytest.raises(Unavailable, match="could not be brought up to date"):
        await bench.find.keep_stored()
    bench.store.replace = failing  # type: ignore[method-assign]
    await bench.find.keep_stored()
    assert set(bench.store.kept) == {"net", "virtio"}


async def test_keeping_runs_once_at_a_time_and_can_be_cancelled() -> None:
    bench = Bench(forest())
    bench.search.leave = asyncio.Event()
    first = asyncio.create_task(bench.find.keep_stored())
    second = asyncio.create_task(bench.find.keep_stored())
    await asyncio.sleep(0.05)
    first.cancel()
    await asyncio.sleep(0.05)
    assert first.cancelled()
    bench.search.leave.set()
    await second
    assert bench.search.runs == 2
    assert sorted(bench.store.replaced) == ["net", "virtio"]


async def test_a_newer_snapshot_ends_the_keeping_of_an_older_one() -> None:
    bench = Bench(forest())
    bench.search.leave = asyncio.Event()
    keeping = asyncio.create_task(bench.find.keep_stored())
    await asyncio.sleep(0.05)
    bench.snapshots.snapshot = two_groups().snapshot()
    bench.search.leave.set()
    await keeping
    # What was under way is finished, the rest not begun.
    assert bench.store.replaced == ["net"]


async def test_only_the_largest_topics_are_kept_for_their_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_topics_module, "MOST_TOPICS", 1)
    bench = Bench(forest(), min_relationships=2)
    await bench.find.keep_stored()
    assert bench.store.replaced == ["net"]
    # One that was asked for is kept all the same.
    await bench.find(CommunitiesQuestion("virtio"))
    bench.snapshots.snapshot = replace(forest(), trust=(*forest().trust, Tie("b0", "a0", 0.5, "net"))).snapshot()
    await bench.find.keep_stored()
    assert sorted(bench.store.replaced[2:]) == ["net", "virtio"]


async def test_what_was_computed_longest_ago_has_the_next_turn() -> None:
    bench = Bench(forest(), min_relationships=1)
    for topic in ("virtio", "net"):
        await bench.find(CommunitiesQuestion(topic))
        bench.now += timedelta(minutes=1)
    bench.snapshots.snapshot = replace(forest(), trust=(*forest().trust, Tie("b0", "a0", 0.5, "net"))).snapshot()
    bench.store.replaced.clear()
    await bench.find.keep_stored()
    assert bench.store.replaced == ["tiny", "virtio", "net"]

"""Peer influence of a topic, worked out by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from service.domain.errors import NotFound
from service.domain.model import Topic
from service.domain.peer_influence import PeerInfluence, PeerInfluenceQuestion, PeerInfluencer
from service.domain.vocabulary import TopicScope
from service.use_cases.find_peer_influence import FindPeerInfluence
from tests.communities import FixedSnapshot
from tests.influence import Act, FixedActivity
from tests.scenario import Scenario, Tie

TOPICS = (Topic("net", "Networking"), Topic("dns", "DNS", "net"), Topic("art", "Art"))
CROWD = tuple(f"c{number:02}" for number in range(12))


async def asked(
    *acts: Act, trust: tuple[Tie, ...] = (), opted_out: tuple[str, ...] = (), **question: object
) -> PeerInfluence:
    people = {act.person_id for act in acts} | {id_ for tie in trust for id_ in (tie.from_id, tie.to_id)}
    scenario = Scenario(tuple(sorted(people)), trust, topics=TOPICS, opted_out=frozenset(opted_out))
    find = FindPeerInfluence(FixedSnapshot(scenario.snapshot()), FixedActivity(acts))
    return await find(replace(PeerInfluenceQuestion("net"), **question))  # type: ignore[arg-type]


def ids(group: Sequence[PeerInfluencer]) -> list[str]:
    return [member.person_id for member in group]


def heard_by(speaker: str, *listeners: str, topic_id: str = "net") -> tuple[Tie, ...]:
    return tuple(Tie(listener, speaker, 0.5, topic_id) for listener in listeners)


async def test_figures_and_groups() -> None:
    found = await asked(
        Act("ada", "net", 202501, 6, 0, 1),
        Act("ada", "dns", 202502, 4, 0, 0),
        Act("ben", "net", 202501, 3, 1, 3),
        Act("cat", "net", 202501, 0, 5, 0),
        Act("cat", "art", 202501, 9, 0, 9),
        trust=(*heard_by("ada", "ben", "cat"), *heard_by("ben", "ada", "cat"), Tie("cat", "ada", 0.5, "dns")),
    )
    assert found.connectors == (PeerInfluencer("ada", 10, 1, 2, 1), PeerInfluencer("ben", 3, 3, 2, 1))
    assert [member.impressions for member in found.connectors] == [20, 6]  # of 26, 80 % are 20.8
    assert ids(found.mavens) == ["ben", "ada"]  # 3 of 4 posts are 75 %
    assert (found.people, found.interactions, found.broadcasters) == (3, 13, ())
    assert (found.impressions.total, found.posts.total) == (26, 4)
    assert found.impressions.share_of_people == pytest.approx(2 / 3)
    assert found.impressions.gini == pytest.approx((0 * -2 + 6 * 0 + 20 * 2) / (3 * 26))


async def test_scope_and_day_bound_what_counts() -> None:
    acts = Act("ada", "net", 202501, 1), Act("ada", "dns", 202501, 10), Act("ada", "net", 202506, 100)
    trust = (*heard_by("ada", "ben", topic_id="dns"), Tie("cat", "ada", 0.5, "net", since=date(2025, 6, 1)))
    exact = await asked(*acts, trust=trust, scope=TopicScope.EXACT)
    assert exact.connectors == (PeerInfluencer("ada", 101, 0, 1, 0),)
    early = await asked(*acts, trust=trust, as_of=date(2025, 5, 31))
    assert early.connectors == (PeerInfluencer("ada", 11, 0, 1, 0),)
    assert early.as_of == date(2025, 5, 31)
    # activity is held by the month: what happened later in the month of the day is in it
    begun = await asked(*acts, trust=trust, as_of=date(2025, 6, 1))
    assert begun.connectors == (PeerInfluencer("ada", 111, 0, 2, 0),)


async def test_who_opted_out_neither_acts_nor_listens() -> None:
    acts = Act("ada", "net", 202501, 1), Act("ben", "net", 202501, 5)
    found = await asked(*acts, trust=heard_by("ada", "ben", "cat"), opted_out=("ben",))
    assert (found.people, found.interactions) == (1, 1)
    assert found.connectors == (PeerInfluencer("ada", 1, 0, 1, 0),)


async def test_equal_people_come_by_id_and_the_last_needed_is_the_last() -> None:
    acts = [Act(id_, "net", 202501, 1, 0, 1) for id_ in ("d", "b", "a", "c", "e")]
    found = await asked(*acts, trust=tuple(Tie("z", act.person_id, 0.5, "net") for act in acts))
    assert ids(found.connectors) == ids(found.mavens) == ["a", "b", "c", "d"]


async def test_broadcasters_answer_least_of_those_whom_many_hear() -> None:
    trust = (
        *heard_by("ada", *CROWD),  # 12 listen, 2 of whom she trusts
        *heard_by("ben", *CROWD[:10]),  # 10 listen, none of whom he trusts
        *heard_by("cat", *CROWD[:11]),  # likewise 11
        *heard_by("dan", *CROWD[:9]),  # too few
        *(Tie("ada", id_, 0.5, "net") for id_ in CROWD[:2]),
    )
    acts = [Act(id_, "net", 202501, 1) for id_ in ("ada", "ben", "cat", "dan")]
    found = await asked(*acts, trust=trust)
    assert found.broadcasters == (PeerInfluencer("cat", 1, 0, 11, 0), PeerInfluencer("ben", 1, 0, 10, 0))
    assert found.most_reciprocity == 0


async def test_nobody_does_anything() -> None:
    found = await asked(Act("ada", "net", 202501, 0, 1), trust=heard_by("ada", "ben"))
    assert (found.people, found.connectors, found.mavens) == (1, (), ())
    assert (found.impressions.gini, found.most_reciprocity) == (None, None)


@pytest.mark.parametrize("topic_id", ["nowhere", "", "only-mentioned"])
async def test_unknown_topics_are_not_found(topic_id: str) -> None:
    with pytest.raises(NotFound, match="topic"):
        await asked(trust=heard_by("ada", "ben", topic_id="only-mentioned"), topic_id=topic_id)


async def test_an_answer_is_remembered_until_somebody_writes() -> None:
    scenario = Scenario(("ada",), topics=TOPICS)
    snapshots, activity = FixedSnapshot(scenario.snapshot("one")), FixedActivity([Act("ada", "net", 202501, 1)])
    find = FindPeerInfluence(snapshots, activity)
    question = PeerInfluenceQuestion("net")
    assert await find(question) is await find(replace(question, as_of=date(2026, 1, 1)))
    assert activity.reads == 1
    activity.acts = [Act("ada", "net", 202501, 2)]
    snapshots.snapshot = scenario.snapshot("two")  # the same content: only activity was written
    assert (await find(question)).interactions == 2

"""The communities twin and its neighbours read back exactly what the service writes."""

from datetime import UTC, date, datetime
from typing import Any

from neo4j import AsyncDriver

from service.domain.communities import BrandPresence, Bridge, Community, CommunityMember
from service.domain.model import Role, Topic
from service.domain.vocabulary import MemberRole, RoleKind
from service.store.community_store import Neo4jCommunityStore
from service.store.database import Database, Row
from tests.differential.database_of import write
from tests.scenario import Scenario

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
DECIDES, EMPLOYEE = RoleKind.DECISION_MAKER, RoleKind.EMPLOYEE
TOPICS = (Topic("t", "T"), Topic("u", "U", "t"), Topic("other", "Other"))


def member(
    person: str, share: float, rank: float, role: MemberRole = MemberRole.MEMBER, *, primary: bool = True
) -> CommunityMember:
    return CommunityMember(person, share, rank, role, primary)


BIG = Community(
    id="t~1",
    topic_id="t",
    label="U",
    size=3,
    cohesion=0.5,
    conductance=0.25,
    computed_at=NOW,
    snapshot_id="s1",
    members=(
        member("b", 0.9, 0.5, MemberRole.HUB),
        member("a", 1.0, 0.25),
        member("c", 1.0, 0.25),
        member("d", 0.3, 0.6, primary=False),
    ),
    brands=(BrandPresence("y", 2), BrandPresence("x", 1)),
    decision_maker_ids=("b", "c"),
    bridges=(Bridge("a", "t~2", 0.5), Bridge("c", "t~2", 0.5)),
)
SMALL = Community(
    id="t~2",
    topic_id="t",
    label="x",
    size=1,
    cohesion=0.0,
    conductance=0.0,
    computed_at=NOW,
    snapshot_id="s1",
    members=(member("d", 0.7, 1.0, MemberRole.CONNECTOR),),
    brands=(),
    decision_maker_ids=(),
    bridges=(Bridge("d", "t~1", 0.75),),
)
ROLES = (
    *(Role("a", "x", EMPLOYEE), Role("a", "y", EMPLOYEE), Role("b", "y", DECIDES, "u"), Role("b", "y", EMPLOYEE)),
    *(Role("c", "x", DECIDES, until=date(2025, 12, 31)), Role("c", "z", DECIDES, since=date(2026, 1, 2))),
    *(Role("a", "z", DECIDES, "other", until=date(2025, 1, 1)), Role("d", "x", DECIDES, until=date(2025, 1, 1))),
)


async def stored(database: Database, driver: AsyncDriver) -> None:
    roles = (*ROLES, Role("c", "w", DECIDES, until=date(2026, 1, 1)))
    await write(driver, Scenario(tuple("abcde"), roles=roles, brands=tuple("wxyz"), topics=TOPICS))
    await Neo4jCommunityStore(database).replace("t", (BIG, SMALL), 0.125, ())


def as_stored(row: Row) -> dict[str, Any]:
    return {**row, "computedAt": row["computedAt"].to_native()}


async def test_the_twin_gives_what_was_stored(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    await stored(empty_scratch, scratch_driver)
    rows = await empty_scratch.fetch("topical_communities", topicId="t", asOf=None)
    expected = [
        {
            "id": community.id,
            "label": community.label,
            "size": community.size,
            "cohesion": community.cohesion,
            "conductance": community.conductance,
            "modularity": 0.125,
            "members": [
                {"personId": m.person_id, "share": m.share, "rank": m.rank, "role": m.role, "primary": m.primary}
                for m in community.members
            ],
            "bridges": [{"personId": b.person_id, "toId": b.to_id, "strength": b.strength} for b in community.bridges],
            "computedAt": NOW,
            "snapshotId": "s1",
        }
        for community in (BIG, SMALL)
    ]
    shown = [{k: v for k, v in as_stored(row).items() if k not in ("brands", "decisionMakerIds")} for row in rows]
    assert shown == expected
    # roles are read as they are on the day, whatever the communities were computed for
    assert [row["brands"] for row in rows] == [
        [{"brandId": "y", "people": 2}, {"brandId": "w", "people": 1}, {"brandId": "x", "people": 1}],
        [],
    ]
    assert [row["decisionMakerIds"] for row in rows] == [["b", "c"], []]


async def test_the_twin_reads_roles_on_another_day(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    await stored(empty_scratch, scratch_driver)
    early = await empty_scratch.fetch("topical_communities", topicId="t", asOf=date(2025, 1, 1))
    assert [brand["brandId"] for brand in early[0]["brands"]] == ["x", "y", "w", "z"]
    assert [row["decisionMakerIds"] for row in early] == [["b", "c"], ["d"]]  # a decides on a topic out of scope
    assert await empty_scratch.fetch("topical_communities", topicId="u", asOf=None) == []
    assert await empty_scratch.fetch("topical_communities", topicId="unknown", asOf=None) == []


async def test_members_of_a_community(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    await stored(empty_scratch, scratch_driver)
    rows = await empty_scratch.fetch("members_of_community", communityId="t~1")
    assert [(r["personId"], r["role"], r["share"], r["rank"], r["primary"]) for r in rows] == [
        ("b", "HUB", 0.9, 0.5, True),
        ("a", "MEMBER", 1.0, 0.25, True),
        ("c", "MEMBER", 1.0, 0.25, True),
        ("d", "MEMBER", 0.3, 0.6, False),
    ]
    assert rows[0]["name"] == "Name of b"
    assert await empty_scratch.fetch("members_of_community", communityId="t~3") == []


async def test_bridges_run_both_ways(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    await stored(empty_scratch, scratch_driver)
    rows = await empty_scratch.fetch("bridges_of_community", communityId="t~1")
    assert [(r["personId"], r["fromId"], r["toId"], r["otherLabel"], r["strength"]) for r in rows] == [
        ("d", "t~2", "t~1", "x", 0.75),
        ("a", "t~1", "t~2", "x", 0.5),
        ("c", "t~1", "t~2", "x", 0.5),
    ]
    other = await empty_scratch.fetch("bridges_of_community", communityId="t~2")
    assert [(r["personId"], r["otherLabel"]) for r in other] == [("d", "U"), ("a", "U"), ("c", "U")]

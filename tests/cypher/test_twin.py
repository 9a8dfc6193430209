"""The Cypher twin of trusted paths on small graphs: every option of the design, expected values worked out by hand.

Costs to know: strength 0.5 costs 693147, 0.9 105361, 0.25 1386294; an introducer at 0.8 costs 223144; the half-life
of 365 days makes a day 1899. `heard(a, b)` is the relationship that carries influence from a to b: b trusts a.
"""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from neo4j import AsyncDriver

from service.domain.model import Dataset, Role, Topic
from service.domain.vocabulary import PurchaseStage, RoleKind
from service.store.database import Database, Row
from tests.differential.database_of import write
from tests.scenario import AS_OF, Scenario, Tie

HALF, STRONG, WEAK, HANDOVER, DAY = 693147, 105361, 1386294, 223144, 1899
TOPICS = (
    Topic("root", "root"),
    Topic("left", "left", "root"),
    Topic("right", "right", "root"),
    Topic("leaf", "leaf", "left"),
    Topic("deep", "deep", "leaf"),
    Topic("elsewhere", "elsewhere"),
)
DEFAULTS: dict[str, object] = {
    "fromBrandId": None,
    "toBrandId": None,
    "topicId": None,
    "scope": "RELATED",
    "direction": "INFLUENCE",
    "first": 5,
    "maxHops": 6,
    "minStrength": 0.0,
    "introducerStrength": 0.8,
    "asOf": None,
    "viaRoles": ["EMPLOYEE", "ADVOCATE"],
    "excludePersonIds": [],
    "excludeBrandIds": [],
    "paid": "INCLUDE",
    "channels": None,
    "stages": None,
    "seenFrom": None,
    "seenTo": None,
    "distinctIntroducers": False,
}
Answer = list[tuple[int, int, list[str]]]


def heard(
    speaker: str,
    listener: str,
    strength: float = 0.5,
    topic_id: str = "",
    *,
    since: date | None = None,
    last_seen: date | None = None,
    channel: str | None = None,
    paid: bool = False,
    stages: tuple[PurchaseStage, ...] = (),
) -> Tie:
    return Tie(listener, speaker, strength, topic_id, since, last_seen, channel, paid, stages=stages)


def role(
    person: str,
    brand: str,
    kind: RoleKind = RoleKind.EMPLOYEE,
    topic_id: str = "",
    *,
    strength: float | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Role:
    return Role(person, brand, kind, topic_id, None, strength, since, until)


class Twin:
    """Writes graphs and asks questions; what a question does not name is null or the design's default."""

    def __init__(self, database: Database, driver: AsyncDriver) -> None:
        self.database = database
        self.driver = driver

    async def holds(
        self,
        people: str,
        *trust: Tie,
        distrust: tuple[Tie, ...] = (),
        roles: tuple[Role, ...] = (),
        brands: tuple[str, ...] = (),
        opted_out: str = "",
        dataset: Dataset | None = None,
    ) -> None:
        scenario = Scenario(tuple(people.split()), trust, distrust, roles, brands, TOPICS, frozenset(opted_out))
        await write(self.driver, scenario if dataset is None else replace(scenario, dataset=dataset))

    async def rows(self, **asked: object) -> list[Row]:
        ends: dict[str, object] = {
            "fromPersonId": None if "fromBrandId" in asked else "a",
            "toPersonId": None if "toBrandId" in asked else "z",
        }
        return await self.database.fetch("trusted_paths", **{**DEFAULTS, **ends, **asked})

    async def answer(self, **asked: object) -> Answer:
        return [(row["cost"], row["hops"], row["personIds"]) for row in await self.rows(**asked)]

    async def paths(self, **asked: object) -> list[str]:
        """Only the people, as words like "a b z"."""
        return [" ".join(row["personIds"]) for row in await self.rows(**asked)]


@pytest.fixture
def twin(scratch: Database, scratch_driver: AsyncDriver) -> Twin:
    return Twin(scratch, scratch_driver)


async def test_a_path_costs_its_steps_and_one_handover_an_introducer(twin: Twin) -> None:
    await twin.holds("a b c z", heard("a", "b", 0.9), heard("b", "c"), heard("c", "z", 0.9), heard("a", "z", 0.25))
    rows = await twin.rows()
    assert [(row["cost"], row["hops"], row["personIds"]) for row in rows] == [
        (2 * STRONG + HALF + 2 * HANDOVER, 3, ["a", "b", "c", "z"]),
        (WEAK, 1, ["a", "z"]),
    ]
    assert [row["stepCosts"] for row in rows] == [[STRONG, HALF, STRONG], [WEAK]]
    assert [row["topicIds"] for row in rows] == [["", "", ""], [""]]
    assert rows[1]["strength"] == pytest.approx(0.25, abs=1e-6)
    assert await twin.answer(introducerStrength=1.0) == [
        (2 * STRONG + HALF, 3, ["a", "b", "c", "z"]),
        (WEAK, 1, ["a", "z"]),
    ]
    assert await twin.paths(introducerStrength=0.5) == ["a z", "a b c z"]


async def test_directions(twin: Twin) -> None:
    await twin.holds("a b z", heard("a", "b", 0.9), heard("b", "z", 0.9), Tie("a", "z", 0.25), Tie("z", "a", 0.5))
    assert await twin.answer() == [(2 * STRONG + HANDOVER, 2, ["a", "b", "z"]), (HALF, 1, ["a", "z"])]
    assert await twin.answer(direction="TRUST") == [(WEAK, 1, ["a", "z"])]
    assert await twin.answer(direction="TRUST", fromPersonId="z", toPersonId="a") == [
        (2 * STRONG + HANDOVER, 2, ["z", "b", "a"]),
        (HALF, 1, ["z", "a"]),
    ]
    assert await twin.answer(direction="EITHER") == [(2 * STRONG + HANDOVER, 2, ["a", "b", "z"]), (HALF, 1, ["a", "z"])]


async def test_either_prefers_influence_at_equal_cost_then_the_smaller_topic(twin: Twin) -> None:
    await twin.holds("a z", Tie("z", "a", topic_id="right"), Tie("z", "a", topic_id="left"), Tie("a", "z", topic_id=""))
    assert [row["topicIds"] for row in await twin.rows(direction="EITHER")] == [["left"]]
    assert [row["topicIds"] for row in await twin.rows(direction="TRUST")] == [[""]]


NEAR = {"left": 0, "root": 350_000, "leaf": 350_000, "right": 700_000, "deep": 700_000, "": 500_000}


@pytest.mark.parametrize(
    ("scope", "costs"),
    [
        ("EXACT", {"left": 0}),
        ("RELATED", NEAR),
        ("ANY", {**NEAR, "elsewhere": 1_200_000, "unknown": 1_200_000}),
    ],
)
async def test_topics_cost_what_their_distance_says(twin: Twin, scope: str, costs: dict[str, int]) -> None:
    """z hears b0, b1, … each on another topic, and all hear a on the topic asked."""
    topics = ["left", "root", "leaf", "right", "deep", "", "elsewhere", "unknown"]
    ties = [heard(f"b{i}", "z", topic_id=topic) for i, topic in enumerate(topics)]
    entries = [heard("a", f"b{i}", topic_id="left") for i in range(len(topics))]
    await twin.holds(" ".join(["a", "z", *(f"b{i}" for i in range(len(topics)))]), *ties, *entries)
    rows = await twin.rows(topicId="left", scope=scope, first=50)
    assert {row["topicIds"][1]: row["stepCosts"][1] - HALF for row in rows} == costs


async def test_without_a_topic_everything_counts_whatever_the_scope(twin: Twin) -> None:
    await twin.holds("a b z", heard("a", "b", topic_id="elsewhere"), heard("b", "z", topic_id="unknown"))
    for scope in ("EXACT", "RELATED", "ANY"):
        assert await twin.answer(scope=scope) == [(2 * HALF + HANDOVER, 2, ["a", "b", "z"])]


async def test_of_parallel_relationships_the_cheapest_counts_age_and_topic_included(twin: Twin) -> None:
    old = date(2025, 12, 2)  # 30 days before the data set's date
    await twin.holds(
        "a z",
        heard("a", "z", 0.9, topic_id="right"),
        heard("a", "z", 0.5, topic_id="leaf", last_seen=old),
        heard("a", "z", 0.25, topic_id=""),
    )
    (row,) = await twin.rows(topicId="leaf")
    assert (row["cost"], row["topicIds"]) == (HALF + 30 * DAY, ["leaf"])
    (row,) = await twin.rows(topicId="right")
    assert (row["cost"], row["topicIds"]) == (STRONG, ["right"])
    (row,) = await twin.rows(topicId="deep")
    assert (row["cost"], row["topicIds"]) == (HALF + 30 * DAY + 350_000, ["leaf"])
    assert await twin.answer(topicId="elsewhere") == [(WEAK + 500_000, 1, ["a", "z"])]
    assert await twin.answer(topicId="elsewhere", scope="EXACT") == []


async def test_age_counts_whole_days_and_never_backwards(twin: Twin) -> None:
    await twin.holds("a z", heard("a", "z", since=date(2025, 6, 1), last_seen=date(2025, 12, 31)))
    assert await twin.answer() == [(HALF + DAY, 1, ["a", "z"])]
    assert await twin.answer(asOf=date(2026, 12, 31)) == [(HALF + 365 * DAY, 1, ["a", "z"])]
    assert await twin.answer(asOf=date(2025, 6, 1)) == [(HALF, 1, ["a", "z"])]
    assert await twin.answer(asOf=date(2025, 5, 31)) == []


async def test_the_day_defaults_to_the_data_sets_then_to_today_and_the_half_life_to_two_years(
    twin: Twin, scratch_driver: AsyncDriver
) -> None:
    await twin.holds("a z", heard("a", "z", last_seen=date(2026, 1, 1)), dataset=Dataset("bare", None, 3.0, 100.0))
    today = (await scratch_driver.execute_query("RETURN date.transaction('UTC') AS day")).records[0]["day"].to_native()
    assert await twin.answer() == [(HALF + 6931 * max(0, (today - date(2026, 1, 1)).days), 1, ["a", "z"])]
    await scratch_driver.execute_query("MATCH (d:Dataset) DELETE d")
    assert await twin.answer(asOf=date(2026, 1, 11)) == [(HALF + 10 * 950, 1, ["a", "z"])]


async def test_distrust_closes_on_topics_in_scope_and_in_general(twin: Twin) -> None:
    await twin.holds("a z", heard("a", "z", topic_id="left"), distrust=(Tie("z", "a", topic_id="right"),))
    assert await twin.paths(topicId="left", scope="EXACT") == ["a z"]
    assert await twin.paths(topicId="left") == []
    assert await twin.paths(topicId="deep") == ["a z"]  # "right" is four steps from "deep"
    assert await twin.paths(topicId="left", scope="ANY") == []
    assert await twin.paths() == []
    await twin.holds("a z", heard("a", "z", topic_id="left"), distrust=(Tie("z", "a"),))
    assert await twin.paths(topicId="left", scope="EXACT") == []
    await twin.holds("a z", heard("a", "z", topic_id="left"), distrust=(Tie("z", "a", topic_id="unknown"),))
    assert await twin.paths(topicId="left") == ["a z"]
    assert await twin.paths(topicId="left", scope="ANY") == []


async def test_distrust_is_the_listeners_and_begins_at_its_since(twin: Twin) -> None:
    await twin.holds("a z", heard("a", "z"), Tie("a", "z", 0.9), distrust=(Tie("z", "a", since=date(2025, 7, 1)),))
    assert await twin.answer() == []
    assert await twin.answer(asOf=date(2025, 6, 30)) == [(HALF, 1, ["a", "z"])]
    assert await twin.answer(asOf=date(2025, 7, 1)) == []
    assert await twin.answer(direction="TRUST") == [(STRONG, 1, ["a", "z"])]
    assert await twin.answer(direction="EITHER") == [(STRONG, 1, ["a", "z"])]


async def test_nobody_who_opted_out_or_is_excluded_is_inside_or_at_an_end(twin: Twin) -> None:
    ties = [heard("a", "b", 0.9), heard("b", "z", 0.9), heard("a", "c"), heard("c", "z")]
    await twin.holds("a b c z", *ties)
    assert await twin.paths() == ["a b z", "a c z"]
    assert await twin.paths(excludePersonIds=["b"]) == ["a c z"]
    assert await twin.paths(excludePersonIds=["a"]) == []
    assert await twin.paths(excludePersonIds=["z", "nobody"]) == []
    await twin.holds("a b c z", *ties, opted_out="b")
    assert await twin.paths() == ["a c z"]
    await twin.holds("a b c z", *ties, opted_out="z")
    assert await twin.paths() == []


async def test_an_excluded_brand_bars_whoever_holds_a_role_there_that_day(twin: Twin) -> None:
    ties = [heard("a", "b", 0.9), heard("b", "z", 0.9), heard("a", "c"), heard("c", "z")]
    gone = role("c", "rival", RoleKind.DETRACTOR, until=date(2025, 12, 31))
    await twin.holds("a b c z", *ties, roles=(role("b", "rival", RoleKind.CUSTOMER), gone), brands=("rival", "other"))
    assert await twin.paths(excludeBrandIds=["rival"]) == ["a c z"]
    assert await twin.paths(excludeBrandIds=["rival"], asOf=date(2025, 12, 31)) == []
    assert await twin.paths(excludeBrandIds=["other"]) == ["a b z", "a c z"]


async def test_paid_and_channels(twin: Twin) -> None:
    await twin.holds(
        "a b c z",
        *(heard("a", "z", 0.9, paid=True), heard("a", "b", channel="offline"), heard("b", "z", channel="online")),
        *(heard("a", "c"), heard("c", "z", channel="online")),
    )
    assert await twin.paths() == ["a z", "a b z", "a c z"]
    assert await twin.paths(paid="EXCLUDE") == ["a b z", "a c z"]
    assert await twin.paths(channels=["online", "offline"]) == ["a b z"]
    assert await twin.paths(channels=["online"]) == []
    assert await twin.paths(channels=[]) == []


async def test_stages(twin: Twin) -> None:
    aware, decided, loyal = PurchaseStage.AWARENESS, PurchaseStage.DECISION, PurchaseStage.LOYALTY
    await twin.holds(
        "a b c z",
        *(heard("a", "z", 0.9), heard("a", "b", stages=(aware,)), heard("b", "z", stages=(aware, decided))),
        *(heard("a", "c", stages=(decided,)), heard("c", "z", stages=(loyal,))),
    )
    assert await twin.paths() == ["a z", "a b z", "a c z"]
    assert await twin.paths(stages=["AWARENESS"]) == ["a b z"]
    assert await twin.paths(stages=["DECISION", "LOYALTY"]) == ["a c z"]
    assert await twin.paths(stages=["DECISION"]) == []
    assert await twin.paths(stages=[]) == []


async def test_only_what_was_seen_within_a_time(twin: Twin) -> None:
    old, new = date(2024, 1, 1), date(2025, 6, 1)
    await twin.holds(
        "a b c z",
        *(heard("a", "b", since=old, last_seen=old), heard("b", "z")),
        *(heard("a", "c", 0.9, since=new, last_seen=new), heard("c", "z", 0.9)),
    )
    assert await twin.paths() == ["a c z", "a b z"]
    assert await twin.paths(seenFrom=old) == ["a c z", "a b z"]
    assert await twin.paths(seenFrom=date(2024, 1, 2)) == ["a c z"]
    assert await twin.paths(seenTo=new) == ["a c z", "a b z"]
    assert await twin.paths(seenTo=date(2025, 5, 31)) == ["a b z"]
    assert await twin.paths(seenFrom=date(2024, 1, 2), seenTo=date(2025, 5, 31)) == []


async def test_an_excluded_parallel_leaves_the_next_best(twin: Twin) -> None:
    await twin.holds("a z", heard("a", "z", 0.9, topic_id="left", paid=True), heard("a", "z", topic_id="right"))
    assert await twin.answer() == [(STRONG, 1, ["a", "z"])]
    assert await twin.answer(paid="EXCLUDE") == [(HALF, 1, ["a", "z"])]


async def test_a_brand_as_source_enters_at_its_peoples_strongest_current_role(twin: Twin) -> None:
    await twin.holds(
        "a b c d e z",
        *(heard(person, "z") for person in "abcde"),
        brands=("acme",),
        roles=(
            role("a", "acme", strength=0.5),
            role("a", "acme", RoleKind.ADVOCATE, strength=0.9, topic_id="elsewhere"),
            role("b", "acme"),
            role("c", "acme", RoleKind.CUSTOMER),
            role("d", "acme", since=date(2026, 1, 2)),
            role("e", "acme", until=AS_OF, strength=0.25),
        ),
    )
    assert await twin.answer(fromBrandId="acme", topicId=None) == [
        (HALF, 1, ["b", "z"]),
        (HALF + STRONG, 1, ["a", "z"]),
        (HALF + WEAK, 1, ["e", "z"]),
    ]
    assert await twin.answer(fromBrandId="acme", viaRoles=["EMPLOYEE"], first=2) == [
        (HALF, 1, ["b", "z"]),
        (HALF + HALF, 1, ["a", "z"]),
    ]
    assert await twin.paths(fromBrandId="acme", viaRoles=["CUSTOMER"]) == ["c z"]
    assert await twin.paths(fromBrandId="acme", viaRoles=[]) == []


async def test_a_brand_as_target_is_its_decision_makers_with_the_topic_in_scope(twin: Twin) -> None:
    decides = RoleKind.DECISION_MAKER
    await twin.holds(
        "a u v w x y",
        *(heard("a", person, topic_id="left") for person in "uvwxy"),
        brands=("acme",),
        roles=(
            role("u", "acme", decides, topic_id="left"),
            role("v", "acme", decides, topic_id="right"),
            role("w", "acme", decides, topic_id=""),
            role("x", "acme", decides, topic_id="elsewhere"),
            role("y", "acme", RoleKind.EMPLOYEE, topic_id="left"),
        ),
    )
    assert await twin.answer(toBrandId="acme", topicId="left") == [(HALF, 1, ["a", p]) for p in "uvw"]
    assert await twin.paths(toBrandId="acme", topicId="left", scope="EXACT") == ["a u", "a w"]
    assert await twin.paths(toBrandId="acme", topicId="left", scope="ANY") == ["a u", "a v", "a w", "a x"]
    assert await twin.paths(toBrandId="acme") == ["a u", "a v", "a w", "a x"]


async def test_sources_and_targets_are_never_inside_and_a_source_may_be_a_target(twin: Twin) -> None:
    decides = RoleKind.DECISION_MAKER
    await twin.holds(
        "a b m t u",
        *(heard("a", "b", 0.9), heard("b", "t", 0.9), heard("t", "u", 0.9), heard("a", "m", 0.9), heard("m", "u", 0.9)),
        heard("m", "b", 0.9),
        brands=("from", "to"),
        roles=(
            *(role("a", "from"), role("b", "from")),
            *(role("b", "to", decides), role("t", "to", decides), role("u", "to", decides)),
        ),
    )
    two_hops = 2 * STRONG + HANDOVER
    assert await twin.answer(fromBrandId="from", toBrandId="to", first=9) == [
        (0, 0, ["b"]),
        (STRONG, 1, ["a", "b"]),
        (STRONG, 1, ["b", "t"]),
        (two_hops, 2, ["a", "m", "b"]),
        (two_hops, 2, ["a", "m", "u"]),
    ]


async def test_entry_is_paid_also_by_a_path_of_no_hops(twin: Twin) -> None:
    await twin.holds("z", brands=("acme",), roles=(role("z", "acme", strength=0.5),))
    assert await twin.answer(fromBrandId="acme", maxHops=0) == [(HALF, 0, ["z"])]
    assert await twin.answer(fromPersonId="z") == [(0, 0, ["z"])]


async def test_max_hops_bounds_paths_not_only_the_cheapest(twin: Twin) -> None:
    names = ["a", "b", "c", "d", "e", "f", "g", "z"]
    chain = [heard(one, other, 0.9) for one, other in pairwise(names)]
    await twin.holds(" ".join(names), *chain, heard("a", "z", 0.01))
    assert await twin.paths(maxHops=8) == ["a b c d e f g z", "a z"]
    assert await twin.paths(maxHops=7) == ["a b c d e f g z", "a z"]
    assert await twin.paths(maxHops=6) == ["a z"]
    assert await twin.paths(maxHops=1) == ["a z"]
    assert await twin.paths(maxHops=0) == []


async def test_min_strength_bounds_the_whole_path_entry_included(twin: Twin) -> None:
    await twin.holds("a z", heard("a", "z", 0.9), brands=("acme",), roles=(role("a", "acme", strength=0.5),))
    assert await twin.paths(fromBrandId="acme", minStrength=0.449) == ["a z"]
    assert await twin.paths(fromBrandId="acme", minStrength=0.451) == []
    assert await twin.paths(minStrength=0.89) == ["a z"]
    assert await twin.paths(minStrength=1.0) == []
    assert await twin.paths(fromPersonId="z", minStrength=1.0) == ["z"]


async def test_order_is_cost_then_hops_then_ids_by_code_point(twin: Twin) -> None:
    far, near = "\U00010000", "\uffee"  # by UTF-16 code unit they would stand the other way round
    await twin.holds(
        f"a b {far} {near} z",
        *(heard("a", mid) for mid in ("b", far, near)),
        *(heard(mid, "z") for mid in ("b", far, near)),
        heard("a", "z", 0.25),
    )
    assert await twin.paths(introducerStrength=1.0) == ["a z", "a b z", f"a {near} z", f"a {far} z"]
    assert await twin.paths(introducerStrength=1.0, first=3) == ["a z", "a b z", f"a {near} z"]


async def test_the_best_way_on_may_run_into_the_path_itself(twin: Twin) -> None:
    """From c the cheapest way to z leads back over b, so bounds alone must not pass for paths."""
    await twin.holds(
        "a b c z",
        *(heard("a", "b", 0.9), heard("b", "c", 0.9), heard("c", "b", 0.9), heard("b", "z", 0.9)),
        *(heard("c", "z", 0.01), heard("a", "c", 0.9)),
    )
    assert await twin.paths(first=1) == ["a b z"]
    assert await twin.paths(first=2) == ["a b z", "a c b z"]
    assert await twin.paths(first=9) == ["a b z", "a c b z", "a c z", "a b c z"]


async def test_distinct_introducers_are_taken_greedily(twin: Twin) -> None:
    await twin.holds(
        "a b c d z",
        *(heard("a", "b", 0.9), heard("b", "c", 0.9), heard("c", "z", 0.9), heard("b", "z", 0.5)),
        *(heard("a", "c", 0.5), heard("a", "d", 0.25), heard("d", "z", 0.25), heard("a", "z", 0.01)),
    )
    assert await twin.paths(first=9) == ["a b c z", "a b z", "a c z", "a d z", "a z"]
    # b and c are both taken by the first path; the direct one has no introducer and always passes
    assert await twin.paths(first=9, distinctIntroducers=True) == ["a b c z", "a d z", "a z"]
    assert await twin.paths(first=2, distinctIntroducers=True) == ["a b c z", "a d z"]
    assert await twin.paths(first=9, maxHops=2, distinctIntroducers=True) == ["a b z", "a c z", "a d z", "a z"]


async def test_distinct_introducers_keep_every_direct_path_and_source(twin: Twin) -> None:
    await twin.holds(
        "a b i z",
        *(heard("a", "z", 0.9), heard("b", "z", 0.9), heard("a", "i", 0.9), heard("b", "i", 0.9), heard("i", "z", 0.9)),
        brands=("acme",),
        roles=(role("a", "acme"), role("b", "acme")),
    )
    assert await twin.paths(fromBrandId="acme", distinctIntroducers=True) == ["a z", "b z", "a i z"]
    assert await twin.paths(fromBrandId="acme") == ["a z", "b z", "a i z", "b i z"]


async def test_unknown_ids_give_no_rows(twin: Twin) -> None:
    await twin.holds("a z", heard("a", "z"), brands=("acme",))
    for asked in ({"fromPersonId": "x"}, {"toPersonId": "x"}, {"fromBrandId": "x"}, {"toBrandId": "x"}):
        assert await twin.answer(**asked) == []
    assert await twin.answer(topicId="x", scope="ANY") == []
    assert await twin.answer(fromBrandId="acme") == []


async def test_self_trust_written_by_other_tools_leads_nowhere(twin: Twin) -> None:
    await twin.holds("a b z", heard("a", "a", 0.9), heard("a", "b"), heard("b", "b", 0.9), heard("b", "z"))
    assert await twin.paths(direction="EITHER") == ["a b z"]

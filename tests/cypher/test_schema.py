"""Constraints and indexes: all there, online, and applied a second time without a commit."""

import pytest
from neo4j import AsyncDriver
from neo4j.exceptions import ConstraintError

from service.store.database import Database
from service.store.errors import StatementFailed
from service.store.schema import apply_schema


async def indexes(driver: AsyncDriver) -> dict[str, tuple[str, str, list[str], list[str]]]:
    found = await driver.execute_query(
        "SHOW INDEXES YIELD name, type, state, labelsOrTypes, properties WHERE type <> 'LOOKUP' RETURN *"
    )
    return {r["name"]: (r["type"], r["state"], r["labelsOrTypes"], r["properties"]) for r in found.records}


async def test_all_is_there_and_online(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    await apply_schema(empty_scratch)
    assert await indexes(scratch_driver) == {
        **{
            f"{label[0].lower()}{label[1:]}Id": ("RANGE", "ONLINE", [label], ["id"])
            for label in ("Person", "Brand", "Topic", "Community", "CommunityStage", "CommunityMoment")
        },
        **{f"{label.lower()}Name": ("RANGE", "ONLINE", [label], ["name"]) for label in ("Person", "Brand", "Topic")},
        "forgottenMark": ("RANGE", "ONLINE", ["Forgotten"], ["mark"]),
        "personNames": ("FULLTEXT", "ONLINE", ["Person"], ["name", "headline"]),
        "brandNames": ("FULLTEXT", "ONLINE", ["Brand"], ["name", "domain"]),
        "topicNames": ("FULLTEXT", "ONLINE", ["Topic"], ["name", "description"]),
        "personLocation": ("RANGE", "ONLINE", ["Person"], ["location"]),
        "personOptedOut": ("RANGE", "ONLINE", ["Person"], ["optedOut"]),
        "personUpdatedAt": ("RANGE", "ONLINE", ["Person"], ["updatedAt"]),
        "communityTopicId": ("RANGE", "ONLINE", ["Community"], ["topicId"]),
        "communityStageTopicId": ("RANGE", "ONLINE", ["CommunityStage"], ["topicId"]),
        "communityMomentTopicId": ("RANGE", "ONLINE", ["CommunityMoment"], ["topicId"]),
        "trustsUpdatedAt": ("RANGE", "ONLINE", ["TRUSTS"], ["updatedAt"]),
        "trustsTopicId": ("RANGE", "ONLINE", ["TRUSTS"], ["topicId"]),
        "distrustsUpdatedAt": ("RANGE", "ONLINE", ["DISTRUSTS"], ["updatedAt"]),
        "hasRoleUpdatedAt": ("RANGE", "ONLINE", ["HAS_ROLE"], ["updatedAt"]),
        "activeInUpdatedAt": ("RANGE", "ONLINE", ["ACTIVE_IN"], ["updatedAt"]),
        "hasRoleKind": ("RANGE", "ONLINE", ["HAS_ROLE"], ["kind"]),
    }
    constraints = await scratch_driver.execute_query(
        "SHOW CONSTRAINTS YIELD name, type RETURN name, type ORDER BY name"
    )
    assert [(r["name"], r["type"]) for r in constraints.records] == [
        (name, "UNIQUENESS")
        for name in (
            "brandId",
            "communityId",
            "communityMomentId",
            "communityStageId",
            "forgottenMark",
            "personId",
            "topicId",
        )
    ]


async def test_a_second_time_commits_nothing(scratch: Database) -> None:
    await apply_schema(scratch)
    before = await scratch.bookmark()
    await apply_schema(scratch)
    assert await scratch.bookmark() == before


async def test_what_is_missing_comes_back(scratch: Database, scratch_driver: AsyncDriver) -> None:
    await scratch_driver.execute_query("DROP INDEX hasRoleKind")
    await scratch_driver.execute_query("DROP CONSTRAINT communityId")
    await apply_schema(scratch)
    assert {"hasRoleKind", "communityId"} <= (await indexes(scratch_driver)).keys()


@pytest.mark.parametrize("label", ["Person", "Brand", "Topic", "Community"])
async def test_ids_are_unique(empty_scratch: Database, scratch_driver: AsyncDriver, label: str) -> None:
    await scratch_driver.execute_query(f"CREATE (:{label} {{id: 'same'}})")
    with pytest.raises(ConstraintError):
        await scratch_driver.execute_query(f"CREATE (:{label} {{id: 'same'}})")


async def test_data_that_break_a_constraint_are_a_failure(empty_scratch: Database, scratch_driver: AsyncDriver) -> None:
    await scratch_driver.execute_query("DROP CONSTRAINT communityId")
    await scratch_driver.execute_query("UNWIND [1, 2] AS i CREATE (:Community {id: 'twice'})")
    try:
        with pytest.raises(StatementFailed, match="unique_community_id"):
            await apply_schema(empty_scratch)
    finally:
        await scratch_driver.execute_query("MATCH (c:Community) DELETE c")
        await apply_schema(empty_scratch)
    assert "communityId" in await indexes(scratch_driver)


async def test_a_page_of_people_is_read_along_the_index(scratch: Database, scratch_driver: AsyncDriver) -> None:
    """However many people there are, nobody is sorted but those of one name."""
    text = scratch.catalog["people_page"].text
    given = {"afterName": "", "afterId": "", "limit": 5, "withOptedOut": False}
    answer = await scratch_driver.execute_query("EXPLAIN " + text, given)
    plan, operators = [answer.summary.plan], []
    while plan:
        step = plan.pop()
        assert step is not None
        operators.append(step["operatorType"].partition("@")[0])
        plan += step.get("children", [])
    assert "PartialTop" in operators
    assert not {"Top", "Sort", "Union", "Distinct"} & set(operators)

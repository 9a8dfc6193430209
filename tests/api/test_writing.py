"""Rows written through the API, as a client would: what becomes of each, and that queries can wait for it."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from service.settings import Settings
from service.store.database import Database
from service.use_cases.writing.wait_for_write import token_of
from tests.api import small_graph
from tests.api.client import Api, serving

ROWS = "rows { row status reason } created updated unchanged removed rejected writeToken"
UPSERT_PEOPLE = f"mutation ($rows: [PersonRow!]!) {{ upsertPeople(rows: $rows) {{ {ROWS} }} }}"
UPSERT_BRANDS = f"mutation ($rows: [BrandRow!]!) {{ upsertBrands(rows: $rows) {{ {ROWS} }} }}"
UPSERT_TOPICS = f"mutation ($rows: [TopicRow!]!) {{ upsertTopics(rows: $rows) {{ {ROWS} }} }}"
UPSERT_ROLES = f"mutation ($rows: [RoleRow!]!) {{ upsertRoles(rows: $rows) {{ {ROWS} }} }}"
RECORD = f"mutation ($rows: [InteractionRow!]!) {{ recordInteractions(rows: $rows) {{ {ROWS} }} }}"
STATE = f"mutation ($rows: [TrustRow!]!) {{ stateTrust(rows: $rows) {{ {ROWS} }} }}"
WITHDRAW = f"mutation ($rows: [WithdrawnRow!]!) {{ withdrawTrust(rows: $rows) {{ {ROWS} }} }}"
PATHS = """query ($from: ID!, $to: ID!) {
  trustedPaths(input: { from: { personId: $from }, to: { personId: $to } }) { paths { strength people { id } } }
}"""


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def api(
    scratch: Database, scratch_driver: AsyncDriver, scratch_settings: Settings, state: Path
) -> AsyncIterator[Api]:
    """The app on the small graph, with a state folder. It looks for changes once a minute if nobody hurries it."""
    await small_graph.fill(scratch, scratch_driver, state / "graph")
    settings = scratch_settings.model_copy(
        update={
            "audit_file": state / "audit.jsonl",
            "forget_key": state / "forget.key",
            "rejects_file": state / "rejects.csv",
            "snapshot_folder": state / "snapshot",
            "refresh_seconds": 60,
            "max_list": 2_000,
        }
    )
    async with serving(settings) as served:
        yield served


async def written(api: Api, mutation: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """What the one mutation of a document tells."""
    (outcome,) = (await api.answer(mutation, rows=list(rows))).values()
    assert [row["row"] for row in outcome["rows"]] == list(range(len(rows)))
    return outcome  # type: ignore[no-any-return]


def statuses(outcome: dict[str, Any]) -> list[str]:
    return [row["status"] for row in outcome["rows"]]


def reasons(outcome: dict[str, Any]) -> list[str | None]:
    return [row["reason"] for row in outcome["rows"]]


async def after(api: Api, token: str, query: str, **variables: object) -> Any:
    """What a query answers that shows a write token."""
    response = await api.http.post(
        "/graphql", json={"query": query, "variables": variables}, headers={"Rainmaker-After": token}
    )
    body = response.json()
    assert "errors" not in body, body
    return body["data"]


async def test_people_are_created_changed_and_left_alone(api: Api) -> None:
    ann = {"id": "ann", "name": "Ann", "headline": "Painter"}
    assert statuses(await written(api, UPSERT_PEOPLE, ann)) == ["CREATED"]
    assert statuses(await written(api, UPSERT_PEOPLE, ann)) == ["UNCHANGED"]
    second = await written(
        api,
        UPSERT_PEOPLE,
        {"id": "ann", "name": "Anna"},
        {"id": "bob", "name": "Bob", "optedOut": True},
        {"id": "ann", "name": "Anna"},
        {"id": "ann", "name": "Hanna"},
        {"id": "", "name": "Nobody"},
    )
    assert statuses(second) == ["UPDATED", "CREATED", "UNCHANGED", "REJECTED", "REJECTED"]
    assert reasons(second)[3:] == ["an earlier row has the same key and says something else", "id is empty"]
    found = await api.answer('{ person(id: "ann") { name headline } }')
    assert found["person"] == {"name": "Anna", "headline": "Painter"}, "what a row leaves out stays"
    await written(api, UPSERT_PEOPLE, {"id": "ann", "name": "Anna", "headline": None})
    assert (await api.answer('{ person(id: "ann") { headline } }'))["person"]["headline"] is None, "null clears"


async def test_a_query_with_the_token_is_answered_from_a_snapshot_that_has_the_write(api: Api) -> None:
    await written(api, UPSERT_PEOPLE, {"id": "s1", "name": "S"}, {"id": "s2", "name": "T"})
    token = (await written(api, STATE, {"fromId": "s2", "toId": "s1", "strength": 0.5}))["writeToken"]
    (path,) = (await after(api, token, PATHS, **{"from": "s1", "to": "s2"}))["trustedPaths"]["paths"]
    assert path["strength"] == pytest.approx(0.5, abs=1e-6)
    assert [person["id"] for person in path["people"]] == ["s1", "s2"]
    for strength in (0.6, 0.7, 0.8):
        token = (await written(api, STATE, {"fromId": "s2", "toId": "s1", "strength": strength}))["writeToken"]
        (path,) = (await after(api, token, PATHS, **{"from": "s1", "to": "s2"}))["trustedPaths"]["paths"]
        assert path["strength"] == pytest.approx(strength, abs=1e-6)
    token = (await written(api, WITHDRAW, {"fromId": "s2", "toId": "s1"}))["writeToken"]
    assert (await after(api, token, PATHS, **{"from": "s1", "to": "s2"}))["trustedPaths"]["paths"] == []


async def test_a_token_that_is_none_is_told(api: Api) -> None:
    for token in ("no token!", token_of("FB:nonsense"), token_of("neo4j:bookmark:v1:tx1"), ",".join(["YQ"] * 21)):
        response = await api.http.post(
            "/graphql", json={"query": "{ snapshot { id } }"}, headers={"Rainmaker-After": token}
        )
        (error,) = response.json()["errors"]
        assert (error["extensions"]["code"], error["extensions"]["field"]) == ("INVALID_INPUT", "Rainmaker-After"), (
            token
        )


async def test_what_was_stated_stands_until_it_is_withdrawn(api: Api, scratch_driver: AsyncDriver) -> None:
    key = {"fromId": "ben", "toId": "cat", "topicId": "net"}
    seen = {**key, "at": "2025-05-01", "kind": "REVIEW"}
    assert statuses(await written(api, RECORD, seen, seen)) == ["CREATED", "CREATED"]
    derived = await between(scratch_driver, "ben", "cat")
    assert derived["TRUSTS"]["evidenceCounts"] == [2]
    assert statuses(await written(api, STATE, {**key, "strength": 0.25})) == ["UPDATED"]
    assert statuses(await written(api, RECORD, {**seen, "paid": True})) == ["CREATED"], "the evidence grows beneath"
    stated = await between(scratch_driver, "ben", "cat")
    assert stated["TRUSTS"] == {"topicId": "net", "strength": 0.25, "cost": 1386294, "paid": False}
    assert stated["OVERRULED"]["evidenceCounts"] == [3]
    assert statuses(await written(api, STATE, {**key, "strength": -0.5})) == ["CREATED"]
    assert set(await between(scratch_driver, "ben", "cat")) == {"DISTRUSTS", "OVERRULED"}
    assert statuses(await written(api, WITHDRAW, key, key)) == ["REMOVED", "UNCHANGED"]
    back = await between(scratch_driver, "ben", "cat")
    assert set(back) == {"TRUSTS"}
    assert back["TRUSTS"]["paid"]
    assert back["TRUSTS"]["strength"] == pytest.approx(1 - 2.718281828459045 ** (-2.5 / 2))
    assert statuses(await written(api, WITHDRAW, key)) == ["UNCHANGED"]
    assert await between(scratch_driver, "ben", "cat") == back


async def between(driver: AsyncDriver, source: str, target: str) -> dict[str, dict[str, Any]]:
    result = await driver.execute_query(
        "MATCH (a:Person {id: $source})-[r]->(b:Person {id: $target}) RETURN type(r) AS type, properties(r) AS it",
        source=source,
        target=target,
    )
    return {row["type"]: {k: v for k, v in row["it"].items() if k != "updatedAt"} for row in result.records}


async def test_interactions_with_a_ref_count_once(api: Api, scratch_driver: AsyncDriver) -> None:
    row = {
        "at": "2025-05-01T23:30:00-02:00",
        "fromId": "cat",
        "toId": "eve",
        "kind": "CALL",
        "topicId": "dns",
        "ref": "1",
    }
    assert statuses(await written(api, RECORD, row, {**row, "ref": "2"}, row)) == ["CREATED", "CREATED", "UNCHANGED"]
    assert statuses(await written(api, RECORD, row, {**row, "kind": "REVIEW"})) == ["UNCHANGED", "CREATED"]
    other = await written(api, RECORD, {**row, "ref": "3"}, {**row, "ref": "3", "at": "2025-06-01"})
    assert statuses(other) == ["CREATED", "REJECTED"]
    trust = (await between(scratch_driver, "cat", "eve"))["TRUSTS"]
    assert (trust["evidenceKinds"], trust["evidenceCounts"]) == (["CALL", "REVIEW"], [3, 1])
    assert trust["since"].to_native().isoformat() == "2025-05-02", "the UTC day"


async def test_topics_stay_a_forest(api: Api) -> None:
    first = await written(
        api, UPSERT_TOPICS, {"id": "ta", "name": "A", "parentId": "net"}, {"id": "tb", "name": "B", "parentId": "ta"}
    )
    assert statuses(first) == ["CREATED", "CREATED"]
    cycle = await written(api, UPSERT_TOPICS, {"id": "net", "name": "Networks", "parentId": "tb"})
    assert statuses(cycle) == ["UNCHANGED"]
    assert reasons(cycle) == ["this parentId closes a cycle: the topic stays without the link"]
    nowhere = await written(api, UPSERT_TOPICS, {"id": "tc", "name": "C", "parentId": "nowhere"})
    assert (statuses(nowhere), reasons(nowhere)) == (
        ["CREATED"],
        ["there is no topic with this parentId: the topic stays without the link"],
    )
    assert statuses(await written(api, UPSERT_TOPICS, {"id": "tb", "name": "B"})) == ["UNCHANGED"]
    assert statuses(await written(api, UPSERT_TOPICS, {"id": "tb", "name": "B", "parentId": "net"})) == ["UPDATED"]
    moved = await written(api, UPSERT_TOPICS, {"id": "tb", "name": "B", "parentId": None})
    assert statuses(moved) == ["UPDATED"]
    found = await after(
        api, moved["writeToken"], '{ topic(id: "tb") { parent { id } } net: topic(id: "net") { parent { id } } }'
    )
    assert found == {"topic": {"parent": None}, "net": {"parent": {"id": "tech"}}}


async def test_brands_and_roles(api: Api) -> None:
    assert statuses(await written(api, UPSERT_BRANDS, {"id": "new", "name": "New"})) == ["CREATED"]
    role: dict[str, Any] = {
        "personId": "fay",
        "brandId": "new",
        "kind": "EMPLOYEE",
        "since": "2024-01-01",
        "title": "Head",
    }
    rows = [role, {**role, "kind": "CREATOR", "strength": 0.5}, {**role, "brandId": "none"}, {**role, "strength": 2.0}]
    first = await written(api, UPSERT_ROLES, *rows)
    assert statuses(first) == ["CREATED", "CREATED", "REJECTED", "REJECTED"]
    assert reasons(first)[2:] == ["there is no brand with this brandId", "strength is not in (0, 1]"]
    again = await written(api, UPSERT_ROLES, {**role, "title": "Chief"}, rows[1])
    assert statuses(again) == ["UPDATED", "UNCHANGED"]
    del role["title"]
    token = (await written(api, UPSERT_ROLES, {**role, "until": "2030-01-01"}))["writeToken"]
    found = await after(api, token, '{ person(id: "fay") { roles { edges { node { kind title until } } } } }')
    kinds = {edge["node"]["kind"]: edge["node"] for edge in found["person"]["roles"]["edges"]}
    assert kinds["EMPLOYEE"] == {"kind": "EMPLOYEE", "title": "Chief", "until": "2030-01-01"}


async def test_people_who_are_not_there_are_rejected(api: Api) -> None:
    row = {"fromId": "ada", "toId": "nobody", "strength": 0.5}
    assert reasons(await written(api, STATE, row)) == ["there is no person with this toId"]
    assert reasons(await written(api, STATE, {**row, "toId": "ada"})) == ["fromId and toId are the same person"]
    assert reasons(await written(api, STATE, {**row, "toId": "ben", "strength": 0})) == ["strength is 0"]
    assert reasons(await written(api, WITHDRAW, {"fromId": "nobody", "toId": "ada"})) == [
        "there is no person with this fromId"
    ]
    bad = {"at": "yesterday", "fromId": "ada", "toId": "ben", "kind": "CALL"}
    assert reasons(await written(api, RECORD, bad)) == ["at is not a date or an ISO time"]


async def test_too_many_rows_are_refused_whole(api: Api) -> None:
    rows = [{"id": f"m{n}", "name": "M"} for n in range(1001)]
    error = await api.error(UPSERT_PEOPLE, rows=rows)
    assert (error["code"], error["field"]) == ("INVALID_INPUT", "rows")
    assert (await api.answer('{ person(id: "m0") { id } }'))["person"] is None
    assert (await written(api, UPSERT_PEOPLE, *rows[:1000]))["created"] == 1000
    assert (await written(api, UPSERT_PEOPLE))["rows"] == []


async def test_opting_out(api: Api) -> None:
    opt = f"mutation ($id: ID!, $out: Boolean!) {{ optOut(personId: $id, optedOut: $out) {{ {ROWS} }} }}"
    token = (await api.answer(opt, id="eve", out=True))["optOut"]["writeToken"]
    assert (await after(api, token, PATHS, **{"from": "ada", "to": "eve"}))["trustedPaths"]["paths"] == []
    assert statuses((await api.answer(opt, id="eve", out=True))["optOut"]) == ["UNCHANGED"]
    token = (await api.answer(opt, id="eve", out=False))["optOut"]["writeToken"]
    assert (await after(api, token, PATHS, **{"from": "ada", "to": "eve"}))["trustedPaths"]["paths"]
    assert (await api.error(opt, id="nobody", out=True))["code"] == "NOT_FOUND"


async def test_the_trail_says_who_changed_what(api: Api, state: Path) -> None:
    await written(api, UPSERT_BRANDS, {"id": "told", "name": "Told"}, {"id": "", "name": "X"})
    await written(api, UPSERT_BRANDS, {"id": "told", "name": "Told"})
    await written(api, STATE, {"fromId": "fay", "toId": "ada", "strength": 0.4})
    path = state / "audit.jsonl"
    assert path.stat().st_mode & 0o777 == 0o600
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    brand, trust = entries[-2:]
    assert (brand["caller"], brand["role"], brand["operation"]) == ("local", "ADMIN", "upsertBrands")
    assert (brand["rows"], brand["things"], brand["undone"]) == ({"CREATED": 1, "REJECTED": 1}, ["told"], False)
    assert trust["operation"] == "stateTrust"
    assert len(trust["people"]) == 2
    assert not {"fay", "ada"} & set(trust["people"]), "people are named by their marks"
    assert brand["at"] < trust["at"]

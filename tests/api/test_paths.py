"""Trusted paths over GraphQL: every option arrives, every part of the answer comes back."""

from datetime import date
from typing import Any

import pytest
from strawberry import ID

from service.api.inputs import PartyInput, TrustedPathsInput
from service.domain.paths import Party, TrustedPathsQuestion
from service.domain.sight import EVERYBODY
from service.domain.vocabulary import PaidPolicy, PurchaseStage, RoleKind, TopicScope, TrustDirection
from tests.api.client import Api

PATHS = """
query Paths($input: TrustedPathsInput!) {
  trustedPaths(input: $input) {
    complete stoppedBecause examinedRelationships
    snapshot { id people relationships current }
    paths {
      strength cost likelihood hops explanation
      people { id name headline optedOut }
      weakestStep { cost }
      steps {
        from { id } to { id } fromTrustsTo topic { id name description }
        strength cost since lastSeen channel stages paid evidence { kind count }
      }
    }
  }
}
"""


def test_left_out_and_null_are_the_questions_own_defaults() -> None:
    usual = TrustedPathsQuestion(from_=Party(person_id="a"), to=Party(brand_id="b"))
    ends: dict[str, Any] = {"from_": PartyInput(person_id=ID("a")), "to": PartyInput(brand_id=ID("b"))}
    assert TrustedPathsInput(**ends).question(EVERYBODY) == usual
    options = [name for name in TrustedPathsInput.__annotations__ if name not in ends]
    assert len(options) == 18
    nothing: dict[str, Any] = dict.fromkeys(options)
    assert TrustedPathsInput(**ends, **nothing).question(EVERYBODY) == usual


async def test_every_option_arrives(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[TrustedPathsQuestion] = []
    finder = type(api.app.state.running.find_trusted_paths)
    call = finder.__call__

    async def observed(self: Any, question: TrustedPathsQuestion) -> Any:
        asked.append(question)
        return await call(self, question)

    monkeypatch.setattr(finder, "__call__", observed)
    await api.answer(
        PATHS,
        input={
            "from": {"brandId": "acme"},
            "to": {"personId": "eve"},
            "topicId": "net",
            "scope": "ANY",
            "direction": "EITHER",
            "first": 7,
            "maxHops": 3,
            "minStrength": 0.01,
            "introducerStrength": 1,
            "asOf": "2025-12-31",
            "viaRoles": ["CUSTOMER", "CREATOR"],
            "excludePersonIds": ["fay"],
            "excludeBrandIds": ["nv", "zeta"],
            "paid": "EXCLUDE",
            "channels": ["online", ""],
            "stages": ["LOYALTY", "AWARENESS"],
            "seenFrom": "2020-01-01",
            "seenTo": "2025-12-01",
            "distinctIntroducers": True,
            "deadlineMs": 250,
        },
    )
    assert asked == [
        TrustedPathsQuestion(
            from_=Party(brand_id="acme"),
            to=Party(person_id="eve"),
            topic_id="net",
            scope=TopicScope.ANY,
            direction=TrustDirection.EITHER,
            first=7,
            max_hops=3,
            min_strength=0.01,
            introducer_strength=1.0,
            as_of=date(2025, 12, 31),
            via_roles=(RoleKind.CUSTOMER, RoleKind.CREATOR),
            exclude_person_ids=("fay",),
            exclude_brand_ids=("nv", "zeta"),
            paid=PaidPolicy.EXCLUDE,
            channels=("online", ""),
            stages=(PurchaseStage.LOYALTY, PurchaseStage.AWARENESS),
            seen_from=date(2020, 1, 1),
            seen_to=date(2025, 12, 1),
            distinct_introducers=True,
            deadline_ms=250,
        )
    ]


async def test_empty_lists_are_not_the_default(api: Api) -> None:
    empty = {"from": {"brandId": "acme"}, "to": {"personId": "eve"}, "viaRoles": []}
    found = (await api.answer(PATHS, input=empty))["trustedPaths"]
    assert (found["paths"], found["complete"]) == ([], True)
    deaf = {"from": {"personId": "ben"}, "to": {"personId": "eve"}, "channels": []}
    assert (await api.answer(PATHS, input=deaf))["trustedPaths"]["paths"] == []
    nowhere = {"from": {"personId": "ada"}, "to": {"personId": "eve"}, "stages": []}
    assert (await api.answer(PATHS, input=nowhere))["trustedPaths"]["paths"] == []


async def test_only_what_came_about_at_a_stage(api: Api) -> None:
    """Eve's trust in Ada rests on interactions at two stages and at none; Ada's in Ben was stated."""

    async def paths(from_: str, **options: object) -> list[list[list[str]]]:
        asked = {"from": {"personId": from_}, "to": {"personId": "eve"}, "topicId": "net"} | options
        found = (await api.answer(PATHS, input=asked))["trustedPaths"]["paths"]
        return [[step["stages"] for step in path["steps"]] for path in found]

    both = ["CONSIDERATION", "DECISION"]
    assert await paths("ada") == [[both]]
    assert await paths("ada", stages=["DECISION"]) == [[both]]
    assert await paths("ada", stages=["LOYALTY", "CONSIDERATION"]) == [[both]]
    assert await paths("ada", stages=["AWARENESS", "LOYALTY"]) == []
    assert await paths("ben") == [[[], both]]
    assert await paths("ben", stages=["DECISION"]) == []
    assert await paths("ben", stages=None) == [[[], both]]


async def test_a_path_with_all_its_parts(api: Api) -> None:
    """Ben is trusted by Ada (0.9 on net, aged 214 days), who is trusted by Eve: a message of his reaches her."""
    ends = {"from": {"personId": "ben"}, "to": {"personId": "eve"}, "topicId": "net", "asOf": "2026-01-01"}
    found = (await api.answer(PATHS, input=ends))["trustedPaths"]
    age = round(0.6931471805599453 * 1e6 / 365)
    steps = [105_361 + 214 * age, 252_482 + 306 * age]
    handover = 223_144
    (path,) = found["paths"]
    assert path["cost"] == sum(steps) + handover
    assert path["strength"] == pytest.approx(2.718281828459045 ** (-path["cost"] / 1e6))
    assert path["likelihood"] == pytest.approx(path["strength"] / 2)
    assert path["hops"] == 2
    assert path["people"] == [
        {"id": "ben", "name": "Ben Ødegård", "headline": None, "optedOut": False},
        {"id": "ada", "name": "Ada Lind", "headline": "Head of networks", "optedOut": False},
        {"id": "eve", "name": "Eve Lind", "headline": None, "optedOut": False},
    ]
    assert path["steps"][0] == {
        "from": {"id": "ben"},
        "to": {"id": "ada"},
        "fromTrustsTo": False,
        "topic": {"id": "net", "name": "Networks", "description": None},
        "strength": pytest.approx(2.718281828459045 ** (-steps[0] / 1e6)),
        "cost": steps[0],
        "since": "2024-02-29",
        "lastSeen": "2025-06-01",
        "channel": "offline",
        "stages": [],
        "paid": False,
        "evidence": [],
    }
    assert path["steps"][1]["cost"] == steps[1]
    assert path["steps"][1]["evidence"] == [{"kind": "CALL", "count": 1}, {"kind": "REVIEW", "count": 2}]
    assert path["weakestStep"] == {"cost": max(steps)}
    for name in ("Ben Ødegård", "Ada Lind", "Eve Lind"):
        assert name in path["explanation"]
    assert found["complete"] is True
    assert found["stoppedBecause"] is None
    assert found["examinedRelationships"] > 0
    assert found["snapshot"]["people"] == 7
    assert found["snapshot"]["current"] is True


async def test_trust_in_general_names_no_topic(api: Api) -> None:
    ends = {"from": {"personId": "ada"}, "to": {"personId": "cat"}, "direction": "TRUST"}
    (path,) = (await api.answer(PATHS, input=ends))["trustedPaths"]["paths"]
    assert path["likelihood"] is None
    assert path["steps"][0]["topic"] is None
    assert path["steps"][0]["fromTrustsTo"] is True


async def test_a_source_who_is_the_target(api: Api) -> None:
    ends = {"from": {"brandId": "acme"}, "to": {"brandId": "acme"}, "first": 1}
    (path,) = (await api.answer(PATHS, input=ends))["trustedPaths"]["paths"]
    assert (path["hops"], path["steps"], path["weakestStep"]) == (0, [], None)
    assert path["cost"] == 693_147  # entered at the strength 0.5 of her role


@pytest.mark.parametrize(
    ("option", "kind"),
    [
        ({"from": {"personId": "nobody"}}, "person"),
        ({"from": {"personId": ""}}, "person"),
        ({"to": {"brandId": "nothing"}}, "brand"),
        ({"topicId": "nothing"}, "topic"),
        ({"excludePersonIds": ["ada", "nobody"]}, "person"),
        ({"excludeBrandIds": ["nothing"]}, "brand"),
    ],
)
async def test_unknown_ids_are_not_found(api: Api, option: dict[str, Any], kind: str) -> None:
    error = await api.error(PATHS, input={"from": {"personId": "ada"}, "to": {"personId": "ben"}} | option)
    assert error["code"] == "NOT_FOUND"
    assert f"no {kind} with" in error["message"]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("first", [0, -1, 101]),
        ("maxHops", [-1, 9]),
        ("minStrength", [-0.1, 1.1]),
        ("introducerStrength", [0, -1, 1.1]),
        ("deadlineMs", [0, -1, 30_001]),
    ],
)
async def test_options_out_of_range_are_named(api: Api, field: str, values: list[float]) -> None:
    for value in values:
        error = await api.error(PATHS, input={"from": {"personId": "ada"}, "to": {"personId": "ben"}, field: value})
        assert (error["code"], error["field"]) == ("INVALID_INPUT", field)
        assert error["message"].startswith(f"{field}: ")


async def test_names_need_no_round_trip(api: Api, statements: list[str]) -> None:
    query = """query($input: TrustedPathsInput!) { trustedPaths(input: $input) { paths { explanation
      people { id name } steps { from { name } topic { id name } evidence { kind } } } } }"""
    found = await api.answer(query, input={"from": {"personId": "ben"}, "to": {"personId": "eve"}})
    assert len(found["trustedPaths"]["paths"]) == 1
    assert statements == []


async def test_the_snapshot(api: Api) -> None:
    found = (await api.answer("{ snapshot { id asOf builtAt people relationships current } }"))["snapshot"]
    assert (found["people"], found["relationships"], found["current"]) == (7, 9, True)
    assert found["asOf"] == "2026-01-01"
    assert len(found["id"]) >= 8

"""API keys over HTTP: who is let in, as whom, how often, and what is never told."""

import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import httpx
import pytest
import pytest_asyncio

from service.access.key_file import KeyFile
from service.access.keys import Key, new_key
from service.api.context import RequestContext
from service.api.schema import make_schema
from service.domain.caller import CallerRole
from service.settings import Settings
from tests.api.client import Api, serving, shown

if TYPE_CHECKING:
    from graphql import GraphQLObjectType

NAME = {"query": '{ person(id: "ada") { name } }'}
WIDE = {"query": "{ people(first: 100) { edges { node { id } } } }"}

MUTATIONS = cast("GraphQLObjectType", make_schema(Settings())._schema.mutation_type).fields

TOO_WIDE = """{ people(first: 100) { edges { node {
  trusts(first: 100) { edges { node { person { trusts(first: 100) { totalCount } } } } } } } } }"""


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFile:
    return KeyFile(tmp_path_factory.mktemp("state") / "keys.json")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guarded(api: Api, scratch_settings: Settings, keys: KeyFile) -> AsyncIterator[Api]:
    """The small graph, behind keys."""
    assert await api.ids("people", "{ people { edges { node { id } } } }")
    async with serving(scratch_settings.model_copy(update={"auth": "keys", "key_file": keys.path})) as served:
        yield served


def made(keys: KeyFile, name: str, role: CallerRole = CallerRole.READER, **bounds: int) -> str:
    key, text = new_key(name, role, **bounds)  # type: ignore[arg-type]
    keys.add(key)
    return text


async def asked(api: Api, text: str | None, question: dict[str, str] = NAME) -> httpx.Response:
    return await api.http.post("/graphql", json=question, headers=shown(text))


def value_of(kind: str) -> str:
    """A value of a type that mutations take; of rows, none."""
    return "[]" if kind.endswith("Row!]!") else {"ID!": '"ada"', "Boolean!": "true"}[kind]


def code(response: httpx.Response) -> str:
    (error,) = response.json()["errors"]
    found: str = error["extensions"]["code"]
    return found


async def test_a_key_lets_in_and_a_revoked_one_does_not(guarded: Api, keys: KeyFile) -> None:
    """Both noticed by the service while it runs."""
    text = made(keys, "crm")
    assert (await asked(guarded, text)).json() == {"data": {"person": {"name": "Ada Lind"}}}
    keys.remove("crm")
    refused = await asked(guarded, text)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert code(refused) == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic YWRhOmFkYQ==",
        "Bearer rmk_",
        "Bearer rmk_0123456789ab_" + "A" * 43,
        "Bearer rmk_0123456789ab_" + "A" * 43 + "\n",
        "bearer x" * 500,
        "Bearer \xff\xfe",
    ],
)
async def test_nothing_else_does(guarded: Api, header: str | None) -> None:
    headers = {} if header is None else {"authorization": header.encode("latin-1")}
    refused = await guarded.http.post("/graphql", json=NAME, headers=headers)  # type: ignore[arg-type]
    assert (refused.status_code, code(refused)) == (401, "UNAUTHENTICATED")


async def test_another_keys_secret_does_not_fit(guarded: Api, keys: KeyFile) -> None:
    one, other = made(keys, "one"), made(keys, "other")
    assert (await asked(guarded, one[:17] + other[17:])).status_code == 401
    assert (await asked(guarded, one[:-1] + ("A" if one[-1] != "A" else "B"))).status_code == 401
    assert (await asked(guarded, one)).status_code == 200


async def test_an_expired_key_says_so(guarded: Api, keys: KeyFile) -> None:
    key, text = new_key("old", CallerRole.ADMIN)
    keys.add(Key(**{slot: getattr(key, slot) for slot in Key.__slots__} | {"expires": key.created}))
    refused = await asked(guarded, text)
    assert (refused.status_code, refused.json()["errors"][0]["message"]) == (401, "This key has expired.")


async def test_health_and_the_page_are_open(guarded: Api) -> None:
    """A balancer has no key, and a browser cannot show one before the page is there."""
    assert (await guarded.http.get("/healthz")).status_code == 200
    assert (await guarded.http.get("/readyz")).status_code == 200
    page = await guarded.http.get("/graphql", headers={"accept": "text/html"})
    assert "GraphiQL" in page.text
    by_get = await guarded.http.get("/graphql", params={"query": NAME["query"]}, headers={"accept": "text/html"})
    assert by_get.status_code == 401


@pytest.mark.parametrize("name", sorted(MUTATIONS))
async def test_a_reader_may_make_none_of_all_mutations(guarded: Api, keys: KeyFile, name: str) -> None:
    text = made(keys, f"reads only, not {name}")
    arguments = ", ".join(f"{argument}: {value_of(str(has.type))}" for argument, has in MUTATIONS[name].args.items())
    refused = await asked(guarded, text, {"query": f"mutation {{ {name}({arguments}) {{ writeToken }} }}"})
    assert code(refused) == "FORBIDDEN"
    assert refused.json()["data"] is None


async def test_requests_a_minute(guarded: Api, keys: KeyFile) -> None:
    text = made(keys, "slow", requests_per_minute=3)
    answers = [await asked(guarded, text) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 20
    assert code(answers[-1]) == "UNAVAILABLE"
    assert (await asked(guarded, made(keys, "other caller"))).status_code == 200


async def test_cost_a_minute(guarded: Api, keys: KeyFile) -> None:
    """A page of a hundred people costs two hundred: the entries, and who is in them. What is refused costs nothing."""
    text = made(keys, "small", cost_per_minute=350)
    assert (await asked(guarded, text, WIDE)).status_code == 200
    refused = await asked(guarded, text, WIDE)
    assert (refused.status_code, code(refused)) == (429, "UNAVAILABLE")
    assert int(refused.headers["retry-after"]) >= 1
    too_large = await asked(guarded, text, {"query": TOO_WIDE})
    assert code(too_large) == "TOO_COMPLEX"
    assert (await asked(guarded, text)).status_code == 200


async def test_an_answer_that_fails_is_charged_once(guarded: Api, keys: KeyFile) -> None:
    """It is asked again of graphql-core."""
    text = made(keys, "failing", cost_per_minute=60)
    bad = {"query": '{ people(first: 29, topicId: "nothing") { totalCount } }'}
    assert [(await asked(guarded, text, bad)).status_code for _ in range(3)] == [200, 200, 429]


async def test_a_damaged_file_lets_nobody_in(guarded: Api, keys: KeyFile) -> None:
    text = made(keys, "careful")
    whole = keys.path.read_text()
    keys.path.write_text("{")
    refused = await asked(guarded, text)
    assert (refused.status_code, code(refused)) == (503, "UNAVAILABLE")
    keys.path.write_text(whole)
    assert (await asked(guarded, text)).status_code == 200


async def test_ten_thousand_wrong_keys(guarded: Api, keys: KeyFile) -> None:
    """After a while told to wait; whoever has a right key is answered meanwhile, from the same address too."""
    right = made(keys, "patient")
    ids = [key.id for key in keys.keys().values()]
    wrong = [f"rmk_{ids[n % len(ids)]}_{n:043}" if n % 2 else f"rmk_{n:012x}_{n:043}" for n in range(10_000)]
    statuses = []
    for number, text in enumerate(wrong):
        statuses.append((await asked(guarded, text)).status_code)
        if number % 500 == 0:
            assert (await asked(guarded, right)).status_code == 200, "nobody else is locked out"
    assert set(statuses) == {401, 429}
    assert statuses.count(429) > 9_000
    refused = await asked(guarded, wrong[0])
    assert (refused.status_code, int(refused.headers["retry-after"]) >= 1) == (429, True)


async def test_no_secret_anywhere(
    guarded: Api, keys: KeyFile, caplog: pytest.LogCaptureFixture, scratch_settings: Settings
) -> None:
    """Not in the file, in answers, in logs, nor in the database."""
    text = made(keys, "secretive", CallerRole.ADMIN)
    secret = text.split("_", 2)[2]
    with caplog.at_level(logging.DEBUG):
        answers = [
            await asked(guarded, text),
            await asked(guarded, text[:-1]),
            await asked(guarded, text + "x"),
            await asked(guarded, text, {"query": "{ nonsense }"}),
            await guarded.http.post("/graphql", content=b"{", headers=shown(text)),
            await guarded.http.get("/graphql", headers=shown(text)),
        ]
    assert secret[:-1] not in keys.path.read_text()
    for answer in answers:
        assert secret[:-1] not in answer.text + str(answer.headers)
    assert secret[:-1] not in caplog.text
    database = guarded.app.state.running.database
    async with database._driver.session(database=database.name) as session:
        properties = await (await session.run("MATCH (n) RETURN collect(properties(n)) AS all")).single()
    assert secret[:-1] not in json.dumps(properties["all"], default=str)
    assert scratch_settings.neo4j_password.get_secret_value() not in caplog.text


async def test_the_callers_role_and_name_reach_the_api(
    guarded: Api, keys: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    callers = []

    def noted(services: object, max_page: int, caller: object, *more: object) -> object:
        callers.append(caller)
        return RequestContext(services, max_page, caller, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("service.api.http.RequestContext", noted)
    for role in CallerRole:
        assert (await asked(guarded, made(keys, f"a {role}", role))).status_code == 200
    assert [(caller.name, caller.role) for caller in callers] == [(f"a {role}", role) for role in CallerRole]  # type: ignore[attr-defined]


def test_the_file_is_private_and_whole(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys.json")
    made(file, "a")
    made(file, "b")
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert {key.name for key in KeyFile(file.path).keys().values()} == {"a", "b"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keys.json", "keys.lock"]

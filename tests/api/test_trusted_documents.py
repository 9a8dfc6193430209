"""In production only documents that the service knows are answered, whichever way a client names them."""

import json
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from service.api.trusted_documents import load
from service.domain.errors import InvalidInput
from service.settings import Settings
from tests.api.client import Api, serving

PERSON = "query Person($id: ID!) { person(id: $id) { name } }\n"
PEOPLE = "{ snapshot { people } }"
HASH = sha256(PERSON.encode()).hexdigest()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def trusting(
    api: Api, scratch_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Api]:
    """A second app on the small graph, which knows two documents."""
    assert api.app.title == "Rainmaker"
    folder = tmp_path_factory.mktemp("documents")
    (folder / "deep").mkdir()
    (folder / "person.graphql").write_text(PERSON, encoding="utf-8")
    (folder / "deep" / "people.graphql").write_text(PEOPLE, encoding="utf-8")
    async with serving(scratch_settings.model_copy(update={"documents": folder})) as served:
        yield served


@pytest.mark.parametrize(
    "named",
    [
        {"documentId": f"sha256:{HASH}"},
        {"documentId": HASH},
        {"id": HASH},
        {"doc_id": HASH},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": HASH}}},
        {"id": HASH, "query": PERSON},
    ],
)
async def test_known_documents_are_answered(trusting: Api, named: dict[str, Any]) -> None:
    response = await trusting.http.post("/graphql", json={**named, "variables": {"id": "ada"}})
    assert response.json() == {"data": {"person": {"name": "Ada Lind"}}}


async def test_also_by_get(trusting: Api) -> None:
    response = await trusting.http.get("/graphql", params={"documentId": HASH, "variables": '{"id": "ben"}'})
    assert response.json() == {"data": {"person": {"name": "Ben Ødegård"}}}
    extensions = json.dumps({"persistedQuery": {"version": 1, "sha256Hash": sha256(PEOPLE.encode()).hexdigest()}})
    response = await trusting.http.get("/graphql", params={"extensions": extensions})
    assert response.json() == {"data": {"snapshot": {"people": 7}}}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"query": PERSON}, "PERSISTED_DOCUMENT_REQUIRED"),
        ({"query": "{ __schema { queryType { name } } }"}, "PERSISTED_DOCUMENT_REQUIRED"),
        ({}, "PERSISTED_DOCUMENT_REQUIRED"),
        ({"id": 7}, "PERSISTED_DOCUMENT_REQUIRED"),
        ({"id": "0" * 64}, "PERSISTED_QUERY_NOT_FOUND"),
        ({"id": HASH, "query": PEOPLE}, "PERSISTED_QUERY_NOT_FOUND"),
        ({"id": sha256(b"{ brands }").hexdigest(), "query": "{ brands }"}, "PERSISTED_QUERY_NOT_FOUND"),
    ],
)
async def test_everything_else_is_refused(trusting: Api, body: dict[str, Any], code: str) -> None:
    response = await trusting.http.post("/graphql", json=body)
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": code}


async def test_there_is_no_graphiql_then(trusting: Api) -> None:
    assert (await trusting.http.get("/graphql", headers={"accept": "text/html"})).status_code == 404


async def test_without_documents_ids_mean_nothing(api: Api) -> None:
    response = await api.http.post("/graphql", json={"extensions": {"persistedQuery": {"sha256Hash": HASH}}})
    assert response.json()["errors"][0]["extensions"] == {"code": "PERSISTED_QUERY_NOT_SUPPORTED"}
    both = {"query": PEOPLE, "extensions": {"persistedQuery": {"sha256Hash": HASH}}}
    assert (await api.http.post("/graphql", json=both)).json() == {"data": {"snapshot": {"people": 7}}}


@pytest.mark.parametrize(
    "manifest",
    [
        {"mine": PERSON},
        {"mine": {"text": PERSON}},
        {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "mine", "body": PERSON}]},
    ],
)
def test_manifests(tmp_path: Path, manifest: dict[str, Any]) -> None:
    place = tmp_path / "manifest.json"
    place.write_text(json.dumps(manifest), encoding="utf-8")
    assert load(place) == {"mine": PERSON, HASH: PERSON}


@pytest.mark.parametrize("content", ["", "[]", "{}", "7", '{"a": 7}', '{"format": "apollo-persisted-query-manifest"}'])
def test_what_is_no_manifest(tmp_path: Path, content: str) -> None:
    place = tmp_path / "manifest.json"
    place.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"documents: .*manifest\.json holds no documents"):
        load(place)


def test_no_such_place(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nowhere"):
        load(tmp_path / "nowhere")
    with pytest.raises(InvalidInput, match="holds no documents"):
        load(tmp_path)

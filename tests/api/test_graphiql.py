"""GraphiQL's page and files: all from here, as published, and nothing from anywhere else."""

import gzip
import hashlib
import re
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from graphql import build_schema, parse, validate

from service.api import graphiql
from service.api.schema import sdl

VENDOR = graphiql.HERE / "vendor"


@pytest_asyncio.fixture(loop_scope="session")
async def http() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(graphiql.assets_router())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://rainmaker") as client:
        yield client


def test_vendored_files_are_what_was_published() -> None:
    sums = dict(line.split()[::-1] for line in (VENDOR / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    files = {path.stem: gzip.decompress(path.read_bytes()) for path in VENDOR.glob("*.gz")}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in files.items()} == sums
    readme = (VENDOR / "README.md").read_text(encoding="utf-8")
    assert all(name in readme or name.replace(".css", ".js") in readme for name in files)


async def test_the_page_loads_only_files_that_are_here(http: httpx.AsyncClient) -> None:
    text = bytes(graphiql.page().body).decode()
    loaded = re.findall(r'(?:src|href)="([^"]+)"', text)
    local = [name for name in loaded if not name.startswith("data:")]
    assert len(local) == 6
    for name in local:
        response = await http.get(f"/{name}")
        assert response.status_code == 200
        assert len(response.content) > 30
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
async def test_files_are_served_in_either_form(http: httpx.AsyncClient, encoding: str) -> None:
    response = await http.get("/graphiql/react-18.3.1.min.js", headers={"Accept-Encoding": encoding})
    assert response.headers.get("content-encoding") == (None if encoding == "identity" else "gzip")
    assert response.headers["content-type"].startswith("text/javascript")
    assert "immutable" in response.headers["cache-control"]
    assert b"React" in response.content


@pytest.mark.parametrize("name", ["nothing.js", "page.html", "README.md", "..%2F__init__.py", "%2e%2e/__init__.py"])
async def test_nothing_else_is_served(http: httpx.AsyncClient, name: str) -> None:
    assert (await http.get(f"/graphiql/{name}")).status_code == 404


def test_examples_are_valid_queries() -> None:
    schema = build_schema(sdl())
    examples = graphiql.examples()
    assert len(examples) >= 2
    for example in examples:
        assert validate(schema, parse(example)) == []
    assert "trustedPaths" in examples[0]
    assert "topicalCommunities" in examples[1]
    assert any("nextRelationships" in example for example in examples)


def test_examples_cannot_end_their_element() -> None:
    text = bytes(graphiql.page().body).decode()
    data = text.split('id="examples">', 1)[1].split("</script>", 1)[0]
    assert "<" not in data

"""The explorer's files over HTTP: the page at every view's address, assets kept for ever, and a word where it is not
built."""

import gzip
import re
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from service.api.explorer import VIEWS, explorer_router
from service.settings import Settings


def client(folder: Path) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(explorer_router(folder))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


@pytest.fixture
def built() -> Path:
    """The page that `tests.prepare` built."""
    folder = Settings().page
    assert (folder / "index.html").is_file(), "the explorer is not built: python -m tests.prepare"
    return folder


@pytest.mark.parametrize("view", VIEWS)
async def test_every_view_is_the_page_and_is_never_kept(built: Path, view: str) -> None:
    async with client(built) as http:
        response = await http.get(view, params={"topic": "dpdk"})
    assert response.status_code == 200
    assert response.text == (built / "index.html").read_text(encoding="utf-8")
    assert response.headers["cache-control"] == "no-cache"
    # what the service's policy (service/web/headers.py) would refuse is not there
    assert not re.search(r"<style|style=|<script(?![^>]*\bsrc=)|\bon\w+=", response.text)


async def test_assets_are_kept_for_ever_and_sent_packed(built: Path) -> None:
    page = (built / "index.html").read_text(encoding="utf-8")
    names = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)
    assert len(names) >= 3
    async with client(built) as http:
        for name in names:
            plain = await http.get(name, headers={"accept-encoding": "identity"})
            assert plain.content == (built / name.removeprefix("/")).read_bytes()
            assert "immutable" in plain.headers["cache-control"]
            assert re.search(r"-[\w-]{8}\.\w+$", name), "the name does not change with the content"
            if not name.endswith((".js", ".css")):
                continue
            async with http.stream("GET", name, headers={"accept-encoding": "gzip"}) as packed:
                assert packed.headers["content-encoding"] == "gzip"
                assert packed.headers["vary"] == "Accept-Encoding"
                raw = b"".join([part async for part in packed.aiter_raw()])
            assert gzip.decompress(raw) == plain.content


@pytest.mark.parametrize(
    "path", ["/assets/none.js", "/assets/..%2findex.html", "/assets/.js", "/assets/index.html", "/none", "/map/none"]
)
async def test_nothing_else_is_served(built: Path, path: str) -> None:
    async with client(built) as http:
        assert (await http.get(path)).status_code == 404


async def test_where_it_is_not_built_the_page_says_how_to_get_it(tmp_path: Path) -> None:
    async with client(tmp_path / "none") as http:
        response = await http.get("/")
        assert response.status_code == 200
        assert "Node.js 20.19 or newer" in response.text
        assert 'href="/graphql"' in response.text
        (tmp_path / "none").mkdir()
        (tmp_path / "none" / "index.html").write_text("built meanwhile", encoding="utf-8")
        assert (await http.get("/")).text == "built meanwhile"

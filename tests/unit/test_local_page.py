"""Building the explorer: only where its sources changed, and with words where Node.js is missing."""

import shutil
from pathlib import Path

import pytest

from service.local.errors import LocalProblem
from service.local.page import Page, is_enough, need_node


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose page is a script that notes that it ran."""
    explorer = tmp_path / "explorer"
    (explorer / "src").mkdir(parents=True)
    (tmp_path / "cypher" / "read").mkdir(parents=True)
    for name in ("index.html", "vite.config.ts", "src/main.ts"):
        (explorer / name).write_text("", encoding="utf-8")
    # npm run build -- --outDir dist.new --emptyOutDir
    build = "node -e \\\"const f=require('fs');f.mkdirSync('dist.new');f.appendFileSync('built','x');f.copyFileSync('src/main.ts','dist.new/index.html')\\\" --"  # noqa: E501
    (explorer / "package.json").write_text(
        f'{{"name": "page", "version": "1.0.0", "scripts": {{"build": "{build}"}}}}', encoding="utf-8"
    )
    (explorer / "package-lock.json").write_text(
        '{"name": "page", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "page"}}}',
        encoding="utf-8",
    )
    return tmp_path


def times_built(project: Path) -> int:
    return len((project / "explorer" / "built").read_text(encoding="ascii"))


@pytest.mark.skipif(shutil.which("npm") is None, reason="needs Node.js")
def test_it_is_built_anew_where_sources_changed(project: Path) -> None:
    page = Page(project)
    assert not page.is_current()
    page.build()
    assert page.is_current()
    page.build()
    assert times_built(project) == 1
    (project / "explorer" / "src" / "main.ts").write_text("other", encoding="utf-8")
    assert not page.is_current()
    page.build()
    assert times_built(project) == 2
    assert (page.built / "index.html").read_text(encoding="utf-8") == "other"


@pytest.mark.skipif(shutil.which("npm") is None, reason="needs Node.js")
def test_a_failed_build_keeps_what_was_built_before(project: Path) -> None:
    page = Page(project)
    page.build()
    (project / "explorer" / "src" / "main.ts").unlink()
    with pytest.raises(LocalProblem, match=r"npm run .* failed"):
        page.build()
    assert (page.built / "index.html").is_file()
    assert not page.is_current()


def test_without_node_it_says_what_to_install(project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    with pytest.raises(LocalProblem, match=r"needs Node.js 20.19 or newer with npm .*; there is none on the PATH"):
        need_node()
    with pytest.raises(LocalProblem, match="apt install nodejs npm"):
        Page(project).build()


@pytest.mark.parametrize(
    ("version", "enough"), [("20.19.0", True), ("22.1.0", True), ("20.18.3", False), ("18.20.4", False)]
)
def test_which_node_is_enough(version: str, enough: bool) -> None:
    assert is_enough(version) is enough

"""The front door on a fresh project: an environment made once, and made again only when it must be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.local import first_use
from service.local.first_use import NotInstalled, environment
from service.settings import PROJECT


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the real front door, no dependencies, and a service that tells how it was called."""
    folder = tmp_path_factory.mktemp("a project")
    (folder / "requirements").mkdir()
    for lock in ("runtime", "dev"):
        (folder / "requirements" / f"{lock}.lock").write_text(f"# {lock}: nothing\n")
    (folder / "service" / "local").mkdir(parents=True)
    for name in ("rainmaker", "service/local/first_use.py"):
        (folder / name).write_bytes((PROJECT / name).read_bytes())
        (folder / name).chmod(0o755)
    (folder / "service" / "__init__.py").touch()
    (folder / "service" / "__main__.py").write_text(
        "import os, sys\nprint(sys.executable, os.getcwd(), sys.argv[1:])\n"
    )
    return folder


@pytest.fixture
def quietly(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is said, instead of saying it."""
    said: list[str] = []
    monkeypatch.setattr(first_use, "_say", said.append)
    return said


def test_two_first_uses_at_once_by_link_and_from_elsewhere(project: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(project / "rainmaker")
    (tmp_path / "types.py").write_text("raise ImportError('the caller’s folder is none of our business')")
    command = [str(tmp_path / "link"), "cypher", "two words", "--x"]
    environment_ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    with (
        subprocess.Popen(command, cwd=tmp_path, env=environment_, stdout=-1, stderr=-1, text=True) as one,
        subprocess.Popen(command, cwd=tmp_path, env=environment_, stdout=-1, stderr=-1, text=True) as two,
    ):
        ends = [one.communicate(timeout=120), two.communicate(timeout=120)]
    python = project / ".venv" / "bin" / "python"
    assert [end[0] or end[1] for end in ends] == [f"{python} {tmp_path} ['cypher', 'two words', '--x']\n"] * 2
    said = "".join(end[1] for end in ends)
    assert said.count("Installing requirements/runtime.lock") == 1
    assert (one.returncode, two.returncode) == (0, 0)


def test_made_once_and_again_when_need_be(project: Path, quietly: list[str]) -> None:
    python = environment(project, "runtime")
    assert python == project / ".venv" / "bin" / "python"
    quietly.clear()
    assert environment(project, "runtime") == python
    assert quietly == []
    (project / "requirements" / "runtime.lock").write_text("# another nothing\n")
    environment(project, "runtime")
    assert quietly[-1] == "Installed."
    quietly.clear()
    # what tests need includes what running needs, so one install serves both
    environment(project, "dev")
    assert quietly[-1] == "Installed."
    quietly.clear()
    environment(project, "runtime")
    assert quietly == []
    (project / "requirements" / "runtime.lock").write_text("no-hash==1.0\n")
    with pytest.raises(NotInstalled, match="pip could not install"):
        environment(project, "runtime")
    # what failed half-way counts as not installed, for both locks
    (project / "requirements" / "runtime.lock").write_text("# nothing again\n")
    assert not (project / ".venv" / ".installed-dev").exists()
    environment(project, "runtime")
    assert quietly[-1] == "Installed."


def test_environment_of_a_vanished_python_is_made_anew(project: Path, quietly: list[str]) -> None:
    environment(project, "runtime")
    python = project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    environment(project, "runtime")
    assert quietly[-1] == "Installed."
    assert subprocess.run([python, "-c", ""], check=False).returncode == 0


def test_no_way_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quietly: list[str]) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "runtime.lock").touch()
    monkeypatch.setattr(sys, "executable", "/nowhere/python3")
    with pytest.raises(NotInstalled, match="python3-venv"):
        environment(tmp_path, "runtime")


def test_failure_is_told_and_ends_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], quietly: list[str]
) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "dev.lock").touch()
    monkeypatch.setattr(sys, "executable", "/nowhere/python3")
    with pytest.raises(SystemExit) as end:
        first_use.main(tmp_path, ["test"])
    assert end.value.code == 2
    assert "python3-venv" in capsys.readouterr().err


def test_front_door_without_a_python_says_so(project: Path, tmp_path: Path) -> None:
    for name in ("bash", "env", "dirname", "readlink"):
        found = subprocess.run(["sh", "-c", f"command -v {name}"], capture_output=True, text=True, check=True).stdout
        (tmp_path / name).symlink_to(found.strip())
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(
        [project / "rainmaker"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "needs Python 3.11 or newer" in done.stderr

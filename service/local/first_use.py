"""Make the project's virtual environment where it is missing or old, then become the command.

Runs on any Python ≥ 3.11 before anything is installed, so it knows the standard library only.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn


class NotInstalled(Exception):
    """The environment could not be made; the message says what to do."""


def main(project: Path, words: list[str]) -> NoReturn:
    """Install what the command needs, then replace this process by it."""
    lock = "dev" if words[:1] in (["test"], ["bench"]) else "runtime"
    try:
        python = environment(project, lock)
    except NotInstalled as problem:
        print(problem, file=sys.stderr)  # noqa: T201 (rich is not there yet)
        sys.exit(2)
    # the project importable from any folder, and the caller's folder not
    path = os.pathsep.join(filter(None, [str(project), os.environ.get("PYTHONPATH")]))
    os.environ |= {"PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
    os.execv(python, [str(python), "-m", "service", *words])  # noqa: S606 (the point of it: signals reach the command)


def environment(project: Path, lock: str) -> Path:
    """The Python of an environment that holds what requirements/`lock`.lock pins; made or updated if need be."""
    folder = project / ".venv"
    python = folder / "bin" / "python"
    if _is_current(project, lock):
        return python
    with _one_at_a_time(project / ".venv.lock"):
        if not _is_current(project, lock):
            _say(f"Installing requirements/{lock}.lock into .venv: once, a minute or two")
            _make(folder, python)
            _install(project, lock, python)
            _say("Installed.")
    return python


def _is_current(project: Path, lock: str) -> bool:
    stamp = _stamp(project, lock)
    return stamp.is_file() and stamp.read_text(encoding="ascii") == _digest(project, lock) and _works(project / ".venv")


def _works(folder: Path) -> bool:
    """A virtual environment dies with the Python it was made from."""
    return (folder / "pyvenv.cfg").is_file() and os.access(folder / "bin" / "python", os.X_OK)


def _make(folder: Path, python: Path) -> None:
    if not _works(folder) or not _runs([python, "-I", "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]):
        if not _runs([sys.executable, "-I", "-m", "venv", "--clear", folder], quiet=False):
            raise NotInstalled(
                "This Python cannot make virtual environments (Debian, Ubuntu: apt install python3-venv)."
            )
    elif not _runs([python, "-I", "-m", "pip", "--version"]):
        _runs([python, "-I", "-m", "ensurepip"])


def _install(project: Path, lock: str, python: Path) -> None:
    """The stamps go first and come last, so an interrupted install is seen and done again."""
    for each in ("runtime", "dev"):
        _stamp(project, each).unlink(missing_ok=True)
    requirements = project / "requirements" / f"{lock}.lock"
    options = ["--require-hashes", "--no-deps", "--disable-pip-version-check", "--progress-bar", "on"]
    if not _runs([python, "-I", "-m", "pip", "install", *options, "-r", requirements], quiet=False):
        raise NotInstalled(f"pip could not install {requirements}: its own words are above. Trying again is safe.")
    # what tests need includes all that running needs
    for each in ("runtime", "dev") if lock == "dev" else ("runtime",):
        _stamp(project, each).write_text(_digest(project, each), encoding="ascii")


def _stamp(project: Path, lock: str) -> Path:
    return project / ".venv" / f".installed-{lock}"


def _digest(project: Path, lock: str) -> str:
    return hashlib.sha256((project / "requirements" / f"{lock}.lock").read_bytes()).hexdigest()


def _runs(command: list[str | Path], *, quiet: bool = True) -> bool:
    # all that is printed goes to stderr: stdout belongs to the command's answer
    output = subprocess.DEVNULL if quiet else 2
    try:
        return subprocess.run(command, stdout=output, stderr=output, check=False).returncode == 0
    except OSError:
        return False


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("Waiting for another first use to finish")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 (rich is not there yet)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2:])
    except KeyboardInterrupt:
        sys.exit(130)

"""Builds the explorer, the page at /, with the Node.js that is there, when its sources changed since the last time."""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from service.local.errors import LocalProblem
from service.local.files import alone

NODE_NEEDED = (20, 19)
HOW_TO_GET_NODE = (
    f"Node.js {'.'.join(map(str, NODE_NEEDED))} or newer with npm "
    "(Debian, Ubuntu: apt install nodejs npm, or from nodejs.org; macOS: brew install node)"
)
PATIENCE_SECONDS = 600


class Page:
    """The explorer of a project. `folder` holds its sources, `built` what is served."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self.folder = project / "explorer"
        self.built = self.folder / "dist"
        self._stamp = self.built / "built-from"
        self._installed = self.folder / "node_modules" / "installed-from"

    @property
    def has_sources(self) -> bool:
        """False in an image, which holds only what was built."""
        return (self.folder / "package.json").is_file()

    def is_current(self) -> bool:
        """Whether what is built was built from the sources as they are."""
        return _text(self._stamp) == self._digest()

    def build(self) -> None:
        """Install what the lock pins and build. LocalProblem where Node.js is missing or something fails; what was
        built before stays until then."""
        with alone(self.folder.parent / ".rainmaker" / "page.lock"):
            if self.is_current():
                return
            digest = self._digest()
            self.install(with_tools=False)
            fresh = self.folder / "dist.new"
            self._npm("run", "--silent", "build", "--", "--outDir", fresh.name, "--emptyOutDir")
            (fresh / self._stamp.name).write_text(digest, encoding="ascii")
            shutil.rmtree(self.built, ignore_errors=True)
            fresh.rename(self.built)

    def install(self, *, with_tools: bool) -> None:
        """The packages that the lock pins, if they are not there: those that a build needs, or also those of checks."""
        lock = hashlib.sha256((self.folder / "package-lock.json").read_bytes()).hexdigest()
        enough = [f"{lock} tools"] if with_tools else [lock, f"{lock} tools"]
        if _text(self._installed) in enough:
            return
        self._npm("ci", "--silent", *([] if with_tools else ["--omit=dev"]))
        self._installed.parent.mkdir(exist_ok=True)
        self._installed.write_text(enough[0], encoding="ascii")

    def check(self) -> None:
        """Format, lint, types, generated operations and unit tests; what they say goes to the terminal."""
        self.install(with_tools=True)
        self._npm("run", "--silent", "check", told=True)

    def _npm(self, *words: str, told: bool = False) -> None:
        need_node()
        try:
            ran = subprocess.run(
                ["npm", *words],
                cwd=self.folder,
                stdout=None if told else subprocess.PIPE,
                stderr=None if told else subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                timeout=PATIENCE_SECONDS,
                text=True,
                check=False,
            )
        except subprocess.TimeoutExpired as problem:
            raise LocalProblem(f"npm {words[0]} in explorer/ took over {PATIENCE_SECONDS} s.") from problem
        if ran.returncode:
            said = "" if told else "\n" + "\n".join((ran.stdout or "").strip().splitlines()[-15:])
            raise LocalProblem(f"npm {' '.join(words)} in explorer/ failed:{said}")

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for file in sorted(self._sources()):
            digest.update(str(file.relative_to(self._project)).encode() + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()

    def _sources(self) -> Iterator[Path]:
        yield from (self.folder / name for name in ("index.html", "package-lock.json", "vite.config.ts"))
        for folder in (self.folder / "src", self._project / "cypher" / "read"):
            yield from (file for file in folder.rglob("*") if file.is_file() and ".test." not in file.name)


def find_node() -> str | None:
    """The version of the Node.js on the PATH; None where there is none, or no npm."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    return said.strip().removeprefix("v") or None


def is_enough(version: str) -> bool:
    """Whether the page can be built with this Node.js."""
    return tuple(map(int, re.findall(r"\d+", version)[:2])) >= NODE_NEEDED


def need_node() -> None:
    """LocalProblem where Node.js is missing or too old."""
    version = find_node()
    if version is None or not is_enough(version):
        found = f"here is {version}" if version else "there is none on the PATH"
        raise LocalProblem(f"The explorer's page needs {HOW_TO_GET_NODE}; {found}.")


def _text(file: Path) -> str | None:
    try:
        return file.read_text(encoding="ascii")
    except FileNotFoundError:
        return None

"""The Neo4j server as jars, from its Maven coordinates."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from service.local.errors import LocalProblem
from service.local.files import tail

NEO4J_VERSION = "5.26.30"
_COORDINATES = (("org.neo4j", "neo4j"), ("org.neo4j.app", "neo4j-server"), ("org.neo4j", "neo4j-import-tool"))
_CONTENTS = "CONTENTS"  # names and sizes of the jars, written when all are there
_PARTIAL = "lib.partial-"


def is_complete(lib: Path) -> bool:
    """True if the folder holds every jar of this version, each in full."""
    contents = lib / _CONTENTS
    if not contents.is_file():
        return False
    head, *jars = contents.read_text(encoding="utf-8").splitlines()
    return head == f"neo4j {NEO4J_VERSION}" and all(_is_there(lib, line) for line in jars)


def install(lib: Path, sources: Iterable[Path], maven: str | None, say: Callable[[str], None]) -> None:
    """Fill `lib`: by links to a complete folder among `sources`, else by Maven.

    The folder appears complete or not at all. The caller makes sure that nobody else installs there meanwhile.
    """
    lib.parent.mkdir(parents=True, exist_ok=True)
    for left_behind in lib.parent.glob(f"{_PARTIAL}*"):
        shutil.rmtree(left_behind)
    partial = Path(tempfile.mkdtemp(dir=lib.parent, prefix=_PARTIAL))
    try:
        source = next((source for source in sources if is_complete(source)), None)
        if source is not None:
            _link(source, partial)
        elif maven is not None:
            say(f"Getting Neo4j {NEO4J_VERSION} with Maven (120 MB, first use only)")
            _get(partial, maven, lib.parent / "maven.log")
        else:
            raise LocalProblem(
                "Maven is missing: Neo4j's jars cannot be had without it. `./rainmaker doctor` says more."
            )
        if lib.exists():
            shutil.rmtree(lib)
        partial.rename(lib)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _is_there(lib: Path, line: str) -> bool:
    size, name = line.split(maxsplit=1)
    jar = lib / name
    return jar.is_file() and jar.stat().st_size == int(size)


def _link(source: Path, target: Path) -> None:
    for file in source.iterdir():
        try:
            os.link(file, target / file.name)
        except OSError:  # another disk, or one without links
            shutil.copy2(file, target / file.name)


def _get(target: Path, maven: str, log: Path) -> None:
    pom = target / "pom.xml"
    pom.write_text(_pom(), encoding="utf-8")
    command = [maven, "-q", "-B", "dependency:copy-dependencies", "-DincludeScope=runtime"]
    command += ["-f", str(pom), f"-DoutputDirectory={target}"]
    with log.open("w", encoding="utf-8") as output:
        # first without the network: what other projects or states have fetched before is enough
        for offline in (["-o"], []):
            done = subprocess.run([*command, *offline], stdout=output, stderr=subprocess.STDOUT, check=False)
            if done.returncode == 0:
                break
        else:
            raise LocalProblem(f"Maven could not get Neo4j {NEO4J_VERSION}. The end of {log}:\n{tail(log)}")
    pom.unlink()
    jars = sorted(target.glob("*.jar"))
    if not (target / f"neo4j-server-{NEO4J_VERSION}.jar").is_file():
        raise LocalProblem(f"Maven said yes, but brought no neo4j-server-{NEO4J_VERSION}.jar; see {log}.")
    lines = [f"neo4j {NEO4J_VERSION}", *(f"{jar.stat().st_size} {jar.name}" for jar in jars)]
    (target / _CONTENTS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _pom() -> str:
    dependencies = "".join(
        f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{NEO4J_VERSION}</version></dependency>"
        for group, artifact in _COORDINATES
    )
    return (
        "<project><modelVersion>4.0.0</modelVersion>"
        "<groupId>rainmaker</groupId><artifactId>neo4j</artifactId><version>1</version>"
        f"<dependencies>{dependencies}</dependencies></project>\n"
    )

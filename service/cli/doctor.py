"""`doctor`: what this machine has and lacks, and how to get it."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from service.cli.neo4j import given_connection, probe
from service.cli.screen import answers
from service.cli.state import DEFAULT_STATE, StateOption
from service.domain.errors import RainmakerError
from service.local import jars, machine
from service.local.compose import engine_answers
from service.local.page import HOW_TO_GET_NODE, find_node, is_enough

DISK_NEEDED_GB = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `advice` says how to get it where it is missing."""

    thing: str
    found: str
    there: bool
    advice: str = ""


def doctor(
    state: StateOption = DEFAULT_STATE,
    port: Annotated[int, typer.Option(help="The port that `up` would use.")] = 8000,
) -> None:
    """What is missing, and how to get it. Fails if there is no way to get a Neo4j."""
    ways = list(_ways_to_neo4j(state))
    findings = [_python(), *ways, *_comfort(state, port)]
    table = Table("", "what", "found", "how to get it", box=None, pad_edge=False)
    for finding in findings:
        table.add_row(
            "[green]✓[/]" if finding.there else "[red]✗[/]",
            finding.thing,
            finding.found,
            "" if finding.there else finding.advice,
        )
    answers.print(table)
    given, docker, *both = (way.there for way in ways)
    if not (given or docker or all(both)):
        answers.print(
            "\n[bold red]No way to get a Neo4j.[/] One of these is needed: NEO4J_URI, Docker, or Java and Maven."
        )
        raise typer.Exit(1)
    first = "the one NEO4J_URI names" if given else "Docker Compose" if docker else "its jars, on this machine's Java"
    answers.print(f"\nNeo4j would come from: {first}.")


def _python() -> Finding:
    return Finding("Python ≥ 3.11", sys.version.split()[0], sys.version_info >= (3, 11), "it runs this command")


def _ways_to_neo4j(state: Path) -> Iterator[Finding]:
    yield _given()
    yield Finding("Docker with Compose", *_yes("an engine answers", engine_answers()), "start Docker, or leave it")
    java = machine.find_java()
    enough = java is not None and java.version >= machine.JAVA_NEEDED
    yield Finding(
        f"Java ≥ {machine.JAVA_NEEDED}",
        f"Java {java.version}, {java.executable}" if java else "no",
        enough,
        "Debian, Ubuntu: apt install openjdk-17-jre-headless; macOS: brew install openjdk@17",
    )
    have_jars = any(jars.is_complete(folder / "neo4j" / "lib") for folder in (state, DEFAULT_STATE))
    maven = machine.find_maven()
    yield Finding(
        "Maven, or Neo4j's jars",
        "the jars are there" if have_jars else maven or "no",
        have_jars or maven is not None,
        "Debian, Ubuntu: apt install maven; macOS: brew install maven",
    )


def _given() -> Finding:
    given = given_connection()
    if given is None:
        return Finding(
            "NEO4J_URI", "not set", there=False, advice="set it (and NEO4J_PASSWORD) to use a Neo4j you have"
        )
    try:
        missing = probe(given)
    except RainmakerError as problem:
        missing = str(problem)
    return Finding("NEO4J_URI", missing or f"{given.uri} answers", missing is None, "check address, user and password")


def _comfort(state: Path, port: int) -> Iterator[Finding]:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    yield Finding(
        "Chromium (for ./rainmaker test)", browser or "no", browser is not None, "Debian, Ubuntu: apt install chromium"
    )
    node = find_node()
    yield Finding(
        "Node.js with npm (for the explorer's page)",
        node or "no",
        node is not None and is_enough(node),
        HOW_TO_GET_NODE,
    )
    free = machine.port_is_free(port)
    yield Finding(f"Port {port}", "free" if free else "taken", free, "./rainmaker status, or ./rainmaker up --port N")
    existing = next(folder for folder in (state.resolve(), *state.resolve().parents) if folder.exists())
    gigabytes = shutil.disk_usage(existing).free / 1e9
    enough = gigabytes >= DISK_NEEDED_GB
    yield Finding("Disk", f"{gigabytes:.1f} GB free", enough, f"{DISK_NEEDED_GB} GB are needed, or --state elsewhere")


def _yes(text: str, there: bool) -> tuple[str, bool]:
    return (text if there else "no", there)

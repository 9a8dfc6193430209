"""What can be asked without anything running."""

import re
import socket
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli import main, verify
from service.cli.main import app
from service.cli.verify import Lane, Outcome, Step
from service.local.files import alone
from service.settings import PROJECT
from tests.cli.conftest import Instance

COMMANDS = [
    "up",
    "down",
    "status",
    "load",
    "generate",
    "evaluate",
    "wipe",
    "backup",
    "restore",
    "cypher",
    "paths",
    "communities",
    "standing",
    "currents",
    "community-history",
    "peer-influence",
    "influencers",
    "rainmakers",
    "untapped",
    "influencers-of",
    "leverage",
    "next",
    "doctor",
    "bench",
    "test",
    "keys",
]


def test_these_are_the_commands() -> None:
    said = CliRunner().invoke(app, ["--help"]).output
    assert re.findall(r"^  ([\w-]+)  +", said.partition("Commands:")[2], re.MULTILINE) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"])
    assert done.exit_code == 0
    assert f"Example: ./rainmaker {command}" in done.output


def test_nothing_runs_yet(instance: Instance) -> None:
    status = instance.call("status")
    assert status.exit_code == 0
    assert re.findall(r"^(service|Neo4j) +(.*?) *$", status.stdout, re.MULTILINE) == [
        ("service", "not running"),
        ("Neo4j", "not running"),
    ]
    down = instance.call("down")
    assert down.exit_code == 0
    assert "was running" in down.stderr
    assert not instance.state.exists()


def test_taken_port_is_told_before_anything_starts(instance: Instance) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = instance.call("up", "--port", str(taken.getsockname()[1]))
    assert done.exit_code == 2
    assert "is taken" in done.stderr
    assert not (instance.state / "neo4j").exists()


def test_data_that_are_no_folder(instance: Instance) -> None:
    done = instance.call("up", "--data", "/nowhere")
    assert done.exit_code == 2
    assert "--data: /nowhere is no folder" in done.stderr


def test_up_beside_one_that_has_not_said_who_it_is(instance: Instance) -> None:
    with alone(instance.state / "up.lock"):
        done = instance.call("up")
    assert done.exit_code == 0
    assert "Another `up` is starting or ending" in done.stderr


def test_doctor_says_what_is_there_and_what_is_not(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    done = instance.call("doctor")
    assert done.exit_code == 0
    for thing in ("Python", "NEO4J_URI", "Docker", "Java", "Maven", "Chromium", "Port 8000", "Disk"):
        assert thing in done.stdout
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    done = instance.call("doctor", "--port", "1")
    assert done.exit_code == 1
    assert "No way to get a Neo4j" in done.stdout
    assert "apt install openjdk-17-jre-headless" in done.stdout
    monkeypatch.setenv("NEO4J_URI", "nonsense://x")
    done = instance.call("doctor")
    assert done.exit_code == 1
    assert "is no address of a Neo4j" in done.stdout


def test_without_any_neo4j_the_three_ways_out(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    done = instance.call("cypher", "snapshot_dataset")
    assert done.exit_code == 2
    assert "Any of these three helps" in done.stderr


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("service.cli.status.State", interrupt)
    done = CliRunner().invoke(app, ["status"])
    assert done.exit_code == main.STOPPED_BY_HAND
    assert "Stopped." in done.stderr


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Lane, ...]]:
    """Stages of `test` that would have been run; the step "types" fails."""
    stages: list[tuple[Lane, ...]] = []

    def run(stage: tuple[Lane, ...]) -> list[Outcome]:
        stages.append(stage)
        return [Outcome(step, int(step.name == "types"), 1.0) for lane in stage for step in lane]

    monkeypatch.setattr(verify, "run", run)
    return stages


def test_test_runs_all_steps_and_sums_up(stages: list[tuple[Lane, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "BROWSERS", ("sh",))
    done = CliRunner().invoke(app, ["test"])
    names = [step.name for stage in stages for lane in stage for step in lane]
    assert {"lint", "format", "layers", "types", "tests on shared servers"} < set(names)
    assert done.exit_code == 1
    assert [line for line in done.stderr.splitlines() if line] == [
        f"{'✗' if name == 'types' else '✓'} {name}: {'FAILED' if name == 'types' else 'passed'} in 1 s"
        for name in names
    ]


def test_coverage_is_of_every_test_and_demands_its_share(
    stages: list[tuple[Lane, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "BROWSERS", ("sh",))
    CliRunner().invoke(app, ["test", "--coverage"])
    steps = [step for stage in stages for lane in stage for step in lane]
    plain = [step for stage in verify.STAGES for lane in stage for step in lane]
    assert [step.name for step in steps] == [step.name for step in plain] + ["gathering coverage", "coverage"]
    of_pytest = [step for step in steps if step.words[:2] == ("-m", "pytest")]
    assert len({step.environment["COVERAGE_FILE"] for step in of_pytest}) == len(of_pytest) == 3
    assert all("--cov" in step.words for step in of_pytest)


def test_every_folder_of_tests_is_in_exactly_one_lane() -> None:
    folders = {f"tests/{path.parent.name}" for path in (PROJECT / "tests").glob("*/test_*.py")}
    ignored = {word.removeprefix("--ignore=") for word in verify.SHARED_SERVERS.words if word.startswith("--ignore=")}
    assert ignored == set(verify.OWN_SERVERS) < folders


def test_test_passes_words_to_pytest_and_measures_nothing(stages: list[tuple[Lane, ...]]) -> None:
    done = CliRunner().invoke(app, ["test", "-k", "twin", "tests/unit"])
    assert done.exit_code == 0
    ((step,),) = (lane for stage in stages for lane in stage)
    assert step.words == ("-m", "pytest", "-k", "twin", "tests/unit")


def test_a_step_is_a_process_and_its_status_counts(capfd: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    step = Step("ends badly", ("-c", "import os; print(os.environ['X']); exit(3)"), {"X": "set"})
    (outcome,) = verify.run(((step,),))
    assert (outcome.step, outcome.status) == (step, 3)
    assert 0 < outcome.seconds <= time.monotonic() - began
    assert capfd.readouterr().out == "set\n"


def test_lanes_run_side_by_side_and_are_told_one_after_the_other(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each waits until the other has begun."""
    wait = "import pathlib, sys, time; a, b = map(pathlib.Path, sys.argv[1:]); a.touch()\n"
    wait += "while not b.exists(): time.sleep(0.01)\nprint('first' if a.name == 'a' else 'second')"
    here, there = str(tmp_path / "a"), str(tmp_path / "b")
    lanes = ((Step("one", ("-c", wait, here, there)),), (Step("two", ("-c", wait, there, here)),))
    assert [outcome.status for outcome in verify.run(lanes)] == [0, 0]
    assert capfd.readouterr().out == "first\n──── two\nsecond\n"


def test_browser_is_asked_for_or_on_ci_installed(
    tmp_path: Path, stages: list[tuple[Lane, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "BROWSERS", ("no-such-browser",))
    monkeypatch.delenv("CI", raising=False)
    done = CliRunner().invoke(app, ["test"])
    assert done.exit_code == 2
    assert "need Chromium" in done.stderr
    assert stages == []

    apt = tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> {tmp_path}/calls\n[ ! -f {tmp_path}/broken ]\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    CliRunner().invoke(app, ["test"])
    assert (tmp_path / "calls").read_text().splitlines() == [
        "noninteractive update -q",
        "noninteractive install -y -q --no-install-recommends chromium",
    ]
    assert stages
    (tmp_path / "broken").touch()
    done = CliRunner().invoke(app, ["test"])
    assert done.exit_code == 2
    assert "apt-get update -q failed" in done.stderr

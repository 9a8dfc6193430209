"""Processes of others: recognised by pid and beginning, stopped patiently, never mistaken."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.local import processes
from service.local.processes import Mark, every_end_is_ctrl_c, signals_held_back, spawn


@pytest.fixture(autouse=True)
def as_at_a_terminal() -> Iterator[None]:
    """Ctrl-C and a hangup are heard, also where the tests themselves run in the background or under nohup."""
    interrupt = signal.signal(signal.SIGINT, signal.default_int_handler)
    hangup = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGHUP, hangup)


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(["sleep", "60"]) as process:
        yield process
        process.kill()


def test_mark_recognises_its_process_and_survives_being_written(sleeper: subprocess.Popen[bytes]) -> None:
    mark = Mark.of(sleeper.pid)
    assert mark is not None
    assert mark.pid == sleeper.pid
    assert mark.alive()
    assert Mark.parse(str(mark)) == mark
    assert Mark.of(os.getpid()) != mark


def test_process_that_began_at_another_time_is_another_and_is_left_alone(sleeper: subprocess.Popen[bytes]) -> None:
    recycled = Mark(sleeper.pid, "another boot 1234")
    assert not recycled.alive()
    recycled.stop(patience=0.1)
    assert sleeper.poll() is None


@pytest.mark.parametrize("text", ["", "12", "[]", '["1", "x"]', "[1, 2]", "{}", "null", "[1"])
def test_anything_else_is_no_mark(text: str) -> None:
    assert Mark.parse(text) is None


@pytest.mark.parametrize("pid", [0, -1, 4_194_304_000])
def test_nobody_has_an_impossible_pid(pid: int) -> None:
    assert Mark.of(pid) is None


def test_ended_but_unburied_process_is_not_alive() -> None:
    with subprocess.Popen(["true"]) as child:
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert Mark.of(child.pid) is None


def test_spawned_process_is_nobodys_child_and_logs(tmp_path: Path) -> None:
    log = tmp_path / "log"
    mark = spawn(
        ["sh", "-c", "echo said; echo complained >&2; echo $VALUE; exec sleep 60"],
        log,
        {"VALUE": "given", "PATH": os.environ["PATH"]},
    )
    assert mark is not None
    try:
        assert mark.alive()
        assert os.getsid(mark.pid) != os.getsid(0)
        with pytest.raises(ChildProcessError):
            os.waitpid(mark.pid, os.WNOHANG)
        until = time.monotonic() + 5
        while log.read_text().count("\n") < 3 and time.monotonic() < until:
            time.sleep(0.02)
        assert log.read_text() == "said\ncomplained\ngiven\n"
    finally:
        mark.stop()
    assert not mark.alive()


def test_who_does_not_listen_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    mark = spawn(
        [
            sys.executable,
            "-c",
            "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)",
        ],
        log,
    )
    assert mark is not None
    while not log.read_text():
        time.sleep(0.02)
    began = time.monotonic()
    mark.stop(patience=0.3)
    assert not mark.alive()
    assert 0.3 <= time.monotonic() - began < 5
    mark.stop()  # a second time does nothing


def test_ctrl_c_waits_for_the_block() -> None:
    done = []

    def held_back() -> None:
        with signals_held_back():
            signal.raise_signal(signal.SIGINT)
            done.append("through")
        done.append("never")

    with pytest.raises(KeyboardInterrupt):
        held_back()
    assert done == ["through"]


def test_sigterm_becomes_ctrl_c_for_a_block_only() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGHUP), signal.getsignal(signal.SIGINT)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        with pytest.raises(KeyboardInterrupt), every_end_is_ctrl_c():
            signal.raise_signal(number)
    assert before == (
        signal.getsignal(signal.SIGTERM),
        signal.getsignal(signal.SIGHUP),
        signal.getsignal(signal.SIGINT),
    )


def test_ignored_ctrl_c_is_heard_again_but_nohup_stays() -> None:
    interrupt, hangup = signal.signal(signal.SIGINT, signal.SIG_IGN), signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with pytest.raises(KeyboardInterrupt), every_end_is_ctrl_c():
            _raise(signal.SIGHUP, signal.SIGTERM)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, interrupt)
        signal.signal(signal.SIGHUP, hangup)


def test_other_threads_get_no_signals_and_need_nothing() -> None:
    seen = []

    def work() -> None:
        with signals_held_back(), every_end_is_ctrl_c():
            seen.append("in")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == ["in"]


def test_ps_tells_processes_apart_where_there_is_no_proc(monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen(["sleep", "60"]) as process:
        began = processes._began_by_ps(process.pid)
        assert began
        assert began == processes._began_by_ps(process.pid)
        process.kill()
    assert processes._began_by_ps(process.pid) is None


def _raise(*numbers: signal.Signals) -> None:
    for number in numbers:
        signal.raise_signal(number)

"""Processes that were started earlier, perhaps by somebody else: recognised surely, stopped patiently.

A pid alone proves nothing, it is used again; a pid together with the moment the process began does.
"""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType


@dataclass(frozen=True, slots=True)
class Mark:
    """One process for ever: its pid and the system's own word for when it began."""

    pid: int
    began: str

    @classmethod
    def of(cls, pid: int) -> "Mark | None":
        """The mark of a living process; None if there is none, or only its remains."""
        began = _began(pid)
        return None if began is None else cls(pid, began)

    @classmethod
    def parse(cls, text: str) -> "Mark | None":
        """Back from `str(mark)`; None for anything else."""
        try:
            pid, began = json.loads(text)
        except (ValueError, TypeError):
            return None
        return cls(pid, began) if isinstance(pid, int) and isinstance(began, str) else None

    def __str__(self) -> str:
        return json.dumps([self.pid, self.began])

    def alive(self) -> bool:
        """True if this very process still runs."""
        with suppress(ChildProcessError):
            os.waitpid(self.pid, os.WNOHANG)
        return _began(self.pid) == self.began

    def stop(self, patience: float = 60.0) -> None:
        """Ask the process to end, wait up to `patience` seconds, then end it. Returns when it is gone."""
        if not self.alive():
            return
        self._send(signal.SIGTERM)
        if not self._gone_within(patience):
            self._send(signal.SIGKILL)
            self._gone_within(10)

    def _send(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def _gone_within(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while self.alive():
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True


def spawn(command: list[str], log: Path, environment: dict[str, str] | None = None) -> Mark | None:
    """Start a process that outlives this one: own session, no terminal, output to `log`.

    A shell stands between, so that the process belongs to init and not to us. None if it ended at once.
    """
    script = 'log=$1; shift; "$@" >>"$log" 2>&1 </dev/null & echo $!'
    with signals_held_back():
        started = subprocess.run(
            ["/bin/sh", "-c", script, "sh", str(log), *command],
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,
            check=True,
            text=True,
        )
        return Mark.of(int(started.stdout))


@contextmanager
def signals_held_back() -> Iterator[None]:
    """Ctrl-C and SIGTERM wait until the block is through; between starting a process and noting it nothing may happen.

    Only the main thread gets signals, so elsewhere there is nothing to do.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pending: list[int] = []

    def remember(number: int, _frame: FrameType | None) -> None:
        pending.append(number)

    # handlers, not a mask: a mask would be inherited by what is started
    before = {each: signal.signal(each, remember) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        for number in pending:
            signal.raise_signal(number)


@contextmanager
def every_end_is_ctrl_c() -> Iterator[None]:
    """For a block, SIGTERM and a closed terminal end this process the way Ctrl-C does: by KeyboardInterrupt.

    Also where a shell's `&` made Ctrl-C ignored. What nohup ignores stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        signal.raise_signal(signal.SIGINT)

    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    if before[signal.SIGINT] is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, interrupt)
    if before[signal.SIGHUP] is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, interrupt)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _began(pid: int) -> str | None:
    if pid <= 0:
        return None
    stat = Path(f"/proc/{pid}/stat")
    if not Path("/proc/self/stat").exists():
        return _began_by_ps(pid)
    try:
        # the name in brackets may hold anything, so count the fields behind it
        state, *fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return None if state in "ZX" else f"{boot} {fields[18]}"


def _began_by_ps(pid: int) -> str | None:
    """For systems without /proc, macOS above all."""
    answer = subprocess.run(
        ["ps", "-o", "state=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.split(maxsplit=1)
    return None if len(answer) < 2 or answer[0].startswith("Z") else answer[1].strip()

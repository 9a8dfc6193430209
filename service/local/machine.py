"""What this machine has: Java, Maven, memory, free ports."""

import os
import re
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

JAVA_NEEDED = 17
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')


@dataclass(frozen=True, slots=True)
class Java:
    """A Java that answered, and its feature version."""

    executable: str
    version: int


def find_java() -> Java | None:
    """The newest Java among JAVA_HOME's and the PATH's, by asking each for its version."""
    homes = [Path(home) / "bin" / "java" for home in [os.environ.get("JAVA_HOME")] if home]
    found = [str(java) for java in homes if os.access(java, os.X_OK)]
    on_path = shutil.which("java")
    candidates = dict.fromkeys([*found, *([on_path] if on_path else [])])
    answers = [Java(candidate, version) for candidate in candidates if (version := _java_version(candidate))]
    return max(answers, key=lambda java: java.version, default=None)


def find_maven() -> str | None:
    """Maven's command, if there is one."""
    return shutil.which("mvn")


def memory_bytes() -> int:
    """The machine's memory."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def free_port() -> int:
    """A port on loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    """True if a server could listen there now."""
    with socket.socket() as probe:
        # as servers do: a port that only lingers after its last connection counts as free
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def port_gets_free(port: int, patience_seconds: float) -> bool:
    """True once a server could listen there; False if that takes longer."""
    until = time.monotonic() + patience_seconds
    while not port_is_free(port):
        if time.monotonic() >= until:
            return False
        time.sleep(0.05)
    return True


def _java_version(executable: str) -> int | None:
    try:
        answer = subprocess.run([executable, "-version"], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    version = _VERSION.search(answer.stderr + answer.stdout)
    return int(version[1]) if version else None

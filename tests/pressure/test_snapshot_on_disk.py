"""The saved snapshot when its writer is killed, and when the disk is full."""

import multiprocessing
import random
import subprocess
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from service.store.snapshot_files import SnapshotFiles
from service.store.snapshot_marks import Held, Marks
from tests.scenario import Scenario, Tie

MARKS = Marks("db", "2026-01-01T00:00:00Z", {})


def graph(people: int) -> Scenario:
    ids = tuple(f"p{number}" for number in range(people))
    return Scenario(ids, trust=tuple(Tie(one, other) for one, other in pairwise(ids)))


SMALL, LARGE = graph(500), graph(3000)


def save_for_ever(folder: str) -> None:
    first, second = (Held(scenario.snapshot("bookmark"), MARKS) for scenario in (SMALL, LARGE))
    files = SnapshotFiles(Path(folder))
    while True:
        files.save(first)
        files.save(second)


def test_a_writer_killed_at_any_moment_leaves_one_that_can_be_used(tmp_path: Path) -> None:
    known = {scenario.snapshot("bookmark").info.id for scenario in (SMALL, LARGE)}
    SnapshotFiles(tmp_path).save(Held(SMALL.snapshot("bookmark"), MARKS))
    moments = random.Random(1)
    for _ in range(8):
        writer = multiprocessing.get_context("spawn").Process(target=save_for_ever, args=(str(tmp_path),))
        before = (tmp_path / "current.json").stat().st_mtime_ns
        writer.start()
        while (tmp_path / "current.json").stat().st_mtime_ns == before:
            time.sleep(0.005)
        time.sleep(moments.random() * 0.2)
        writer.kill()
        writer.join()
        loaded = SnapshotFiles(tmp_path).load()
        assert loaded is not None
        assert loaded.snapshot.info.id in known


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"A tmpfs can be mounted by root only: {mounted.stderr.decode()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_keeps_the_former_snapshot(small_disk: Path) -> None:
    files = SnapshotFiles(small_disk)
    files.save(Held(SMALL.snapshot("bookmark"), MARKS))
    with pytest.raises(OSError, match="No space left"):
        files.save(Held(LARGE.snapshot("bookmark"), MARKS))
    loaded = SnapshotFiles(small_disk).load()
    assert loaded is not None
    assert len(loaded.snapshot.people.index) == 500
    assert not list(small_disk.glob(".writing*"))

"""The snapshot on disk: mapped, checked, replaced in one step, and never trusted blindly."""

import json
import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from service.domain.model import Evidence, Role, Topic
from service.domain.vocabulary import RoleKind
from service.graph.snapshot_arrays import arrays_of
from service.store.snapshot_files import FORMAT, SnapshotFiles
from service.store.snapshot_marks import Held, Marks
from tests.scenario import AS_OF, Scenario, Tie
from tests.strategies import scenarios

MARKS = Marks("db-1", "2026-01-01T00:00:00Z", {"TRUSTS": 2})
GRAPH = Scenario(
    people=("a", "b", "é"),
    trust=(
        Tie("a", "b", 0.5, "t", AS_OF, AS_OF, "ONLINE", True, (Evidence("ACK", 2), Evidence("REVIEW", 1))),
        Tie("b", "é", 0.25),
    ),
    distrust=(Tie("a", "b", since=AS_OF),),
    roles=(Role("a", "acme", RoleKind.EMPLOYEE, "t", None, 0.5, AS_OF, AS_OF),),
    brands=("acme",),
    topics=(Topic("root", "Root"), Topic("t", "T", "root")),
    opted_out=frozenset("b"),
)


def held(scenario: Scenario = GRAPH, bookmark: str = "b1") -> Held:
    return Held(scenario.snapshot(bookmark), MARKS)


@pytest.fixture
def files(tmp_path: Path) -> SnapshotFiles:
    return SnapshotFiles(tmp_path / "snapshot")


def test_what_was_saved_is_loaded(files: SnapshotFiles) -> None:
    saved = held()
    files.save(saved)
    loaded = files.load()
    assert loaded is not None
    assert (loaded.marks, loaded.snapshot.info, loaded.snapshot.dataset) == (
        MARKS,
        saved.snapshot.info,
        saved.snapshot.dataset,
    )
    assert loaded.snapshot.trust.grounds.evidence(int(loaded.snapshot.trust.terms[0]["grounds"])) == (
        Evidence("ACK", 2),
        Evidence("REVIEW", 1),
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scenario=scenarios())
def test_any_snapshot_comes_back_array_by_array(tmp_path: Path, scenario: Scenario) -> None:
    files, saved = SnapshotFiles(tmp_path), held(scenario)
    files.save(saved)
    loaded = files.load()
    assert loaded is not None
    pairs = zip(arrays_of(saved.snapshot), arrays_of(loaded.snapshot), strict=True)
    for (name, one), (_, other) in pairs:
        assert (one.dtype, one.tobytes()) == (other.dtype, other.tobytes()), name
        assert not other.flags.writeable


def test_arrays_are_mapped_not_read(files: SnapshotFiles) -> None:
    files.save(held())
    loaded = files.load()
    assert loaded is not None
    assert isinstance(loaded.snapshot.trust.terms.base, np.memmap)


def test_nothing_there(files: SnapshotFiles) -> None:
    assert files.load() is None


def test_the_same_content_under_another_bookmark_is_not_written_again(files: SnapshotFiles, tmp_path: Path) -> None:
    files.save(held())
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npy")}
    files.save(held(bookmark="b2"))
    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npy")}
    loaded = files.load()
    assert loaded is not None
    assert loaded.snapshot.info.bookmark == "b2"


def test_a_former_snapshot_is_removed_but_stays_readable_for_who_has_it(files: SnapshotFiles, tmp_path: Path) -> None:
    files.save(held())
    former = files.load()
    files.save(held(Scenario(("x", "y"), trust=(Tie("x", "y"),))))
    assert len(list(tmp_path.rglob("manifest.json"))) == 1
    assert former is not None
    assert list(former.snapshot.people.index.ids) == ["a", "b", "é"]


def damages() -> Iterator[tuple[str, str]]:
    for array in ("trust.terms", "trust.to", "people.index.ids.blob", "roles.person", "topics.known"):
        yield array, "flip"
        yield array, "cut"
        yield array, "empty"
        yield array, "gone"
    for json_file in ("manifest", "current"):
        for how in ("cut", "gone", "other"):
            yield json_file, how


@pytest.mark.parametrize(("what", "how"), list(damages()))
def test_damage_is_noticed(
    files: SnapshotFiles, tmp_path: Path, caplog: pytest.LogCaptureFixture, what: str, how: str
) -> None:
    files.save(held())
    name = f"{what}.json" if what in {"manifest", "current"} else f"{what}.npy"
    (path,) = tmp_path.rglob(name)
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "cut":
        path.write_bytes(content[:-3])
    elif how == "flip":
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    else:
        path.write_text(json.dumps({"format": FORMAT}))
    with caplog.at_level(logging.WARNING):
        assert files.load() is None
    assert (what, how) == ("current", "gone") or "read anew" in caplog.text
    files.save(held(Scenario(("x",))))
    assert files.load() is not None, "the next save mends it"


def test_saving_over_damage_with_the_same_content_mends_it(files: SnapshotFiles, tmp_path: Path) -> None:
    files.save(held())
    (path,) = tmp_path.rglob("trust.to.npy")
    path.write_bytes(b"rubbish")
    assert files.load() is None
    files.save(held())
    assert files.load() is not None


def test_another_version_is_left_aside(files: SnapshotFiles, tmp_path: Path) -> None:
    files.save(held())
    current = tmp_path / "snapshot" / "current.json"
    current.write_text(json.dumps(json.loads(current.read_text()) | {"format": 0}))
    assert files.load() is None


def test_a_save_cut_off_leaves_the_former_one(
    files: SnapshotFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.save(held())
    real, calls = os.fsync, 0

    def full(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 7:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.save(held(Scenario(("x",))))
    monkeypatch.undo()
    loaded = files.load()
    assert loaded is not None
    assert len(loaded.snapshot.people.index) == 3
    assert not list((tmp_path / "snapshot").glob(".writing-*"))


def test_leftovers_of_a_killed_save_are_swept(files: SnapshotFiles, tmp_path: Path) -> None:
    files.save(held())
    leftover = tmp_path / "snapshot" / ".writing-dead"
    shutil.copytree(next(tmp_path.rglob("manifest.json")).parent, leftover)
    files.save(held(Scenario(("x",))))
    assert not leftover.exists()

"""Keeps the newest snapshot in a folder, so that a start with nothing changed reads no graph.

    <folder>/current.json        which arrays belong to which state of which database
    <folder>/<id>/manifest.json  the plain parts, and the size and digest of every array
    <folder>/<id>/*.npy          the arrays, in NumPy's own format; they are mapped, not read

Arrays are written to a folder beside, and `current.json` is replaced in one step when all of them are on disk. Whatever
is damaged or foreign is told in the log and counts as absent: everything here can be read again from Neo4j.
"""

import json
import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from service.domain.likelihood import Likelihood
from service.domain.model import Dataset
from service.domain.snapshots import SnapshotInfo
from service.graph.snapshot import Snapshot
from service.graph.snapshot_arrays import Array, PlainParts, arrays_of, snapshot_from
from service.store.snapshot_marks import Held, Marks

FORMAT = 5
"""Raised whenever arrays change their meaning; files of another format are left aside."""

CHECKERS = 2
"""How many arrays are checked side by side."""

_WRITING = ".writing-"

log = logging.getLogger(__name__)


class SnapshotFiles:
    """One folder; one process writes at a time, any number may have its arrays mapped."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._current = folder / "current.json"
        self._sound: str | None = None  # the snapshot whose arrays this process wrote or checked
        # a save whose waiter was cancelled goes on in its thread, and must not be swept away by the next
        self._saving = threading.Lock()

    def save(self, held: Held) -> None:
        """Write what is not there yet, then make it the current one. OSError where the disk does not take it; the
        former one is then still there."""
        with self._saving:
            self._save(held)

    def _save(self, held: Held) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        info = held.snapshot.info
        if self._sound != info.id or not (self._folder / info.id / "manifest.json").exists():
            self._write_arrays(held.snapshot)
            self._sound = info.id
        current = {
            "format": FORMAT,
            "snapshot": info.id,
            "bookmark": info.bookmark,
            "marks": {
                "database": held.marks.database,
                "changed_until": held.marks.changed_until,
                "passed_over": dict(held.marks.passed_over),
            },
        }
        _write_synced(self._current, json.dumps(current, indent=1).encode())
        self._sweep(info.id)

    def load(self) -> Held | None:
        """The current one, every byte checked; None where there is none that can be used."""
        self._sound = None
        try:
            if not self._current.exists():
                return None
            current = json.loads(self._current.read_bytes())
            if current["format"] != FORMAT:
                log.info("The snapshot in %s is of another version; it will be read anew.", self._folder)
                return None
            snapshot = _read(self._folder / current["snapshot"])
            info = replace(snapshot.info, bookmark=current["bookmark"])
            held = Held(replace(snapshot, info=info), Marks(**current["marks"]))
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            log.warning("The snapshot in %s cannot be used (%s); it will be read anew.", self._folder, error)
            return None
        self._sound = info.id
        return held

    def _write_arrays(self, snapshot: Snapshot) -> None:
        writing = Path(tempfile.mkdtemp(dir=self._folder, prefix=_WRITING))
        try:
            arrays = {name: _write_array(writing / f"{name}.npy", array) for name, array in arrays_of(snapshot)}
            manifest = _manifest(PlainParts.of(snapshot)) | {"arrays": arrays}
            _write_synced(writing / "manifest.json", json.dumps(manifest, indent=1).encode())
            final = self._folder / snapshot.info.id
            shutil.rmtree(final, ignore_errors=True)
            writing.replace(final)
            _sync(self._folder)
        finally:
            shutil.rmtree(writing, ignore_errors=True)

    def _sweep(self, current: str) -> None:
        """Remove what no start will ask for. Whoever has it mapped keeps it until they let go."""
        for entry in self._folder.iterdir():
            if entry.is_dir() and entry.name != current:
                shutil.rmtree(entry, ignore_errors=True)


def _read(folder: Path) -> Snapshot:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    seals = manifest["arrays"]
    with ThreadPoolExecutor(CHECKERS) as checkers:  # digests are computed without Python's lock
        mapped = checkers.map(lambda name: _mapped(folder / f"{name}.npy", seals[name]), seals)
        return snapshot_from(dict(zip(seals, mapped, strict=True)), _plain(manifest))


def _mapped(path: Path, seal: Mapping[str, Any]) -> Array:
    array: Array = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    if (path.stat().st_size, _digest(array)) != (seal["bytes"], seal["blake2b"]):
        raise ValueError(f"{path.name} is damaged")
    return array


def _write_array(path: Path, array: Array) -> dict[str, Any]:
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(array))
        file.write(np.ascontiguousarray(array).data)  # unlike NumPy's own writing, it says so when the disk is full
        file.flush()
        os.fsync(file.fileno())
        return {"bytes": file.tell(), "blake2b": _digest(array)}


def _digest(array: Array) -> str:
    digest = blake2b(repr((array.dtype.descr, array.shape)).encode(), digest_size=16)
    digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def _manifest(plain: PlainParts) -> dict[str, Any]:
    info, dataset = plain.info, plain.dataset
    return {
        "info": asdict(info) | {"built_at": info.built_at.isoformat()},
        "dataset": {
            "name": dataset.name,
            "as_of": None if dataset.as_of is None else dataset.as_of.isoformat(),
            "saturation": dataset.saturation,
            "likelihood": None if dataset.likelihood is None else asdict(dataset.likelihood),
            "half_life_days": dataset.half_life_days,
            "weights": dict(dataset.weights),
            "content_kinds": dataset.content_kinds,
        },
        "channels": plain.channels,
        "evidence_kinds": plain.evidence_kinds,
    }


def _plain(manifest: Mapping[str, Any]) -> PlainParts:
    info, dataset = manifest["info"], manifest["dataset"]
    as_of, fitted = dataset["as_of"], dataset["likelihood"]
    return PlainParts(
        SnapshotInfo(**info | {"built_at": datetime.fromisoformat(info["built_at"])}),
        Dataset(
            **dataset
            | {
                "likelihood": None
                if fitted is None
                else Likelihood(fitted["days"], tuple(fitted["strengths"]), tuple(fitted["shares"])),
                "as_of": None if as_of is None else date.fromisoformat(as_of),
                "weights": MappingProxyType(dataset["weights"]),
                "content_kinds": tuple(dataset["content_kinds"]),
            }
        ),
        tuple(manifest["channels"]),
        tuple(manifest["evidence_kinds"]),
    )


def _write_synced(path: Path, content: bytes) -> None:
    """Replace a file in one step that outlives a power cut."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_WRITING)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

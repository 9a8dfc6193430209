"""Snapshots of graph folders, built without a database and kept on disk, for benchmarks of kernels.

    .venv/bin/python -m bench.snapshots FOLDER

A snapshot holds what one read from Neo4j after loading the folder would. It is written to `.rainmaker/bench/` and
mapped from there the next time, unless the folder has changed since.
"""

import argparse
import hashlib
from pathlib import Path
from time import perf_counter

from service.evaluate.snapshots import snapshot_of_folder
from service.graph.snapshot import Snapshot
from service.ingest.folder import read_folder
from service.store.snapshot_files import SnapshotFiles
from service.store.snapshot_marks import Held, Marks

KEPT = Path(".rainmaker") / "bench"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    began = perf_counter()
    info = snapshot_of(parser.parse_args().folder).info
    print(f"{info.people:,} people, {info.relationships:,} relationships in {perf_counter() - began:.1f} s")


def snapshot_of(folder: Path) -> Snapshot:
    """The snapshot of a graph folder, from disk where it is there already."""
    mark = _mark(folder)
    files = SnapshotFiles(KEPT / mark)
    held = files.load()
    if held is None:
        held = Held(
            snapshot_of_folder(read_folder(folder, lambda: None)),
            Marks(database=mark, changed_until="", passed_over={}),
        )
        files.save(held)
    return held.snapshot


def _mark(folder: Path) -> str:
    """Changes whenever a file of the folder does."""
    files = sorted((path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in folder.iterdir())
    return hashlib.blake2b(repr(files).encode(), digest_size=8).hexdigest()


if __name__ == "__main__":
    main()

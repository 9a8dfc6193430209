"""Snapshots of graph folders, built without a database and kept on disk, for benchmarks of kernels.

    .venv/bin/python -m bench.snapshots FOLDER

A snapshot holds what one read from Neo4j after loading the folder would. It is written to `.rainmaker/bench/` and
mapped from there the next time, unless the folder has changed since.
"""

import argparse
import hashlib
from pathlib import Path
from time import perf_counter
from typing import Any

import polars as pl

from service.domain.model import Brand, Person, Role, Topic
from service.domain.vocabulary import RoleKind
from service.graph.builder import SnapshotBuilder
from service.graph.people import people_of
from service.graph.snapshot import NO_DAY, Snapshot
from service.ingest.folder import CheckedFolder, read_folder
from service.store.snapshot_files import SnapshotFiles
from service.store.snapshot_marks import Held, Marks

KEPT = Path(".rainmaker") / "bench"

Rows = list[dict[str, Any]]


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
        held = Held(built(read_folder(folder, lambda: None)), Marks(database=mark, changed_until="", passed_over={}))
        files.save(held)
    return held.snapshot


def built(folder: CheckedFolder) -> Snapshot:
    """A snapshot of what a folder holds."""
    builder = SnapshotBuilder(
        folder.dataset,
        people_of(
            Person(row["id"], row["name"], opted_out=bool(row.get("optedOut"))) for row in _rows(folder, "people")
        ),
        [Brand(row["id"], row["name"]) for row in _rows(folder, "brands")],
        [Topic(row["id"], row["name"], row.get("parentId")) for row in _rows(folder, "topics")],
    )
    for row in _rows(folder, "roles"):
        builder.add_role(_role(row))
    trust = folder.trust.trust.with_columns(
        pl.col("since", "lastSeen").to_physical().fill_null(NO_DAY), pl.col("channel").fill_null("")
    )
    of_each = trust.group_by("fromId", maintain_order=True).all()
    for part in of_each.iter_slices(10_000):
        for row in part.iter_rows(named=True):
            builder.add_trust(
                row["fromId"],
                row["toId"],
                row["topicId"],
                row["cost"],
                row["since"],
                row["lastSeen"],
                row["channel"],
                row["paid"],
                row["evidenceKinds"],
                row["evidenceCounts"],
            )
    distrust = folder.trust.distrust.with_columns(pl.col("since").to_physical().fill_null(NO_DAY))
    for row in distrust.iter_rows(named=True):
        builder.add_distrust(row["fromId"], row["toId"], row["topicId"], row["since"])
    return builder.build("none")


def _rows(folder: CheckedFolder, table: str) -> Rows:
    return folder.tables[table].rows.to_dicts() if table in folder.tables else []


def _role(row: dict[str, Any]) -> Role:
    return Role(
        row["personId"],
        row["brandId"],
        RoleKind(row["kind"]),
        row.get("topicId") or "",
        strength=row.get("strength"),
        since=row.get("since"),
        until=row.get("until"),
    )


def _mark(folder: Path) -> str:
    """Changes whenever a file of the folder does."""
    files = sorted((path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in folder.iterdir())
    return hashlib.blake2b(repr(files).encode(), digest_size=8).hexdigest()


if __name__ == "__main__":
    main()

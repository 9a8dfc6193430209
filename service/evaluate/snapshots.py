"""The snapshot that a graph folder would give, without a database in between."""

from typing import TYPE_CHECKING, Any

import polars as pl

from service.domain.model import Brand, Person, Role, Topic
from service.domain.vocabulary import RoleKind
from service.graph.builder import SnapshotBuilder
from service.graph.people import people_of
from service.graph.snapshot import NO_DAY, Snapshot
from service.graph.stages import stage_bits

if TYPE_CHECKING:
    from service.ingest.folder import CheckedFolder

_Rows = list[dict[str, Any]]


def snapshot_of_folder(folder: "CheckedFolder") -> Snapshot:
    """What one read from Neo4j after loading the folder would hold."""
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
                list(map(stage_bits, row["stages"])),
                row["paid"],
                row["evidenceKinds"],
                row["evidenceCounts"],
            )
    distrust = folder.trust.distrust.with_columns(pl.col("since").to_physical().fill_null(NO_DAY))
    for row in distrust.iter_rows(named=True):
        builder.add_distrust(row["fromId"], row["toId"], row["topicId"], row["since"])
    return builder.build("none")


def _rows(folder: "CheckedFolder", table: str) -> _Rows:
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

"""Which files a graph folder may hold, and which columns they have."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from service.ingest.errors import NothingLoaded

if TYPE_CHECKING:
    from collections.abc import Mapping

SUFFIXES = (".csv", ".csv.gz", ".parquet")
DATASET_FILE = "dataset.toml"
REJECTS_FILE = "rejects.csv"


@dataclass(frozen=True, slots=True)
class TableSpec:
    """`required` columns must be in the header; the others may be."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return self.required + self.optional


PEOPLE = TableSpec("people", ("id", "name"), ("headline", "location", "optedOut"))
BRANDS = TableSpec("brands", ("id", "name"), ("domain",))
TOPICS = TableSpec("topics", ("id", "name"), ("parentId", "description"))
ROLES = TableSpec("roles", ("personId", "brandId", "kind"), ("topicId", "title", "strength", "since", "until"))
INTERACTIONS = TableSpec(
    "interactions", ("at", "fromId", "toId", "kind"), ("topicId", "channel", "stage", "paid", "ref")
)
TRUST = TableSpec("trust", ("fromId", "toId", "strength"), ("topicId", "since", "lastSeen", "channel", "paid"))

TABLES = (PEOPLE, BRANDS, TOPICS, ROLES, INTERACTIONS, TRUST)


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """The file of each table that is there, and files that look like tables but are none."""

    tables: "Mapping[str, Path]"
    unknown: tuple[str, ...]


def find_files(folder: Path) -> FolderFiles:
    """Look into a folder; NothingLoaded if it is none, lacks people, or holds a table twice."""
    if not folder.is_dir():
        raise NothingLoaded(f"There is no folder {folder}.")
    tables: dict[str, Path] = {}
    for spec in TABLES:
        found = [path for suffix in SUFFIXES if (path := folder / f"{spec.name}{suffix}").is_file()]
        if len(found) > 1:
            names = " and ".join(path.name for path in found)
            raise NothingLoaded(f"{folder} holds {names}: keep one of them, or it is not clear which is meant.")
        if found:
            tables[spec.name] = found[0]
    if PEOPLE.name not in tables:
        raise NothingLoaded(f"{folder} holds no people.csv, people.csv.gz or people.parquet.")
    known = {path.name for path in tables.values()} | {REJECTS_FILE}
    return FolderFiles(
        tables, tuple(sorted(path.name for path in folder.iterdir() if _table_like(path) and path.name not in known))
    )


def _table_like(path: Path) -> bool:
    return path.is_file() and path.name.lower().endswith(SUFFIXES)


def check_header(file: str, spec: TableSpec, header: "list[str]") -> tuple[str, ...]:
    """The unknown columns of a header; NothingLoaded where one is missing or there twice."""
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise NothingLoaded(f"{file}: the header names {', '.join(twice)} more than once.")
    missing = [column for column in spec.required if column not in header]
    if missing:
        raise NothingLoaded(f"{file}: the header lacks {', '.join(missing)}; it reads {', '.join(header)[:200]!r}.")
    return tuple(column for column in header if column not in spec.columns)

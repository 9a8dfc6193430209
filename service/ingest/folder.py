"""A graph folder, read and checked from end to end: what may be loaded, and a word on all the rest."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl
from polars import selectors

from service.domain.forgetting import NOBODY
from service.ingest.activity import derive_activity
from service.ingest.checks import CheckedTable
from service.ingest.csv_file import read_csv
from service.ingest.dataset_file import read_dataset
from service.ingest.derive import TrustTables, derive_trust, unweighted_kinds, with_statements
from service.ingest.errors import NothingLoaded
from service.ingest.likelihood_file import read_likelihood
from service.ingest.parquet_file import read_parquet
from service.ingest.raw import LINE, RawTable
from service.ingest.relations import KnownIds, check_interactions, check_roles, check_trust
from service.ingest.tables import (
    BRANDS,
    INTERACTIONS,
    PEOPLE,
    ROLES,
    TABLES,
    TOPICS,
    TRUST,
    FolderFiles,
    TableSpec,
    find_files,
)
from service.ingest.things import check_things, without_forgotten

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from service.domain.forgetting import Forgotten
    from service.domain.model import Dataset


@dataclass(frozen=True, slots=True)
class CheckedFolder:
    """`tables` by name, in the order of loading; `trust` is derived and stated together; `activity` has the columns of
    `derive_activity`. `notes` are sentences on what was ignored or assumed. Columns that refer to ids are Enums
    (`KnownIds.numbered`)."""

    dataset: "Dataset"
    tables: dict[str, CheckedTable]
    trust: TrustTables
    activity: pl.DataFrame
    notes: tuple[str, ...]

    def as_text(self) -> "CheckedFolder":
        """The same with all ids as text, to be joined with any other."""
        tables = {name: replace(table, rows=_as_text(table.rows)) for name, table in self.tables.items()}
        trust = TrustTables(*map(_as_text, (self.trust.trust, self.trust.distrust, self.trust.overruled)))
        return replace(self, tables=tables, trust=trust, activity=_as_text(self.activity))


def _as_text(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(selectors.enum().cast(pl.String))


def read_folder(folder: "Path", advance: "Callable[[], None]", forgotten: "Forgotten" = NOBODY) -> CheckedFolder:
    """Read and check all files, calling `advance` after each table of TABLES. Nobody who was `forgotten` is taken.

    References are checked against the folder itself: it must hold whatever it speaks of. Raises NothingLoaded
    where the folder as a whole will not do.
    """
    files = find_files(folder)
    dataset, unknown_keys = read_dataset(folder)
    dataset = replace(dataset, likelihood=read_likelihood(folder))
    raw = {}
    for spec in TABLES:
        raw[spec.name] = _read(files, spec)
        advance()
    things = {spec.name: check_things(raw[spec.name]) for spec in (PEOPLE, BRANDS, TOPICS)}
    things[PEOPLE.name] = without_forgotten(things[PEOPLE.name], forgotten)
    known = KnownIds(*(things[spec.name].rows["id"] for spec in (PEOPLE, BRANDS, TOPICS)))
    roles = check_roles(raw[ROLES.name], known)
    interactions = check_interactions(raw[INTERACTIONS.name], known)
    stated = check_trust(raw[TRUST.name], known)
    return CheckedFolder(
        dataset=dataset,
        tables=things | {ROLES.name: roles, INTERACTIONS.name: interactions, TRUST.name: stated},
        trust=with_statements(derive_trust(interactions.rows, dataset), stated.rows),
        activity=derive_activity(interactions.rows, dataset),
        notes=_notes(files, raw, unknown_keys, unweighted_kinds(interactions.rows, dataset)),
    )


def _read(files: FolderFiles, spec: TableSpec) -> RawTable:
    path = files.tables.get(spec.name)
    if path is None:
        rows = pl.DataFrame(schema={LINE: pl.Int64} | dict.fromkeys(spec.required, pl.String))
        return RawTable(spec, f"{spec.name}.csv", rows, (), (), 0)
    return read_parquet(path, spec) if path.suffix == ".parquet" else read_csv(path, spec)


def _notes(
    files: FolderFiles, raw: dict[str, RawTable], unknown_keys: tuple[str, ...], unweighted: dict[str, int]
) -> tuple[str, ...]:
    notes = [f"{name} is ignored: no table has this name." for name in files.unknown]
    notes += [f"dataset.toml: the key {key} is ignored: it has no meaning here." for key in unknown_keys]
    for table in raw.values():
        notes += [f"{table.file}: the column {column} is ignored: it has no meaning here." for column in table.unknown]
    notes += [
        f"interactions of the kind {kind} ({count:,}) weigh 1.0: dataset.toml gives them no weight."
        for kind, count in unweighted.items()
    ]
    return tuple(notes)


def require_people(folder: CheckedFolder) -> None:
    """NothingLoaded where not one person is left to load."""
    people = folder.tables[PEOPLE.name]
    if people.rows.is_empty():
        what = "every row is rejected" if people.raw.read else "it holds no rows"
        raise NothingLoaded(f"{people.raw.file} gives nobody to load: {what}.")

"""Graph folders made by hand, for tests of the loader."""

import csv
from pathlib import Path

from service.ingest.folder import CheckedFolder, read_folder
from service.ingest.rejects import Reject

PEOPLE = "id,name\na,Ada\nb,Ben\nc,Cy\n"
BRANDS = "id,name\nx,Xeno\n"
TOPICS = "id,name,parentId\nt,Tea,\nu,Oolong,t\n"


def make(folder: Path, **files: str | bytes) -> Path:
    """Write `people="…"` as people.csv, `dataset_toml="…"` as dataset.toml, `trust_csv_gz=b"…"` as trust.csv.gz;
    bytes as they are. People, brands and topics are there unless told otherwise (None is not accepted; delete)."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in ({"people": PEOPLE, "brands": BRANDS, "topics": TOPICS} | files).items():
        path = folder / (name.replace("_", ".") if "_" in name else f"{name}.csv")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(folder: Path) -> CheckedFolder:
    """Read a folder without listening to its progress."""
    return read_folder(folder, lambda: None)


def rejects(checked: CheckedFolder) -> list[tuple[str, int, str]]:
    """(file, line, reason) of every reject, repaired ones included, sorted."""
    return sorted((r.file, r.line, r.reason) for r in all_rejects(checked))


def all_rejects(checked: CheckedFolder) -> list[Reject]:
    """Every reject of every table."""
    return [reject for table in checked.tables.values() for reject in table.rejects]


def listed(path: Path) -> list[dict[str, str]]:
    """What a rejects file says."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

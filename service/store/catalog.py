"""The catalogue: every Cypher statement of the project, one a file, its header saying what it takes and gives.

The same files serve the service and a person at a shell. Format: see cypher/README.md.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

_HEADER = re.compile(r"\A//\s*(?P<name>\w+):\s*(?P<title>.+?)\n/\*\n(?P<fields>.*?)\*/\n", re.DOTALL)
_FIELD = re.compile(r"^(:params|access:|params:|returns:|order:|timeout:)", re.MULTILINE)
_TIMEOUT = re.compile(r"(\d+)\s*s\Z")

Access = Literal["read", "write", "schema"]


class CatalogError(Exception):
    """A statement file that does not keep to the format; names the file."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One file of cypher/. `params` and `returns` map names to what the header says of them."""

    name: str
    title: str
    folder: str
    access: Access
    params: Mapping[str, str]
    returns: Mapping[str, str]
    order: str
    example: str
    timeout_seconds: int
    text: str


class Catalog:
    """All statements by name."""

    def __init__(self, statements: Mapping[str, Statement]) -> None:
        self._statements = dict(sorted(statements.items()))

    @classmethod
    def load(cls, folder: Path) -> "Catalog":
        """Read every .cypher file under `folder`; a malformed one raises CatalogError."""
        statements: dict[str, Statement] = {}
        for path in sorted(folder.glob("*/*.cypher")):
            statement = parse(path)
            if statement.name in statements:
                raise CatalogError(f"{path}: the name {statement.name} is taken by another folder's file.")
            statements[statement.name] = statement
        return cls(statements)

    def __getitem__(self, name: str) -> Statement:
        return self._statements[name]

    def __iter__(self) -> Iterator[Statement]:
        return iter(self._statements.values())

    def __contains__(self, name: str) -> bool:
        return name in self._statements


def parse(path: Path) -> Statement:
    """Split one file into header and statement."""
    text = path.read_text(encoding="utf-8")
    header = _HEADER.match(text)
    if header is None:
        raise CatalogError(f"{path}: begins with no header (// name: title, then a /* … */ block).")
    if header["name"] != path.stem:
        raise CatalogError(f"{path}: the header says {header['name']}.")
    block, _, _notes = header["fields"].partition("\n\n")
    fields = _fields(block)
    missing = {"access", "params", "returns", "order", "timeout"} - fields.keys()
    if missing:
        raise CatalogError(f"{path}: the header lacks {', '.join(sorted(missing))}.")
    access = fields["access"]
    if access not in ("read", "write", "schema"):
        raise CatalogError(f"{path}: access is {access!r}, not read, write or schema.")
    timeout = _TIMEOUT.match(fields["timeout"])
    if timeout is None:
        raise CatalogError(f"{path}: timeout is {fields['timeout']!r}, not a number of seconds like 20 s.")
    return Statement(
        name=path.stem,
        title=header["title"],
        folder=path.parent.name,
        access=cast("Access", access),
        params=_names(fields["params"]),
        returns=_names(fields["returns"]),
        order=fields["order"],
        example=fields.get("example", ""),
        timeout_seconds=int(timeout[1]),
        text=text,
    )


def _fields(block: str) -> dict[str, str]:
    parts = _FIELD.split(block)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return {"example" if key == ":params" else key.rstrip(":"): " ".join(value.split()) for key, value in pairs}


def _names(text: str) -> dict[str, str]:
    if text == "none":
        return {}
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip(): meaning.strip() for name, _, meaning in pairs}

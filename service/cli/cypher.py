"""`cypher`: run a statement of the catalogue from the terminal."""

import asyncio
import csv
import difflib
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from service.cli.neo4j import neo4j_in_use
from service.cli.screen import answers, messages
from service.cli.state import DEFAULT_STATE, State, StateOption
from service.domain.errors import InvalidInput
from service.settings import CYPHER, Settings
from service.store.catalog import Catalog, Statement
from service.store.database import Row, connected


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def cypher(
    name: Annotated[str | None, typer.Argument(help="A statement's name; none lists them all.")] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(metavar="K=V", help="A parameter. Lists and numbers as JSON, dates as 2024-01-31, null as null."),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write the answer.")] = Format.TABLE,
    write: Annotated[bool, typer.Option("--write", help="Allow a statement that changes the database.")] = False,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Run a query of the catalogue in cypher/, or list them."""
    catalog = Catalog.load(CYPHER)
    if name is None:
        _list(catalog)
        return
    statement = find(catalog, name)
    if statement.access != "read" and not write:
        raise InvalidInput("--write", f"{name} changes the database ({statement.access}); say --write if you mean it.")
    params = read_params(statement, param or [])
    with neo4j_in_use(State(state)) as settings:
        rows = asyncio.run(_rows(settings, catalog, name, params))
    show(rows, list(statement.returns), format_)
    if format_ is Format.TABLE:
        messages.print(f"{len(rows):,} row{'' if len(rows) == 1 else 's'}")


def find(catalog: Catalog, name: str) -> Statement:
    """A statement by its name; InvalidInput with names like it."""
    if name in catalog:
        return catalog[name]
    near = difflib.get_close_matches(name, [statement.name for statement in catalog], n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(near)}?" if near else "Without a name, all are listed."
    raise InvalidInput("NAME", f"there is no statement {name}. {hint}")


def read_params(statement: Statement, pairs: Sequence[str]) -> dict[str, object]:
    """`key=value` words as the types that the statement's header names; InvalidInput for anything amiss."""
    given = dict(_pair(pair) for pair in pairs)
    for name in given:
        if name not in statement.params:
            takes = ", ".join(statement.params) or "no parameters"
            raise InvalidInput(f"--param {name}", f"{statement.name} takes {takes}.")
    missing = [f"{name} ({meaning})" for name, meaning in statement.params.items() if name not in given]
    if missing:
        example = f" Its example: {statement.example}" if statement.example else ""
        raise InvalidInput("--param", f"{statement.name} still needs {'; '.join(missing)}.{example}")
    return {name: value_of(name, text, statement.params[name]) for name, text in given.items()}


def value_of(name: str, text: str, meaning: str) -> object:
    """One value, by what the header says of its type."""
    if text == "null":
        return None
    if meaning.startswith(("ID", "STRING")):
        return text
    try:
        if meaning.startswith("DATETIME"):
            return datetime.fromisoformat(text)
        if meaning.startswith("DATE"):
            return date.fromisoformat(text)
    except ValueError as problem:
        raise InvalidInput(f"--param {name}", f"{text!r} is no date like 2024-01-31.") from problem
    try:
        return json.loads(text)
    except ValueError:
        return text.split(",") if meaning.startswith("[") else text


def show(rows: Sequence[Row], columns: Sequence[str], format_: Format) -> None:
    """Rows on stdout."""
    if format_ is Format.JSON:
        sys.stdout.write(json.dumps(rows, default=_plain, ensure_ascii=False, indent=2) + "\n")
    elif format_ is Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    else:
        table = Table(*columns)
        for row in rows:
            table.add_row(*(Text(_cell(row[column])) for column in columns))
        answers.print(table)


async def _rows(settings: Settings, catalog: Catalog, name: str, params: Mapping[str, object]) -> list[Row]:
    async with connected(settings, catalog) as database:
        return (await database.execute(name, params)).rows


def _list(catalog: Catalog) -> None:
    table = Table("name", "takes", "what it tells", box=None, pad_edge=False)
    folder = ""
    for statement in sorted(catalog, key=lambda each: (each.folder, each.name)):
        if statement.folder != folder:
            folder = statement.folder
            table.add_row(Text(f"cypher/{folder}", style="bold"))
        table.add_row(Text(statement.name), Text(", ".join(statement.params)), Text(statement.title))
    answers.print(table)


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not (key and equals):
        raise InvalidInput("--param", f"{text!r} is not of the form key=value.")
    return key, value


def _plain(value: Any) -> object:  # noqa: ANN401 (whatever the driver gives)
    return value.iso_format() if hasattr(value, "iso_format") else str(value)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list | dict | bool):
        return json.dumps(value, default=_plain, ensure_ascii=False)
    return str(_plain(value)) if not isinstance(value, int | float) else str(value)

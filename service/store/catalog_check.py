"""The catalogue held against a server: does every header say what its statement really is?

What each header must agree with: the parameters in the text, the columns and the kind of query that the planner
sees, and, on a database that holds at least one of everything, the labels, types and properties there.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from service.domain.errors import Unavailable
from service.store.catalog import CatalogError
from service.store.errors import StatementFailed

if TYPE_CHECKING:
    from service.store.catalog import Statement
    from service.store.database import Database

log = logging.getLogger(__name__)

_PARAMETER = re.compile(
    r"""//[^\n]* | /\*.*?\*/                            # comments,
      | '(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*"           # literals
      | `[^`]*`                                         # and quoted names hide what they hold
      | \$(?P<name>\w+)""",
    re.VERBOSE | re.DOTALL,
)
_ACCESS = {"r": "read", "w": "write", "rw": "write", "s": "schema"}
_DRIFT = {"01N50": "label", "01N51": "relationship type", "01N52": "property"}
_AT_ONCE = 4

SETTLING_SECONDS = 30
"""After the start: a server that has just started, too, plans for seconds, and the first questions come first."""


def parameters_of(cypher: str) -> set[str]:
    """The names of the `$parameters` in a statement's text, outside comments, literals and quoted names."""
    return {match["name"] for match in _PARAMETER.finditer(cypher) if match["name"]}


async def check_catalog(database: "Database", *, drift: bool) -> None:
    """Plan (never run) every statement and compare; CatalogError lists all that disagrees, file by file.
    Unavailable where the server does not answer.

    `drift` also reports labels, types and properties unknown to the database: only of use where it holds one of each.
    """
    turns = asyncio.Semaphore(_AT_ONCE)

    async def check(statement: "Statement") -> list[str]:
        async with turns:
            problems = await _problems(database, statement, drift=drift)
        return [f"cypher/{statement.folder}/{statement.name}.cypher: {problem}" for problem in problems]

    found = await asyncio.gather(*(check(statement) for statement in database.catalog))
    if problems := [problem for of_one in found for problem in of_one]:
        raise CatalogError("\n".join(problems))


@asynccontextmanager
async def checked_meanwhile(database: "Database") -> AsyncIterator[None]:
    """Check once during a block, in the background and a while after its start.

    What disagrees is logged as an error; a statement that is really used will also fail by itself.
    """

    async def check() -> None:
        await asyncio.sleep(SETTLING_SECONDS)
        try:
            await check_catalog(database, drift=False)
        except (CatalogError, Unavailable) as problem:
            log.error("The catalogue of Cypher statements could not be confirmed:\n%s", problem)

    checking = asyncio.create_task(check(), name="catalogue check")
    try:
        yield
    finally:
        checking.cancel()
        await asyncio.wait([checking])


async def _problems(database: "Database", statement: "Statement", *, drift: bool) -> list[str]:
    problems = []
    used = parameters_of(statement.text)
    if unused := statement.params.keys() - used:
        problems.append(f"the header names parameters that the statement does not use: {_listed(unused)}.")
    if unnamed := used - statement.params.keys():
        problems.append(f"the header lacks the parameters {_listed(unnamed)}.")
    try:
        plan = await database.explain(statement.name, notices=drift)
    except StatementFailed as error:
        return [*problems, str(error).splitlines()[0]]
    access = _ACCESS[plan.query_type]
    if access != statement.access:
        problems.append(f"the header says access: {statement.access}, the planner {access}.")
    columns = list(statement.returns)
    if columns != plan.columns:
        problems.append(f"the header returns {columns}, the statement {plan.columns}.")
    if drift:
        problems += [
            f"{_DRIFT[status]} not in the database: {text}" for status, text in plan.notices if status in _DRIFT
        ]
    return problems


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))

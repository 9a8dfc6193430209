"""One database behind one async driver; statements run by their catalogue name, access and timeout from the header."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from neo4j import (
    READ_ACCESS,
    AsyncGraphDatabase,
    Bookmarks,
    EagerResult,
    NotificationDisabledClassification,
    Query,
    RoutingControl,
    unit_of_work,
)
from neo4j.exceptions import DriverError, Neo4jError

from service.store.catalog import Catalog, Statement
from service.store.errors import translated
from service.telemetry.parts import in_neo4j

if TYPE_CHECKING:
    from neo4j import AsyncDriver, AsyncManagedTransaction, SummaryCounters

    from service.settings import Settings

Row = Mapping[str, Any]
T = TypeVar("T")

_PLANNING_SECONDS = 60
_BOOKMARK_SECONDS = 5

_TOGETHER_SECONDS = 60
"""What statements that belong together may take."""

_TRANSPORT_SECONDS = 5
"""What a statement may take beyond the server's own limit, which a server that hangs does not keep."""

_OPEN = nullcontext()

_NOT_ABOUT_NAMES: list[NotificationDisabledClassification] = [
    kind for kind in NotificationDisabledClassification if kind is not NotificationDisabledClassification.UNRECOGNIZED
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a statement gave: its rows, and the server's own count of what it changed."""

    rows: list[Row]
    counters: "SummaryCounters"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the planner says of a statement that is not run: `query_type` is r, w, rw or s; `notices` are pairs of
    GQL status and text."""

    query_type: str
    columns: list[str]
    notices: list[tuple[str, str]]


class Transaction:
    """One transaction in which several statements of the catalogue run: all of what they do is done, or nothing."""

    def __init__(self, database: "Database", transaction: "AsyncManagedTransaction") -> None:
        self._database = database
        self._transaction = transaction

    async def fetch(self, statement: str, /, **params: object) -> list[Row]:
        """All rows of a statement, as mappings from column to value."""
        return await self.run(statement, params)

    async def run(self, name: str, params: Mapping[str, object]) -> list[Row]:
        """The same with parameters in a mapping."""
        text = self._database._checked(name, params).text
        result = await self._transaction.run(text, dict(params))
        return [dict(record) for record in [each async for each in result]]


class Database:
    """Runs the catalogue's statements. Transactions carry `app` and `statement` metadata, to be seen in
    SHOW TRANSACTIONS."""

    def __init__(
        self,
        driver: "AsyncDriver",
        name: str,
        catalog: Catalog,
        gate: AbstractAsyncContextManager[None] = _OPEN,
    ) -> None:
        self._driver = driver
        self._gate = gate
        self.name = name
        self.catalog = catalog

    def behind(self, gate: AbstractAsyncContextManager[None]) -> "Database":
        """The same database for somebody whose statements pass a gate, on the same connections."""
        return Database(self._driver, self.name, self.catalog, gate)

    async def fetch(self, statement: str, /, **params: object) -> list[Row]:
        """All rows of a statement, as mappings from column to value."""
        return (await self.execute(statement, params)).rows

    async def fetch_packed(self, name: str, columns: Sequence[str], /, **params: object) -> list[Row]:
        """Some columns of the rows of a reading statement, which come as one row: the async driver's cost is by the
        row, about 50 us each."""
        statement = self._checked(name, params)
        text = statement.text.rstrip().removesuffix(";")
        packed = f"CALL () {{\n{text}\n}}\nRETURN collect([{', '.join(columns)}]) AS rows"
        ((rows,),) = (await self._run(statement, packed, params)).records
        return [dict(zip(columns, row, strict=True)) for row in rows]

    async def execute(self, name: str, params: Mapping[str, object]) -> Outcome:
        """Run a statement; again where that can help."""
        statement = self._checked(name, params)
        result = await self._run(statement, statement.text, params)
        return Outcome([dict(record) for record in result.records], result.summary.counters)

    async def _run(self, statement: Statement, text: str, params: Mapping[str, object]) -> EagerResult:
        """Reads take one round trip, without a transaction around them. What is worth trying again, and every write,
        runs in a managed transaction, which the driver tries again."""
        query = Query(text, metadata=_metadata(statement), timeout=statement.timeout_seconds)
        reads = statement.access == "read"
        seconds = statement.timeout_seconds + _TRANSPORT_SECONDS
        async with self._gate, _in_time(f"running {statement.name}", seconds):
            with in_neo4j(statement.name):
                return await self._answered(query, params, reads=reads)

    async def _answered(self, query: Query, params: Mapping[str, object], *, reads: bool) -> EagerResult:
        if reads:
            try:
                return await self._read_once(query, params)
            except (Neo4jError, DriverError) as error:
                if not error.is_retryable():
                    raise
        routing = RoutingControl.READ if reads else RoutingControl.WRITE
        return await self._driver.execute_query(query, parameters_=dict(params), routing_=routing, database_=self.name)

    async def _read_once(self, query: Query, params: Mapping[str, object]) -> EagerResult:
        async with self._driver.session(
            database=self.name,
            default_access_mode=READ_ACCESS,
            bookmark_manager=self._driver.execute_query_bookmark_manager,
        ) as session:
            return await (await session.run(query, dict(params))).to_eager_result()

    async def execute_together(self, names: Sequence[str]) -> None:
        """Run statements without parameters in one transaction, again where that can help."""
        statements = [self._checked(name, {}) for name in names]
        seconds = max(statement.timeout_seconds for statement in statements)

        @unit_of_work(metadata={"app": "rainmaker", "statement": " ".join(names)}, timeout=seconds)
        async def work(transaction: "AsyncManagedTransaction") -> None:
            for statement in statements:
                await (await transaction.run(statement.text)).consume()

        async with (
            self._gate,
            _in_time(f"running {' '.join(names)}", seconds + _TRANSPORT_SECONDS),
            self._driver.session(database=self.name) as session,
        ):
            await session.execute_write(work)

    async def transact(self, doing: str, work: Callable[[Transaction], Awaitable[T]]) -> tuple[T, str]:
        """Run a function whose statements are one transaction, again from its start where that can help: what it gave,
        and the bookmark of its commit. What it raises undoes everything."""

        @unit_of_work(metadata={"app": "rainmaker", "statement": doing}, timeout=_TOGETHER_SECONDS)
        async def run(transaction: "AsyncManagedTransaction") -> T:
            return await work(Transaction(self, transaction))

        async with (
            self._gate,
            _in_time(doing, _TOGETHER_SECONDS + _TRANSPORT_SECONDS),
            self._driver.session(
                database=self.name, bookmark_manager=self._driver.execute_query_bookmark_manager
            ) as session,
        ):
            done = await session.execute_write(run)
            return done, _told(await session.last_bookmarks())

    async def bookmark(self, after: str | None = None) -> str:
        """The bookmark of an empty read transaction: it changes when, and only when, somebody commits a write. `after`
        is one to wait for; ForeignBookmark where it is none of this database."""
        known = None if after is None else Bookmarks.from_raw_values(after.split("|"))
        async with (
            _in_time("comparing bookmarks", _BOOKMARK_SECONDS),
            self._driver.session(database=self.name, default_access_mode=READ_ACCESS, bookmarks=known) as session,
        ):
            transaction = await session.begin_transaction(timeout=_BOOKMARK_SECONDS, metadata={"app": "rainmaker"})
            await transaction.commit()
            return _told(await session.last_bookmarks())

    async def explain(self, name: str, *, notices: bool = False) -> Plan:
        """Have a statement planned, which needs no parameters. `notices` asks for those on unknown names, whatever the
        driver's setting; the driver logs them too."""
        statement = self.catalog[name]
        query = Query("EXPLAIN " + statement.text, metadata=_metadata(statement), timeout=_PLANNING_SECONDS)
        async with (
            _in_time(f"planning {name}", _PLANNING_SECONDS + _TRANSPORT_SECONDS),
            self._driver.session(
                database=self.name,
                notifications_min_severity="WARNING" if notices else "OFF",
                notifications_disabled_classifications=_NOT_ABOUT_NAMES,
            ) as session,
        ):
            result = await session.run(query)
            columns = list(result.keys())
            summary = await result.consume()
        noticed = [s for s in summary.gql_status_objects if s.is_notification]
        return Plan(summary.query_type or "", columns, [(s.gql_status, s.status_description) for s in noticed])

    def connections(self) -> tuple[int, int]:
        """How many are in use, and how many are kept idle. The driver tells nobody, so this looks into its pool."""
        pool = self._driver._pool
        all_ = [connection for each in pool.connections.values() for connection in each]
        in_use = sum(bool(connection.in_use) for connection in all_)
        return in_use, len(all_) - in_use

    async def close(self) -> None:
        await self._driver.close()

    def _checked(self, name: str, params: Mapping[str, object]) -> Statement:
        """Neo4j silently accepts parameters that no statement uses, so names are compared here."""
        statement = self.catalog[name]
        if params.keys() != statement.params.keys():
            raise TypeError(f"{name} takes {sorted(statement.params)}, not {sorted(params)}.")
        return statement


@asynccontextmanager
async def _in_time(doing: str, seconds: float) -> AsyncIterator[None]:
    """Calls of the driver that end in time, whatever has become of the server; errors in the project's words."""
    with translated(doing):
        async with asyncio.timeout(seconds):
            yield


def _told(bookmarks: Bookmarks) -> str:
    return "|".join(sorted(bookmarks.raw_values))


def _metadata(statement: Statement) -> dict[str, Any]:
    return {"app": "rainmaker", "statement": statement.name}


@asynccontextmanager
async def connected(settings: "Settings", catalog: Catalog) -> AsyncIterator[Database]:
    """A database for the time of a block. Connects lazily; close is sure."""
    driver = AsyncGraphDatabase.driver(
        settings.neo4j_uri or "bolt://127.0.0.1:7687",
        auth=(settings.neo4j_user, settings.neo4j_password.get_secret_value()),
        connection_acquisition_timeout=10,
        connection_timeout=5,
        max_transaction_retry_time=15,
        user_agent="rainmaker/0.1",
        notifications_min_severity="OFF",
    )
    database = Database(driver, settings.neo4j_database, catalog)
    try:
        yield database
    finally:
        await database.close()

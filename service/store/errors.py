"""The driver's exceptions, mapped once to the project's own."""

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, TransientError

from service.domain.errors import RainmakerError, Unavailable


class StatementFailed(RainmakerError):
    """Neo4j refused a statement of ours: a bug here, or a database that is not what it should be."""


class ForeignBookmark(RainmakerError):
    """A bookmark that is none of this database's."""

    code = "INVALID_INPUT"


_TIMED_OUT = ("Neo.ClientError.Transaction.TransactionTimedOut",)
_NO_BOOKMARK = ("Neo.ClientError.Transaction.InvalidBookmark", "Neo.ClientError.Database.DatabaseNotFound")


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Run a block of driver calls; what it raises comes out in the project's vocabulary, chained."""
    try:
        yield
    except AuthError as error:
        raise Unavailable(
            f"Neo4j refused the user or password while {doing}: check NEO4J_USER, NEO4J_PASSWORD."
        ) from error
    except ClientError as error:
        if (error.code or "").startswith(_TIMED_OUT):
            raise Unavailable(f"Neo4j took longer than allowed while {doing}.") from error
        if (error.code or "").startswith(_NO_BOOKMARK):
            raise ForeignBookmark("This is no bookmark of this database.") from error
        raise StatementFailed(f"Neo4j refused a statement while {doing}: {error.message}") from error
    except (TransientError, DriverError, TimeoutError) as error:
        raise Unavailable(f"Neo4j did not answer while {doing}.") from error
    except Neo4jError as error:
        raise StatementFailed(f"Neo4j failed while {doing}: {error.message}") from error

"""Is a database there to be asked? For those who wait for a server to start."""

from neo4j import READ_ACCESS, GraphDatabase
from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError

from service.domain.errors import Unavailable


def what_is_missing(uri: str, user: str, password: str, database: str) -> str | None:
    """None if the database answers; else why not, in a few words.

    Raises Unavailable where waiting cannot help: the password is refused, or the address makes no sense.
    """
    try:
        with (
            GraphDatabase.driver(
                uri, auth=(user, password), connection_timeout=5, max_transaction_retry_time=0
            ) as driver,
            driver.session(database=database, default_access_mode=READ_ACCESS) as session,
            session.begin_transaction(timeout=5, metadata={"app": "rainmaker"}) as transaction,
        ):
            # an empty transaction: it commits only on a database that is online
            transaction.commit()
    except AuthError as error:
        raise Unavailable(f"Neo4j at {uri} refused the password of {user}.") from error
    except (ConfigurationError, ValueError) as error:
        raise Unavailable(f"{uri!r} is no address of a Neo4j: {error}") from error
    except (Neo4jError, DriverError) as error:
        return f"{type(error).__name__}: {error}"
    return None

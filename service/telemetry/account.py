"""The account of one request: whoever does a part of it notes it there, and it is told when the request ends."""

from contextvars import ContextVar, Token
from dataclasses import dataclass, field


@dataclass(slots=True)
class Account:
    """Of a request, as far as it is known by now. Times are seconds; those in kernels and in Neo4j are summed over what
    ran side by side, and what several requests asked at once counts for the first of them."""

    request_id: str
    caller: str | None = None
    role: str | None = None
    operation: str | None = None
    document: str | None = None
    cost: int = 0
    parse: float = 0.0
    kernel: float = 0.0
    neo4j: float = 0.0
    statements: int = 0
    codes: list[str] = field(default_factory=list)
    """The codes of the errors that were told."""


_current: ContextVar[Account | None] = ContextVar("account", default=None)


def current() -> Account | None:
    """That of the request under way; None where nobody asked."""
    return _current.get()


def opened(account: Account) -> Token[Account | None]:
    """What is done from here on is done for this request, until `closed`."""
    return _current.set(account)


def closed(token: Token[Account | None]) -> None:
    _current.reset(token)


def note_code(code: str) -> None:
    """An error with this code is told to the caller."""
    account = _current.get()
    if account is not None:
        account.codes.append(code)

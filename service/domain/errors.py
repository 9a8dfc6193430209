"""What can go wrong, in one vocabulary. The API turns each into `extensions.code`."""

import math
from typing import ClassVar


class RainmakerError(Exception):
    """An expected failure. `code` is what GraphQL callers see; the message is safe to show to them."""

    code: ClassVar[str] = "INTERNAL"


class NotFound(RainmakerError):
    """Somebody asked for an id that does not exist."""

    code = "NOT_FOUND"

    def __init__(self, kind: str, id: str) -> None:  # noqa: A002 (the word of the model)
        super().__init__(f"There is no {kind} with the id {id!r}.")
        self.kind = kind
        self.id = id


class InvalidInput(RainmakerError):
    """A value that cannot be meant. `field` is the argument's name as the caller wrote it."""

    code = "INVALID_INPUT"

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field


class TooComplex(RainmakerError):
    """A question larger than the limits allow."""

    code = "TOO_COMPLEX"


class Unavailable(RainmakerError):
    """Neo4j does not answer, or not in time, or no snapshot has been built yet. Worth trying again."""

    code = "UNAVAILABLE"


class Overloaded(Unavailable):
    """More of something is under way than there is room for. Worth trying again a little later."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Too many {what} are under way; try again in a moment.")


class TooMany(Unavailable):
    """A caller asks for more than they may by the minute. `seconds` says when there is room again."""

    def __init__(self, what: str, seconds: float) -> None:
        super().__init__(f"You may ask for no more {what} now; try again in {math.ceil(seconds)} s.")
        self.seconds = math.ceil(seconds)


class Unauthenticated(RainmakerError):
    """Nobody knows who asks."""

    code = "UNAUTHENTICATED"


class Forbidden(RainmakerError):
    """It is known who asks, and they may not."""

    code = "FORBIDDEN"


class KeyLost(RainmakerError):
    """The database remembers forgotten people by marks of another key than this state folder's."""

    code = "UNAVAILABLE"

    def __init__(self) -> None:
        super().__init__(
            "This database keeps marks of forgotten people that were made with another key: use the state folder in "
            "which they were forgotten, or copy its forget.key. Otherwise they could come back."
        )

"""What callers see of failures: `extensions.code`, and nothing of the inside."""

import logging
from secrets import token_hex

from graphql import GraphQLError, GraphQLSyntaxError
from strawberry.exceptions import StrawberryInputCoercionError

from service.domain.errors import InvalidInput, RainmakerError, TooComplex
from service.telemetry.account import note_code

_log = logging.getLogger(__name__)

LONGEST = 1_000
"""Characters of a message by GraphQL itself, which repeats what it was given, however long."""

PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
TOO_MANY_TOKENS = "tokens. Parsing aborted."
TOO_MANY_COMPARISONS = "Validation aborted."
"""What graphql-core says of more tokens, or more fields to compare with each other, than it will look at."""


def tell(error: GraphQLError) -> None:
    """Dress an error for the caller, in place. What is not the caller's affair is masked and logged with its id."""
    cause = error.original_error
    if isinstance(cause, RainmakerError) and cause.code != RainmakerError.code:
        error.message = str(cause)
        error.extensions = {"code": cause.code}
        if isinstance(cause, InvalidInput):
            error.extensions["field"] = cause.field
    elif cause is None or isinstance(cause, GraphQLError):
        error.extensions = {"code": _code_of_request(error)}
        if len(error.message) > LONGEST:
            error.message = f"{error.message[:LONGEST]} …"
    else:
        incident = token_hex(8)
        _log.error("Internal error %s at %s", incident, _place(error), exc_info=cause)
        error.message = f"Something went wrong on our side. Please name {incident} when you report it."
        error.extensions = {"code": RainmakerError.code, "id": incident}
    note_code(error.extensions["code"])


def _code_of_request(error: GraphQLError) -> str:
    """The code of a request that GraphQL itself refuses: for its size, its text, its values or its fields."""
    if error.message.endswith(TOO_MANY_TOKENS) or error.message == TOO_MANY_COMPARISONS:
        return TooComplex.code
    if isinstance(error, GraphQLSyntaxError):
        return PARSE_FAILED
    if isinstance(error, StrawberryInputCoercionError) or error.original_error is not None or error.path:
        return InvalidInput.code
    return VALIDATION_FAILED


def _place(error: GraphQLError) -> str:
    return ".".join(map(str, error.path)) if error.path else "the request"

"""What callers see of failures: `extensions.code`, and nothing of the inside."""

import logging
from secrets import token_hex

from graphql import GraphQLError, GraphQLSyntaxError

from service.domain.errors import InvalidInput, RainmakerError

_log = logging.getLogger(__name__)

PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
TOO_MANY_TOKENS = "tokens. Parsing aborted."


def tell(error: GraphQLError) -> None:
    """Dress an error for the caller, in place. What is not the caller's affair is masked and logged with its id."""
    cause = error.original_error
    if isinstance(cause, RainmakerError) and cause.code != RainmakerError.code:
        error.message = str(cause)
        error.extensions = {"code": cause.code}
        if isinstance(cause, InvalidInput):
            error.extensions["field"] = cause.field
    elif cause is None:
        error.extensions = {**(error.extensions or {}), "code": _code_of_request(error)}
    else:
        incident = token_hex(8)
        _log.error("Internal error %s at %s", incident, _place(error), exc_info=cause)
        error.message = f"Something went wrong on our side. Please name {incident} when you report it."
        error.extensions = {"code": RainmakerError.code, "id": incident}


def _code_of_request(error: GraphQLError) -> str:
    """The code of a request that GraphQL itself refuses, before any resolver runs."""
    if isinstance(error, GraphQLSyntaxError):
        return "TOO_COMPLEX" if error.message.endswith(TOO_MANY_TOKENS) else PARSE_FAILED
    if error.message.startswith("Variable "):
        return InvalidInput.code
    return VALIDATION_FAILED


def _place(error: GraphQLError) -> str:
    return ".".join(map(str, error.path)) if error.path else "the request"

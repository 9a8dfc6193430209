"""Answers to requests that never get to where they wanted, in the shape of GraphQL's."""

from collections.abc import Mapping

from starlette.responses import JSONResponse

from service.domain.errors import Forbidden, RainmakerError, TooMany, Unauthenticated
from service.telemetry.account import note_code

RETRY_SECONDS = "1"
"""What is refused for too much else to do may be asked again soon: questions end within their deadlines."""


def refusal(error: RainmakerError) -> JSONResponse:
    """Status, headers and code for what is expected to go wrong on the way in."""
    match error:
        case Unauthenticated():
            return told(401, error.code, str(error), {"WWW-Authenticate": 'Bearer realm="rainmaker"'})
        case Forbidden():
            return told(403, error.code, str(error))
        case TooMany():
            return told(429, error.code, str(error), {"Retry-After": str(error.seconds)})
    return told(503, error.code, str(error), {"Retry-After": RETRY_SECONDS})


def told(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    note_code(code)
    content = {"data": None, "errors": [{"message": message, "extensions": {"code": code}}]}
    return JSONResponse(content, status, headers)

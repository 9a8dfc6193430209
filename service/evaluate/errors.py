"""Why a folder cannot be evaluated."""

from typing import ClassVar

from service.domain.errors import RainmakerError


class CannotEvaluate(RainmakerError):
    """The folder holds too little to measure anything on; the message says what is missing."""

    code: ClassVar[str] = "INVALID_INPUT"

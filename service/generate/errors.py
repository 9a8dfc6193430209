"""Why a graph cannot be generated."""

from typing import ClassVar

from service.domain.errors import RainmakerError


class CannotGenerate(RainmakerError):
    """What was asked for cannot be made; the message names what to change."""

    code: ClassVar[str] = "INVALID_INPUT"

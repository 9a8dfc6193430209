"""The one failure of an ingest; everything smaller is a reject."""

from service.domain.errors import RainmakerError


class NothingLoaded(RainmakerError):
    """The folder as a whole cannot be loaded and nothing was written; the message says why."""

    code = "INVALID_INPUT"

"""What can go wrong on this machine."""

from service.domain.errors import RainmakerError


class LocalProblem(RainmakerError):
    """Something on this machine is missing, taken or broken. The message says what to do about it."""

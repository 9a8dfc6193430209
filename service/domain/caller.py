"""Who asks, and what they may do: the one place where roles of callers get their meaning."""

from dataclasses import dataclass
from enum import StrEnum


class CallerRole(StrEnum):
    """What a caller may do, each including the one before."""

    READER = "READER"
    """Asks; never learns of people who opted out."""
    WRITER = "WRITER"
    """Also changes the graph, and sees people who opted out, since it must be able to keep them right."""
    ADMIN = "ADMIN"
    """Also does what cannot be undone, such as forgetting a person, and sees what operators see."""

    @property
    def may_write(self) -> bool:
        return self is not CallerRole.READER

    @property
    def may_administer(self) -> bool:
        return self is CallerRole.ADMIN

    @property
    def sees_opted_out(self) -> bool:
        return self is not CallerRole.READER


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever sent a request, by the name of their key or the subject of their token."""

    name: str
    role: CallerRole


LOCAL = Caller("local", CallerRole.ADMIN)
"""Everybody who asks a service that asks for no keys, which listens on this machine alone."""

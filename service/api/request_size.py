"""Limits on what a request may send, checked before any of it is looked at more closely."""

from collections.abc import Mapping

from service.domain.errors import TooComplex
from service.settings import Settings


def check_request(settings: Settings, query: str | None, variables: Mapping[str, object] | None) -> None:
    """Raise TooComplex for a document, or a text or a list among the variables, that is longer than allowed. It says
    which variable."""
    _check("The document has", len(query or ""), "characters", settings.max_document)
    for name, value in (variables or {}).items():
        waiting = [value]
        while waiting:
            match waiting.pop():
                case str() as text:
                    _check(f"${name} holds a text of", len(text), "characters", settings.max_text)
                case list() as entries:
                    _check(f"${name} holds a list of", len(entries), "entries", settings.max_list)
                    waiting += entries
                case dict() as entries:
                    waiting += entries.values()


def _check(what: str, size: int, unit: str, most: int) -> None:
    if size > most:
        raise TooComplex(f"{what} {size:,} {unit}, where {most:,} are allowed.")

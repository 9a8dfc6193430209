"""Cursors: where in a list a page ended, as text that callers hand back without looking inside.

A cursor holds the sort key of the row it stands behind, and the name of the list it was made for. It is no
secret and grants nothing: one that was tampered with is refused or names another place in the same list.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Any, overload

from service.domain.errors import InvalidInput

Key = Sequence[str | float]
Shape = tuple[type, ...]
"""The types of a key's parts: `str` or `float`."""

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Made once: `json.dumps` makes an encoder at every call where it is told how."""


def cursor_behind(list_name: str, key: Key) -> str:
    """The cursor that stands behind the row with this sort key."""
    text = _as_json([list_name, *key])
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def key_of(cursor: str, list_name: str, shape: Shape) -> list[str | float]:
    """The sort key inside a cursor; InvalidInput naming `after` where it is not a cursor of this list."""
    match _opened(cursor):
        case [name, *key] if name == list_name and tuple(map(type, key)) == shape:
            return key
    raise InvalidInput("after", "is not a cursor of this list.")


def _opened(cursor: str) -> Any:  # noqa: ANN401 (anything may have been put in)
    """What a cursor's text says; None where it says nothing."""
    try:
        text = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode()
        return json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


class LazyCursors(Sequence[str]):
    """The cursors behind some places of a list, each written only when somebody reads it."""

    def __init__(self, name: str, key: Callable[[int], Key], places: range) -> None:
        self._name = name
        self._key = key
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return LazyCursors(self._name, self._key, self._places[place])
        return cursor_behind(self._name, self._key(self._places[place]))

"""Many strings as two arrays, so that a million ids cost their bytes and can be mapped from a file."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import overload

import numpy as np
import numpy.typing as npt

from service.domain.errors import NotFound

Bytes = npt.NDArray[np.uint8]
Wide = npt.NDArray[np.int64]
Offsets = npt.NDArray[np.int32] | Wide
"""Where things begin and end, in four bytes each as long as these do."""

MOST_NARROW = 2**31 - 1


class Texts(Sequence[str]):
    """An immutable sequence of strings: text i is the UTF-8 in `blob[offsets[i]:offsets[i + 1]]`."""

    __slots__ = ("_bounds", "_digest", "_view", "blob", "offsets")

    def __init__(self, blob: Bytes, offsets: Offsets) -> None:
        self.blob = blob
        self.offsets = offsets
        # Python reads single places from memory views faster than from arrays.
        self._view = blob.data
        self._bounds = offsets.data
        self._digest = b""

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        encoded = [text.encode() for text in texts]
        lengths = np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded))
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), offsets_from(lengths))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> "list[str]": ...
    def __getitem__(self, place: "int | slice") -> "str | list[str]":
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        return str(self.encoded(place), "utf-8")

    def at(self, places: Iterable[int]) -> list[str]:
        """The texts at many places, none of which is negative."""
        view, bounds = self._view, self._bounds
        return [str(view[bounds[place] : bounds[place + 1]], "utf-8") for place in places]

    @property
    def digest(self) -> bytes:
        """Stands for all of them; worked out once, for these stay the same from snapshot to snapshot."""
        if not self._digest:
            digest = blake2b(self.offsets.data, digest_size=16)
            digest.update(self.blob.data)
            self._digest = digest.digest()
        return self._digest

    def encoded(self, place: int) -> memoryview:
        """The UTF-8 of one text. Bytes of UTF-8 order as code points do."""
        if place < 0:
            place += len(self)
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._view[self._bounds[place] : self._bounds[place + 1]]

    def spliced(self, spans: Iterable[tuple[int, int, Sequence[str]]]) -> "Texts":
        """With texts put in place of others: each (start, stop, texts), ascending and apart, replaces [start, stop)."""
        pieces: list[bytes | memoryview] = []
        lengths: list[Wide] = []
        own, kept = np.diff(self.offsets).astype(np.int64), 0
        for start, stop, texts in [*spans, (len(self), len(self), ())]:
            encoded = [text.encode() for text in texts]
            pieces += [self._view[self._bounds[kept] : self._bounds[start]], *encoded]
            lengths += [own[kept:start], np.array([len(each) for each in encoded], dtype=np.int64)]
            kept = stop
        return Texts(np.frombuffer(b"".join(pieces), dtype=np.uint8), offsets_from(np.concatenate(lengths)))


def offsets_from(lengths: Offsets) -> Offsets:
    """Where things of these lengths begin, one after the other, and where the last one ends."""
    offsets: Wide = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths, dtype=np.int64)))
    return offsets.astype(np.int32) if offsets[-1] <= MOST_NARROW else offsets


FOUND_KEPT = 10_000


class Index:
    """Sorted distinct ids and the position of each, found by bisection; those found last are remembered, since a
    bisection reads some twenty texts."""

    __slots__ = ("_found", "ids", "kind")

    def __init__(self, ids: Texts, kind: str) -> None:
        self.ids = ids
        self.kind = kind
        self._found: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, id_: str) -> bool:
        return self.find(id_) is not None

    def of(self, id_: str) -> int:
        """The position of an id; NotFound where there is none."""
        position = self.find(id_)
        if position is None:
            raise NotFound(self.kind, id_)
        return position

    def find(self, id_: str) -> int | None:
        """The position of an id; None where there is none."""
        known = self._found.get(id_)
        if known is not None:
            return known
        place = self.place(id_)
        if place == len(self.ids) or self.ids[place] != id_:
            return None
        if len(self._found) >= FOUND_KEPT:
            self._found.clear()
        self._found[id_] = place
        return place

    def place(self, id_: str) -> int:
        """Where an id is, or would have to be put in."""
        wanted = id_.encode()
        return bisect_left(range(len(self.ids)), wanted, key=lambda place: bytes(self.ids.encoded(place)))

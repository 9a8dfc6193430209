"""How people who were forgotten are recognised without being remembered."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

NOT_TAKEN = "this row is not taken"
"""The reason told of rows that would bring a forgotten person back: no more than anybody needs to know."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Makes marks of people's ids: keyed hashes (BLAKE2b, 128 bits), which tell nobody anything without the key."""

    key: bytes

    def of(self, person_id: str) -> str:
        """The mark of an id."""
        return hashlib.blake2b(person_id.encode(), key=self.key, digest_size=16).hexdigest()

    @property
    def key_id(self) -> str:
        """Tells keys apart without giving them away."""
        return hashlib.blake2b(b"key id", key=self.key, digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The marks of all who were forgotten. Without `maker` nobody can be recognised."""

    maker: Marks | None
    marks: frozenset[str] = frozenset()

    def among(self, ids: Iterable[str]) -> set[str]:
        """Those of some ids that are forgotten people's."""
        if self.maker is None or not self.marks:
            return set()
        return {id_ for id_ in ids if self.maker.of(id_) in self.marks}


NOBODY = Forgotten(None)

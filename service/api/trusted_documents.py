"""The documents that a service in production answers, and no others; requests name them by id.

What callers send: `documentId` (GraphQL over HTTP, persisted documents), `id` or `doc_id` (Relay), or
`extensions.persistedQuery.sha256Hash` (Apollo). Ids are the SHA-256 of the text in hex, with or without `sha256:`, and
whatever else a manifest calls them.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from service.domain.errors import InvalidInput

REQUIRED = "PERSISTED_DOCUMENT_REQUIRED"
NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"
"""The last two are the codes that Apollo's clients know."""


_IDS = ("documentId", "id", "doc_id")
NAMES = (*_IDS, "extensions")
"""The parts of a request that may name a document."""


class Refused(Exception):
    """A request that is not answered, with the code that its caller sees."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def load(place: Path) -> dict[str, str]:
    """Texts by id: of a folder every .graphql file, of a file a manifest, `{id: text}` (Relay) or Apollo's.

    InvalidInput names what cannot be read.
    """
    try:
        if place.is_dir():
            named: Iterable[tuple[str, str]] = [("", p.read_text("utf-8")) for p in sorted(place.rglob("*.graphql"))]
        else:
            named = _manifest(json.loads(place.read_text("utf-8")))
        found = {id_: text for name, text in named for id_ in (name, sha256(text.encode()).hexdigest()) if id_}
    except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise InvalidInput("documents", f"{place} holds no documents that can be read: {error}.") from error
    if not found:
        raise InvalidInput("documents", f"{place} holds no documents.")
    return found


def _manifest(content: Any) -> list[tuple[str, str]]:  # noqa: ANN401 (whatever a file says)
    if content.get("format") == "apollo-persisted-query-manifest":
        return [(str(each["id"]), str(each["body"])) for each in content["operations"]]
    return [(name, text if isinstance(text, str) else str(text["text"])) for name, text in content.items()]


def with_text(request: Mapping[str, Any], trusted: Mapping[str, str] | None) -> Mapping[str, Any]:
    """The request with the text of the document that it names. Without `trusted` every text is answered, and names
    mean nothing; with it only they do."""
    named = _name_in(request)
    text = request.get("query")
    if trusted is None:
        if named is not None and text is None:
            raise Refused(NOT_SUPPORTED, "This service keeps no documents; send the query itself.")
        return request
    if named is None:
        raise Refused(REQUIRED, "This service answers only documents that it knows, by their id.")
    known = trusted.get(named.removeprefix("sha256:"))
    if known is None or text not in (None, known):
        raise Refused(NOT_FOUND, f"There is no document with the id {named!r} and this text.")
    return {**request, "query": known}


def _name_in(request: Mapping[str, Any]) -> str | None:
    extensions = request.get("extensions")
    persisted = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
    names = [request.get(key) for key in _IDS]
    if isinstance(persisted, dict):
        names.append(persisted.get("sha256Hash"))
    return next((name for name in names if isinstance(name, str)), None)

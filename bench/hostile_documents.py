"""Documents made to cost a service dearly: each must be refused at once."""

from collections.abc import Mapping

Body = Mapping[str, object]
"""What is sent as JSON."""

_TRUSTED = "trusts(first: 100) { edges { node { person { %s } } } }"
_PATHS = "query($inputs: [TrustedPathsInput!]!) { trustedPathsBatch(inputs: $inputs) { error { code } } }"
_QUESTION = {"from": {"personId": "a"}, "to": {"personId": "b"}}


def hostile_documents() -> dict[str, Body]:
    """By what is hostile about each."""
    return {
        "sixty levels deep": _of_person(_nested(_TRUSTED, 15, "id")),
        "a thousand levels deep": _of_person(_nested(_TRUSTED, 250, "id")),
        "a hundred of a hundred of a hundred": _query(
            "{ people(first: 100) { edges { node { " + _nested(_TRUSTED, 2, "id") + " } } } }"
        ),
        "four hundred aliases": _query("{" + " ".join(f"a{n}: snapshot {{ id }}" for n in range(400)) + "}"),
        "one field two thousand times": _of_snapshot("id " * 1990),
        "a fragment that holds itself": _query("{ snapshot { ...f } } fragment f on Snapshot { id ...f }"),
        "two fragments that hold each other": _query(
            "{ snapshot { ...f } } fragment f on Snapshot { ...g } fragment g on Snapshot { id ...f }"
        ),
        "thirty fragments that double": _query('{ person(id: "a") { ...f0 } } ' + _doubling(30)),
        "a thousand directives": _of_snapshot("id " + "@skip(if: false) " * 450),
        "a thousand unknown fields": _of_snapshot(" ".join(f"ids{n}" for n in range(1000))),
        "a list of a list of a thousand brackets": _query("{ person(id: " + "[" * 900 + "]" * 900 + ") { id } }"),
        "introspection in introspection": _query(
            "{ __schema { types { name " + _nested("fields { type { fields { type { %s } } } }", 4, "name") + " } } }"
        ),
        "a name of a hundred thousand letters": _query("{ " + "a" * 100_000 + " }"),
        "a megabyte of comment": _query("{ snapshot { id } } #" + "." * 1_000_000),
        "five hundred operations": _query(" ".join(f"query q{n} {{ snapshot {{ id }} }}" for n in range(500))),
        "ten thousand questions in one": {"query": _PATHS, "variables": {"inputs": [_QUESTION] * 10_000}},
        "an id of half a megabyte": {
            "query": "query($id: ID!) { person(id: $id) { name } }",
            "variables": {"id": "x" * 500_000},
        },
        "a hundred thousand ids": {
            "query": "query($input: TrustedPathsInput!) { trustedPaths(input: $input) { complete } }",
            "variables": {"input": _QUESTION | {"excludePersonIds": [f"p{n}" for n in range(100_000)]}},
        },
        "variables that nest": {"query": "query($id: ID!) { person(id: $id) { name } }", "variables": _nest(500)},
    }


def _query(text: str) -> Body:
    return {"query": text}


def _of_person(fields: str) -> Body:
    return _query('{ person(id: "a") { ' + fields + " } }")


def _of_snapshot(fields: str) -> Body:
    return _query("{ snapshot { " + fields + " } }")


def _nested(layer: str, times: int, inside: str) -> str:
    for _ in range(times):
        inside = layer % inside
    return inside


def _doubling(times: int) -> str:
    chain = " ".join(f"fragment f{n} on Person {{ ...f{n + 1} ...f{n + 1} }}" for n in range(times))
    return f"{chain} fragment f{times} on Person {{ x: id }}"


def _nest(levels: int) -> Body:
    inner: object = "a"
    for _ in range(levels):
        inner = {"id": inner}
    return {"id": inner}

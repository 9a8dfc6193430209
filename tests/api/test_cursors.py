"""Cursors: opaque, bound to their list and its arguments, refused when they are anything else."""

import json
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.cursors import cursor_behind, key_of
from service.domain.errors import InvalidInput
from tests.api.client import Api

KEYS = st.lists(st.text() | st.floats(allow_nan=False, allow_infinity=False))


def _made_of(content: object) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


@given(KEYS)
def test_a_cursor_gives_its_key_back(key: list[str | float]) -> None:
    assert key_of(cursor_behind("list", key), "list", tuple(map(type, key))) == key


@given(st.text() | st.binary().map(lambda data: urlsafe_b64encode(data).decode()))
def test_whatever_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="after: is not a cursor of this list"):
        key_of(text, "list", (str, str))


@pytest.mark.parametrize(
    "content",
    [
        ["list", "a"],
        ["list", "a", "b", "c"],
        ["list", "a", 1],
        ["list", "a", None],
        ["list", "a", ["b"]],
        ["list", "a", True],
        ["other", "a", "b"],
        {"list": 1},
        "list",
        None,
    ],
)
def test_well_formed_forgeries_are_refused(content: object) -> None:
    with pytest.raises(InvalidInput):
        key_of(_made_of(content), "list", (str, str))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1"])
def test_only_real_numbers_sort(number: str) -> None:
    with pytest.raises(InvalidInput):
        key_of(urlsafe_b64encode(f'["list",{number}]'.encode()).decode(), "list", (float,))


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(InvalidInput):
        key_of(urlsafe_b64encode(b"[" * 100_000).decode(), "list", (str,))


END = "pageInfo { endCursor }"
ALL_PEOPLE = f"{{ people(first: 1) {{ {END} }} }}"


@pytest.mark.parametrize(
    "foreign",
    [
        f"{{ people(first: 1, orderBy: TRUSTED_BY) {{ {END} }} }}",
        f'{{ people(first: 1, search: "lind") {{ {END} }} }}',
        f"{{ people(first: 1, role: EMPLOYEE) {{ {END} }} }}",
        f"{{ brands(first: 1) {{ {END} }} }}",
        f"{{ topics(first: 1) {{ {END} }} }}",
    ],
)
async def test_another_lists_cursor_is_refused(api: Api, foreign: str) -> None:
    (found,) = (await api.answer(foreign)).values()
    error = await api.error(
        "query($after: String) { people(after: $after) { totalCount } }", after=found["pageInfo"]["endCursor"]
    )
    assert error == {"code": "INVALID_INPUT", "field": "after", "message": "after: is not a cursor of this list."}


async def test_a_cursor_with_other_filters_is_another_lists(api: Api) -> None:
    query = "query($after: String, $role: RoleKind) { people(role: $role, first: 1, after: $after) { " + END + " } }"
    found = await api.answer(query, role="DECISION_MAKER")
    after = found["people"]["pageInfo"]["endCursor"]
    assert (await api.error(query, role="EMPLOYEE", after=after))["field"] == "after"
    assert (await api.answer(query, role="DECISION_MAKER", after=after))["people"]["pageInfo"]["endCursor"] != after


@pytest.mark.parametrize("field", ["topics", "roles", "communities", "trusts", "trustedBy"])
async def test_hanging_lists_refuse_them_too(api: Api, field: str) -> None:
    after = (await api.answer(ALL_PEOPLE))["people"]["pageInfo"]["endCursor"]
    error = await api.error(f'{{ person(id: "ada") {{ {field}(after: "{after}") {{ totalCount }} }} }}')
    assert (error["code"], error["field"]) == ("INVALID_INPUT", "after")

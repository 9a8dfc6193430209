"""Packed strings and their index."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import NotFound
from service.graph.texts import Index, Texts, offsets_from

TEXTS = st.lists(st.text(max_size=4), max_size=12)


@given(TEXTS)
def test_a_sequence_like_the_list_it_was_made_of(texts: list[str]) -> None:
    packed = Texts.of(texts)
    assert list(packed) == texts
    assert (len(packed), packed[1:5], packed[::-1]) == (len(texts), texts[1:5], texts[::-1])
    for place in range(-len(texts), len(texts)):
        assert packed[place] == texts[place]


@pytest.mark.parametrize("place", [2, -3])
def test_out_of_range(place: int) -> None:
    with pytest.raises(IndexError):
        Texts.of(["a", "b"])[place]


@given(TEXTS, st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2), TEXTS), max_size=4))
def test_splicing_replaces_spans(texts: list[str], drawn: list[tuple[int, int, list[str]]]) -> None:
    expected, spans, free = list(texts), [], 0
    for start, length, put in sorted(drawn, key=lambda span: span[0]):
        start, stop = min(max(start, free), len(texts)), min(max(start, free) + length, len(texts))
        spans.append((start, stop, put))
        free = stop
    for start, stop, put in reversed(spans):
        expected[start:stop] = put
    assert list(Texts.of(texts).spliced(spans)) == expected


@given(st.sets(st.text(max_size=4), max_size=20), st.text(max_size=4))
def test_index_finds_what_is_there_in_order_of_code_points(ids: set[str], other: str) -> None:
    index = Index(Texts.of(sorted(ids)), "person")
    assert [index.of(id_) for id_ in sorted(ids)] == list(range(len(ids)))
    assert (other in index) == (other in ids)
    if other not in ids:
        with pytest.raises(NotFound, match="person"):
            index.of(other)


def test_offsets_are_as_narrow_as_they_may_be() -> None:
    """Four bytes up to the last place that fits them."""
    for last, width in ((2**31 - 1, 4), (2**31, 8)):
        offsets = offsets_from(np.array([3, last - 3], dtype=np.int64))
        assert (offsets.tolist(), offsets.itemsize) == ([0, 3, last], width)

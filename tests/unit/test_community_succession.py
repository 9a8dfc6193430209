"""Which communities go on and what became of the others, by hand and over random groups."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from service.domain.vocabulary import CommunityChange
from service.graph.communities.community_succession import Step, lines, steps

BORN, GREW, SHRANK, MERGED, SPLIT, ENDED = CommunityChange


def groups(*texts: str) -> list[frozenset[str]]:
    """A letter is a person."""
    return [frozenset(text) for text in texts]


def told(before: Sequence[str], after: Sequence[str]) -> list[Step]:
    """The changes between two days, lines as `lines` gives them."""
    former, later = groups(*before), groups(*after)
    one, other = lines("t", [former, later])
    went_on = {place: one.index(id_) for place, id_ in enumerate(other) if id_ in one}
    return steps(former, later, went_on)


def test_what_stays_is_no_change() -> None:
    assert told(["abc"], ["abc"]) == []
    assert told(["abc"], ["abd"]) == []  # another person, but as many


def test_growing_and_shrinking() -> None:
    assert told(["abc", "xyz"], ["abcd", "xy"]) == [Step(GREW, (0,), (0,)), Step(SHRANK, (1,), (1,))]


def test_coming_and_going() -> None:
    assert told([], ["abc"]) == [Step(BORN, (), (0,))]
    assert told(["abc"], []) == [Step(ENDED, (0,), ())]
    assert told(["abc"], ["xyz"]) == [Step(BORN, (), (0,)), Step(ENDED, (0,), ())]


def test_half_of_several_in_one_is_a_merger() -> None:
    assert told(["abcd", "wxyz"], ["abwx"]) == [Step(MERGED, (0, 1), (0,))]
    # of the second only a quarter came along
    assert told(["abcd", "wxyz"], ["abcdw"]) == [Step(GREW, (0,), (0,)), Step(ENDED, (1,), ())]


def test_at_least_half_of_several_from_one_is_a_split() -> None:
    assert told(["abcdef"], ["abc", "dexy"]) == [Step(SPLIT, (0,), (0, 1))]
    # most of the second are new
    assert told(["abcdef"], ["abcde", "fxyz"]) == [Step(BORN, (), (1,)), Step(SHRANK, (0,), (0,))]


def test_one_may_split_while_a_part_merges() -> None:
    found = told(["abcdef", "xyz"], ["abc", "defxyz"])
    assert found == [Step(MERGED, (0, 1), (1,)), Step(SPLIT, (0,), (0, 1))]


def test_too_little_in_common_is_an_end_and_a_birth() -> None:
    # Jaccard 2/10, and neither holds half of the other
    assert told(["abcdef"], ["efuvwxyz"]) == [Step(BORN, (), (0,)), Step(ENDED, (0,), ())]


def test_a_line_keeps_its_id_and_an_ended_one_is_not_used_again() -> None:
    days = [groups("abcdef"), groups("abcdeg", "xyz"), groups("xyz"), groups("abcdef", "xyz")]
    ids = lines("t", days)
    assert ids[0][0] == ids[1][0]
    assert ids[1][1] == ids[2][0] == ids[3][1]
    assert ids[3][0] not in {*ids[0], *ids[1], *ids[2]}, "the same founders as long ago, but not the same line"
    assert all(id_.startswith("t~") for day in ids for id_ in day)


@st.composite
def partitions(draw: st.DrawFn) -> list[frozenset[str]]:
    labels = draw(st.lists(st.integers(0, 3), min_size=10, max_size=10))
    found = [frozenset(p for p, own in zip("abcdefghij", labels, strict=True) if own == label) for label in range(3)]
    return [group for group in found if group]


@given(st.lists(partitions(), min_size=2, max_size=4))
def test_everybody_is_accounted_for(days: list[list[frozenset[str]]]) -> None:
    named = lines("t", days)
    for ids in named:
        assert len(set(ids)) == len(ids)
    for (before, one), (after, other) in pairwise(zip(days, named, strict=True)):
        went_on = {place: one.index(id_) for place, id_ in enumerate(other) if id_ in one}
        for new, old in went_on.items():
            assert 10 * len(before[old] & after[new]) >= 3 * len(before[old] | after[new])
        found = steps(before, after, went_on)
        alike = {new for new, old in went_on.items() if len(before[old]) == len(after[new])}
        assert set(range(len(after))) == {new for step in found for new in step.after} | alike
        assert set(range(len(before))) == {old for step in found for old in step.before} | {went_on[n] for n in alike}
        for step in found:
            if step.change is MERGED:
                assert all(2 * len(before[old] & after[step.after[0]]) >= len(before[old]) for old in step.before)
            if step.change is SPLIT:
                assert all(2 * len(before[step.before[0]] & after[new]) >= len(after[new]) for new in step.after)

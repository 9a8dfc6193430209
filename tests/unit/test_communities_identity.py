"""Ids that last, and ids that carry their question."""

from datetime import date

import pytest

from service.domain.communities import CommunitiesQuestion
from service.domain.vocabulary import TopicScope
from service.graph.communities.community_identity import founded, identified, question_of, question_suffix, succeeded


def people(numbers: range) -> frozenset[str]:
    return frozenset(f"p{n}" for n in numbers)


def test_three_tenths_in_common_is_succession() -> None:
    # 3 of 10 in all, then 3 of 11.
    assert succeeded({"old": people(range(6))}, [people(range(3, 10))]) == {0: "old"}
    assert succeeded({"old": people(range(6))}, [people(range(3, 11))]) == {}


def test_the_greatest_overlap_wins_and_each_id_is_used_once() -> None:
    former = {"big": people(range(10)), "small": people(range(10, 14))}
    # The first half of "big" keeps the id though the second half also overlaps enough; "small" moved on unchanged.
    found = [people(range(6, 10)), people(range(6)), people(range(10, 14))]
    assert succeeded(former, found) == {1: "big", 2: "small"}


def test_ties_go_to_the_smaller_id_then_to_the_earlier_place() -> None:
    half, other = people(range(5)), people(range(5, 10))
    assert succeeded({"b": half | other}, [half, other]) == {0: "b"}
    assert succeeded({"b": half, "a": other}, [half | other]) == {0: "a"}


def test_a_loser_may_take_its_second_choice() -> None:
    former = {"x": people(range(8)), "y": people(range(5, 12))}
    found = [people(range(7)), people(range(4, 12))]
    assert succeeded(former, found) == {1: "y", 0: "x"}
    assert succeeded({}, found) == succeeded(former, []) == {}


def test_new_ids_depend_on_topic_and_members_only() -> None:
    id_ = founded("dpdk", ["b", "a"], set())
    assert id_ == founded("dpdk", ("a", "b"), set())
    assert id_.startswith("dpdk~")
    assert len(id_) == len("dpdk~") + 8
    assert len({id_, founded("dpdk", ["a", "b", "c"], set()), founded("ovs", ["a", "b"], set())}) == 3
    # Where one id ends and the next begins is part of the digest.
    assert founded("t", ["ab", "c"], set()) != founded("t", ["a", "bc"], set())


def test_a_taken_id_is_avoided() -> None:
    first = founded("t", ["a"], set())
    second = founded("t", ["a"], {first})
    assert len({first, second, founded("t", ["a"], {first, second})}) == 3


def test_ended_ids_are_not_given_to_others() -> None:
    # The community that "a", "b" founded drifted away to other people; they found one anew.
    drifted = founded("t", ["a", "b"], set())
    ids = identified("t", [frozenset({"a", "b"}), frozenset({"x"})], former={drifted: frozenset({"m", "n"})})
    assert drifted not in ids
    assert len(set(ids)) == 2


def test_ids_of_one_answer_differ_even_for_equal_members() -> None:
    assert len(set(identified("t", [frozenset("a"), frozenset("a")], former={}))) == 2


QUESTIONS = [
    (CommunitiesQuestion("dpdk"), ""),
    (CommunitiesQuestion("dpdk", TopicScope.EXACT), ":exact"),
    (CommunitiesQuestion("dpdk", TopicScope.ANY, 0.5, 2, date(2020, 1, 31)), ":any:r0.5:n2:2020-01-31"),
    (CommunitiesQuestion("a~b:c", resolution=1e-05), ":r1e-05"),
    (CommunitiesQuestion("dpdk", min_size=10), ":n10"),
]


@pytest.mark.parametrize(("question", "suffix"), QUESTIONS)
def test_ids_carry_their_question(question: CommunitiesQuestion, suffix: str) -> None:
    assert question_suffix(question) == suffix
    (id_,) = identified(question.topic_id, [frozenset("a")], former={}, question=suffix)
    assert question_of(id_) == question


@pytest.mark.parametrize(
    "id_",
    [
        "",
        "dpdk",
        "~0123abcd",
        "dpdk~",
        "dpdk~0123abc",
        "dpdk~0123ABCD",
        "dpdk~0123abcd:",
        "dpdk~0123abcd:related",
        "dpdk~0123abcd:n3",
        "dpdk~0123abcd:n02",
        "dpdk~0123abcd:r1.0",
        "dpdk~0123abcd:r0.50",
        "dpdk~0123abcd:r1.2.3",
        "dpdk~0123abcd:rnan",
        "dpdk~0123abcd:n2:any",
        "dpdk~0123abcd:2020-02-30",
        "dpdk~0123abcd:any\n",
    ],
)
def test_what_no_answer_would_give_is_no_id(id_: str) -> None:
    assert question_of(id_) is None

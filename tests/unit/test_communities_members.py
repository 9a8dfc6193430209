"""Members held as columns: a sequence like any other."""

import numpy as np
import pytest

from service.domain.communities import CommunityMember
from service.domain.vocabulary import MemberRole
from service.graph.communities.members import Members
from service.graph.texts import Index, Texts

HUB = CommunityMember("b", 0.75, 0.6, MemberRole.HUB, True)
GUEST = CommunityMember("d", 0.25, 0.4, MemberRole.MEMBER, False)


def members() -> Members:
    """b, then d, of a … d."""
    return Members(
        Index(Texts.of("abcd"), "person"),
        np.array([1, 3], dtype=np.int32),
        np.array([0.75, 0.25]),
        np.array([0.6, 0.4]),
        np.array([0, 3], dtype=np.int8),
        np.array([True, False]),
    )


def test_they_are_a_sequence_of_members() -> None:
    assert list(members()) == [members()[0], members()[1]] == [HUB, GUEST]
    assert (len(members()), members()[-1], list(members()[1:])) == (2, GUEST, [GUEST])
    with pytest.raises(IndexError):
        members()[2]


def test_they_are_equal_by_content() -> None:
    assert members() == members() == (HUB, GUEST)
    assert hash(members()) == hash(members())
    assert members() != (GUEST, HUB)
    assert members() != members()[:1]
    assert members() != "bd"


@pytest.mark.parametrize(("person", "place"), [("b", 0), ("d", 1), ("a", None), ("x", None)])
def test_somebody_is_found_by_id(person: str, place: int | None) -> None:
    assert members().place_of(person) == place


def test_only_primary_members_count_as_its_own_and_decide() -> None:
    assert members().primary_ids() == ("b",)
    assert members().deciding(np.array([True, True, False, True])) == ("b",)

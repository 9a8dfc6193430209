"""From the communities of one day to those of the next: which goes on, and what became of the others.

Communities are the sets of their primary members' ids. Rules and reasons: docs/influence/currents.md.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from service.domain.vocabulary import CommunityChange
from service.graph.communities.community_identity import founded, succeeded

Groups = Sequence[AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One change between two days: places among the communities before and after."""

    change: CommunityChange
    before: tuple[int, ...]
    after: tuple[int, ...]


def lines(topic_id: str, days: Sequence[Groups]) -> list[list[str]]:
    """The id of the line of each community of each day. A community takes the line of the one before that
    `succeeded` says it goes on from, else it begins one, named after its founders; an ended line's id is not used
    again."""
    taken: set[str] = set()
    former: Mapping[str, AbstractSet[str]] = {}
    named: list[list[str]] = []
    for groups in days:
        kept = succeeded(former, groups)
        ids: list[str] = []
        for place, members in enumerate(groups):
            ids.append(kept.get(place) or founded(topic_id, members, taken))
            taken.add(ids[-1])
        former = dict(zip(ids, groups, strict=True))
        named.append(ids)
    return named


def steps(before: Groups, after: Groups, went_on: Mapping[int, int]) -> list[Step]:
    """All changes between two days; `went_on[place after]` is the place before of the same line.

    MERGED: half of each of several is in one. SPLIT: of one come at least half of each of several. Else a line that
    went on GREW or SHRANK; what has none is BORN or ENDED.
    """
    mostly_into, mostly_from = _halves(before, after)
    joined = [Step(CommunityChange.MERGED, tuple(olds), (new,)) for new, olds in mostly_into.items() if len(olds) > 1]
    parted = [Step(CommunityChange.SPLIT, (old,), tuple(news)) for old, news in mostly_from.items() if len(news) > 1]
    told_before = {place for step in (*joined, *parted) for place in step.before}
    told_after = {place for step in (*joined, *parted) for place in step.after}
    born = [new for new in range(len(after)) if new not in went_on and new not in told_after]
    ended = sorted(set(range(len(before))) - set(went_on.values()) - told_before)
    told = {(old, new) for step in (*joined, *parted) for old in step.before for new in step.after}
    stayed = [(old, new) for new, old in went_on.items() if (old, new) not in told]
    return [
        *joined,
        *parted,
        *(Step(CommunityChange.BORN, (), (new,)) for new in born),
        *(Step(CommunityChange.GREW, (old,), (new,)) for old, new in stayed if len(after[new]) > len(before[old])),
        *(Step(CommunityChange.SHRANK, (old,), (new,)) for old, new in stayed if len(after[new]) < len(before[old])),
        *(Step(CommunityChange.ENDED, (old,), ()) for old in ended),
    ]


def _halves(before: Groups, after: Groups) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """For each place after, the places before of which at least half are in it; for each before, the places after of
    which at least half are from it."""
    homes: dict[str, list[int]] = {}
    for new, members in enumerate(after):
        for person in members:
            homes.setdefault(person, []).append(new)
    shared = Counter((old, new) for old, members in enumerate(before) for p in members for new in homes.get(p, ()))
    mostly_into: dict[int, list[int]] = {}
    mostly_from: dict[int, list[int]] = {}
    for (old, new), common in sorted(shared.items()):
        if 2 * common >= len(before[old]):
            mostly_into.setdefault(new, []).append(old)
        if 2 * common >= len(after[new]):
            mostly_from.setdefault(old, []).append(new)
    return mostly_into, mostly_from

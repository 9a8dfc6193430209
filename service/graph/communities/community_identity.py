"""Ids of communities: lasting for the stored question of a topic, self-explaining for every other.

A stored id is `{topicId}~{8 hex digits}`. Other ids carry their question behind the digits, so that it can be asked
again: `{topicId}~{8 hex digits}:any:r0.5:n2:2020-01-31`, whatever is as in the stored question being left out.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from service.domain.communities import CommunitiesQuestion
from service.domain.vocabulary import TopicScope

_TAIL = re.compile(
    r"(?P<digits>[0-9a-f]{8})"
    r"(:(?P<scope>exact|any))?"
    r"(:r(?P<resolution>[0-9][0-9.e+-]*))?"
    r"(:n(?P<size>[0-9]{1,9}))?"
    r"(:(?P<day>\d{4}-\d\d-\d\d))?"
)


def founded(topic_id: str, members: Collection[str], taken: AbstractSet[str], question: str = "") -> str:
    """A new id for a community with these founding members; `taken` ids are avoided."""
    digest = hashlib.blake2b(digest_size=4)
    for part in (topic_id, *sorted(members)):
        digest.update(f"{len(part)}:{part}".encode())
    number = int.from_bytes(digest.digest())
    while (id_ := f"{topic_id}~{number:08x}{question}") in taken:
        number = (number + 1) % 2**32
    return id_


def succeeded(
    former: Mapping[str, AbstractSet[str]], found: Sequence[AbstractSet[str]], least: tuple[int, int] = (3, 10)
) -> dict[int, str]:
    """Which found community (by place) takes which former id: that of the greatest Jaccard overlap of members,
    at least 3/10, each id and each place used once. Ties go to the smaller id, then to the earlier place."""
    homes: dict[str, list[int]] = {}
    for place, members in enumerate(found):
        for person in members:
            homes.setdefault(person, []).append(place)
    overlaps = []
    for id_, members in former.items():
        common: dict[int, int] = {}
        for person in members:
            for place in homes.get(person, ()):
                common[place] = common.get(place, 0) + 1
        for place, shared in common.items():
            union = len(members) + len(found[place]) - shared
            if shared * least[1] >= union * least[0]:
                overlaps.append((-shared / union, id_, place))
    taken: dict[int, str] = {}
    used: set[str] = set()
    for _, id_, place in sorted(overlaps):
        if id_ not in used and place not in taken:
            taken[place] = id_
            used.add(id_)
    return taken


def identified(
    topic_id: str,
    found: Sequence[AbstractSet[str]],
    *,
    former: Mapping[str, AbstractSet[str]],
    question: str = "",
) -> list[str]:
    """An id for each found community: a former one where it succeeds it, else a new one."""
    kept = succeeded(former, found)
    # Ended ids stay taken as well: an id must not change its meaning overnight.
    taken = {*former}
    ids = []
    for place, members in enumerate(found):
        id_ = kept.get(place) or founded(topic_id, members, taken, question)
        taken.add(id_)
        ids.append(id_)
    return ids


def question_suffix(question: CommunitiesQuestion) -> str:
    """What the ids of a question's communities carry; '' for the stored question."""
    stored = CommunitiesQuestion(question.topic_id)
    parts: Iterable[str | None] = (
        question.scope.lower() if question.scope is not stored.scope else None,
        f"r{question.resolution!r}" if question.resolution != stored.resolution else None,
        f"n{question.min_size}" if question.min_size != stored.min_size else None,
        question.as_of.isoformat() if question.as_of is not None else None,
    )
    return "".join(f":{part}" for part in parts if part)


def question_of(community_id: str) -> CommunitiesQuestion | None:
    """The question whose answer a community of this id would be in; None if no id looks like that."""
    topic_id, _, tail = community_id.rpartition("~")
    match = _TAIL.fullmatch(tail)
    if not topic_id or match is None:
        return None
    question = CommunitiesQuestion(topic_id)
    try:
        if match["scope"]:
            question = replace(question, scope=TopicScope(match["scope"].upper()))
        if match["resolution"]:
            question = replace(question, resolution=float(match["resolution"]))
        if match["size"]:
            question = replace(question, min_size=int(match["size"]))
        if match["day"]:
            question = replace(question, as_of=date.fromisoformat(match["day"]))
    except ValueError:
        return None
    return question if question_suffix(question) == tail[8:] else None

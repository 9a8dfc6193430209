"""Which trust relationships count in a projection, and how much: compiled passes over the rows of a snapshot.

The rows of a person are sorted by (to, topic), so all that joins two people lies together, and one pass in order is
all it takes: memory goes to what is found, not to what is looked at.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from service.domain.vocabulary import TopicScope
from service.graph.costs import MICRO, ageing
from service.graph.snapshot import Flags, Int, Snapshot, Terms
from service.graph.texts import Offsets
from service.graph.topic_scope import distrust_scope, topic_penalties

Weights = npt.NDArray[np.float64]
Costs = npt.NDArray[np.int64]


class OpenTrust(NamedTuple):
    """The trust of a snapshot with what opens and prices it in one question.

    `penalties` is per topic, CLOSED out of scope; `begun` (is it there yet?) and `ageing` (what age adds) per day of
    the snapshot; `closing` per row of distrust: in force on the day, on a topic that closes.
    """

    offsets: Offsets
    to: Int
    terms: Terms
    penalties: Costs
    begun: Flags
    ageing: Costs
    opted_out: Flags
    distrust_offsets: Offsets
    distrust_to: Int
    closing: Flags


def open_trust(snapshot: Snapshot, topic: int | None, scope: TopicScope, as_of: int) -> OpenTrust:
    """What counts in a question about a topic, or about none in particular, on a day (a day number)."""
    trust, distrust = snapshot.trust, snapshot.distrust
    return OpenTrust(
        trust.out_offsets,
        trust.to,
        trust.terms,
        topic_penalties(snapshot.topics, topic, scope),
        trust.days <= as_of,
        ageing(trust.days, as_of, snapshot.dataset.half_life_days),
        snapshot.people.opted_out,
        distrust.offsets,
        distrust.to,
        distrust_scope(snapshot.topics, topic, scope)[distrust.topic] & (distrust.since <= as_of),
    )


@njit(cache=True, nogil=True)
def row_strength(trust: OpenTrust, row: int) -> float:
    """Strength of one relationship with age and topic, whoever it joins; 0 where topic or day close it, or where the
    cost is beyond the some 745 nats from which no float tells a strength from none."""
    terms = trust.terms[row]
    penalty = trust.penalties[terms["topic"]]
    if penalty < 0 or not trust.begun[terms["since"]]:
        return 0.0
    return np.exp((terms["cost"] + penalty + trust.ageing[terms["last_seen"]]) / -MICRO)


@njit(cache=True, nogil=True)
def joins(trust: OpenTrust, listener: int, speaker: int) -> bool:
    """Whether trust between two people may count: both take part, and the one does not distrust the other."""
    if listener == speaker or trust.opted_out[listener] or trust.opted_out[speaker]:
        return False
    for row in range(trust.distrust_offsets[listener], trust.distrust_offsets[listener + 1]):
        if trust.distrust_to[row] == speaker and trust.closing[row]:
            return False
    return True


@njit(cache=True, nogil=True)
def strongest(trust: OpenTrust) -> tuple[Int, Int, Weights]:
    """(listener, speaker, strength) of everybody who trusts somebody, by listener and speaker: parallel
    relationships taken together, the cheapest counting."""
    most = 0
    for row in range(len(trust.to)):
        most += trust.penalties[trust.terms[row]["topic"]] >= 0
    # Pages that are never written to take no memory.
    listeners, speakers = np.empty(most, dtype=np.int32), np.empty(most, dtype=np.int32)
    strengths = np.empty(most)
    found = 0
    for listener in range(len(trust.offsets) - 1):
        row, end = trust.offsets[listener], trust.offsets[listener + 1]
        while row < end:
            speaker, best = trust.to[row], 0.0
            while row < end and trust.to[row] == speaker:
                best = max(best, row_strength(trust, row))
                row += 1
            if best > 0 and joins(trust, listener, speaker):
                listeners[found], speakers[found], strengths[found] = listener, speaker, best
                found += 1
    return listeners[:found], speakers[:found], strengths[:found]


@njit(cache=True, nogil=True)
def ties_of(people: int, listeners: Int, speakers: Int, strengths: Weights) -> tuple[Int, Int, Int, Weights, Weights]:
    """(people, low, high, upward, downward): the two directions between two people merged into one tie.

    Takes what `strongest` gives of so many people. Ties are by (low, high), numbered by place among the people who
    have one.
    """
    begin = np.zeros(people + 1, dtype=np.int64)
    for place in range(len(listeners)):
        if listeners[place] > speakers[place]:
            begin[speakers[place] + 1] += 1
    for person in range(people):
        begin[person + 1] += begin[person]
    # The falling ones (low trusted by high), by low: as they come by high, they stay so within each low.
    free = begin[:-1].copy()
    fallen, fallen_strength = np.empty(begin[people], dtype=np.int32), np.empty(begin[people])
    for place in range(len(listeners)):
        if listeners[place] > speakers[place]:
            at = free[speakers[place]]
            fallen[at], fallen_strength[at] = listeners[place], strengths[place]
            free[speakers[place]] += 1

    low, high = np.empty(len(listeners), dtype=np.int32), np.empty(len(listeners), dtype=np.int32)
    upward, downward = np.empty(len(listeners)), np.empty(len(listeners))
    taking_part = np.zeros(people, dtype=np.bool_)
    ties, place = 0, 0
    for person in range(people):
        falling, falling_end = begin[person], begin[person + 1]
        while place < len(listeners) and listeners[place] == person and speakers[place] < person:
            place += 1
        while True:
            rises = place < len(listeners) and listeners[place] == person
            falls = falling < falling_end
            if not rises and not falls:
                break
            if rises and falls and speakers[place] != fallen[falling]:
                rises = speakers[place] < fallen[falling]
                falls = not rises
            other = speakers[place] if rises else fallen[falling]
            low[ties], high[ties] = person, other
            upward[ties] = strengths[place] if rises else 0.0
            downward[ties] = fallen_strength[falling] if falls else 0.0
            taking_part[person], taking_part[other] = True, True
            ties += 1
            place += rises
            falling += falls

    present = np.flatnonzero(taking_part).astype(np.int32)
    number = np.empty(people, dtype=np.int32)
    for vertex in range(len(present)):
        number[present[vertex]] = vertex
    for tie in range(ties):
        low[tie], high[tie] = number[low[tie]], number[high[tie]]
    return present, low[:ties], high[:ties], upward[:ties], downward[:ties]


@njit(cache=True, nogil=True)
def strength_by_topic(trust: OpenTrust, community_of: Int, kept: Flags) -> tuple[Int, Int, Weights, Weights]:
    """(community, topic, strength) of all trust inside the communities that are kept, every relationship counting,
    not only the cheapest; and the strength of all trust on each topic, wherever it is.

    `community_of[person]` is −1 for who is in none. Sorted by community.
    """
    begin = np.zeros(len(kept) + 1, dtype=np.int64)
    for person in range(len(community_of)):
        if community_of[person] >= 0:
            begin[community_of[person] + 1] += 1
    for community in range(len(kept)):
        begin[community + 1] += begin[community]
    free, members = begin[:-1].copy(), np.empty(begin[-1], dtype=np.int32)
    for person in range(len(community_of)):
        if community_of[person] >= 0:
            members[free[community_of[person]]] = person
            free[community_of[person]] += 1

    everywhere, inside = np.zeros(len(trust.penalties)), np.zeros(len(trust.penalties))
    most = 1024
    communities, topics = np.empty(most, dtype=np.int32), np.empty(most, dtype=np.int32)
    strengths = np.empty(most)
    touched, found = np.empty(len(trust.penalties), dtype=np.int32), 0
    for community in range(len(kept)):
        touches = 0
        for listener in members[begin[community] : begin[community + 1]]:
            for row in range(trust.offsets[listener], trust.offsets[listener + 1]):
                strength = row_strength(trust, row)
                if strength == 0 or not joins(trust, listener, trust.to[row]):
                    continue
                topic = trust.terms[row]["topic"]
                everywhere[topic] += strength
                if community_of[trust.to[row]] == community and kept[community]:
                    if inside[topic] == 0:
                        touched[touches] = topic
                        touches += 1
                    inside[topic] += strength
        if found + touches > most:
            most = 2 * (found + touches)
            communities = np.append(communities[:found], np.empty(most - found, dtype=np.int32))
            topics = np.append(topics[:found], np.empty(most - found, dtype=np.int32))
            strengths = np.append(strengths[:found], np.empty(most - found))
        for place in range(touches):
            communities[found], topics[found], strengths[found] = community, touched[place], inside[touched[place]]
            inside[touched[place]] = 0
            found += 1
    return communities[:found], topics[:found], strengths[:found], everywhere

"""Rests: what it still costs, exactly, to come from a person to a target along the paths that are wanted. Compiled.

The backward side knows it for everybody on such a path behind the last crossing. Before it, only those matter who are
settled forward and lie on a walk of at most a given cost; for them it is found by going on backward from the crossings.
"""

from service.graph.compiled import kernel
from service.graph.labels import HOP_BITS, HOP_MASK, cheapest, next_key, queue, settle_next
from service.graph.limits import Limits, StopFlag
from service.graph.search_memory import (
    BACKWARD,
    CROSSINGS,
    EXAMINED,
    FORWARD,
    HEAPS,
    NO_LABEL,
    REST,
    UNREACHABLE,
    Memory,
    forget,
    has_room,
)
from service.graph.snapshot import WARY
from service.graph.steps import SOURCE, TARGET, Arcs, Rules, distrusted, row_cost

RESTS = HEAPS - 1
"""The heap of rests."""


@kernel
def settle_rests(arcs: Arcs, rules: Rules, limits: Limits, most: int, memory: Memory, stop: StopFlag) -> None:
    """Settle the rests that paths of a cost of at most `most` need beyond the backward radius."""
    forget(memory, REST)
    for place in range(memory.counts[CROSSINGS]):
        before, after = memory.crossing_from[place], memory.crossing_to[place]
        label = NO_LABEL if memory.part[before] & TARGET else memory.newest[after, BACKWARD]
        while label != NO_LABEL and has_room(memory, REST, RESTS, 0):
            key = memory.label_key[BACKWARD, label]
            _offer(limits, most, memory, before, key + (memory.crossing_cost[place] << HOP_BITS) + 1)
            label = memory.label_older[BACKWARD, label]
    while next_key(memory, REST, RESTS) < UNREACHABLE and not stop[0]:
        key, slot = settle_next(memory, REST, RESTS)
        if memory.part[slot] & SOURCE or (key & HOP_MASK) >= limits.max_hops:
            continue
        person = memory.person[slot]
        for outward in (True, False):
            if outward and rules.against_trust:
                begin, end = int(arcs.out_offsets[person]), int(arcs.out_offsets[person + 1])
            elif not outward and rules.along_trust:
                begin, end = int(arcs.in_offsets[person]), int(arcs.in_offsets[person + 1])
            else:
                continue
            _relax(arcs, rules, limits, most, memory, slot, key, begin, end, outward)


@kernel
def rest_of(memory: Memory, slot: int, hops: int) -> int:
    """The key of the cheapest rest from a person of at most so many hops; UNREACHABLE where no wanted path has one."""
    return min(cheapest(memory, BACKWARD, slot, hops), cheapest(memory, REST, slot, hops))


@kernel
def _relax(
    arcs: Arcs,
    rules: Rules,
    limits: Limits,
    most: int,
    memory: Memory,
    slot: int,
    key: int,
    begin: int,
    end: int,
    outward: bool,
) -> None:
    """Offer a rest to those before a person, over some of the person's rows."""
    if not has_room(memory, REST, RESTS, end - begin):
        return
    others, rows, terms = arcs.to if outward else arcs.in_from, arcs.in_rows, arcs.terms
    slots, parts, fewest, met = memory.slot, memory.part, memory.fewest, memory.settled[FORWARD]
    person, hops, before = memory.person[slot], (key & HOP_MASK) + 1, (key >> HOP_BITS) + limits.handover
    memory.counts[EXAMINED] += end - begin
    for place in range(begin, end):
        other = others[place]
        if not met[other >> 3] >> (other & 7) & 1:
            continue
        there = slots[other]
        if parts[there] & TARGET:
            continue
        if fewest[there, FORWARD] + hops > limits.max_hops or fewest[there, REST] <= hops:
            continue
        reached = cheapest(memory, FORWARD, there, limits.max_hops - hops) >> HOP_BITS
        if reached + before > most:
            continue
        step = row_cost(terms[place if outward else rows[place]], rules)
        if step < 0 or reached + before + step > most:
            continue
        if parts[slot if outward else there] & WARY and distrusted(
            arcs, rules, person if outward else other, other if outward else person
        ):
            continue
        _offer(limits, most, memory, there, ((before + step) << HOP_BITS) | hops)


@kernel
def _offer(limits: Limits, most: int, memory: Memory, slot: int, key: int) -> None:
    """Queue a rest if a wanted path can have it and the backward side has none as good."""
    hops = key & HOP_MASK
    if hops > limits.max_hops or cheapest(memory, BACKWARD, slot, hops) <= key:
        return
    reached = cheapest(memory, FORWARD, slot, limits.max_hops - hops)
    if reached < UNREACHABLE and (reached >> HOP_BITS) + (key >> HOP_BITS) <= most:
        queue(memory, REST, slot, key)

"""From a settled label to those beyond it, the cheapest relationships first and no further than needed. Compiled.

Whoever has thousands of relationships is met in most searches, and most of what they lead to is dearer than any path
that is wanted. So a label follows only those whose turn it is, and leaves the others for later.
"""

from service.graph.cheapest_rows import MANY, nth_cheapest, ranked
from service.graph.compiled import kernel
from service.graph.limits import Limits
from service.graph.paths.known_steps import know
from service.graph.paths.labels import HOP_BITS, HOP_MASK, leave, queue
from service.graph.paths.search_memory import (
    BACKWARD,
    EXAMINED,
    FORWARD,
    UNREACHABLE,
    WAITING,
    Memory,
    heap_of,
    slot_of,
)
from service.graph.paths.steps import Arcs, Rules, distrusted, row_cost
from service.graph.paths.ways import closed, dead_end, ends
from service.graph.snapshot import WARY, Parts

AT_LEAST = 8
"""So many relationships are followed at a time, even if their turn has not come: to come back costs as much."""

NOBODY = 128
"""A bit that nobody has."""


@kernel
def set_out(
    arcs: Arcs,
    rules: Rules,
    limits: Limits,
    usual_parts: Parts,
    memory: Memory,
    kind: int,
    shared: bool,
    label: int,
    outward: bool,
) -> None:
    """Begin with the relationships of a label just settled, `outward` with those of whom the person trusts, else with
    those who trust them."""
    offsets = arcs.out_offsets if outward else arcs.in_offsets
    person = memory.person[memory.label_slot[kind, label]]
    begin, end = int(offsets[person]), int(offsets[person + 1])
    if end - begin < MANY:
        _follow(arcs, rules, limits, usual_parts, memory, kind, shared, label, outward, begin, end, False)
    else:
        last = ranked(end - begin)
        _follow(arcs, rules, limits, usual_parts, memory, kind, shared, label, outward, 0, last, True)


@kernel
def go_on(
    arcs: Arcs,
    rules: Rules,
    limits: Limits,
    usual_parts: Parts,
    memory: Memory,
    kind: int,
    shared: bool,
    label: int,
    outward: bool,
) -> None:
    """Go on where a label has left its relationships; after the cheapest ones, with all."""
    offsets = arcs.out_offsets if outward else arcs.in_offsets
    person = memory.person[memory.label_slot[kind, label]]
    begin, end = int(offsets[person]), int(offsets[person + 1])
    rank, last = memory.label_rank[kind, label, int(outward)], ranked(end - begin)
    if rank < last:
        _follow(arcs, rules, limits, usual_parts, memory, kind, shared, label, outward, rank, last, True)
    else:
        _follow(arcs, rules, limits, usual_parts, memory, kind, shared, label, outward, begin, end, False)


@kernel
def _follow(
    arcs: Arcs,
    rules: Rules,
    limits: Limits,
    usual_parts: Parts,
    memory: Memory,
    kind: int,
    shared: bool,
    label: int,
    outward: bool,
    begin: int,
    end: int,
    in_order: bool,
) -> None:
    """Queue labels over relationships: over the cheapest ones `in_order`, from one rank to another and as long as it is
    their turn; or else over all from one place to another."""
    # Arrays are taken out of their tuples once: within the loop that would cost more than the loop.
    others, order = (arcs.to, arcs.out_cheapest) if outward else (arcs.in_from, arcs.in_cheapest)
    offsets = arcs.out_offsets if outward else arcs.in_offsets
    rows, terms, ageing = arcs.in_rows, arcs.terms, rules.ageing
    slots, parts = memory.slot, memory.part
    slot, key = memory.label_slot[kind, label], memory.label_key[kind, label]
    heap = heap_of(kind, (key & HOP_MASK) + 1)
    person, hops, cost = memory.person[slot], (key & HOP_MASK) + 1, (key >> HOP_BITS) + limits.handover
    first, many = int(offsets[person]), int(offsets[person + 1] - offsets[person])
    # Whoever is a source of a later search must be known even if nothing leads on from there.
    many_sources = shared and kind == BACKWARD
    blind = NOBODY if many_sources else dead_end(rules, kind)
    last = hops >= limits.max_hops and not many_sources
    turn = memory.heap_key[heap, 0] >> HOP_BITS if memory.counts[WAITING + heap] > 0 else UNREACHABLE
    followed, bound = end - begin, 0
    for place in range(begin, end):
        at = nth_cheapest(order, first, many, place) if in_order else place
        if in_order:
            term = terms[at if outward else rows[at]]
            bound = cost + max(0, term["cost"] + ageing[term["last_seen"]] - rules.drift)
            if bound > turn and place - begin >= AT_LEAST:
                followed = place - begin
                break
        other = others[at]
        there = slots[other]
        part = usual_parts[other] if there == 0 else parts[there]
        if closed(part, kind):
            continue
        if there == 0:
            if last or part & blind == blind:
                continue
        elif ends(part, kind, shared, last):
            continue
        step = row_cost(terms[at if outward else rows[at]], rules)
        if step < 0 or cost + step > limits.max_total:
            continue
        if (parts[slot] if outward else part) & WARY and distrusted(
            arcs, rules, person if outward else other, other if outward else person
        ):
            continue
        if there == 0:
            there = slot_of(memory, usual_parts, other)
        onward = ((cost + step) << HOP_BITS) | hops
        if kind == FORWARD:
            know(memory, kind, slot, there, step + limits.handover, onward)
        else:
            know(memory, kind, there, slot, step + limits.handover, onward)
        queue(memory, kind, there, onward)
    memory.counts[EXAMINED] += followed
    if in_order and bound <= limits.max_total:
        leave(memory, kind, label, outward, begin + followed, bound << HOP_BITS)

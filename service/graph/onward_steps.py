"""The steps from a person that wanted paths can take, listed once however many partial paths come by. Compiled."""

from service.graph.compiled import kernel
from service.graph.labels import HOP_BITS, cheapest
from service.graph.limits import Limits
from service.graph.rests import RESTS, rest_of
from service.graph.search_memory import (
    BACKWARD,
    EXAMINED,
    FORWARD,
    LAYERS,
    LISTED,
    REST,
    STEPS,
    Memory,
    has_room,
    heap_of,
)
from service.graph.snapshot import BARRED, WARY
from service.graph.steps import SOURCE, TARGET, Arcs, Rules, distrusted, row_cost


@kernel
def list_steps(arcs: Arcs, rules: Rules, limits: Limits, most: int, memory: Memory, slot: int) -> None:
    """List the steps of a person that paths of up to `most` can take, each at the cost of its cheapest relationship."""
    if memory.steps_begin[slot] >= 0:
        return
    memory.steps_begin[slot] = memory.steps_end[slot] = memory.counts[STEPS]
    memory.listed[memory.counts[LISTED]] = slot
    memory.counts[LISTED] += 1
    person = memory.person[slot]
    for outward in (True, False):
        if outward and rules.along_trust:
            begin, end = int(arcs.out_offsets[person]), int(arcs.out_offsets[person + 1])
        elif not outward and rules.against_trust:
            begin, end = int(arcs.in_offsets[person]), int(arcs.in_offsets[person + 1])
        else:
            continue
        _list(arcs, rules, limits, most, memory, slot, begin, end, outward)
    memory.steps_end[slot] = memory.counts[STEPS]


@kernel
def _list(
    arcs: Arcs,
    rules: Rules,
    limits: Limits,
    most: int,
    memory: Memory,
    slot: int,
    begin: int,
    end: int,
    outward: bool,
) -> None:
    if not has_room(memory, REST, RESTS, end - begin):
        return
    others, rows, terms = arcs.to if outward else arcs.in_from, arcs.in_rows, arcs.terms
    slots, parts, fewest = memory.slot, memory.part, memory.fewest
    nearer, settled = memory.settled[BACKWARD], memory.settled[REST]
    step_slot, step_cost, listed_at = memory.step_slot, memory.step_cost, memory.listed_at
    person, first, count = memory.person[slot], memory.steps_begin[slot], memory.counts[STEPS]
    # Nothing comes here for less than what is settled, or is still to be settled with more hops.
    before = cheapest(memory, FORWARD, slot, limits.max_hops)
    for hops in range(LAYERS):
        before = min(before, memory.radius[heap_of(FORWARD, hops)])
    before = (before >> HOP_BITS) + limits.handover
    memory.counts[EXAMINED] += end - begin
    for place in range(begin, end):
        other = others[place]
        if not (nearer[other >> 3] | settled[other >> 3]) >> (other & 7) & 1:
            continue
        there = slots[other]
        if parts[there] & BARRED or parts[there] & (SOURCE | TARGET) == SOURCE:
            continue
        ends = (parts[there] & TARGET) != 0
        if not ends and min(fewest[there, BACKWARD], fewest[there, REST]) >= limits.max_hops:
            continue
        step = row_cost(terms[place if outward else rows[place]], rules)
        if step < 0:
            continue
        rest = 0 if ends else rest_of(memory, there, limits.max_hops - 1) >> HOP_BITS
        if before + step + rest > most:
            continue
        if parts[slot if outward else there] & WARY and distrusted(
            arcs, rules, person if outward else other, other if outward else person
        ):
            continue
        known = listed_at[there]
        if first <= known < count and step_slot[known] == there:
            step_cost[known] = min(step_cost[known], step + limits.handover)
        else:
            listed_at[there] = count
            step_slot[count] = there
            step_cost[count] = step + limits.handover
            count += 1
    memory.counts[STEPS] = count

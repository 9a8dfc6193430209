"""The two sides of a search: Dijkstra from the sources and from the targets, by cost and hops, in turns. Compiled.

A path of h hops that is not found yet has a person up to whom neither side has come: over i hops from the sources and
at most h - i from the targets, both to be settled. So it costs no less than the next label of i hops and the next one
of j from the other end, for some i + j of at most `max_hops`, and the least of these sums is how far the search has
come. Labels of many hops, of which there are most, are thus held against the other side's labels of few.
"""

from service.graph.cheapest_rows import MANY
from service.graph.compiled import kernel
from service.graph.limits import Limits, StopFlag
from service.graph.paths.crossings import aim, guess, meet
from service.graph.paths.labels import HOP_BITS, HOP_MASK, cheapest, next_key, resume, settle_next
from service.graph.paths.onward_labels import AT_LEAST, go_on, set_out
from service.graph.paths.search_memory import (
    BACKWARD,
    FORWARD,
    FULL,
    HEAPS,
    LABELS,
    LAYERS,
    SEARCHES,
    UNREACHABLE,
    WORK,
    Memory,
    has_room,
    heap_of,
)
from service.graph.paths.steps import SOURCE, TARGET, Arcs, Rules
from service.graph.paths.ways import against, along
from service.graph.snapshot import Int, Parts

LOOKS = 8
"""So many relationships are looked through in the time that it takes to follow one."""

CAUTION = 7
"""So many searches more are counted than there were so far, when it is asked what those to come will need."""


@kernel
def settle_ends(
    arcs: Arcs,
    rules: Rules,
    limits: Limits,
    usual_parts: Parts,
    memory: Memory,
    sources: Int,
    shares: tuple[int, int],
    stop: StopFlag,
) -> None:
    """Settle the targets, or else paths might end inside the forward side unnoticed, and the sources where some are
    targets, too: to these the backward side does not come."""
    side, heap = BACKWARD, heap_of(BACKWARD, 0)
    while next_key(memory, side, heap) < UNREACHABLE and not memory.counts[FULL] and not stop[0]:
        if shares[FORWARD] > 1:
            reached = cheapest(memory, FORWARD, memory.heap_slot[heap, 0], limits.max_hops)
            if reached < UNREACHABLE:
                guess(memory, reached >> HOP_BITS)
        expand_next(arcs, rules, limits, usual_parts, memory, side, heap, shares[side] > 1)
    both = False
    for source in sources:
        both = both or memory.part[memory.slot[source]] & TARGET != 0
    side, heap = FORWARD, heap_of(FORWARD, 0)
    while both and next_key(memory, side, heap) < UNREACHABLE and not memory.counts[FULL] and not stop[0]:
        expand_next(arcs, rules, limits, usual_parts, memory, side, heap, shares[side] > 1)


@kernel
def grow(
    arcs: Arcs,
    rules: Rules,
    limits: Limits,
    usual_parts: Parts,
    memory: Memory,
    rank: int,
    least: int,
    shares: tuple[int, int],
    stop: StopFlag,
) -> int:
    """Grow both sides until every path within the aim must cross; the cost from which on paths may still be missing,
    UNREACHABLE where none is.

    Of the two labels that may be the next to meet, that one is settled whose hops have cost less work, its own
    relationships included, so that hubs are left to the other side as long as they can. A side that serves many
    searches, as `shares` says, is held against what the other one has cost on average so far; of the first few
    searches less is believed.
    """
    so_far = min(max(shares[FORWARD], shares[BACKWARD]), memory.counts[SEARCHES] + CAUTION)
    parts = (
        shares[FORWARD] if shares[FORWARD] > 1 else so_far,
        shares[BACKWARD] if shares[BACKWARD] > 1 else so_far,
    )
    for heap in range(HEAPS):
        memory.radius[heap] = next_key(memory, heap // LAYERS, heap)
    while not stop[0]:
        reach, ahead, back = _reach(memory, limits.max_hops)
        if reach > aim(memory, rank, least) or reach > limits.max_total:
            return reach
        forward, backward = heap_of(FORWARD, ahead), heap_of(BACKWARD, back)
        burden = (
            (memory.counts[WORK + forward] + _burden(arcs, rules, memory, FORWARD, forward)) / parts[FORWARD],
            (memory.counts[WORK + backward] + _burden(arcs, rules, memory, BACKWARD, backward)) / parts[BACKWARD],
        )
        kind = FORWARD if burden[FORWARD] < burden[BACKWARD] else BACKWARD
        heap = forward if kind == FORWARD else backward
        key = next_key(memory, kind, heap)
        if key == memory.radius[heap]:
            expand_next(arcs, rules, limits, usual_parts, memory, kind, heap, shares[kind] > 1)
            if memory.counts[FULL]:
                break
            key = next_key(memory, kind, heap)
            if heap + 1 < (kind + 1) * LAYERS:
                memory.radius[heap + 1] = next_key(memory, kind, heap + 1)
        memory.radius[heap] = key
    return 0


@kernel
def _reach(memory: Memory, max_hops: int) -> tuple[int, int, int]:
    """The least that a path not found yet can cost, UNREACHABLE where there is none, and the hops of the two labels
    that make it up. Of equal ones, those of the fewest hops, so that each side settles nothing that a label of fewer
    hops might still better."""
    reach, ahead, back = UNREACHABLE, 0, 0
    for hops in range(max_hops + 1):
        forward = memory.radius[heap_of(FORWARD, hops)]
        if forward == UNREACHABLE:
            continue
        for rest in range(max_hops - hops + 1):
            backward = memory.radius[heap_of(BACKWARD, rest)]
            if backward < UNREACHABLE and (forward >> HOP_BITS) + (backward >> HOP_BITS) < reach:
                reach, ahead, back = (forward >> HOP_BITS) + (backward >> HOP_BITS), hops, rest
    return reach, ahead, back


@kernel
def expand_next(
    arcs: Arcs, rules: Rules, limits: Limits, usual_parts: Parts, memory: Memory, kind: int, heap: int, shared: bool
) -> None:
    """Settle the next label of a heap and go on from there, or take up what another has left for now. A side that is
    `shared` by many searches must not stop at the ends of one of them."""
    # A person's relationships are gone through once for meetings and once for labels.
    onward = min(heap + 1, (kind + 1) * LAYERS - 1)
    if not has_room(memory, kind, onward, 2 * _ties(arcs, rules, memory, kind, heap) + 2):
        return
    memory.counts[WORK + heap] += _burden(arcs, rules, memory, kind, heap)
    if memory.heap_slot[heap, 0] < 0:
        label, outward = resume(memory, heap)
        go_on(arcs, rules, limits, usual_parts, memory, kind, shared, label, outward)
        return
    key, slot = settle_next(memory, kind, heap)
    hops = key & HOP_MASK
    if hops >= limits.max_hops or (kind == BACKWARD and hops > 0 and memory.part[slot] & SOURCE and not shared):
        return
    label = memory.counts[LABELS + kind] - 1
    for outward in (True, False):
        if along(rules, kind) if outward else against(rules, kind):
            meet(arcs, rules, limits, memory, kind, slot, key, outward)
            set_out(arcs, rules, limits, usual_parts, memory, kind, shared, label, outward)


@kernel
def _ties(arcs: Arcs, rules: Rules, memory: Memory, kind: int, heap: int) -> int:
    """How many relationships are those of the person whose turn is next in a heap."""
    slot = memory.heap_slot[heap, 0]
    person = memory.person[slot if slot > 0 else memory.label_slot[kind, (-1 - slot) >> 1]]
    ties = 0
    if along(rules, kind):
        ties += arcs.out_offsets[person + 1] - arcs.out_offsets[person]
    if against(rules, kind):
        ties += arcs.in_offsets[person + 1] - arcs.in_offsets[person]
    return ties


@kernel
def _burden(arcs: Arcs, rules: Rules, memory: Memory, kind: int, heap: int) -> int:
    """About how much the next turn of a heap has to do: relationships to be followed, and looked through before."""
    if memory.heap_slot[heap, 0] < 0:
        return AT_LEAST
    ties = _ties(arcs, rules, memory, kind, heap)
    return min(ties, MANY) + ties // LOOKS

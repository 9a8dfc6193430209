"""The two sides of a search: Dijkstra from the sources and from the targets, by cost and hops, in turns. Compiled."""

from numba import njit

from service.graph.cheapest_rows import MANY
from service.graph.crossings import aim, meet
from service.graph.labels import HOP_BITS, HOP_MASK, next_key, resume, settle_next
from service.graph.limits import Limits, StopFlag
from service.graph.onward_labels import AT_LEAST, go_on, set_out
from service.graph.search_memory import BACKWARD, FORWARD, FULL, LABELS, UNREACHABLE, WORK, Memory, has_room
from service.graph.snapshot import Parts
from service.graph.steps import SOURCE, Arcs, Rules
from service.graph.ways import against, along

LOOKS = 8
"""So many relationships are looked through in the time that it takes to follow one."""


@njit(cache=True, nogil=True)
def grow(
    arcs: Arcs,
    rules: Rules,
    limits: Limits,
    standing: Parts,
    memory: Memory,
    rank: int,
    least: int,
    shares: tuple[int, int],
    stop: StopFlag,
) -> int:
    """Grow both sides until every path within the aim must cross; the cost from which on paths may still be missing.

    That cost is what the two radii add up to, UNREACHABLE where one side has run dry. The next label is that of the
    side that has done less, its own relationships included, so that hubs are left to the other side as long as
    they can. A side that serves many searches counts for its share: `shares` are how many.
    """
    while not stop[0]:
        forward, backward = next_key(memory, FORWARD), next_key(memory, BACKWARD)
        if forward == UNREACHABLE or backward == UNREACHABLE:
            return UNREACHABLE
        reach = (forward >> HOP_BITS) + (backward >> HOP_BITS)
        if reach > aim(memory, rank, least) or reach > limits.max_total:
            return reach
        burden = (
            (memory.counts[WORK + FORWARD] + _burden(arcs, rules, memory, FORWARD)) / shares[FORWARD],
            (memory.counts[WORK + BACKWARD] + _burden(arcs, rules, memory, BACKWARD)) / shares[BACKWARD],
        )
        kind = FORWARD if burden[FORWARD] < burden[BACKWARD] else BACKWARD
        expand_next(arcs, rules, limits, standing, memory, kind, shares[kind] > 1)
        if memory.counts[FULL]:
            break
    return 0


@njit(cache=True, nogil=True)
def expand_next(
    arcs: Arcs, rules: Rules, limits: Limits, standing: Parts, memory: Memory, kind: int, shared: bool
) -> None:
    """Settle the next label of a side and go on from there, or take up what another has left for now. A side that is
    `shared` by many searches must not stop at the ends of one of them."""
    # A person's relationships are gone through once for meetings and once for labels.
    if not has_room(memory, kind, 2 * _ties(arcs, rules, memory, kind) + 2):
        return
    memory.counts[WORK + kind] += _burden(arcs, rules, memory, kind)
    if memory.heap_slot[kind, 0] < 0:
        label, outward = resume(memory, kind)
        go_on(arcs, rules, limits, standing, memory, kind, shared, label, outward)
        return
    key, slot = settle_next(memory, kind)
    hops = key & HOP_MASK
    if hops >= limits.max_hops or (kind == BACKWARD and hops > 0 and memory.part[slot] & SOURCE and not shared):
        return
    label = memory.counts[LABELS + kind] - 1
    for outward in (True, False):
        if along(rules, kind) if outward else against(rules, kind):
            meet(arcs, rules, limits, memory, kind, slot, key, outward)
            set_out(arcs, rules, limits, standing, memory, kind, shared, label, outward)


@njit(cache=True, nogil=True)
def _ties(arcs: Arcs, rules: Rules, memory: Memory, kind: int) -> int:
    """How many relationships are those of the person whose turn is next on a side."""
    slot = memory.heap_slot[kind, 0]
    person = memory.person[slot if slot > 0 else memory.label_slot[kind, (-1 - slot) >> 1]]
    ties = 0
    if along(rules, kind):
        ties += arcs.out_offsets[person + 1] - arcs.out_offsets[person]
    if against(rules, kind):
        ties += arcs.in_offsets[person + 1] - arcs.in_offsets[person]
    return ties


@njit(cache=True, nogil=True)
def _burden(arcs: Arcs, rules: Rules, memory: Memory, kind: int) -> int:
    """About how much the next turn of a side has to do: relationships to be followed, and looked through before."""
    if memory.heap_slot[kind, 0] < 0:
        return AT_LEAST
    ties = _ties(arcs, rules, memory, kind)
    return min(ties, MANY) + ties // LOOKS

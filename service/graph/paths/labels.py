"""Labels: what it costs, in how many hops, to come to a person from the sources, or from them to the targets. Compiled.

A key orders labels by cost, then hops: `cost << HOP_BITS | hops`. Costs count one handover for every step; a path has
one less. A label is worth settling only if none that is settled there is as good in both (Hansen 1980).

Labels from the ends wait by hops, each in a heap of its own, since how far the search must go depends on how many hops
are left to the other side (see `sides`). Beside labels, a heap holds what a settled one of one hop less has left
undone: places in the order of its person's relationships from where on labels of at least that key come. `heap_slot`
is then below 0.
"""

from service.graph.compiled import kernel
from service.graph.paths.frontier import pop, push
from service.graph.paths.search_memory import LABELS, NO_LABEL, TOUCHED, UNREACHABLE, WAITING, Memory, heap_of

HOP_BITS = 4
HOP_MASK = (1 << HOP_BITS) - 1


@kernel
def queue(memory: Memory, kind: int, slot: int, key: int) -> None:
    """Let a label wait for its turn, unless one that is queued or settled is as good in both."""
    hops = key & HOP_MASK
    known = memory.tentative[slot, kind]
    if known <= key and (known & HOP_MASK) <= hops:
        return
    if memory.newest[slot, kind] != NO_LABEL and cheapest(memory, kind, slot, hops) <= key:
        return
    if known == UNREACHABLE:
        touch(memory, kind, slot)
    memory.tentative[slot, kind] = min(key, known)
    add(memory, heap_of(kind, hops), key, slot)


@kernel
def add(memory: Memory, heap: int, key: int, slot: int) -> None:
    """Put something into a heap."""
    waiting = memory.counts[WAITING + heap]
    memory.counts[WAITING + heap] = push(memory.heap_key[heap], memory.heap_slot[heap], waiting, key, slot)


@kernel
def take(memory: Memory, heap: int) -> tuple[int, int]:
    """The first thing in a heap, taken off it: key and slot."""
    key, slot = memory.heap_key[heap, 0], memory.heap_slot[heap, 0]
    waiting = memory.counts[WAITING + heap]
    memory.counts[WAITING + heap] = pop(memory.heap_key[heap], memory.heap_slot[heap], waiting)
    return key, slot


@kernel
def touch(memory: Memory, kind: int, slot: int) -> None:
    """Remember that a slot has something of a kind."""
    memory.touched[kind, memory.counts[TOUCHED + kind]] = slot
    memory.counts[TOUCHED + kind] += 1


@kernel
def next_key(memory: Memory, kind: int, heap: int) -> int:
    """The least key that a label of a heap still to be settled can have, UNREACHABLE where none is left. Drops labels
    that say nothing new."""
    while memory.counts[WAITING + heap] > 0:
        key, slot = memory.heap_key[heap, 0], memory.heap_slot[heap, 0]
        if slot < 0 or memory.newest[slot, kind] == NO_LABEL or cheapest(memory, kind, slot, key & HOP_MASK) > key:
            return key
        take(memory, heap)
    return UNREACHABLE


@kernel
def settle_next(memory: Memory, kind: int, heap: int) -> tuple[int, int]:
    """Settle the label that `next_key` has shown; its key and its slot."""
    key, slot = take(memory, heap)
    label = memory.counts[LABELS + kind]
    memory.counts[LABELS + kind] = label + 1
    memory.label_slot[kind, label] = slot
    memory.label_key[kind, label] = key
    memory.label_older[kind, label] = memory.newest[slot, kind]
    memory.newest[slot, kind] = label
    memory.fewest[slot, kind] = min(key & HOP_MASK, memory.fewest[slot, kind])
    person = memory.person[slot]
    memory.settled[kind, person >> 3] |= 1 << (person & 7)
    return key, slot


@kernel
def leave(memory: Memory, kind: int, label: int, outward: bool, rank: int, key: int) -> None:
    """Leave the relationships of a label's person for later, from a rank in their order, in one direction."""
    memory.label_rank[kind, label, int(outward)] = rank
    hops = (memory.label_key[kind, label] & HOP_MASK) + 1
    add(memory, heap_of(kind, hops), key, -1 - (2 * label + int(outward)))


@kernel
def resume(memory: Memory, heap: int) -> tuple[int, bool]:
    """Take up what was left for the time that `next_key` has shown: the label and the direction."""
    left = -1 - take(memory, heap)[1]
    return left >> 1, (left & 1) != 0


@kernel
def cheapest(memory: Memory, kind: int, slot: int, hops: int) -> int:
    """The least key settled with at most so many hops; UNREACHABLE where there is none."""
    best = UNREACHABLE
    label = memory.newest[slot, kind]
    while label != NO_LABEL:
        key = memory.label_key[kind, label]
        if key < best and (key & HOP_MASK) <= hops:
            best = key
        label = memory.label_older[kind, label]
    return best

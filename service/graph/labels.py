"""Labels: what it costs, in how many hops, to come to a person from the sources, or from them to the targets. Compiled.

A key orders labels by cost, then hops: `cost << HOP_BITS | hops`. They are settled in that order, so a label says
something new about its person only if it has fewer hops than all settled there before. Costs count one handover for
every step; a path has one less.

Beside labels, the queue holds what a settled one has left undone: places in the order of its person's relationships
from where on labels of at least that key come. `heap_slot` is then below 0.
"""

from numba import njit

from service.graph.frontier import pop, push
from service.graph.search_memory import LABELS, NO_LABEL, TOUCHED, UNREACHABLE, WAITING, Memory

HOP_BITS = 4
HOP_MASK = (1 << HOP_BITS) - 1


@njit(cache=True, nogil=True)
def queue(memory: Memory, kind: int, slot: int, key: int) -> None:
    """Let a label wait for its turn, unless one that is known is as good in both."""
    hops = key & HOP_MASK
    known = memory.tentative[slot, kind]
    if memory.fewest[slot, kind] <= hops or (key >= known and hops >= (known & HOP_MASK) and known < UNREACHABLE):
        return
    if known == UNREACHABLE:
        touch(memory, kind, slot)
    memory.tentative[slot, kind] = min(key, known)
    memory.counts[WAITING + kind] = push(
        memory.heap_key[kind], memory.heap_slot[kind], memory.counts[WAITING + kind], key, slot
    )


@njit(cache=True, nogil=True)
def touch(memory: Memory, kind: int, slot: int) -> None:
    """Remember that a slot has something of a kind."""
    memory.touched[kind, memory.counts[TOUCHED + kind]] = slot
    memory.counts[TOUCHED + kind] += 1


@njit(cache=True, nogil=True)
def next_key(memory: Memory, kind: int) -> int:
    """The least key that a label still to be settled can have, UNREACHABLE where none is left. Drops labels that say
    nothing new."""
    while memory.counts[WAITING + kind] > 0:
        key, slot = memory.heap_key[kind, 0], memory.heap_slot[kind, 0]
        if slot < 0 or memory.fewest[slot, kind] > (key & HOP_MASK):
            return key
        memory.counts[WAITING + kind] = pop(
            memory.heap_key[kind], memory.heap_slot[kind], memory.counts[WAITING + kind]
        )
    return UNREACHABLE


@njit(cache=True, nogil=True)
def settle_next(memory: Memory, kind: int) -> tuple[int, int]:
    """Settle the label that `next_key` has shown; its key and its slot."""
    key, slot = memory.heap_key[kind, 0], memory.heap_slot[kind, 0]
    memory.counts[WAITING + kind] = pop(memory.heap_key[kind], memory.heap_slot[kind], memory.counts[WAITING + kind])
    label = memory.counts[LABELS + kind]
    memory.counts[LABELS + kind] = label + 1
    memory.label_slot[kind, label] = slot
    memory.label_key[kind, label] = key
    memory.label_older[kind, label] = memory.newest[slot, kind]
    memory.newest[slot, kind] = label
    memory.fewest[slot, kind] = key & HOP_MASK
    person = memory.person[slot]
    memory.settled[kind, person >> 3] |= 1 << (person & 7)
    return key, slot


@njit(cache=True, nogil=True)
def leave(memory: Memory, kind: int, label: int, outward: bool, place: int, key: int) -> None:
    """Leave the relationships of a label's person for later, from a place in their order, in one direction."""
    memory.label_place[kind, label, int(outward)] = place
    memory.counts[WAITING + kind] = push(
        memory.heap_key[kind],
        memory.heap_slot[kind],
        memory.counts[WAITING + kind],
        key,
        -1 - (2 * label + int(outward)),
    )


@njit(cache=True, nogil=True)
def resume(memory: Memory, kind: int) -> tuple[int, bool]:
    """Take up what was left for the time that `next_key` has shown: the label and the direction."""
    left = -1 - memory.heap_slot[kind, 0]
    memory.counts[WAITING + kind] = pop(memory.heap_key[kind], memory.heap_slot[kind], memory.counts[WAITING + kind])
    return left >> 1, (left & 1) != 0


@njit(cache=True, nogil=True)
def cheapest(memory: Memory, kind: int, slot: int, hops: int) -> int:
    """The least key settled with at most so many hops; UNREACHABLE where there is none."""
    best = UNREACHABLE
    label = memory.newest[slot, kind]
    while label != NO_LABEL:
        key = memory.label_key[kind, label]
        if (key & HOP_MASK) > hops:
            break
        best = key
        label = memory.label_older[kind, label]
    return best

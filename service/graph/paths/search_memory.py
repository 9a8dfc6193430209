"""What a search writes down, in arrays that the next search on the same thread uses again. Compiled.

A person gets a slot when a search first meets them, and everything else is kept by slot, so that a search costs
what it touches and not what the graph holds.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.graph.compiled import kernel
from service.graph.costs import Costs
from service.graph.snapshot import Int, Parts

FORWARD, BACKWARD, REST = 0, 1, 2
"""Kinds of labels: from the sources; to the targets; and to the targets too, but only along paths that are wanted."""

KINDS = 3
CROSSING = 3
"""A kind of steps only, which the other kinds have, too."""

LAYERS = 9
"""Labels have from 0 to 8 hops."""

HEAPS = 2 * LAYERS + 1
"""Forward and backward labels wait by hops, rests all together."""

UNREACHABLE = 2**62
NO_LABEL = NO_STEP = -1
NEVER = 127
"""More hops than any label has."""

# Places in `counts`; LABELS, TOUCHED and KNOWN (CROSSING included) have one for each kind, WAITING and WORK for each
# heap.
SLOTS, GUESSES, STEPS, LISTED, EXAMINED, FULL, SEARCHES = range(7)
LABELS, TOUCHED, WAITING, WORK, KNOWN = 8, 12, 16, 40, 60


class Memory(NamedTuple):
    """Arrays by slot s, by kind k and slot, or filled from 0 up to what `counts` says.

    `slot[v]` is the slot of person v (0: none), `person[s]` the way back, `part[s]` the bits of `steps`.
    `newest[s, k]` is the label settled last, `fewest[s, k]` the least hops of one, `tentative[s, k]` the least key
    queued; bit
    `v & 7` of `settled[k, v >> 3]` says whether person v has a label. Label i of kind k is that of `label_slot[k, i]`,
    has key `label_key[k, i]`, and goes on at rank `label_rank[k, i]` (by direction); `label_older[k, i]` is the one
    settled before. `heap_key[h]` and `heap_slot[h]` are the queue of heap h (see `labels`), `radius[h]` a key that no
    label there is below; `touched[k]` the slots with a label of kind k. Step i of kind k leads from slot
    `known_from[k, i]` to `known_to[k, i]` (see `known_steps`); `last_known[s, k]` is the one kept last of slot s,
    `known_before[k, i]` the one before. `guesses` are costs of paths over crossings, the least first. The
    steps listed from s are those in `steps_begin[s]:steps_end[s]`; `listed` says whose are, `listed_at` where
    somebody was listed last.
    """

    slot: Int
    person: Int
    part: Parts
    tentative: Costs
    newest: Int
    fewest: npt.NDArray[np.int8]
    touched: Int
    settled: Parts
    label_slot: Int
    label_key: Costs
    label_rank: Int
    label_older: Int
    heap_key: Costs
    heap_slot: Int
    radius: Costs
    known_from: Int
    known_to: Int
    known_cost: Costs
    known_key: Costs
    known_before: Int
    last_known: Int
    guesses: Costs
    listed: Int
    listed_at: Int
    steps_begin: Int
    steps_end: Int
    step_slot: Int
    step_cost: Costs
    counts: Costs


def new_memory(people: int, room: int, guesses: int) -> Memory:
    """Memory for graphs of up to so many people. The system gives pages only when they are written to."""
    slots = people + 1
    return Memory(
        slot=np.zeros(people, dtype=np.int32),
        person=np.empty(slots, dtype=np.int32),
        part=np.empty(slots, dtype=np.uint8),
        tentative=np.empty((slots, KINDS), dtype=np.int64),
        newest=np.empty((slots, KINDS), dtype=np.int32),
        fewest=np.empty((slots, KINDS), dtype=np.int8),
        touched=np.empty((KINDS, slots), dtype=np.int32),
        settled=np.zeros((KINDS, people // 8 + 1), dtype=np.uint8),
        label_slot=np.empty((KINDS, room), dtype=np.int32),
        label_key=np.empty((KINDS, room), dtype=np.int64),
        label_rank=np.empty((KINDS, room, 2), dtype=np.int32),
        label_older=np.empty((KINDS, room), dtype=np.int32),
        heap_key=np.empty((HEAPS, room), dtype=np.int64),
        heap_slot=np.empty((HEAPS, room), dtype=np.int32),
        radius=np.empty(HEAPS, dtype=np.int64),
        known_from=np.empty((KINDS + 1, room), dtype=np.int32),
        known_to=np.empty((KINDS + 1, room), dtype=np.int32),
        known_cost=np.empty((KINDS + 1, room), dtype=np.int64),
        known_key=np.empty((KINDS + 1, room), dtype=np.int64),
        known_before=np.empty((KINDS + 1, room), dtype=np.int32),
        last_known=np.empty((slots, KINDS + 1), dtype=np.int32),
        guesses=np.empty(guesses, dtype=np.int64),
        listed=np.empty(slots, dtype=np.int32),
        listed_at=np.zeros(slots, dtype=np.int32),
        steps_begin=np.empty(slots, dtype=np.int32),
        steps_end=np.empty(slots, dtype=np.int32),
        step_slot=np.empty(room, dtype=np.int32),
        step_cost=np.empty(room, dtype=np.int64),
        counts=np.zeros(64, dtype=np.int64),
    )


@kernel
def begin(memory: Memory) -> None:
    """Forget the search before."""
    for slot in range(1, memory.counts[SLOTS] + 1):
        person = memory.person[slot]
        memory.slot[person] = 0
        memory.settled[:, person >> 3] = 0
    memory.counts[:] = 0


@kernel
def slot_of(memory: Memory, usual_parts: Parts, person: int) -> int:
    """The slot of a person, given to them if they have none."""
    slot = memory.slot[person]
    if slot == 0:
        slot = memory.counts[SLOTS] + 1
        memory.counts[SLOTS] = slot
        memory.slot[person] = slot
        memory.person[slot] = person
        memory.part[slot] = usual_parts[person]
        memory.steps_begin[slot] = -1
        memory.last_known[slot] = NO_STEP
        for kind in range(KINDS):
            _clear(memory, kind, slot)
    return slot


@kernel
def forget(memory: Memory, kind: int) -> None:
    """Drop all labels of a kind, settled and queued."""
    for place in range(memory.counts[TOUCHED + kind]):
        slot = memory.touched[kind, place]
        _clear(memory, kind, slot)
        memory.settled[kind, memory.person[slot] >> 3] = 0
    memory.counts[TOUCHED + kind] = memory.counts[LABELS + kind] = 0
    for heap in range(kind * LAYERS, min((kind + 1) * LAYERS, HEAPS)):
        memory.counts[WAITING + heap] = 0


@kernel
def forget_steps(memory: Memory) -> None:
    """Drop the steps listed."""
    for place in range(memory.counts[LISTED]):
        memory.steps_begin[memory.listed[place]] = -1
    memory.counts[LISTED] = memory.counts[STEPS] = 0


@kernel
def heap_of(kind: int, hops: int) -> int:
    """The heap in which labels of a kind with so many hops wait."""
    return kind * LAYERS + (0 if kind == REST else hops)


@kernel
def has_room(memory: Memory, kind: int, heap: int, more: int) -> bool:
    """Whether so many more labels in a heap, known and listed steps fit; if not, the search is marked as FULL."""
    room = memory.step_slot.shape[0]
    counts = memory.counts
    known = max(counts[KNOWN + kind], counts[KNOWN + CROSSING])
    most = max(counts[WAITING + heap], counts[LABELS + kind], known, counts[STEPS])
    if most + more >= room:
        counts[FULL] = 1
        return False
    return True


@kernel
def _clear(memory: Memory, kind: int, slot: int) -> None:
    memory.tentative[slot, kind] = UNREACHABLE
    memory.newest[slot, kind] = NO_LABEL
    memory.fewest[slot, kind] = NEVER

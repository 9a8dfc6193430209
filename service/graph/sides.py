"""The two sides of a search: Dijkstra from the sources and from the targets, by cost and hops, in turns. Compiled."""

from numba import njit

from service.graph.crossings import aim, cross, guess
from service.graph.frontier import push
from service.graph.labels import HOP_BITS, HOP_MASK, cheapest, next_key, settle_next, touch
from service.graph.limits import Limits, StopFlag
from service.graph.search_memory import (
    BACKWARD,
    FORWARD,
    FULL,
    UNREACHABLE,
    WAITING,
    WORK,
    Memory,
    has_room,
    slot_of,
)
from service.graph.snapshot import BARRED, TRUSTS_NOBODY, UNTRUSTED, WARY, Int, Parts, Terms
from service.graph.steps import CLOSED, SOURCE, TARGET, Arcs, Rules, distrusted, row_cost

NOBODY = 256
"""A bit that nobody has."""


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
    side that has examined less, its own relationships included, so that hubs are left to the other side as long as
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
            (memory.counts[WORK + FORWARD] + _ties(arcs, rules, memory, FORWARD)) / shares[FORWARD],
            (memory.counts[WORK + BACKWARD] + _ties(arcs, rules, memory, BACKWARD)) / shares[BACKWARD],
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
    """Settle the next label of a side and relax the steps beyond it. A side that is `shared` by many searches must
    not stop at the ends of one of them."""
    if not has_room(memory, kind, _ties(arcs, rules, memory, kind) + 1):
        return
    key, slot = settle_next(memory, kind)
    hops = key & HOP_MASK
    if hops >= limits.max_hops or (kind == BACKWARD and hops > 0 and memory.part[slot] & SOURCE and not shared):
        return
    person = memory.person[slot]
    for outward in (True, False):
        if outward and _along(rules, kind):
            begin, end = arcs.out_offsets[person], arcs.out_offsets[person + 1]
        elif not outward and _against(rules, kind):
            begin, end = arcs.in_offsets[person], arcs.in_offsets[person + 1]
        else:
            continue
        _relax(arcs, rules, limits, standing, memory, kind, shared, slot, key, begin, end, outward)


@njit(cache=True, nogil=True)
def _relax(
    arcs: Arcs,
    rules: Rules,
    limits: Limits,
    standing: Parts,
    memory: Memory,
    kind: int,
    shared: bool,
    slot: int,
    key: int,
    begin: int,
    end: int,
    outward: bool,
) -> None:
    """Relax the steps over some rows, `outward` of those of whom the person trusts, else of those who trust them."""
    # Arrays are taken out of their tuples once: within the loop that would cost more than the loop.
    others, rows, terms = arcs.to if outward else arcs.in_from, arcs.in_rows, arcs.terms
    slots, parts, fewest, newest, tentative = (
        memory.slot,
        memory.part,
        memory.fewest,
        memory.newest,
        memory.tentative,
    )
    keys, waiting, size = memory.heap_key[kind], memory.heap_slot[kind], memory.counts[WAITING + kind]
    person, hops, cost = memory.person[slot], (key & HOP_MASK) + 1, (key >> HOP_BITS) + limits.handover
    # Whoever is a source of a later search must be known even if nothing leads on from there.
    many_sources = shared and kind == BACKWARD
    dead_end = NOBODY if many_sources else _dead_end(rules, kind)
    last = hops >= limits.max_hops and not many_sources
    # The rest of the best walk over this person, on the other side.
    beyond = cheapest(memory, 1 - kind, slot, limits.max_hops - hops + 1)
    memory.counts[WORK + kind] += end - begin
    following = begin
    while following < end:
        place, other = following, others[following]
        following += 1
        while following < end and others[following] == other:
            following += 1
        there = slots[other]
        part = standing[other] if there == 0 else parts[there]
        if _closed(part, kind) or (there == 0 and (last or part & dead_end == dead_end)):
            continue
        ends, meets = False, False
        if there > 0:
            ends = _ends(part, kind, shared, last) or fewest[there, kind] <= hops
            meets = newest[there, 1 - kind] >= 0
            if ends and not meets:
                continue
        step = _cheapest(terms, rules, rows, outward, place, following)
        total = cost + step
        if step < 0 or total > limits.max_total:
            continue
        if (parts[slot] if outward else part) & WARY and distrusted(
            arcs, rules, person if outward else other, other if outward else person
        ):
            continue
        if meets:
            _meet(limits, memory, kind, slot, there, hops, total, step + limits.handover, beyond)
        if not ends:
            if there == 0:
                there = slot_of(memory, standing, other)
            longer, known = (total << HOP_BITS) | hops, tentative[there, kind]
            if longer < known or hops < (known & HOP_MASK):
                if known == UNREACHABLE:
                    touch(memory, kind, there)
                tentative[there, kind] = min(longer, known)
                size = push(keys, waiting, size, longer, there)
    memory.counts[WAITING + kind] = size


@njit(cache=True, nogil=True)
def _meet(
    limits: Limits, memory: Memory, kind: int, slot: int, there: int, hops: int, total: int, step: int, beyond: int
) -> None:
    """Note that a step leads to somebody whom the other side has settled, if a path over it can be wanted."""
    rest = cheapest(memory, 1 - kind, there, limits.max_hops - hops)
    if rest == UNREACHABLE or total + (rest >> HOP_BITS) > limits.max_total:
        return
    cross(memory, slot if kind == FORWARD else there, there if kind == FORWARD else slot, step)
    # Over a step of the other side's own best walk, this is a walk already guessed.
    if (rest >> HOP_BITS) + step != beyond >> HOP_BITS:
        guess(memory, total + (rest >> HOP_BITS))


@njit(cache=True, nogil=True)
def _closed(part: int, kind: int) -> bool:
    """Whether a side must not come to a person: barred, or at the end of paths that this side begins at."""
    if part & BARRED:
        return True
    entrance = TARGET if kind == BACKWARD else SOURCE
    exit_ = SOURCE if kind == BACKWARD else TARGET
    return part & entrance != 0 and part & exit_ == 0


@njit(cache=True, nogil=True)
def _ends(part: int, kind: int, shared: bool, last: bool) -> bool:
    """Whether a side gives a person no label, because every path over there ends with them or has too many hops."""
    if part & TARGET and not (shared and kind == FORWARD):
        return True
    return last and not (kind == BACKWARD and part & SOURCE)


@njit(cache=True, nogil=True, inline="always")
def _cheapest(terms: Terms, rules: Rules, rows: Int, outward: bool, begin: int, end: int) -> int:
    """The cost of the cheapest of parallel relationships, CLOSED where none counts."""
    step = CLOSED
    for place in range(begin, end):
        price = row_cost(terms[place if outward else rows[place]], rules)
        if price >= 0 and (step < 0 or price < step):
            step = price
    return step


@njit(cache=True, nogil=True)
def _ties(arcs: Arcs, rules: Rules, memory: Memory, kind: int) -> int:
    """How many relationships the next label of a side leads to."""
    person = memory.person[memory.heap_slot[kind, 0]]
    ties = 0
    if _along(rules, kind):
        ties += arcs.out_offsets[person + 1] - arcs.out_offsets[person]
    if _against(rules, kind):
        ties += arcs.in_offsets[person + 1] - arcs.in_offsets[person]
    return ties


@njit(cache=True, nogil=True)
def _along(rules: Rules, kind: int) -> bool:
    """Whether a side goes from a person to those whom the person trusts."""
    return rules.along_trust if kind == FORWARD else rules.against_trust


@njit(cache=True, nogil=True)
def _against(rules: Rules, kind: int) -> bool:
    """Whether a side goes from a person to those who trust the person."""
    return rules.against_trust if kind == FORWARD else rules.along_trust


@njit(cache=True, nogil=True)
def _dead_end(rules: Rules, kind: int) -> int:
    """The bits that together say that a side cannot go on from a person."""
    return (TRUSTS_NOBODY if _along(rules, kind) else 0) | (UNTRUSTED if _against(rules, kind) else 0)

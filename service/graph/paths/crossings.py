"""Where the two sides meet, and what the paths over there may cost. Compiled."""

from service.graph.compiled import kernel
from service.graph.limits import Limits
from service.graph.paths.known_steps import know
from service.graph.paths.labels import HOP_BITS, HOP_MASK, cheapest
from service.graph.paths.search_memory import CROSSING, EXAMINED, FORWARD, GUESSES, UNREACHABLE, Memory
from service.graph.paths.steps import Arcs, Rules, distrusted, parallel_cost
from service.graph.paths.ways import closed
from service.graph.snapshot import WARY


@kernel
def meet(
    arcs: Arcs, rules: Rules, limits: Limits, memory: Memory, kind: int, slot: int, key: int, outward: bool
) -> None:
    """Note the steps that lead from a label just settled to people whom the other side has settled.

    Each step between the two sides is found once, when the later one of its people is settled. A person may have
    thousands of relationships and few of them lead there: one bit of each of these people is looked at.
    """
    # Arrays are taken out of their tuples once: within the loop that would cost more than the loop.
    others, offsets = (arcs.to, arcs.out_offsets) if outward else (arcs.in_from, arcs.in_offsets)
    person, settled = memory.person[slot], memory.settled[1 - kind]
    # The rest of the best walk over this person, on the other side.
    beyond = cheapest(memory, 1 - kind, slot, limits.max_hops - (key & HOP_MASK))
    place, end = int(offsets[person]), int(offsets[person + 1])
    memory.counts[EXAMINED] += end - place
    while place < end:
        other = others[place]
        if not settled[other >> 3] >> (other & 7) & 1:
            place += 1
            continue
        following = place + 1
        while following < end and others[following] == other:
            following += 1
        _meet(arcs, rules, limits, memory, kind, slot, key, outward, place, following, beyond)
        place = following


@kernel
def _meet(
    arcs: Arcs,
    rules: Rules,
    limits: Limits,
    memory: Memory,
    kind: int,
    slot: int,
    key: int,
    outward: bool,
    begin: int,
    end: int,
    beyond: int,
) -> None:
    """Note the step over some parallel relationships, if a path over it can be wanted."""
    person, other = memory.person[slot], (arcs.to if outward else arcs.in_from)[begin]
    there, hops = memory.slot[other], (key & HOP_MASK) + 1
    if closed(memory.part[there], kind):
        return
    rest = cheapest(memory, 1 - kind, there, limits.max_hops - hops)
    if rest == UNREACHABLE:
        return
    step = parallel_cost(arcs, rules, outward, begin, end) + limits.handover
    total = (key >> HOP_BITS) + step
    if step < limits.handover or total + (rest >> HOP_BITS) > limits.max_total:
        return
    if memory.part[slot if outward else there] & WARY and distrusted(
        arcs, rules, person if outward else other, other if outward else person
    ):
        return
    if kind == FORWARD:
        know(memory, CROSSING, slot, there, step, 0)
    else:
        know(memory, CROSSING, there, slot, step, 0)
    # Over a step of the other side's own best walk, this is a walk already guessed.
    if (rest >> HOP_BITS) + step != beyond >> HOP_BITS:
        guess(memory, total + (rest >> HOP_BITS))


@kernel
def guess(memory: Memory, cost: int) -> None:
    """Keep the cost of a walk over a crossing, if it is among the least."""
    guesses, count = memory.guesses, memory.counts[GUESSES]
    if count == len(guesses):
        if cost >= guesses[count - 1]:
            return
        count -= 1
    memory.counts[GUESSES] = count + 1
    while count > 0 and guesses[count - 1] > cost:
        guesses[count] = guesses[count - 1]
        count -= 1
    guesses[count] = cost


@kernel
def aim(memory: Memory, rank: int, least: int) -> int:
    """How costly a path may be to be looked for now: the guess of a rank (from 1), but at least so much.

    Rank 0 stands for no guess. UNREACHABLE while too few crossings are known.
    """
    if rank == 0:
        return least
    if memory.counts[GUESSES] < rank:
        return UNREACHABLE
    return max(memory.guesses[rank - 1], least)


@kernel
def rank_above(memory: Memory, cost: int, missing: int) -> int:
    """The rank of the guess that is the so-manyth above a cost; 0 where there are not so many."""
    for place in range(memory.counts[GUESSES]):
        if memory.guesses[place] > cost:
            missing -= 1
            if missing <= 0:
                return place + 1
    return 0

"""What it costs to come from some people to everybody else, in one sweep instead of a search for each. Compiled.

Round h takes every step from those whose cost fell in round h − 1 (Bellman 1958, Ford 1956), so what it leaves are the
costs over at most h steps. Steps cost something, so the cheapest ways visit nobody twice: the costs are those of
trusted paths, `first: 1`.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from service.graph.compiled import kernel
from service.graph.costs import Costs
from service.graph.limits import StopFlag
from service.graph.paths.search_memory import UNREACHABLE
from service.graph.paths.steps import Arcs, Rules, distrusted, row_cost
from service.graph.snapshot import WARY, Flags, Int, Parts
from service.graph.texts import Offsets

REACHED, FOUND = 0, 1
"""Places in `counts`: how many people have a cost; how many got a lower one in this round and can be gone on from."""


class Bounds(NamedTuple):
    """Ways of at most `max_hops` steps and at most `max_cost`, entry and handovers included; `handover` is the price
    of each inner person."""

    max_hops: int
    max_cost: int
    handover: int


class Sweep(NamedTuple):
    """What a sweep writes down; made once, and used for one sweep after the other.

    `cost[v]` and `hops[v]` are those of the best way to person v (UNREACHABLE and −1 where there is none): of the
    cheapest ways one with the fewest steps. `reached[: counts[REACHED]]` are the people who have one. `starts` marks
    those a sweep begins at: no way leads through them. `front` and `front_cost` are whom a round goes on from.
    """

    cost: Costs
    hops: Int
    reached: Int
    starts: Flags
    front: Int
    front_cost: Costs
    fallen: Int
    counts: Costs


def new_sweep(people: int) -> Sweep:
    """Room for sweeps of a graph of so many people."""
    return Sweep(
        np.full(people, UNREACHABLE, dtype=np.int64),
        np.full(people, -1, dtype=np.int32),
        np.empty(people, dtype=np.int32),
        np.zeros(people, dtype=np.bool_),
        np.empty(people, dtype=np.int32),
        np.empty(people, dtype=np.int64),
        np.empty(people, dtype=np.int32),
        np.zeros(2, dtype=np.int64),
    )


@kernel
def sweep_from(
    arcs: Arcs,
    rules: Rules,
    bounds: Bounds,
    usual_parts: Parts,
    closed: Flags,
    sweep: Sweep,
    starts: Int,
    entry_costs: Costs,
    stop: StopFlag,
) -> None:
    """Sweep from people who are entered at a cost each; the sweep before is forgotten.

    No way comes to who is `closed`, or leads through a start; another start may lie at its end. Starts may be closed.
    Once `stop[0]` is raised from another thread, the costs mean nothing.
    """
    for place in range(sweep.counts[REACHED]):
        sweep.cost[sweep.reached[place]] = UNREACHABLE
        sweep.hops[sweep.reached[place]] = -1
    sweep.counts[REACHED] = waiting = 0
    for place in range(len(starts)):
        sweep.starts[starts[place]] = True
        if entry_costs[place] <= bounds.max_cost:
            lower(sweep, starts[place], entry_costs[place], 0)
            sweep.front[waiting], sweep.front_cost[waiting] = starts[place], entry_costs[place]
            waiting += 1
    for hops in range(1, bounds.max_hops + 1):
        handover = bounds.handover if hops > 1 else 0
        sweep.counts[FOUND] = 0
        for place in range(waiting):
            if stop[0]:
                break
            cost = sweep.front_cost[place] + handover
            if rules.along_trust:
                take_steps(arcs, rules, bounds, usual_parts, closed, sweep, sweep.front[place], cost, hops, True)
            if rules.against_trust:
                take_steps(arcs, rules, bounds, usual_parts, closed, sweep, sweep.front[place], cost, hops, False)
        waiting = sweep.counts[FOUND]
        for place in range(waiting):
            # A copy, since costs fall during the round that goes on from here.
            sweep.front[place], sweep.front_cost[place] = sweep.fallen[place], sweep.cost[sweep.fallen[place]]
    for start in starts:
        sweep.starts[start] = False


@kernel
def take_steps(
    arcs: Arcs,
    rules: Rules,
    bounds: Bounds,
    usual_parts: Parts,
    closed: Flags,
    sweep: Sweep,
    person: int,
    cost: int,
    hops: int,
    outward: bool,
) -> None:
    """Take a person's steps in one direction of the stored trust, from a cost with the handover in it."""
    offsets, others = (arcs.out_offsets, arcs.to) if outward else (arcs.in_offsets, arcs.in_from)
    rows, terms, best = arcs.in_rows, arcs.terms, sweep.cost
    for place in range(offsets[person], offsets[person + 1]):
        other = others[place]
        if best[other] <= cost or closed[other]:
            continue
        step = row_cost(terms[place if outward else rows[place]], rules)
        if step < 0 or cost + step > bounds.max_cost or cost + step >= best[other]:
            continue
        if usual_parts[person if outward else other] & WARY and distrusted(
            arcs, rules, person if outward else other, other if outward else person
        ):
            continue
        if sweep.hops[other] != hops and not sweep.starts[other]:
            sweep.fallen[sweep.counts[FOUND]] = other
            sweep.counts[FOUND] += 1
        lower(sweep, other, cost + step, hops)


@kernel
def lower(sweep: Sweep, person: int, cost: int, hops: int) -> None:
    """Note a lower cost than the one known."""
    if sweep.cost[person] == UNREACHABLE:
        sweep.reached[sweep.counts[REACHED]] = person
        sweep.counts[REACHED] += 1
    sweep.cost[person], sweep.hops[person] = cost, hops


@njit(cache=True, nogil=True)
def sweep_from_each(
    arcs: Arcs,
    rules: Rules,
    bounds: Bounds,
    usual_parts: Parts,
    closed: Flags,
    sweep: Sweep,
    people: Int,
    most: int,
    stop: StopFlag,
) -> tuple[Offsets, Int]:
    """Whom each of some people reaches, themselves included: `reached[offsets[i]:offsets[i + 1]]` for `people[i]`.

    Ends early, with fewer offsets than people have, where more than `most` would be reached in all, or at `stop`.
    """
    offsets = np.zeros(len(people) + 1, dtype=np.int64)
    reached = np.empty(1024, dtype=np.int32)
    free = np.zeros(1, dtype=np.int64)
    for place in range(len(people)):
        sweep_from(arcs, rules, bounds, usual_parts, closed, sweep, people[place : place + 1], free, stop)
        begin, end = offsets[place], offsets[place] + sweep.counts[REACHED]
        if stop[0] or end > most:
            return offsets[: place + 1], reached[:begin]
        if end > len(reached):
            reached = np.append(reached[:begin], np.empty(2 * end - begin, dtype=np.int32))
        reached[begin:end] = sweep.reached[: sweep.counts[REACHED]]
        offsets[place + 1] = end
    return offsets, reached[: offsets[-1]]

"""Open steps: which steps leave a person under one question, and what each costs. Compiled."""

from typing import NamedTuple

import numpy as np
from numba import njit

from service.graph.compiled import kernel
from service.graph.costs import Costs
from service.graph.snapshot import Flags, Int, Ranked, Terms
from service.graph.texts import Offsets

CLOSED = -1

SOURCE, TARGET = 2, 4
"""Bits of a person's part in one search, beside the usual ones: one of its sources, one of its targets."""


class Arcs(NamedTuple):
    """The arrays of a snapshot's Trust and Distrust that kernels read, under one roof for the compiler."""

    out_offsets: Offsets
    to: Int
    terms: Terms
    in_offsets: Offsets
    in_from: Int
    in_rows: Offsets
    out_cheapest: Ranked
    in_cheapest: Ranked
    distrust_offsets: Offsets
    distrust_to: Int
    distrust_topic: Int
    distrust_since: Int


class Rules(NamedTuple):
    """What opens and prices a relationship in one question.

    `penalties` and `closing` are per topic; `begun` (is it there yet on the question's day?), `seen` (late enough?) and
    `ageing` (what age adds) per day of the snapshot; `admitted` per ground. `drift` is by how much a row may cost less,
    topic aside, than one that is before it among the cheapest. `along_trust` admits steps that follow the stored
    relationship, `against_trust` those that run against it; EITHER sets both.
    """

    as_of: int
    penalties: Costs
    closing: Flags
    begun: Flags
    seen: Flags
    ageing: Costs
    admitted: Flags
    drift: int
    along_trust: bool
    against_trust: bool


@kernel
def distrusted(arcs: Arcs, rules: Rules, listener: int, speaker: int) -> bool:
    """True where the listener distrusts the speaker on a closing topic, in force at the question's day."""
    for row in range(arcs.distrust_offsets[listener], arcs.distrust_offsets[listener + 1]):
        if (
            arcs.distrust_to[row] == speaker
            and rules.closing[arcs.distrust_topic[row]]
            and arcs.distrust_since[row] <= rules.as_of
        ):
            return True
    return False


@njit(cache=True, nogil=True, inline="always")
def row_cost(terms: np.void, rules: Rules) -> int:
    """Cost of a relationship on these terms with age and topic, in micro-nats; CLOSED where it does not count.

    Distrust closes it besides.
    """
    penalty = rules.penalties[terms["topic"]]
    if penalty < 0 or not rules.begun[terms["since"]] or not rules.admitted[terms["grounds"]]:
        return CLOSED
    if not rules.seen[terms["last_seen"]]:
        return CLOSED
    return terms["cost"] + penalty + rules.ageing[terms["last_seen"]]


@kernel
def parallel_cost(arcs: Arcs, rules: Rules, outward: bool, begin: int, end: int) -> int:
    """The cost of the cheapest of parallel relationships, CLOSED where none counts."""
    step = CLOSED
    for place in range(begin, end):
        price = row_cost(arcs.terms[place if outward else arcs.in_rows[place]], rules)
        if price >= 0 and (step < 0 or price < step):
            step = price
    return step


@kernel
def chosen_row(arcs: Arcs, rules: Rules, person: int, neighbour: int) -> tuple[int, int, bool]:
    """The relationship that counts for one step: (row, cost, whether the step follows the stored direction).

    The cheapest open one; ties by smaller topic, and between the directions the one of INFLUENCE.
    Row CLOSED where no relationship is open.
    """
    row, cost, along = CLOSED, CLOSED, False
    if rules.against_trust and not distrusted(arcs, rules, neighbour, person):
        place, end = first_of(arcs.in_from, arcs.in_offsets, person, neighbour), arcs.in_offsets[person + 1]
        while place < end and arcs.in_from[place] == neighbour:
            candidate = row_cost(arcs.terms[arcs.in_rows[place]], rules)
            if candidate >= 0 and (cost < 0 or candidate < cost):
                row, cost = int(arcs.in_rows[place]), candidate
            place += 1
    if rules.along_trust and not distrusted(arcs, rules, person, neighbour):
        place, end = first_of(arcs.to, arcs.out_offsets, person, neighbour), arcs.out_offsets[person + 1]
        while place < end and arcs.to[place] == neighbour:
            candidate = row_cost(arcs.terms[place], rules)
            if candidate >= 0 and (cost < 0 or candidate < cost):
                row, cost, along = place, candidate, True
            place += 1
    return row, cost, along


@kernel
def first_of(others: Int, offsets: Offsets, person: int, other: int) -> int:
    """The first place among a person's rows, which are in order, where the other is, or would be."""
    place, end = offsets[person], offsets[person + 1]
    while place < end:
        middle = (place + end) >> 1
        if others[middle] < other:
            place = middle + 1
        else:
            end = middle
    return int(place)

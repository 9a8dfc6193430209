"""Open steps: which steps leave a person under one question, and what each costs. Compiled."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from service.graph.snapshot import Flags, Int, Terms
from service.graph.texts import Offsets

CLOSED = -1

BARRED = 1
SOURCE = 2
TARGET = 4
"""Bits of a person's part in a search: barred from it, one of its sources, one of its targets."""

Parts = npt.NDArray[np.uint8]
Costs = npt.NDArray[np.int64]


class Arcs(NamedTuple):
    """The arrays of a snapshot's Trust and Distrust that kernels read, under one roof for the compiler."""

    out_offsets: Offsets
    to: Int
    terms: Terms
    in_offsets: Offsets
    in_from: Int
    in_rows: Int
    distrust_offsets: Offsets
    distrust_to: Int
    distrust_topic: Int
    distrust_since: Int


class Rules(NamedTuple):
    """What opens and prices a relationship in one question.

    `penalties` and `closing` are per topic; `begun` (is it there yet on the question's day?) and `ageing` (what age
    adds) per day of the snapshot; `admitted` per ground. `along_trust` admits steps that follow the stored
    relationship, `against_trust` those that run against it; EITHER sets both.
    """

    as_of: int
    penalties: Costs
    closing: Flags
    begun: Flags
    ageing: Costs
    admitted: Flags
    along_trust: bool
    against_trust: bool


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def row_cost(arcs: Arcs, rules: Rules, row: int, listener: int, speaker: int) -> int:
    """Cost of one relationship with age and topic, in micro-nats; CLOSED where it does not count."""
    terms = arcs.terms[row]
    penalty = rules.penalties[terms["topic"]]
    if penalty < 0 or not rules.begun[terms["since"]] or not rules.admitted[terms["grounds"]]:
        return CLOSED
    if distrusted(arcs, rules, listener, speaker):
        return CLOSED
    return terms["cost"] + penalty + rules.ageing[terms["last_seen"]]


@njit(cache=True, nogil=True)
def open_steps(
    arcs: Arcs, rules: Rules, parts: Parts, person: int, backward: bool, neighbours: Int, costs: Costs
) -> tuple[int, int]:
    """Fill `neighbours` and `costs` with the open steps from a person (`backward`: to that person).

    One entry a neighbour, by vertex, at the cost of the cheapest open parallel relationship; barred neighbours
    are left out. Returns how many were filled, and how many relationships were examined.
    """
    out, out_end = arcs.out_offsets[person], arcs.out_offsets[person + 1]
    inward, in_end = arcs.in_offsets[person], arcs.in_offsets[person + 1]
    if not (rules.against_trust if backward else rules.along_trust):
        out = out_end
    if not (rules.along_trust if backward else rules.against_trust):
        inward = in_end
    examined = (out_end - out) + (in_end - inward)
    count = 0
    while out < out_end or inward < in_end:
        if inward >= in_end or (out < out_end and arcs.to[out] < arcs.in_from[inward]):
            neighbour = arcs.to[out]
        else:
            neighbour = arcs.in_from[inward]
        barred = parts[neighbour] & BARRED
        cheapest = CLOSED
        while out < out_end and arcs.to[out] == neighbour:
            if not barred:
                cost = row_cost(arcs, rules, out, person, neighbour)
                if cost >= 0 and (cheapest < 0 or cost < cheapest):
                    cheapest = cost
            out += 1
        while inward < in_end and arcs.in_from[inward] == neighbour:
            if not barred:
                cost = row_cost(arcs, rules, arcs.in_rows[inward], neighbour, person)
                if cost >= 0 and (cheapest < 0 or cost < cheapest):
                    cheapest = cost
            inward += 1
        if cheapest >= 0:
            neighbours[count] = neighbour
            costs[count] = cheapest
            count += 1
    return count, examined


@njit(cache=True, nogil=True)
def chosen_row(arcs: Arcs, rules: Rules, person: int, neighbour: int) -> tuple[int, int, bool]:
    """The relationship that counts for one step: (row, cost, whether the step follows the stored direction).

    The cheapest open one; ties by smaller topic, and between the directions the one of INFLUENCE.
    Row CLOSED where no relationship is open.
    """
    row, cost, along = CLOSED, CLOSED, False
    if rules.against_trust:
        for place in range(arcs.in_offsets[person], arcs.in_offsets[person + 1]):
            if arcs.in_from[place] == neighbour:
                candidate = row_cost(arcs, rules, arcs.in_rows[place], neighbour, person)
                if candidate >= 0 and (cost < 0 or candidate < cost):
                    row, cost = int(arcs.in_rows[place]), candidate
    if rules.along_trust:
        for place in range(arcs.out_offsets[person], arcs.out_offsets[person + 1]):
            if arcs.to[place] == neighbour:
                candidate = row_cost(arcs, rules, place, person, neighbour)
                if candidate >= 0 and (cost < 0 or candidate < cost):
                    row, cost, along = place, candidate, True
    return row, cost, along

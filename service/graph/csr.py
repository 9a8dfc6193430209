"""Puts relationships in order: rows by owner and neighbour, and the same rows seen from the other end. Compiled.

CSR: the rows of owner v are `offsets[v]:offsets[v + 1]`.
"""

import numpy as np
from numba import njit

from service.graph.snapshot import Int, Terms
from service.graph.texts import Offsets, Wide, offsets_from


def offsets_of(owners: Int, count: int) -> Offsets:
    """CSR offsets of rows whose owners are given, in whatever order."""
    return offsets_from(_counts(owners, count))


@njit(cache=True, nogil=True)
def _counts(owners: Int, count: int) -> Wide:
    counts = np.zeros(count, dtype=np.int64)
    for owner in owners:
        counts[owner] += 1
    return counts


@njit(cache=True, nogil=True)
def in_order(owners: Int, neighbours: Int, topics: Int, offsets: Offsets) -> Wide:
    """The order of rows by (owner, neighbour, topic), equal ones as they came."""
    order = np.empty(len(owners), dtype=np.int64)
    free = offsets[:-1].copy()
    for row in range(len(owners)):
        order[free[owners[row]]] = row
        free[owners[row]] += 1
    for owner in range(len(offsets) - 1):
        begin, end = offsets[owner], offsets[owner + 1]
        if end - begin > 1:
            rows = order[begin:end].copy()
            keys = np.empty(len(rows), dtype=np.int64)
            for place in range(len(rows)):
                keys[place] = (np.int64(neighbours[rows[place]]) << 32) | np.int64(topics[rows[place]])
            order[begin:end] = rows[np.argsort(keys, kind="mergesort")]
    return order


def inward(to: Int, out_offsets: Offsets) -> tuple[Offsets, Int, Offsets]:
    """`in_offsets`, `in_from`, `in_rows`: the rows by (to, from, topic), given those by (from, to, topic)."""
    in_offsets = offsets_of(to, len(out_offsets) - 1)
    in_from, in_rows = np.empty(len(to), dtype=np.int32), np.empty(len(to), dtype=out_offsets.dtype)
    _turn(to, out_offsets, in_offsets, in_from, in_rows)
    return in_offsets, in_from, in_rows


@njit(cache=True, nogil=True)
def _turn(to: Int, out_offsets: Offsets, in_offsets: Offsets, in_from: Int, in_rows: Offsets) -> None:
    free = in_offsets[:-1].copy()
    for owner in range(len(out_offsets) - 1):
        for row in range(out_offsets[owner], out_offsets[owner + 1]):
            place = free[to[row]]
            in_from[place] = owner
            in_rows[place] = row
            free[to[row]] += 1


@njit(cache=True, nogil=True)
def kept_rows(former_of: Int, former_offsets: Offsets, former_to: Int, moved: Int) -> Wide:
    """How many rows each owner keeps of its former self (`former_of`, −1: none). Rows to people who are gone (`moved`
    is −1) go too."""
    counts = np.zeros(len(former_of), dtype=np.int64)
    for owner in range(len(former_of)):
        if former_of[owner] >= 0:
            for row in range(former_offsets[former_of[owner]], former_offsets[former_of[owner] + 1]):
                counts[owner] += moved[former_to[row]] >= 0
    return counts


@njit(cache=True, nogil=True)
def copy_terms(source: Terms, row: int, topic_moved: Int, target: Terms, place: int) -> None:
    """Copy one record to where they may be narrower or wider, with the topic's new position."""
    target[place]["cost"] = source[row]["cost"]
    target[place]["topic"] = topic_moved[source[row]["topic"]]
    target[place]["since"] = source[row]["since"]
    target[place]["last_seen"] = source[row]["last_seen"]
    target[place]["grounds"] = source[row]["grounds"]


@njit(cache=True, nogil=True)
def copy_kept(
    former_of: Int,
    former_offsets: Offsets,
    former_to: Int,
    former_terms: Terms,
    moved: Int,
    topic_moved: Int,
    offsets: Offsets,
    to: Int,
    terms: Terms,
) -> None:
    """Copy the rows that are kept to the beginning of each owner's rows, people and topics at their new positions."""
    for owner in range(len(former_of)):
        if former_of[owner] < 0:
            continue
        place = offsets[owner]
        for row in range(former_offsets[former_of[owner]], former_offsets[former_of[owner] + 1]):
            if moved[former_to[row]] >= 0:
                to[place] = moved[former_to[row]]
                copy_terms(former_terms, row, topic_moved, terms, place)
                place += 1


@njit(cache=True, nogil=True)
def copy_unmoved(
    former_of: Int,
    former_offsets: Offsets,
    former_to: Int,
    former_terms: Terms,
    offsets: Offsets,
    to: Int,
    terms: Terms,
) -> None:
    """The same where no people and no topics have moved, and the records are alike."""
    for owner in range(len(former_of)):
        if former_of[owner] < 0:
            continue
        begin, end = former_offsets[owner], former_offsets[owner + 1]
        ahead = offsets[owner] - begin
        for row in range(begin, end):
            to[row + ahead] = former_to[row]
        for row in range(begin, end):
            terms[row + ahead] = former_terms[row]


@njit(cache=True, nogil=True)
def copy_read(
    owners: Int, read_to: Int, read_terms: Terms, order: Wide, read_offsets: Offsets, offsets: Offsets, to: Int,
    terms: Terms,
) -> None:  # fmt: skip
    """Copy the rows read, in their order, each to its owner's place."""
    for place in range(len(order)):
        row = order[place]
        target = offsets[owners[row]] + place - read_offsets[owners[row]]
        to[target] = read_to[row]
        terms[target] = read_terms[row]
